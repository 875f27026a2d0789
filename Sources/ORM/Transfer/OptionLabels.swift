internal import Values

extension Records {
    /// The options of a selection as the caller reads them: key and label, in their order.
    func options(of field: FieldName) throws -> [(key: String, label: String)] {
        let options = try FieldDescription.all([field], of: self)[field]?.dictionary?["selection"]?.list ?? []
        return options.compactMap(\.list).filter { $0.count == 2 }.map { ($0[0].plainText, $0[1].plainText) }
    }
}
