internal import ORM

/// Translations as comma-separated values: `module,type,name,res_id,src,value` (contract/addons.md §11).
enum TranslationCSV {
    private static let columns = ["module", "type", "name", "res_id", "src", "value"]

    /// Whether bytes are such a file, by their first line.
    static func recognizes(_ bytes: [UInt8]) -> Bool {
        withoutMark(bytes).prefix(1000).split(separator: UInt8(ascii: "\n")).first.map { line in
            String(decoding: line, as: UTF8.self).filter { $0 != "\"" && !$0.isWhitespace }
        } == columns.joined(separator: ",")
    }

    /// Spreadsheets put a mark of UTF-8 before the text.
    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// - Throws: `LoadError` with the line.
    static func translations(in bytes: [UInt8], file: String) throws -> [(FileTranslation, line: Int)] {
        guard bytes.count <= POFile.byteLimit else {
            throw LoadError.unreadable(
                file: file, reason: "a file of translations has at most \(POFile.byteLimit >> 20) MB")
        }
        let rows: [CSVText.Row]
        do {
            rows = try CSVText.rows(of: withoutMark(bytes))
        } catch {
            throw LoadError.malformed("a quote is never closed", at: SourcePlace(file: file, line: error.line))
        }
        return try rows.dropFirst().map { row in
            guard row.cells.count == columns.count else {
                throw LoadError.malformed(
                    "a row has \(columns.count) cells, this one has \(row.cells.count)",
                    at: SourcePlace(file: file, line: row.line))
            }
            let cells = row.cells
            return (
                FileTranslation(
                    kind: cells[1], name: cells[2], target: .init(cells[3], module: cells[0]), source: cells[4],
                    text: cells[5]), row.line
            )
        }
    }

    /// One row for each term, by source.
    static func bytes(of terms: [Term], isTemplate: Bool) -> [UInt8] {
        let rows = terms.sorted { ($0.source, $0.reference) < ($1.source, $1.reference) }.map { term in
            [
                term.module, term.kind, term.name, term.targetText, term.source,
                isTemplate ? "" : term.text.isEmpty ? term.source : term.text,
            ]
        }
        return Array(([columns] + rows).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined().utf8)
    }

    private static func cell(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { [",", "\"", "\r", "\n"].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
