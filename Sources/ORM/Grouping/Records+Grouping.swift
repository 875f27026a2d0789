internal import Values

extension Records {
    /// The groups of the records a domain matches, each with its count, its sums and the domain that finds its records
    /// again (contract/orm.md §8); overrides apply. As many statements for a million records as for one.
    ///
    /// - Throws: `ORMError.assertion` and `UserError` when the field cannot be grouped by.
    public func readGroup(_ request: GroupRequest) throws -> [FieldValues] {
        let handle = other([])
        return try descend(model.overrides.readGroup[...], request, through: { try $0(handle, $1, $2) }) {
            try GroupReader(handle: handle, request: $0).groups()
        }
    }
}
