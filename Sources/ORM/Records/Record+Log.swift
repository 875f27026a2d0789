public import Values

extension Record {
    /// Tells the caller what has happened to the record: clients show such lines once, as `res.log.get` gives them.
    ///
    /// - Parameter secondary: For what is of less interest; clients list it apart.
    /// - Returns: The id of the line.
    @discardableResult
    public func log(_ message: String, secondary: Bool = false) throws -> RecordID {
        try alone.log([id: message], secondary: secondary)[0]
    }
}

extension Records {
    /// Tells the caller that the records have been made: `Book 'Emma' created.` (contract/orm.md §1). Who may not read
    /// them has still given them their names.
    func logCreation() throws {
        let names = try asSuperuser.displayNames()
        let created = try environment.translatedTexts()?.text(for: "created.", .code) ?? "created."
        try log(map { "\(model.title) '\(names[$0.id] ?? "")' \(created)" }, secondary: true)
    }

    /// A line for each record that something is to be told of, in the records' order; one creation.
    @discardableResult
    func log(_ messages: [RecordID: String], secondary: Bool) throws -> [RecordID] {
        try environment.records("res.log").create(
            ids.compactMap { id in
                messages[id].map { message in
                    [
                        "name": .text(message), "res_model": .text(model.name), "res_id": .integer(id),
                        "secondary": .boolean(secondary),
                    ]
                }
            })
    }
}
