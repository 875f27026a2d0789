internal import Logging
internal import ORM
internal import PostgreSQL
internal import Values

/// Turns errors into faults, and tells the log of those that nobody foresaw. Client and log get the same reference, so
/// that who reports an error and who reads the log speak of the same one (contract/README.md, difference 6).
struct FaultReporter {
    let logger: Logger

    /// - Parameters:
    ///   - registry: Of the database the call was for, if it came that far.
    ///   - texts: The language to tell it in; nil tells it as it was written.
    ///   - circumstances: What the log says of the call; no parameters, which may be passwords and records.
    func fault(
        for error: any Error, registry: Registry? = nil, texts: TranslatedTexts? = nil, _ circumstances: Logger.Metadata
    ) -> Fault {
        let fault = FaultMapping(registry: registry, texts: texts).fault(for: error)
        guard fault.isUnforeseen else {
            logger.debug(
                "call refused",
                metadata: circumstances.merging(["code": "\(fault.code.plainText.quotedForLog)"]) { own, _ in own })
            return fault
        }
        let reference = Self.newReference()
        logger.error(
            "unforeseen error",
            metadata: circumstances.merging(["reference": "\(reference)", "error": "\(Self.story(of: error))"]) {
                own, _ in own
            })
        return fault.referring(to: reference)
    }

    /// Eight digits that are easy to read out.
    private static func newReference() -> String {
        let digits = String(UInt32.random(in: 0...UInt32.max), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// PostgreSQL's DETAIL quotes values, so it is left out.
    private static func story(of error: any Error) -> String {
        guard case .server(let message, let statement) = error as? PostgreSQLError else { return "\(error)" }
        return "\(message.sqlState) \(message.message) [\(statement)]"
    }
}

extension String {
    /// Text that may be anybody's as it may come into the log: cut, and without line ends that would begin a line of
    /// their own.
    var quotedForLog: String { cut(to: 80).debugDescription }
}
