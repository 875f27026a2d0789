internal import ORM
internal import PostgreSQL
internal import Values

/// The passwords that everybody knows.
extension DatabaseHost {
    /// Logins that installations and demo data come with, each with a password of the same name.
    private static let usualLogins: [Value] = ["admin", "demo"]

    /// Where somebody who knows the usual passwords could come in, one clause each: as the super-administrator, as users,
    /// and perhaps to databases that could not be looked into. Asked before a server listens beyond this machine.
    ///
    /// - Throws: `PostgreSQLError` when the databases cannot even be listed.
    public func usualPasswords() throws -> [String] {
        var found: [String] = []
        if superAdministrator.hasDefaultPassword { found.append("the super-administrator has the usual password") }
        for name in try server.databaseList() {
            do {
                let logins = try usualLogins(of: name)
                found += logins.map { "\($0) on the database \(name) has the usual password" }
            } catch {
                let reason = (error as? PostgreSQLError)?.serverMessage?.message ?? "\(error)"
                found.append("the database \(name) could not be checked (\(reason))")
            }
        }
        return found
    }

    func usualLogins(of name: String) throws -> [String] {
        // Not opened, which would have somebody listen to each of them.
        try reading(name) { transaction in
            // One that is none of Apus's lets nobody in.
            guard try provisioner.isComplete(transaction), try !provisioner.needsAdoption(transaction) else {
                return []
            }
            let environment = Environment(
                registry: try provisioner.registry(of: transaction, ports: provisioner.makePorts()),
                transaction: transaction, uid: Environment.superuserID)
            // Not as a login, which notes its moment and would be in the way of others.
            let users = try environment.search("res.users", [["login", "in", .list(Self.usualLogins)]], order: "login")
            return try users.compactMap { user in
                let login = try user.text("login") ?? ""
                return try authentication.verify(environment, user.id, login) ? login : nil
            }
        }
    }
}
