internal import Values

/// What has been read for the records of one list. Shared by all `Record`s and parts of the list, so that a loop over
/// records reads each field once.
final class Prefetch {
    private let ids: [RecordID]
    private var columns: [FieldName: [RecordID: Value]] = [:]
    private var targets: [FieldName: Records] = [:]

    init(_ ids: [RecordID]) { self.ids = ids }

    /// The value of a field; the first question about a plain column reads all plain columns for all records.
    func value(of field: FieldName, for id: RecordID, in records: Records) throws -> Value {
        if let column = columns[field] { return column[id] ?? .null }
        if field == "id" { return .integer(id) }
        guard let definition = records.model.field(field) else {
            throw ORMError.unknownField(field, of: records.model.name)
        }
        let wanted = definition.isCheapColumn ? records.model.cheapColumns : [field]
        let all = Records(of: records.model, ids, in: records.environment, prefetch: self)
        let table = try all.readForCode(wanted)
        let found = table.values(of: "id")?.compactMap(\.integer) ?? []
        for name in wanted where columns[name] == nil {
            let values = table.values(of: name) ?? []
            columns[name] = Dictionary(zip(found, values), uniquingKeysWith: { first, _ in first })
        }
        return columns[field]?[id] ?? .null
    }

    /// The distinct records a many2one of all records leads to, as one list.
    func targets(of field: FieldName, of model: ModelName, in records: Records) throws -> Records {
        if let known = targets[field] { return known }
        let found = ids.compactMap { columns[field]?[$0]?.integer }.distinct
        let list = try records.environment.records(model, found)
        targets[field] = list
        return list
    }
}

extension Field {
    /// Read along with its neighbours when Swift code asks for one of them: everything but big content.
    var isCheapColumn: Bool {
        if case .binary = kind { return false }
        return hasColumn
    }
}
