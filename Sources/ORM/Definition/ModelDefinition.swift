public import SQL
public import Values

/// What one addon says about one model: a new model, or an addition to one that an addon before it introduced.
///
/// Definitions are data plus functions, made once and folded per database in the order of the addons. The closure
/// fills `Content` with plain Swift.
public struct ModelDefinition: Sendable {
    public let name: ModelName
    let role: Role
    let content: Content

    enum Role: Sendable {
        case introducing(transient: Bool)
        case extending
        /// Starts from a copy of other models' fields, defaults and constraints, in a table of its own.
        case copying([ModelName])
    }

    private init(_ name: ModelName, _ role: Role, _ fill: (inout Content) -> Void) {
        self.name = name
        self.role = role
        var content = Content()
        fill(&content)
        self.content = content
    }

    /// A new model. A transient one is OpenERP's osv_memory.
    public static func introducing(
        _ name: ModelName, transient: Bool = false, _ fill: (inout Content) -> Void
    ) -> ModelDefinition {
        ModelDefinition(name, .introducing(transient: transient), fill)
    }

    /// Adds to a model of an addon before this one, in place (`_inherit`).
    public static func extending(_ name: ModelName, _ fill: (inout Content) -> Void) -> ModelDefinition {
        ModelDefinition(name, .extending, fill)
    }

    /// A new model that starts as a copy of `original` (`_inherit` with another `_name`): fields, defaults,
    /// constraints, delegation, remote methods and overrides, which its own ones wrap, not its table.
    public static func copying(
        _ original: ModelName, as name: ModelName, _ fill: (inout Content) -> Void
    ) -> ModelDefinition {
        ModelDefinition(name, .copying([original]), fill)
    }

    /// A new model that starts as a copy of several (`_inherit` with a list): of what two of them say differently the
    /// earlier one's word holds, and its overrides wrap those of the later ones.
    public static func copying(
        allOf originals: [ModelName], as name: ModelName, _ fill: (inout Content) -> Void
    ) -> ModelDefinition {
        ModelDefinition(name, .copying(originals), fill)
    }

    /// The parts of a definition; what is not set leaves an earlier addon's word in force.
    public struct Content: Sendable {
        /// What a person calls one such record (`_description`).
        public var title: String?
        /// The table, when it is not the model's name with `_` for `.`.
        public var table: String?
        /// The field that names a record; `name` unless said.
        public var nameField: FieldName?
        /// The order of reads and searches: `priority, id desc`.
        public var order: String?
        public var fields: [Field] = []
        /// New defaults for fields of any addon.
        public var defaults: [FieldName: Default] = [:]
        public var constraints: [Constraint] = []
        public var overrides = Overrides()
        public var remote: [RemoteMethod] = []
        /// Parent model to the many2one that links to it (`_inherits`).
        public var delegates: [ModelName: FieldName] = [:]
        /// Keeps `parent_left` and `parent_right`, so that `child_of` is one range comparison (`_parent_store`).
        public var nestedSet: Bool?
        /// The order of siblings in the nested set; the model's order unless said.
        public var siblingOrder: String?
        /// False for tables without create_uid, create_date, write_uid, write_date.
        public var logsAccess: Bool?
        /// Whether a new record is told to who made it by a line of `res.log`: `Book 'Emma' created.` (`_log_create`).
        public var logsCreation: Bool?
        /// The PostgreSQL table this one inherits from, with its ids: all actions inherit `ir_actions`.
        public var parentTable: String?
        /// False for a model over rows that another model's table holds: no table is made, migrated or dropped for it.
        public var ownsTable: Bool?
        /// SQL run once the table is in place: indexes and the like.
        public var tableSQL: [String] = []
        /// The SELECT whose rows are the records (`_auto` false): it answers a column for `id` and for each field that
        /// is neither computed nor to many. Such a model is only read. It binds no values.
        public var view: SQL?
        /// The sequence that numbers records, when it is another one than the table's own; made when it is missing.
        public var sequence: String?
        /// The field that leads to the record above, in a nested set and for `child_of`; `parent_id` unless said.
        public var parentField: FieldName?
        /// The field by which a calendar places records; `date` unless said.
        public var dateField: FieldName?

        /// Reads a text by which clients name a record otherwise than by its number, such as one occurrence of an
        /// event; nil for a text that names none.
        public var clientID: (@Sendable (String) -> RecordID?)?

        init() {}
    }
}
