internal import Values

/// What the server calls itself.
public enum ServerVersion {
    /// The version of OpenERP it stands in for: client libraries choose their ways by it.
    public static let openERP = "6.0.4"
    /// Its own.
    public static let own = "0.1.0"

    /// The answer of `common.version`, which later clients ask.
    static let described: Value = ["server_version": "6.0.4", "server_serie": "6.0", "protocol_version": 1]
}
