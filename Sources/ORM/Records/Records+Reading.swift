public import Values

extension Records {
    /// The fields as clients read them: many2one with names, overrides applied. `id` is always there; unknown names
    /// are left out; no names means all fields (contract/orm.md §4).
    public func read(_ fields: [FieldName] = []) throws -> RecordTable {
        // Transient models answer bare ids, as the original does (contract/orm.md §13).
        try read(fields, naming: !model.isTransient)
    }

    /// The fields for Swift code: many2one as bare ids. Overrides apply.
    func readForCode(_ fields: [FieldName]) throws -> RecordTable {
        try read(fields, naming: false)
    }

    private func read(_ fields: [FieldName], naming: Bool) throws -> RecordTable {
        let wanted = fields.isEmpty ? model.fieldNames : fields
        return try descend(
            model.overrides.read[...], (self, wanted),
            through: { override, request, inherited in
                try override(request.0, request.1) { try inherited(($0, $1)) }
            },
            base: { try RecordReader(records: $0.0, naming: naming).read($0.1) })
    }
}
