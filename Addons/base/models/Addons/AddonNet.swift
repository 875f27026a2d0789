internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// All addons a database knows, with what each depends on; read by one statement.
struct AddonNet {
    /// An addon as it is known.
    struct Node {
        let id: RecordID
        let name: String
        let state: String
        let hasDemo: Bool
        let depends: [String]
    }

    /// By name.
    let addons: [String: Node]

    /// Longer chains of addons are refused like circles, as in the original.
    private static let depthLimit = 100

    init(in environment: Environment) throws {
        let result = try environment.rows(
            """
            SELECT "m"."id", "m"."name", "m"."state", "m"."demo", "d"."name" FROM "ir_module_module" AS "m" \
            LEFT JOIN "ir_module_module_dependency" AS "d" ON "d"."module_id" = "m"."id" ORDER BY "m"."id", "d"."id"
            """)
        var depends: [String: [String]] = [:]
        var rows: [String: Int] = [:]
        for row in 0..<result.rowCount {
            let name = result.text(row, 1) ?? ""
            rows[name] = row
            if let need = result.text(row, 4) { depends[name, default: []].append(need) }
        }
        addons = Dictionary(
            uniqueKeysWithValues: rows.map { name, row in
                let node = Node(
                    id: result.integer(row, 0) ?? 0, name: name, state: result.text(row, 2) ?? "",
                    hasDemo: result.boolean(row, 3) ?? false, depends: depends[name] ?? [])
                return (name, node)
            })
    }

    /// The names of records; the caller must be allowed to read them.
    func names(of records: Records) throws -> [String] {
        let names = try records.map { try $0.text("name") ?? "" }
        return records.ids.compactMap { names[$0] }
    }

    /// The named addons with all they need, those that are needed first.
    ///
    /// - Throws: `UserError` in the words of the original when one is not known, or some need one another.
    func needs(of names: [String]) throws -> [String] {
        var order: [String] = []
        var (done, under): (Set<String>, Set<String>) = ([], [])
        func visit(_ name: String, neededBy other: String?) throws {
            guard under.count <= Self.depthLimit, !under.contains(name) else {
                throw UserError("Error", "Recursion error in modules dependencies !")
            }
            guard let node = addons[name] else {
                throw UserError(
                    "Error",
                    "You try to install module '\(other ?? name)' that depends on module '\(name)'.\n"
                        + "But the latter module is not available in your system.")
            }
            if done.contains(name) { return }
            under.insert(name)
            for need in node.depends { try visit(need, neededBy: name) }
            under.remove(name)
            done.insert(name)
            order.append(name)
        }
        for name in names { try visit(name, neededBy: nil) }
        return order
    }

    /// The named addons and, of those that fulfil a condition, all that depend on them.
    func dependants(of names: [String], where condition: (Node) -> Bool) -> [String] {
        var users: [String: [String]] = [:]
        for node in addons.values where condition(node) {
            for need in node.depends { users[need, default: []].append(node.name) }
        }
        var found = Set(names)
        var open = names
        while let name = open.popLast() {
            for user in users[name] ?? [] where found.insert(user).inserted { open.append(user) }
        }
        return found.sorted()
    }
}
