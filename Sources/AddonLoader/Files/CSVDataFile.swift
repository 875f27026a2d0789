internal import ORM
internal import Values

/// A data file of comma-separated values: `ir.model.access.csv` holds records of `ir.model.access`, its first row names
/// the fields (contract/addons.md §6).
struct CSVDataFile {
    let context: LoadContext
    let isNoUpdate: Bool

    /// A column: the field, and what its values are.
    private enum Column {
        case externalID
        /// `.id`: the record's database id.
        case databaseID
        case plain(Field)
        /// `field:id`, `field/id`: external ids.
        case referred(Field)
        /// `field.id`, `field/.id`: database ids.
        case numbered(Field)

        var isExternalID: Bool { if case .externalID = self { true } else { false } }
    }

    /// - Throws: `LoadError` naming file and line.
    func load(_ path: String) throws {
        let file = "\(context.addon.name)/\(path)"
        let base = path.split(separator: "/").last.map(String.init) ?? path
        let name = base.dropLast(4).split(separator: "-").first.map(String.init) ?? ""
        guard let model = context.environment.registry.models[name] else {
            throw LoadError.unknownModel(name, at: SourcePlace(file: file, line: 1))
        }
        let rows = try rows(of: path, file: file)
        guard let head = rows.first else {
            throw LoadError.malformed(
                "the first row, which names the fields, is missing", at: .init(file: file, line: 1))
        }
        let columns = try head.cells.map { try column($0, of: model, at: SourcePlace(file: file, line: head.line)) }
        // Without external ids there is no telling which rows were loaded before.
        if context.mode == .update, !columns.contains(where: \.isExternalID) { return }
        for row in rows.dropFirst() {
            let place = SourcePlace(file: file, line: row.line)
            try context.located(at: place) { try load(row, columns, model, at: place) }
        }
        try context.flushAll()
    }

    private func rows(of path: String, file: String) throws -> [CSVText.Row] {
        var bytes = try context.addon.contents(of: path)[...]
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if bytes.starts(with: mark) { bytes = bytes.dropFirst(mark.count) }
        do {
            return try CSVText.rows(of: bytes)
        } catch {
            throw LoadError.malformed("a quote is not closed", at: SourcePlace(file: file, line: error.line))
        }
    }

    private func column(_ title: String, of model: Model, at place: SourcePlace) throws -> Column {
        if title == "id" { return .externalID }
        if title == ".id" { return .databaseID }
        for (suffix, isNumber) in [("/.id", true), (".id", true), ("/id", false), (":id", false)]
        where title.hasSuffix(suffix) {
            let field = try field(String(title.dropLast(suffix.count)), of: model, at: place)
            return isNumber ? .numbered(field) : .referred(field)
        }
        // `lines/name`: a field of a field.
        if let owner = title.firstIndex(of: "/") { _ = try field(String(title[..<owner]), of: model, at: place) }
        return .plain(try field(title, of: model, at: place))
    }

    private func field(_ name: String, of model: Model, at place: SourcePlace) throws -> Field {
        guard let field = model.field(name) else { throw LoadError.unknownField(name, of: model.name, at: place) }
        if case .one2many = field.kind {
            throw LoadError.malformed("lines of \(name) cannot be read from this kind of file", at: place)
        }
        return field
    }

    private func load(_ row: CSVText.Row, _ columns: [Column], _ model: Model, at place: SourcePlace) throws {
        guard row.cells.count >= columns.count else {
            throw LoadError.malformed("the row has \(row.cells.count) values for \(columns.count) columns", at: place)
        }
        if let extra = row.cells.dropFirst(columns.count).first(where: { !$0.isEmpty }) {
            throw LoadError.malformed("\"\(extra)\" stands beyond the last column", at: place)
        }
        var externalID: String?
        var id: RecordID?
        var values: FieldValues = [:]
        for (column, cell) in zip(columns, row.cells) {
            switch column {
            case .externalID: externalID = cell.isEmpty ? nil : cell
            case .databaseID: id = try numbers(cell, of: model.name, at: place).first
            case .plain(let field): values[field.name] = try plain(cell, field, at: place)
            case .referred(let field):
                let names = cell.split(separator: ",").map(String.init)
                values[field.name] = relation(field, try names.map { try context.resolve($0, at: place).id })
            case .numbered(let field):
                values[field.name] = relation(field, try numbers(cell, of: field.kind.target ?? "", at: place))
            }
        }
        if let id { return try write(values, id, of: model, externalID: externalID) }
        // An import writes records that are there, whatever their noupdate says.
        let upsert = RecordUpsert(
            context: context, model: model, externalID: externalID, isNoUpdate: isNoUpdate, isProtected: false,
            forcesCreation: true, place: place)
        try upsert.run { values }
    }

    /// Writes a record that is told by its number; its external id is noted when it is new.
    private func write(_ values: FieldValues, _ id: RecordID, of model: Model, externalID: String?) throws {
        try context.flush()
        try context.environment.records(model.name, [id]).write(values)
        guard let externalID else { return }
        let (module, name) = ExternalIDBook.split(externalID, in: context.addon.name)
        if try context.book.entry(module, name) == nil {
            try context.book.add(module, name, model: model.name, id: id, isNoUpdate: isNoUpdate)
        }
        context.meet(name, id)
    }

    /// Database ids, of records that must be there.
    private func numbers(_ cell: String, of model: ModelName, at place: SourcePlace) throws -> [RecordID] {
        let ids = try cell.split(separator: ",").map { text -> RecordID in
            guard let id = NumberText.integer(String(text)) else {
                throw LoadError.malformed("\"\(text)\" is no database id", at: place)
            }
            return id
        }
        if ids.isEmpty { return [] }
        try context.flush()
        guard try context.environment.records(model, ids).exist() else {
            throw LoadError.malformed("there is no record \(cell) of \(model)", at: place)
        }
        return ids
    }

    private func relation(_ field: Field, _ ids: [RecordID]) -> Value {
        if case .many2many = field.kind { return [[6, 0, .list(ids.map { .integer($0) })]] }
        return ids.first.map { .integer($0) } ?? false
    }

    private func plain(_ cell: String, _ field: Field, at place: SourcePlace) throws -> Value {
        switch field.kind {
        case .boolean:
            // Only these words are false; an empty cell is true, as in the original.
            return .boolean(XMLDataFile.flag(cell, default: true))
        case .integer, .bigInteger:
            if cell.isEmpty { return 0 }
            return try NumberText.integerValue(cell, at: place)
        case .float:
            if cell.isEmpty { return 0.0 }
            return try NumberText.floatValue(cell, at: place)
        case .many2one(let target, _):
            return cell.isEmpty ? false : .integer(try named(cell, target, at: place))
        case .many2many(let target, _):
            let ids = try cell.split(separator: ",").map { try named(String($0), target, at: place) }
            return relation(field, ids)
        case .selection(let selection, _):
            if cell.isEmpty { return false }
            let options = try selection.options(in: context.environment)
            guard let option = options.first(where: { $0.key == cell || $0.label == cell }) else {
                throw LoadError.malformed("\"\(cell)\" is no option of \(field.name)", at: place)
            }
            return .text(option.key)
        default: return cell.isEmpty ? false : .text(cell)
        }
    }

    private func named(_ name: String, _ model: ModelName, at place: SourcePlace) throws -> RecordID {
        if context.writer.isWaiting(model) { try context.flush() }
        let found = try context.environment.records(model).nameSearch(NameQuery(name, comparison: "=", limit: 1))
        guard let hit = found.first else { throw LoadError.malformed("no record found for \(name)", at: place) }
        return hit.id
    }
}
