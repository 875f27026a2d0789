import Glibc

/// What the operating system said when a call failed.
package struct Failure: Error {
    let reason: String

    /// The text of the present `errno`.
    static func text(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }

    static var last: Failure { Failure(reason: text()) }
}
