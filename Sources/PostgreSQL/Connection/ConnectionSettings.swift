import CLibPQ

/// How to reach a PostgreSQL server: what libpq calls connection parameters, as a value.
///
/// What is not given comes from libpq's environment variables, password file and defaults.
public struct ConnectionSettings: Sendable, Hashable {
    private var parameters: [String: String]

    /// Reads `host=db user=openerp password=…` or `postgresql://…`; an unknown parameter is an error.
    public init(_ conninfo: String) throws(PostgreSQLError) {
        guard !conninfo.utf8.contains(0) else { throw .invalidSettings("it has a NUL byte") }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(conninfo, &message) else {
            defer { PQfreemem(message) }
            throw .invalidSettings(message.map { String(cString: $0) } ?? "out of memory")
        }
        defer { PQconninfoFree(options) }
        parameters = [:]
        for option in Self.sequence(options) {
            if let value = option.val { parameters[String(cString: option.keyword)] = String(cString: value) }
        }
    }

    init(parameters: [String: String]) { self.parameters = parameters }

    /// The same server and user, another database.
    public func database(_ name: String) -> ConnectionSettings {
        with("dbname", name)
    }

    /// The database's name, when the settings give one.
    public var databaseName: String? { parameters["dbname"] }

    /// The same settings with one parameter more, or another value of it.
    public func with(_ keyword: String, _ value: String) -> ConnectionSettings {
        var copy = self
        copy.parameters[keyword] = value
        return copy
    }

    subscript(keyword: String) -> String? { parameters[keyword] }

    /// Calls `body` with the C arrays that `PQconnectdbParams` and `PQpingParams` take.
    func withCArrays<R>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> R
    ) throws(PostgreSQLError) -> R {
        for (keyword, value) in parameters where value.utf8.contains(0) {
            throw .invalidSettings("\(keyword) has a NUL byte")
        }
        let keywords = CStrings(parameters.map(\.key))
        let values = CStrings(parameters.map(\.value))
        return keywords.withPointers { keywords in values.withPointers { values in body(keywords, values) } }
    }

    /// The settings as environment variables for PostgreSQL's own programs, where a password is not seen by others
    /// on the machine as it is in an argument. The database is left out: it is those programs' argument.
    func environment() -> [String: String] {
        guard let options = PQconndefaults() else { return [:] }
        defer { PQconninfoFree(options) }
        var variables: [String: String] = [:]
        for option in Self.sequence(options) {
            guard let variable = option.envvar else { continue }
            let keyword = String(cString: option.keyword)
            guard keyword != "dbname", let value = parameters[keyword] else { continue }
            variables[String(cString: variable)] = value
        }
        return variables
    }

    private static func sequence(
        _ options: UnsafeMutablePointer<PQconninfoOption>
    ) -> some Sequence<PQconninfoOption> {
        Swift.sequence(first: options) { $0 + 1 }.lazy.prefix { $0.pointee.keyword != nil }.map(\.pointee)
    }
}

extension ConnectionSettings: CustomStringConvertible {
    /// `dbname=crm host=db user=openerp`, in alphabetical order and without passwords.
    public var description: String {
        parameters.filter { !["password", "sslpassword"].contains($0.key) }
            .sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value)" }
            .joined(separator: " ")
    }
}
