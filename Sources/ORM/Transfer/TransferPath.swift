internal import Values

/// The name of a column of an export or import, as steps from field to field: `address/country_id/id`. A step `id` is
/// the external id, `.id` the database id; `country_id:id` and `country_id.id` are older spellings of the same.
struct TransferPath {
    /// Paths are typed by people; longer ones are a mistake or mischief.
    static let stepLimit = 10

    let steps: [String]

    /// - Throws: `ORMError.badValue` for a path that is too long.
    init(_ text: String) throws {
        var steps: [String] = []
        for step in text.split(separator: "/", omittingEmptySubsequences: false).map(String.init) {
            if step.hasSuffix(":id") {
                steps += [String(step.dropLast(3)), "id"]
            } else if step.hasSuffix(".id"), step != ".id" {
                steps += [String(step.dropLast(3)), ".id"]
            } else {
                steps.append(step)
            }
        }
        guard steps.count <= Self.stepLimit else {
            throw ORMError.badValue("a column has at most \(Self.stepLimit) steps: \(text.prefix(100))")
        }
        self.steps = steps
    }
}
