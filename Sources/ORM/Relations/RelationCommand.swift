internal import Values

/// One command of a one2many or many2many field (contract/orm.md §5, x2many commands).
enum RelationCommand {
    case create(FieldValues)
    case write(RecordID, FieldValues)
    case delete(RecordID)
    case unlink(RecordID)
    case link(RecordID)
    case unlinkAll
    case replace([RecordID])

    /// nil for what is no command: no list, an unknown code, an id or values that are missing.
    init?(_ value: Value) {
        guard let parts = value.list, let code = parts.first?.integer else { return nil }
        let id = parts.count > 1 ? parts[1].recordID : nil
        let content = parts.count > 2 ? parts[2] : .null
        switch (code, id) {
        case (0, _): self = .create(content.dictionary ?? [:])
        case (1, let id?):
            guard let values = content.dictionary else { return nil }
            self = .write(id, values)
        case (2, let id?): self = .delete(id)
        case (3, let id?): self = .unlink(id)
        case (4, let id?): self = .link(id)
        case (5, _): self = .unlinkAll
        case (6, _): self = .replace((content.list ?? []).compactMap(\.recordID))
        default: return nil
        }
    }

    /// The commands of a field's value; what is none is skipped.
    static func all(in value: Value) -> [RelationCommand] { (value.list ?? []).compactMap { RelationCommand($0) } }

    /// Whether commands can be carried out together: both of one kind, or a creation and a link, neither of which looks
    /// at what the other does.
    func goesWith(_ other: RelationCommand) -> Bool {
        switch (self, other) {
        case (.create, .create), (.create, .link), (.link, .create), (.link, .link), (.write, .write),
            (.delete, .delete), (.unlink, .unlink), (.unlinkAll, .unlinkAll), (.replace, .replace):
            true
        default: false
        }
    }

    /// How many records the command names for each owner.
    var size: Int { if case .replace(let ids) = self { ids.count } else { 1 } }

    var isReplacement: Bool { if case .replace = self { true } else { false } }
}
