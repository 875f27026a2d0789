public import Values

/// What `fields_view_get` is asked for (contract/views.md §2).
public struct ViewRequest: Sendable {
    /// The view wanted; nil for the model's first one of the type.
    public var viewID: RecordID?
    /// `form`, `tree` and so on; of use where no view is named, or the named one is not there.
    public var type: String
    /// Whether the actions and reports that records of the model offer are told.
    public var wantsToolbar: Bool
    /// Whether the text `menus` of the action behind the menu entry `active_id` of the context is told.
    public var wantsSubmenu: Bool

    public init(_ type: String, viewID: RecordID? = nil, wantsToolbar: Bool = false, wantsSubmenu: Bool = false) {
        self.type = type
        self.viewID = viewID
        self.wantsToolbar = wantsToolbar
        self.wantsSubmenu = wantsSubmenu
    }
}

/// The answer of `fields_view_get`.
public struct FieldsView: Sendable {
    public var name: String
    public var type: String
    public var model: ModelName
    /// 0 for a view that is made up for a model without one.
    public var viewID: RecordID
    /// The field that leads to the records below, for lists that show a hierarchy.
    public var fieldParent: String?
    /// The XML.
    public var arch: String
    /// What `fields_get` tells of each field of the view, and `views` and `selection` where the view asks for them.
    public var fields: [FieldName: Value]
    /// nil where it was not asked for; so the next one.
    public var toolbar: Value?
    public var submenu: Value?

    public init(
        name: String, type: String, model: ModelName, viewID: RecordID, fieldParent: String?, arch: String,
        fields: [FieldName: Value], toolbar: Value? = nil, submenu: Value? = nil
    ) {
        self.name = name
        self.type = type
        self.model = model
        self.viewID = viewID
        self.fieldParent = fieldParent
        self.arch = arch
        self.fields = fields
        self.toolbar = toolbar
        self.submenu = submenu
    }

    /// The dictionary that clients get.
    public var value: Value {
        var entries: [String: Value] = [
            "name": .text(name), "type": .text(type), "model": .text(model), "view_id": .integer(viewID),
            "field_parent": fieldParent.map { .text($0) } ?? false, "arch": .text(arch), "fields": .dictionary(fields),
        ]
        entries["toolbar"] = toolbar
        entries["submenu"] = submenu
        return .dictionary(entries)
    }
}
