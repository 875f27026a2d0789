internal import Values

/// What the environments of one call share: stored values that wait to be computed anew, and what was touched.
final class PendingWork {
    /// How many creates and writes are under way, one within the other; stored values are computed when the
    /// outermost ends.
    var depth = 0
    /// Model → field → records to compute.
    var stale: [ModelName: [FieldName: Set<RecordID>]] = [:]

    /// Models some of whose records were created, written or deleted.
    var touched: Set<ModelName> = []

    /// `model,id` of the records whose state was compared with what the client had read.
    var checked: Set<String> = []

    /// Deleted records need no computing.
    func forget(_ model: ModelName, _ ids: [RecordID]) {
        for field in stale[model]?.keys.map({ $0 }) ?? [] { stale[model]?[field]?.subtract(ids) }
    }
}
