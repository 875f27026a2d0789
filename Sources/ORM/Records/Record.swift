public import Values

/// One record of a list. What it holds is read when it is asked for, for the whole list at once.
///
/// A field of a record that does not exist, or that the user may not see, has no value.
public struct Record {
    public let id: RecordID
    private let records: Records

    init(id: RecordID, in records: Records) {
        self.id = id
        self.records = records
    }

    public var environment: Environment { records.environment }
    public var model: Model { records.model }

    /// This record as a list of one; what was read is shared.
    public var alone: Records { Records(of: model, [id], in: environment, prefetch: records.prefetch) }

    /// A field's value as it is written: a many2one is a bare id, a to-many field a list of ids.
    public func value(_ field: FieldName) throws -> Value {
        try records.prefetch.value(of: field, for: id, in: records)
    }

    /// Text, or nil when the field is empty. Holds for char, text, selection, reference, date and datetime.
    public func text(_ field: FieldName) throws -> String? {
        switch try value(field) {
        case .text(let text): text
        case .null, .boolean(false): nil
        default: throw ORMError.wrongKind(field: field, of: model.name, asked: "text")
        }
    }

    /// A number; 0 when the field is empty.
    public func integer(_ field: FieldName) throws -> Int {
        switch try value(field) {
        case .integer(let number): number
        case .null, .boolean(false): 0
        default: throw ORMError.wrongKind(field: field, of: model.name, asked: "an integer")
        }
    }

    /// A number; 0 when the field is empty.
    public func float(_ field: FieldName) throws -> Double {
        let value = try value(field)
        if value.isAbsent { return 0 }
        guard let number = value.number else {
            throw ORMError.wrongKind(field: field, of: model.name, asked: "a number")
        }
        return number
    }

    /// True or false; false when the field is empty.
    public func flag(_ field: FieldName) throws -> Bool {
        switch try value(field) {
        case .boolean(let flag): flag
        case .null: false
        default: throw ORMError.wrongKind(field: field, of: model.name, asked: "a boolean")
        }
    }

    /// The record a many2one leads to, or nil.
    public func one(_ field: FieldName) throws -> Record? {
        guard case .many2one(let target, _) = model.field(field)?.kind else {
            throw ORMError.wrongKind(field: field, of: model.name, asked: "a record")
        }
        guard let id = try value(field).integer else { return nil }
        let targets = try records.prefetch.targets(of: field, of: target, in: records)
        return Record(id: id, in: targets)
    }

    /// The records a one2many or many2many leads to, in their model's order.
    public func many(_ field: FieldName) throws -> Records {
        guard let kind = model.field(field)?.kind, kind.isToMany, let target = kind.target else {
            throw ORMError.wrongKind(field: field, of: model.name, asked: "records")
        }
        let ids = try value(field).list?.compactMap(\.integer) ?? []
        return try environment.records(target, ids)
    }

    /// The name a person knows the record by (`name_get`); `False` when it has none.
    public func displayName() throws -> String {
        try alone.displayNames()[id] ?? "False"
    }

    /// Writes some fields of this record.
    public func write(_ values: FieldValues) throws { try alone.write(values) }
}
