public import Values

/// What a client gets instead of an answer. OpenERP 6.0 puts the message into the code and the traceback into the
/// string (contract/wire.md §5).
public struct Fault: Error, Equatable, Sendable {
    /// The message clients show or match on; the integer 1 for calls that could not be read or written.
    public let code: Value
    /// Begins with `Traceback (most recent call last):`, which clients look for; one line feed where the story is
    /// nobody's business.
    public let string: String
    /// The server or what it stands on is at fault, not what the caller asked for, and nobody was told yet.
    var isUnforeseen = false

    public init(code: Value, string: String) {
        self.code = code
        self.string = string
    }

    /// A fault by message, with the exception class Python would have raised.
    static func raised(_ code: String, as exception: String = "Exception") -> Fault {
        Fault(code: .text(code), string: "Traceback (most recent call last):\n\(exception): \(code)\n")
    }

    /// A box with title and text: `warning -- Title`, an empty line, the text.
    static func warning(_ title: String, _ message: String) -> Fault {
        raised("warning -- \(title)\n\n\(message)")
    }

    /// A fault of the server's own.
    static func unforeseen(_ code: String, as exception: String = "Exception") -> Fault {
        var fault = raised(code, as: exception)
        fault.isUnforeseen = true
        return fault
    }

    /// The same fault with a way to find its story in the server's log.
    func referring(to reference: String) -> Fault {
        Fault(code: code, string: string + "The server's log tells more under the reference \(reference).\n")
    }

    /// Wrong passwords: no story.
    static func hidden(_ code: String) -> Fault { Fault(code: .text(code), string: "\n") }

    /// A call that could not be read, or an answer that could not be written.
    public static func marshalling(_ exception: String, _ text: String) -> Fault {
        Fault(code: 1, string: "\(exception):\(text)")
    }
}
