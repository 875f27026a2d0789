internal import ORM
internal import PostgreSQL
internal import SQL

extension Environment {
    /// The options of a selection that a statement answers: keys, then labels.
    func options(_ statement: SQL) throws -> [Selection.Option] {
        let result = try rows(statement)
        return (0..<result.rowCount).map { Selection.Option(result.text($0, 0) ?? "", result.text($0, 1) ?? "") }
    }
}
