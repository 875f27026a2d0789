internal import SQL
internal import Values

/// How the fields of a read are fetched: which come as columns of one statement, which by a statement of their own,
/// which from Swift code. Made from definitions; of the database only the caller's groups are looked up.
struct ReadPlan {
    /// A cell of the main statement.
    struct Column {
        let name: FieldName
        let expression: SQL
        let content: Content
    }

    /// What a cell of the main statement holds.
    enum Content {
        case plain(CellKind)
        /// A many2one's id; the names are looked up afterwards, as the superuser.
        case reference(Model)
        /// `model,id`, told only while that record is there.
        case link
        /// The length of a binary field's text, told in words.
        case size
        /// A value as Python text.
        case serialized
    }

    private(set) var columns: [Column] = []
    /// Stored one2many and many2many fields.
    private(set) var relations: [Field] = []
    /// Fields that Swift code computes, and related ones whose path no join can follow.
    private(set) var computed: [Field] = []
    /// Fields the user may not see: they get an empty value.
    private(set) var hidden: [Field] = []
    private(set) var joins: ReadJoins
    /// Own many2one columns by their target, where its names are plain: looked up along with the main statement.
    private(set) var plainTargets: [ModelName: (model: Model, columns: [FieldName])] = [:]
    /// Parent models whose fields are read.
    private(set) var parents: Set<ModelName> = []

    private let model: Model
    private let environment: Environment
    private let naming: Bool
    /// The ids asked for, each once.
    let ids: [RecordID]

    /// - Parameter naming: Whether many2one fields get names, as clients expect, or stay bare ids.
    init(
        _ names: [FieldName], of model: Model, ids: [RecordID], in environment: Environment, naming: Bool
    ) throws {
        self.model = model
        self.environment = environment
        self.naming = naming
        self.ids = ids.distinct
        joins = ReadJoins(of: model, ids: self.ids)
        var seen: Set<FieldName> = ["id"]
        for name in names where seen.insert(name).inserted { try add(name) }
    }

    private mutating func add(_ name: FieldName) throws {
        if name == "__last_update" {
            let table = model.table
            let own = { (column: FieldName) -> SQL in "\(table: table).\(column: column)" }
            let moment: SQL =
                if model.isTransient {
                    "NULL"
                } else if model.logsAccess {
                    "COALESCE(\(own("write_date")), \(own("create_date")), now()::timestamp)"
                } else {
                    "now()::timestamp"
                }
            columns.append(Column(name: name, expression: "\(moment)::text", content: .plain(.text)))
            return
        }
        // Unknown names are left out of the answer, as clients rely on (contract/orm.md §4).
        guard let field = model.field(name) else {
            return try environment.overlook(model.isMagic(name) ? [] : [name], of: model)
        }
        guard try environment.maySee(field) else {
            hidden.append(field)
            return
        }
        var table: SQL = "\(table: model.table)"
        var owner = model
        if model.ownField(name) == nil {
            (table, owner) = try joins.parentTable(of: field.name, in: model, registry: environment.registry)
            parents.insert(owner.name)
        }
        switch field.storage {
        case _ where field.hasColumn:
            columns.append(try column(field, named: name, at: environment.readable(field, of: owner, at: table)))
            if naming, owner === model, case .reference(let target)? = columns.last?.content, target.hasPlainNames {
                plainTargets[target.name, default: (target, [])].columns.append(name)
            }
        case .stored:
            if owner === model { relations.append(field) } else { computed.append(field) }
        case .related(let path, _):
            if let end = try joins.end(of: path, from: owner, at: table, registry: environment.registry) {
                let place = try environment.readable(end.field, of: end.model, at: end.table)
                columns.append(try column(field, named: name, at: place))
            } else {
                computed.append(field)
            }
        case .computed, .property:
            computed.append(field)
        }
    }

    private func column(_ field: Field, named name: FieldName, at place: SQL) throws -> Column {
        switch field.kind {
        case .many2one(let target, _):
            return Column(
                name: name, expression: place,
                content: naming ? .reference(try environment.registry.model(target)) : .plain(.identifier))
        case .serialized:
            return Column(name: name, expression: place, content: .serialized)
        case .binary:
            if environment.context.wantsSize(of: name) {
                return Column(
                    name: name, expression: "octet_length(\(place))",
                    content: model.isTransient ? .plain(.identifier) : .size)
            }
            return Column(name: name, expression: "encode(\(place), 'escape')", content: .plain(.text))
        case .reference:
            return Column(name: name, expression: place, content: .link)
        default:
            return Column(name: name, expression: place, content: .plain(field.kind.cellKind))
        }
    }

    /// The statements that fetch names along with the main statement, by target: they find out by themselves which
    /// ids the records lead to, so that no answer has to be waited for.
    func nameStatements() throws -> [(target: Model, statement: SQL)] {
        try plainTargets.sorted { $0.key < $1.key }.map { _, target in
            let links = target.columns.map { SQL.quoted($0) }.joined(by: ", ")
            let found: SQL = target.columns.count == 1 ? links : "unnest(ARRAY[\(links)])"
            return (
                target.model,
                """
                SELECT "id", \(try DisplayNames.column(of: target.model, in: environment))::text \
                FROM \(table: target.model.table) WHERE "id" IN (SELECT \(found) FROM \(table: model.table) WHERE "id" = ANY(\(ids)))
                """
            )
        }
    }

    /// The main statement, or nil when no column is asked for and so no row is looked at.
    ///
    /// - Parameter rules: What the caller's record rules demand; they make a row be looked at in any case.
    func statement(obeying rules: [SQL]) -> SQL? {
        if columns.isEmpty, rules.isEmpty { return nil }
        let list = (["\(table: model.table).\"id\""] + columns.map(\.expression)).joined(by: ", ")
        let order = OrderClause.plain(model.siblingOrder, of: model)
        // The original reads in portions of 1,000 ids, each sorted for itself (contract/orm.md §4).
        let portions = ids.count > 1000
        let places: SQL =
            portions
            ? " JOIN unnest(\(ids)::int[]) WITH ORDINALITY AS \"place\"(\"id\", \"number\") ON \"place\".\"id\" = "
                + "\(table: model.table).\"id\"" : .empty
        let conditions = (portions ? [] : ["\(table: model.table).\"id\" = ANY(\(ids))"]) + rules
        let filter: SQL = conditions.isEmpty ? .empty : " WHERE \(conditions.joined(by: " AND "))"
        let portion: SQL = portions ? "(\"place\".\"number\" - 1) / 1000, " : .empty
        return """
            SELECT \(list) FROM \(table: model.table)\(joins.text)\(places)\(filter) ORDER BY \(portion)\(order)
            """
    }
}

extension FieldKind {
    /// How the text of such a column is read.
    var cellKind: CellKind {
        switch self {
        case .boolean: .boolean
        case .integer, .bigInteger: .integer
        case .float: .float
        case .datetime: .datetime
        case .many2one, .one2many, .many2many: .identifier
        case .selection where hasIntegerKeys: .identifier
        case .char, .text, .date, .time, .binary, .selection, .reference, .serialized: .text
        }
    }
}
