internal import ORM
internal import Values

/// Somebody who can log in to a database that was just made, as clients show to the person who made it.
struct FirstUser: Equatable {
    let login: String
    /// In the clear; empty where it is not known, since only hashes are kept.
    let password: String
    let name: String

    /// All active users by login. Known are the administrator's password, which was ordered, and those of demo data,
    /// which are the same as the logins.
    static func all(
        in environment: Environment, _ order: DatabaseOrder, _ authentication: Authentication
    ) throws -> [FirstUser] {
        try environment.search("res.users", order: "login").map { user in
            let login = try user.text("login") ?? ""
            let password =
                if user.id == Environment.superuserID {
                    order.password
                } else {
                    try authentication.verify(environment, user.id, login) ? login : ""
                }
            return FirstUser(login: login, password: password, name: try user.text("name") ?? "")
        }
    }
}
