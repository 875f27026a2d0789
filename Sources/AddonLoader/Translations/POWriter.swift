internal import Foundation

/// Writes terms as gettext's text (contract/addons.md §11).
struct POWriter {
    let modules: [String]
    /// Templates leave room for translations, other files repeat the source where there is none.
    let isTemplate: Bool

    /// One entry for each source, in alphabetical order, with all places it stands at.
    func bytes(of terms: [Term], on date: Date) -> [UInt8] {
        var bytes = Array(header(on: date).utf8)
        let groups = Dictionary(grouping: terms, by: \.source).sorted { $0.key < $1.key }
        for (source, terms) in groups { bytes += Array(entry(source, terms).utf8) }
        return bytes
    }

    private func header(on date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyy-MM-dd HH:mm"
        let day = formatter.string(from: date) + "+0000"
        return """
            # Translation of OpenERP Server.
            # This file contains the translation of the following modules:
            \(modules.map { "#\t* \($0)\n" }.joined())#
            msgid ""
            msgstr ""
            "Project-Id-Version: OpenERP Server 6.0.4\\n"
            "Report-Msgid-Bugs-To: \\n"
            "POT-Creation-Date: \(day)\\n"
            "PO-Revision-Date: \(day)\\n"
            "Last-Translator: <>\\n"
            "Language-Team: \\n"
            "MIME-Version: 1.0\\n"
            "Content-Type: text/plain; charset=UTF-8\\n"
            "Content-Transfer-Encoding: \\n"
            "Plural-Forms: \\n"


            """
    }

    private func entry(_ source: String, _ terms: [Term]) -> String {
        let modules = Set(terms.map(\.module)).sorted().joined(separator: ", ")
        var lines = ["#. module: \(modules)"]
        lines += Set(terms.map(\.reference)).sorted().map { "#: \($0)" }
        if terms.contains(where: { $0.kind == "code" }) { lines.append("#, python-format") }
        lines.append("msgid " + Self.quoted(source))
        let known = terms.first { !$0.text.isEmpty }?.text
        lines.append("msgstr " + Self.quoted(isTemplate ? "" : known ?? source))
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// Between quotes; texts of several lines begin with an empty one.
    static func quoted(_ text: String) -> String {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n":
                lines.append(String(line) + "\\n")
                line = .init()
            case "\\", "\"": line.append(contentsOf: ["\\", scalar])
            case "\t": line.append(contentsOf: "\\t".unicodeScalars)
            case "\r": line.append(contentsOf: "\\r".unicodeScalars)
            default: line.append(scalar)
            }
        }
        if lines.isEmpty { return "\"\(String(line))\"" }
        if !line.isEmpty { lines.append(String(line)) }
        return ([""] + lines).map { "\"\($0)\"" }.joined(separator: "\n")
    }
}
