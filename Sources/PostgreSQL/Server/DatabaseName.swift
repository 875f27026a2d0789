/// What a database may be called.
///
/// PostgreSQL cuts longer names off in silence, so that two names could mean one database; a name of ours is refused
/// instead.
public enum DatabaseName {
    /// The most bytes that PostgreSQL keeps of a name.
    public static let longest = 63

    /// PostgreSQL's own databases, which are neither listed nor served nor dropped nor renamed.
    static let reserved: Set = ["postgres", "template0", "template1"]

    /// Throws `invalidName` for what cannot be a name: empty, too long, with control characters.
    public static func check(_ name: String) throws(PostgreSQLError) {
        if name.isEmpty { throw .invalidName(name, reason: "it is empty") }
        if name.utf8.count > longest {
            throw .invalidName(String(name.prefix(longest)) + "…", reason: "it is longer than \(longest) bytes")
        }
        if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            let visible = String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.value >= 0x20 }))
            throw .invalidName(visible, reason: "it has a control character")
        }
    }

    /// Like `check`, and throws for PostgreSQL's own databases, too.
    public static func checkOwn(_ name: String) throws(PostgreSQLError) {
        try check(name)
        if reserved.contains(name) { throw .invalidName(name, reason: "it is PostgreSQL's own") }
    }
}
