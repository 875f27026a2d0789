public import Values

/// The values of one record by field name, as `create` and `write` take them.
public typealias FieldValues = [FieldName: Value]

/// A record's id with the name a person knows it by.
public struct NamedRecord: Hashable, Sendable {
    public let id: RecordID
    public let name: String

    public init(id: RecordID, name: String) {
        self.id = id
        self.name = name
    }
}

/// What `search` is asked for.
public struct SearchRequest: Sendable {
    public var domain: Value
    public var offset: Int
    /// nil is no limit.
    public var limit: Int?
    /// A client's order text; nil is the model's own order.
    public var order: String?

    public init(_ domain: Value = [], offset: Int = 0, limit: Int? = nil, order: String? = nil) {
        self.domain = domain
        self.offset = offset
        self.limit = limit
        self.order = order
    }
}

/// What `name_search` is asked for.
public struct NameQuery: Sendable {
    /// What was typed; empty means no filter by name.
    public var text: String
    public var domain: Value
    public var comparison: String
    /// nil is no limit.
    public var limit: Int?

    public init(_ text: String, domain: Value = [], comparison: String = "ilike", limit: Int? = 100) {
        self.text = text
        self.domain = domain
        self.comparison = comparison
        self.limit = limit
    }
}

/// The record methods an addon may wrap. Each gets `inherited`, the next one down and at last the ORM's own; a later
/// addon wraps an earlier one.
public struct Overrides: Sendable {
    /// A model without records: `Records` whose ids are empty, for methods that belong to the model itself.
    public typealias ModelHandle = Records

    public typealias Create =
        @Sendable (ModelHandle, [FieldValues], ([FieldValues]) throws -> [RecordID]) throws ->
        [RecordID]
    public typealias Write = @Sendable (Records, FieldValues, (Records, FieldValues) throws -> Void) throws -> Void
    public typealias Unlink = @Sendable (Records, (Records) throws -> Void) throws -> Void
    /// Copies the one record; the values replace those of the original.
    public typealias Copy = @Sendable (Record, FieldValues, (FieldValues) throws -> RecordID) throws -> RecordID
    public typealias Read =
        @Sendable (Records, [FieldName], (Records, [FieldName]) throws -> RecordTable) throws ->
        RecordTable
    public typealias Search =
        @Sendable (ModelHandle, SearchRequest, (SearchRequest) throws -> [RecordID]) throws ->
        [RecordID]
    public typealias NameSearch =
        @Sendable (ModelHandle, NameQuery, (NameQuery) throws -> [NamedRecord]) throws ->
        [NamedRecord]
    public typealias DisplayNames =
        @Sendable (Records, (Records) throws -> [RecordID: String]) throws ->
        [RecordID: String]
    public typealias DefaultValues =
        @Sendable (ModelHandle, [FieldName], ([FieldName]) throws -> FieldValues) throws ->
        FieldValues
    public typealias ReadGroup =
        @Sendable (ModelHandle, GroupRequest, (GroupRequest) throws -> [FieldValues]) throws ->
        [FieldValues]

    public typealias FieldsView =
        @Sendable (ModelHandle, ViewRequest, (ViewRequest) throws -> ORM.FieldsView) throws ->
        ORM.FieldsView
    /// The title of the moment of a form or list; nil leaves the view's own.
    public typealias ViewTitle =
        @Sendable (ModelHandle, ViewRequest, (ViewRequest) throws -> String?) throws ->
        String?

    public var create: Create?
    public var write: Write?
    /// The fields `write` is about: it is passed over where none of them is written, so that records with different
    /// values can be written together (`Records.write(each:)`). Nil is about any field.
    public var writtenFields: Set<FieldName>?
    public var unlink: Unlink?
    public var copy: Copy?
    public var read: Read?
    public var search: Search?
    public var nameSearch: NameSearch?
    public var displayNames: DisplayNames?
    public var defaultValues: DefaultValues?
    public var readGroup: ReadGroup?
    public var fieldsView: FieldsView?
    public var viewTitle: ViewTitle?

    public init() {}
}
