public import Values

extension Record {
    /// Tells the caller what has happened to the record: clients show such lines once, as `res.log.get` gives them.
    ///
    /// - Parameter secondary: For what is of less interest; clients list it apart.
    /// - Returns: The id of the line.
    @discardableResult
    public func log(_ message: String, secondary: Bool = false) throws -> RecordID {
        try environment.create(
            "res.log",
            [
                "name": .text(message), "res_model": .text(model.name), "res_id": .integer(id),
                "secondary": .boolean(secondary),
            ]
        ).id
    }
}
