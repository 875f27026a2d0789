internal import SQL
internal import Values

/// A model while the definitions of the addons are laid one over the other.
struct ModelDraft {
    let name: ModelName
    var title: String?
    var table: String?
    var isTransient = false
    var nameField: FieldName?
    var order: String?
    private(set) var fields: [Field] = []
    private(set) var addons: [String] = []
    private(set) var fieldOrigins: [FieldName: [String]] = [:]
    private(set) var constraints: [Constraint] = []
    private(set) var overrides = OverrideChain()
    private(set) var remote: [String: RemoteMethod] = [:]
    var delegates: [ModelName: FieldName] = [:]
    var nestedSet: Bool?
    var siblingOrder: String?
    var logsAccess: Bool?
    var logsCreation: Bool?
    var parentTable: String?
    var ownsTable: Bool?
    var tableSQL: [String] = []
    var view: SQL?
    var sequence: String?
    var parentField: FieldName?
    var dateField: FieldName?
    var clientID: (@Sendable (String) -> RecordID?)?

    init(_ name: ModelName) { self.name = name }

    /// Takes over what another model is like: all but the table. What is there already, from a model taken from before,
    /// stays, and its overrides wrap the other's. The fields count as declared by the addon that copies.
    mutating func take(from other: ModelDraft, for addon: String) {
        isTransient = isTransient || other.isTransient
        title = title ?? other.title
        nameField = nameField ?? other.nameField
        order = order ?? other.order
        let known = Set(fields.map(\.name))
        let taken = other.fields.filter { !known.contains($0.name) }
        fields += taken
        for field in taken { fieldOrigins[field.name] = [addon] }
        let rules = Set(constraints.map(\.identity))
        constraints += other.constraints.filter { !rules.contains($0.identity) }
        remote.merge(other.remote) { first, _ in first }
        overrides.enclose(other.overrides)
        delegates.merge(other.delegates) { first, _ in first }
        nestedSet = nestedSet ?? other.nestedSet
        siblingOrder = siblingOrder ?? other.siblingOrder
        logsAccess = logsAccess ?? other.logsAccess
        logsCreation = logsCreation ?? other.logsCreation
        parentField = parentField ?? other.parentField
        dateField = dateField ?? other.dateField
        clientID = clientID ?? other.clientID
    }

    /// Lays an addon's definition over what is there: same names replace, the rest is added.
    mutating func apply(_ content: ModelDefinition.Content, of addon: String) throws {
        if !addons.contains(addon) { addons.append(addon) }
        title = content.title ?? title
        table = content.table ?? table
        nameField = content.nameField ?? nameField
        order = content.order ?? order
        nestedSet = content.nestedSet ?? nestedSet
        siblingOrder = content.siblingOrder ?? siblingOrder
        logsAccess = content.logsAccess ?? logsAccess
        logsCreation = content.logsCreation ?? logsCreation
        parentTable = content.parentTable ?? parentTable
        ownsTable = content.ownsTable ?? ownsTable
        tableSQL += content.tableSQL
        view = content.view ?? view
        sequence = content.sequence ?? sequence
        parentField = content.parentField ?? parentField
        dateField = content.dateField ?? dateField
        clientID = content.clientID ?? clientID
        delegates.merge(content.delegates) { _, later in later }
        for field in content.fields { replace(field, of: addon) }
        for constraint in content.constraints { replace(constraint) }
        for (name, fallback) in content.defaults { try setDefault(name, fallback, by: addon) }
        overrides.wrap(by: content.overrides)
        for method in content.remote { try add(method, of: addon) }
    }

    private mutating func replace(_ field: Field, of addon: String) {
        fieldOrigins[field.name, default: []].append(addon)
        if let place = fields.firstIndex(where: { $0.name == field.name }) {
            fields[place] = field
        } else {
            fields.append(field)
        }
    }

    /// Adds a field on the engine's own account, as part of the introducing addon.
    mutating func addEngineField(_ field: Field) {
        replace(field, of: addons.first ?? "")
    }

    /// A transient model's links are its own, though it name a table that holds those of lasting records: wizards
    /// repeat the fields of the model they fill in, and number their records anew.
    mutating func keepLinksApart() {
        let prefix = table ?? name.replacing(".", with: "_")
        for (place, field) in fields.enumerated() {
            guard case .many2many(let target, let relation) = field.kind, case .stored = field.storage else { continue }
            let own = RelationTable(
                table: String("\(prefix)_\(field.name)_rel".prefix(63)), own: relation.own, other: relation.other)
            fields[place] = field.of(.many2many(target, through: own))
        }
    }

    private mutating func replace(_ constraint: Constraint) {
        if let place = constraints.firstIndex(where: { $0.identity == constraint.identity }) {
            constraints[place] = constraint
        } else {
            constraints.append(constraint)
        }
    }

    private mutating func setDefault(_ name: FieldName, _ fallback: Default, by addon: String) throws {
        guard let place = fields.firstIndex(where: { $0.name == name }) else {
            throw ORMError.definition(addon: addon, model: self.name, reason: "a default for the unknown field \(name)")
        }
        fields[place].fallback = fallback
    }

    private mutating func add(_ method: RemoteMethod, of addon: String) throws {
        guard case .overriding(let body) = method.body else {
            remote[method.name] = method
            return
        }
        guard let earlier = remote[method.name] else {
            throw ORMError.definition(
                addon: addon, model: name, reason: "overrides the method \(method.name), which no addon declares")
        }
        guard case .records(let inner) = earlier.body else {
            throw ORMError.definition(
                addon: addon, model: name, reason: "overrides the method \(method.name), which is not one on records")
        }
        remote[method.name] = RemoteMethod(
            method.name, writes: method.writes || earlier.writes, signature: method.signature ?? earlier.signature,
            body: .records { records, arguments in try body(records, arguments, inner) })
    }
}
