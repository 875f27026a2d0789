internal import ORM
internal import Values

/// Names of records in a tree, told by all that lies above them: `Customer / Segmentation / Bad customers`.
enum TreeName {
    /// Far deeper than people build trees; a loop that an adopted database brings along ends here.
    private static let depthLimit = 100

    /// The names along `parent_id` from the top down. All records of a list share what is read: one read a level.
    ///
    /// - Parameter levels: How many names at most; above them stands `...`.
    static func path(of record: Record, separator: String, levels: Int = depthLimit) throws -> String {
        var names: [String] = []
        var current: Record? = record
        while let place = current {
            guard names.count < levels else {
                names.append("...")
                break
            }
            names.append(try place.text("name") ?? "")
            current = try place.one("parent_id")
        }
        return names.reversed().joined(separator: separator)
    }
}
