internal import ORM
internal import PostgreSQL
internal import Values

/// Records of one model that follow one another among those that are to be deleted.
struct RecordBatch {
    let model: ModelName
    private(set) var ids: [RecordID]

    /// Keeps the order: what refers to others goes before them.
    static func batches(of records: some Sequence<RecordReference>) -> [RecordBatch] {
        var batches: [RecordBatch] = []
        for record in records {
            if batches.last?.model == record.model {
                batches[batches.count - 1].ids.append(record.id)
            } else {
                batches.append(RecordBatch(model: record.model, ids: [record.id]))
            }
        }
        return batches
    }
}
