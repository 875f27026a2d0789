internal import Values

/// Turns the cells of one record of an import into values for `create` or `write` (contract/addons.md §6).
struct ImportValues {
    let rows: [[Value]]
    let references: ImportReferences
    /// Is told before a cell refers to a record of a model by name, or by an external id that is not known: rows that
    /// wait to be created may bring it.
    let needs: (_ model: ModelName, _ externalID: String?) throws -> Void

    /// What the cells of a record say.
    struct Content {
        var externalID: String?
        var id: RecordID?
        var values: FieldValues = [:]
    }

    /// An option that a selection does not have; the import stops and tells the values so far.
    struct UnknownOption: Error {
        let values: FieldValues
        let message: String
    }

    /// - Throws: `UnknownOption`, and `ORMError` for what cannot be read or found.
    func content(of record: ImportLevel.Record, _ level: ImportLevel) throws -> Content {
        var content = Content()
        for (place, column) in level.columns {
            let cell = rows[record.row][place]
            switch column {
            case .externalID:
                if !cell.isEmptyCell { content.externalID = try references.fullName(cell.plainText) }
            case .databaseID:
                if !cell.isEmptyCell {
                    content.id = try references.record(numbered: cell.plainText, of: level.model.name)
                }
            case .plain(let field):
                do {
                    content.values[field.name] = try plain(cell, field, level.model)
                } catch let error as UnknownOption {
                    throw UnknownOption(values: content.values, message: error.message)
                }
            case .named(let field): content.values[field.name] = try related(cell, field) { try named($0, $1) }
            case .numbered(let field):
                content.values[field.name] = try related(cell, field) { try references.record(numbered: $0, of: $1) }
            }
        }
        for (lines, records) in zip(level.lines, record.lines) where !records.isEmpty {
            content.values[lines.field.name] = .list(try records.map { try line($0, lines.level) })
        }
        return content
    }

    /// A line that is known is written, any other one is new.
    private func line(_ record: ImportLevel.Record, _ level: ImportLevel) throws -> Value {
        let content = try content(of: record, level)
        let known = try content.id ?? content.externalID.flatMap { try references.record($0, of: level.model.name) }
        if let known { return [1, .integer(known), .dictionary(content.values)] }
        return [0, 0, .dictionary(content.values)]
    }

    // MARK: - Cells

    private func plain(_ cell: Value, _ field: Field, _ model: Model) throws -> Value {
        switch field.kind {
        case .boolean:
            // Only these words are false; an empty cell is true, as in the original.
            return .boolean(!["0", "false", "off"].contains(cell.plainText.lowercased()))
        case .integer, .bigInteger: return .integer(try ValueConversion.integer(cell))
        case .float: return .float(try ValueConversion.float(cell))
        case .many2one, .one2many, .many2many:
            return try related(cell, field) { text, model in
                try needs(model, nil)
                return try references.record(named: text, of: model)
            }
        case .selection:
            if cell.isEmptyCell { return false }
            let text = cell.plainText
            guard let key = try references.option(text, of: field, in: model) else {
                throw UnknownOption(
                    values: [:], message: "Key/value '\(text)' not found in selection field '\(field.name)'")
            }
            return .text(key)
        default: return cell.isEmptyCell ? false : .text(cell.plainText)
        }
    }

    /// A many2one as an id, a many2many as the command that makes the given ones its only ones.
    private func related(
        _ cell: Value, _ field: Field, by record: (String, ModelName) throws -> RecordID
    ) throws -> Value {
        let target = field.kind.target ?? ""
        let parts = cell.isEmptyCell ? [] : ImportReferences.parts(cell.plainText, of: field)
        let ids = try parts.map { try record($0, target) }
        if case .many2many = field.kind { return ids.isEmpty ? [] : [[6, 0, .list(ids.map { .integer($0) })]] }
        return ids.first.map { .integer($0) } ?? false
    }

    private func named(_ text: String, _ model: ModelName) throws -> RecordID {
        let name = try references.fullName(text)
        if try references.record(name, of: model) == nil { try needs(model, name) }
        guard let id = try references.record(name, of: model) else {
            throw ORMError.badValue("No references to \(name)")
        }
        return id
    }
}
