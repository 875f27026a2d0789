public import Values

internal import SQL

extension Records {
    /// The view of the model for the caller; overrides apply.
    public func fieldsView(_ request: ViewRequest) throws -> FieldsView {
        let handle = other([])
        return try descend(model.overrides.fieldsView[...], request, through: { try $0(handle, $1, $2) }) {
            try environment.registry.ports.views.fieldsView($0, of: handle)
        }
    }

    /// The title of the moment of the model's forms or lists; nil leaves the one that is written in the view. Overrides
    /// alone know one.
    public func viewTitle(_ request: ViewRequest) throws -> String? {
        let handle = other([])
        return try descend(model.overrides.viewTitle[...], request, through: { try $0(handle, $1, $2) }) { _ in nil }
    }

    /// What `fields_get` tells of the fields named; unknown names are left out, nil tells all.
    public func descriptions(of fields: [FieldName]?) throws -> [FieldName: Value] {
        try FieldDescription.all(fields, of: self)
    }

    /// The records that a relation of a form offers for choice, in their order: those the caller's rules leave him,
    /// whether or not he may read the model, and called as the superuser calls them (contract/views.md §5).
    public func choices(_ domain: Value) throws -> [NamedRecord] {
        let handle = other([])
        let found = try descend(
            model.overrides.search[...], SearchRequest(domain), through: { try $0(handle, $1, $2) }
        ) {
            try handle.find($0)
        }
        let names = try other(found).asSuperuser.displayNames()
        return found.compactMap { id in names[id].map { NamedRecord(id: id, name: $0) } }
    }
}
