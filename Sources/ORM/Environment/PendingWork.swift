internal import Values

/// What the environments of one call share: stored values that wait to be computed anew, and what was touched.
final class PendingWork {
    /// The models; replaced when the call itself changes what they are made of.
    var registry: Registry

    /// Whether names that no field has are refused instead of overlooked.
    let isStrict: Bool

    init(_ registry: Registry, isStrict: Bool) {
        self.registry = registry
        self.isStrict = isStrict
    }

    /// How many creates and writes are under way, one within the other; stored values are computed when the
    /// outermost ends.
    var depth = 0
    /// Stored fields with the records to compute them for.
    var stale: [StaleField: StaleRecords] = [:]

    /// While a load lets trees grow without bounds: the models whose bounds are to be computed; else nil.
    var unboundedTrees: Set<ModelName>?

    /// Models some of whose records were created, written or deleted.
    var touched: Set<ModelName> = []

    /// How many workflows are at work, one having set off the other.
    var workflowDepth = 0
    /// How often instances of workflows were changed.
    var workflowChanges = 0

    /// `model,id` of the records whose state was compared with what the client had read.
    var checked: Set<String> = []

    /// What a savepoint that is undone takes back along with its statements. What was touched stays: to forget a cache
    /// without need does no harm.
    var unfinished:
        (
            registry: Registry, stale: [StaleField: StaleRecords], unboundedTrees: Set<ModelName>?, checked: Set<String>
        )
    {
        get { (registry, stale, unboundedTrees, checked) }
        set { (registry, stale, unboundedTrees, checked) = newValue }
    }

    /// Deleted records need no computing.
    func forget(_ model: ModelName, _ ids: [RecordID]) {
        for field in stale.keys where field.model == model { stale[field]?.ids.subtract(ids) }
    }
}

/// A stored field whose value must be computed anew.
struct StaleField: Hashable {
    let model: ModelName
    let field: FieldName
}

/// For which records, and when among other fields.
struct StaleRecords {
    var ids: Set<RecordID>
    /// Lower numbers are computed first.
    var priority: Int
    /// Records written less than so many hours ago keep their value.
    var hours: Int?
}
