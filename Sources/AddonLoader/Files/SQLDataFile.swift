internal import ORM
internal import SQL
internal import Values

/// A data file of SQL statements; they run whenever the addon is loaded, in upgrades, too (contract/addons.md §9).
struct SQLDataFile {
    let context: LoadContext

    /// - Throws: `LoadError` naming file and line; `PostgreSQLError` for what may succeed a second time.
    func load(_ path: String) throws {
        let file = "\(context.addon.name)/\(path)"
        guard let text = String(validating: try context.addon.contents(of: path), as: UTF8.self) else {
            throw LoadError.unreadable(file: file, reason: "the file is no UTF-8")
        }
        try context.flushAll()
        for statement in try SQLScript.statements(of: text, file: file) {
            let place = SourcePlace(file: file, line: statement.line)
            // An addon's file is as trusted as its code.
            _ = try context.located(at: place) { try context.environment.rows(SQL(trusted: statement.text)) }
        }
        try context.book.forget()
    }
}
