/// Why a zip file cannot be used.
enum ZipError: Error, Equatable, CustomStringConvertible {
    case notAZip
    case tooLarge(String)
    /// An entry, or the whole, is of a kind that is not taken.
    case refused(String)
    /// The directory and what it stands for contradict each other.
    case damaged(String)

    var description: String {
        switch self {
        // The original's words.
        case .notAZip: "File is not a zip file"
        case .tooLarge(let what), .refused(let what), .damaged(let what): what
        }
    }
}
