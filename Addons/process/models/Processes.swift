public import ORM

/// The addon `process`: pictures of how work goes.
public enum Processes {
    public static let addon = AddonModels(
        "process",
        definitions: [
            ProcessRecord.definition, ProcessNode.definition, ProcessNode.condition, ProcessTransition.definition,
            ProcessTransition.action,
        ])
}
