import CLibPQ

/// An error as PostgreSQL reports it, field by field.
public struct ServerMessage: Equatable, Sendable {
    /// The five characters that name the kind of error in every language.
    public var sqlState: String
    /// `ERROR`, `FATAL` …, in the server's language.
    public var severity: String
    /// The primary message, one line.
    public var message: String
    public var detail: String?
    public var hint: String?
    public var schema: String?
    public var table: String?
    public var column: String?
    /// The name of the broken constraint.
    public var constraint: String?
    /// The place of the error in the statement's text, counted in characters from 1.
    public var position: Int?
    /// The whole report without its `ERROR:  `: message, DETAIL, HINT and the `LINE 1:` picture, with the line end
    /// that closes it. It is what OpenERP's clients are shown (contract/wire.md §5).
    public var fullText: String
    /// The server's function that raised the error.
    var routine: String?

    /// A message that was not read from a server.
    public init(sqlState: String, message: String, severity: String = "ERROR", constraint: String? = nil) {
        self.sqlState = sqlState
        self.severity = severity
        self.message = message
        self.constraint = constraint
        fullText = message + "\n"
    }

    /// The fields of a failed result; `result` stays the caller's.
    init(of result: OpaquePointer) {
        func field(_ code: Unicode.Scalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
        }
        // Field codes are C character macros (PG_DIAG_…), which Swift does not import.
        sqlState = field("C") ?? "XX000"
        severity = field("S") ?? "ERROR"
        detail = field("D")
        hint = field("H")
        schema = field("s")
        table = field("t")
        column = field("c")
        constraint = field("n")
        routine = field("R")
        position = field("P").flatMap { Int($0) }
        let report = PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
        message = field("M") ?? report.trimmedLines
        fullText = Self.withoutSeverity(report, severity: severity)
    }

    /// A prepared statement whose table has changed since: it works when it is prepared anew. PostgreSQL has no
    /// SQLSTATE of its own for this, and its message is translated; the function's name is neither.
    var isStalePlan: Bool { sqlState == "0A000" && routine == "RevalidateCachedQuery" }

    static func withoutSeverity(_ report: String, severity: String) -> String {
        let prefix = severity + ":  "
        return report.hasPrefix(prefix) ? String(report.dropFirst(prefix.count)) : report
    }
}
