internal import Values

/// One stored field that goes stale when a model changes.
struct StoreTrigger: Sendable {
    /// Where the stored field is.
    let model: ModelName
    let field: FieldName
    /// The watched fields; empty means any.
    let watched: Set<FieldName>
    /// From the changed records to those that go stale; nil: they are the same.
    let records: (@Sendable (Records) throws -> [RecordID])?
    let priority: Int
    let hours: Int?

    /// All triggers, by the model that is watched.
    static func all(of models: some Sequence<Model>) -> [ModelName: [StoreTrigger]] {
        var triggers: [ModelName: [StoreTrigger]] = [:]
        for model in models.sorted(by: { $0.name < $1.name }) {
            for field in model.fields {
                switch field.store {
                case .always:
                    triggers[model.name, default: []].append(
                        StoreTrigger(
                            model: model.name, field: field.name, watched: [], records: nil, priority: 10, hours: nil))
                case .triggered(let declared):
                    for trigger in declared {
                        triggers[trigger.model, default: []].append(
                            StoreTrigger(
                                model: model.name, field: field.name, watched: Set(trigger.fields),
                                records: trigger.records, priority: trigger.priority, hours: trigger.hours))
                    }
                case .never: break
                }
            }
        }
        return triggers
    }
}
