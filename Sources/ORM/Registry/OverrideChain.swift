internal import Values

/// The overrides of all addons for one model, the innermost first, and the descent through them.
struct OverrideChain: Sendable {
    private(set) var create: [Overrides.Create] = []
    private(set) var write: [WriteOverride] = []
    private(set) var unlink: [Overrides.Unlink] = []
    private(set) var copy: [Overrides.Copy] = []
    private(set) var read: [Overrides.Read] = []
    private(set) var search: [Overrides.Search] = []
    private(set) var nameSearch: [Overrides.NameSearch] = []
    private(set) var displayNames: [Overrides.DisplayNames] = []
    private(set) var defaultValues: [Overrides.DefaultValues] = []
    private(set) var readGroup: [Overrides.ReadGroup] = []
    private(set) var fieldsView: [Overrides.FieldsView] = []
    private(set) var viewTitle: [Overrides.ViewTitle] = []

    /// Wraps what is there by a later addon's overrides.
    mutating func wrap(by overrides: Overrides) {
        if let override = overrides.create { create.append(override) }
        if let override = overrides.write {
            write.append(WriteOverride(fields: overrides.writtenFields, body: override))
        }
        if let override = overrides.unlink { unlink.append(override) }
        if let override = overrides.copy { copy.append(override) }
        if let override = overrides.read { read.append(override) }
        if let override = overrides.search { search.append(override) }
        if let override = overrides.nameSearch { nameSearch.append(override) }
        if let override = overrides.displayNames { displayNames.append(override) }
        if let override = overrides.defaultValues { defaultValues.append(override) }
        if let override = overrides.readGroup { readGroup.append(override) }
        if let override = overrides.fieldsView { fieldsView.append(override) }
        if let override = overrides.viewTitle { viewTitle.append(override) }
    }

    /// Puts another chain beneath this one.
    mutating func enclose(_ inner: OverrideChain) {
        create = inner.create + create
        write = inner.write + write
        unlink = inner.unlink + unlink
        copy = inner.copy + copy
        read = inner.read + read
        search = inner.search + search
        nameSearch = inner.nameSearch + nameSearch
        displayNames = inner.displayNames + displayNames
        defaultValues = inner.defaultValues + defaultValues
        readGroup = inner.readGroup + readGroup
        fieldsView = inner.fieldsView + fieldsView
        viewTitle = inner.viewTitle + viewTitle
    }
}

/// An override of `write` with the fields it is about; nil is any.
struct WriteOverride: Sendable {
    let fields: Set<FieldName>?
    let body: Overrides.Write

    func isAbout(_ written: some Collection<FieldName>) -> Bool {
        fields.map { fields in written.contains(where: fields.contains) } ?? true
    }
}

/// Runs a chain of overrides from the outermost in; `base` is the engine's own method.
///
/// - Parameter call: Calls one override with the argument and with what it wraps.
func descend<Override, Argument, Answer>(
    _ chain: ArraySlice<Override>, _ argument: Argument,
    through call: @escaping (Override, Argument, (Argument) throws -> Answer) throws -> Answer,
    base: (Argument) throws -> Answer
) throws -> Answer {
    guard let outermost = chain.last else { return try base(argument) }
    return try call(outermost, argument) { try descend(chain.dropLast(), $0, through: call, base: base) }
}
