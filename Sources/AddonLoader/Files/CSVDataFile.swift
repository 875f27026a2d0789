internal import Logging
internal import ORM
internal import Values

/// A data file of comma-separated values: `ir.model.access.csv` holds records of `ir.model.access`, its first row names
/// the fields. It is an import like those of clients (contract/addons.md §6).
struct CSVDataFile {
    let context: LoadContext
    let isNoUpdate: Bool

    /// - Throws: `LoadError` naming file and line.
    func load(_ path: String) throws {
        let file = "\(context.addon.name)/\(path)"
        let base = path.split(separator: "/").last.map(String.init) ?? path
        let name = base.dropLast(4).split(separator: "-").first.map(String.init) ?? ""
        try context.flushAll()
        guard let model = context.environment.registry.models[name] else {
            throw LoadError.unknownModel(name, at: SourcePlace(file: file, line: 1))
        }
        let rows = try rows(of: path, file: file)
        guard let head = rows.first else {
            throw LoadError.malformed(
                "the first row, which names the fields, is missing", at: .init(file: file, line: 1))
        }
        let first = SourcePlace(file: file, line: head.line)
        for title in head.cells { try check(title, of: model, at: first) }
        let column = head.cells.firstIndex(of: "id")
        // Without external ids there is no telling which rows were loaded before.
        if context.mode != .install, column == nil {
            context.logger.info("a file without a column id is loaded once", metadata: ["file": "\(file)"])
            return
        }
        let body = rows.dropFirst()
        for row in body { try check(row, count: head.cells.count, at: SourcePlace(file: file, line: row.line)) }
        if let column, context.adoption != nil {
            return try adopt(Array(body), head, of: model, named: column) { SourcePlace(file: file, line: $0.line) }
        }
        try take(Array(body), head, of: model) { SourcePlace(file: file, line: $0?.line ?? head.line) }
        try context.book.forget()
        for row in body {
            guard let column, !row.cells[column].isEmpty else { continue }
            try meet(row.cells[column], of: model)
        }
    }

    // MARK: - Rows

    private func rows(of path: String, file: String) throws -> [CSVText.Row] {
        var bytes = try context.addon.contents(of: path)[...]
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if bytes.starts(with: mark) { bytes = bytes.dropFirst(mark.count) }
        // No text has such a byte; UTF-16 has one in each character.
        if let place = bytes.firstIndex(of: 0) {
            let line = 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") }
            throw LoadError.malformed("the file is no text in UTF-8", at: SourcePlace(file: file, line: line))
        }
        do {
            return try CSVText.rows(of: bytes)
        } catch {
            throw LoadError.malformed("a quote is not closed", at: SourcePlace(file: file, line: error.line))
        }
    }

    /// - Throws: `LoadError.unknownField`; what stands behind the first step is the import's to judge.
    private func check(_ title: String, of model: Model, at place: SourcePlace) throws {
        if title == "id" || title == ".id" { return }
        let name = String(title.prefix { !"/:.".contains($0) })
        if model.field(name) == nil { throw LoadError.unknownField(name, of: model.name, at: place) }
    }

    private func check(_ row: CSVText.Row, count: Int, at place: SourcePlace) throws {
        guard row.cells.count >= count else {
            throw LoadError.malformed(
                "Please check that all your lines have \(count) columns.", at: place)
        }
        if let extra = row.cells.dropFirst(count).first(where: { !$0.isEmpty }) {
            throw LoadError.malformed("\"\(extra)\" stands beyond the last column", at: place)
        }
    }

    // MARK: - Records

    private func take(
        _ rows: [CSVText.Row], _ head: CSVText.Row, of model: Model, place: (CSVText.Row?) -> SourcePlace
    ) throws {
        // Nil before the first row: then a column is to blame.
        final class Position { var row: CSVText.Row? }
        let position = Position()
        let column = head.cells.firstIndex(of: "id")
        func externalID() -> String? {
            guard let column, let id = position.row?.cells[column], !id.isEmpty else { return nil }
            let (module, name) = ExternalIDBook.split(id, in: context.addon.name)
            return "\(module).\(name)"
        }
        let outcome = try context.located(at: place(position.row), externalID: externalID()) {
            let request = try ImportRequest(
                columns: head.cells, rows: .list(rows.map { .list($0.cells.map { .text($0) }) }),
                createsUnnamed: context.mode == .install, module: context.addon.name, isNoUpdate: isNoUpdate)
            return try context.environment.records(model.name).importRows(request) { position.row = rows[$0] }
        }
        guard case .refused(_, let message) = outcome else { return }
        // The import counts rows of data, the place lines of the file.
        let reason = message.split(separator: " : ", maxSplits: 1).last.map(String.init) ?? message
        throw LoadError.refused(reason, externalID: externalID(), at: place(position.row))
    }

    /// Record by record: what the database has stays as it is, and what it does not take is left out.
    private func adopt(
        _ rows: [CSVText.Row], _ head: CSVText.Row, of model: Model, named column: Int,
        place: (CSVText.Row) -> SourcePlace
    ) throws {
        let refersToItself = head.cells.contains { title in
            model.field(String(title.prefix { !"/:.".contains($0) }))?.kind.target == model.name
        }
        for (index, row) in rows.enumerated() where !row.cells[column].isEmpty {
            // Rows without a name hold lines of the record before them.
            let lines = rows[(index + 1)...].prefix { $0.cells[column].isEmpty }
            let upsert = RecordUpsert(
                context: context, model: model, externalID: row.cells[column], isNoUpdate: isNoUpdate,
                isProtected: false, forcesCreation: true, place: place(row))
            try context.leavingOut {
                try context.located(at: place(row), externalID: row.cells[column]) {
                    try upsert.run {
                        if refersToItself { try context.flushAll() }
                        let request = try ImportRequest(
                            columns: head.cells, rows: .list(([row] + lines).map { .list($0.cells.map { .text($0) }) }),
                            createsUnnamed: false, module: context.addon.name)
                        return try context.environment.records(model.name).values(of: request)
                    }
                }
            }
        }
        try context.flushAll()
    }

    private func meet(_ externalID: String, of model: Model) throws {
        let (module, name) = ExternalIDBook.split(externalID, in: context.addon.name)
        guard let entry = try context.book.entry(module, name) else { return }
        context.meet(module, name, entry.id)
        for delegate in model.delegates { context.book.meet(module, delegate.name(of: name)) }
    }
}
