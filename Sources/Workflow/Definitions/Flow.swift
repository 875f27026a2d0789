internal import ORM
internal import Values

/// A workflow as its records define it.
struct Flow: Sendable {
    let id: RecordID
    /// The model whose records go through it; whether there is one is not asked.
    let model: ModelName
    let startsOnCreate: Bool
    /// The activities a new instance begins with.
    var starts: [RecordID] = []
}

/// A step of a workflow.
struct Activity: Sendable {
    /// What the step does.
    enum Kind: String, Sendable {
        case dummy, function, subflow, stopall
    }

    /// Which of the transitions that lead on are taken.
    enum Split: String, Sendable {
        /// The first one that is open.
        case one = "XOR"
        /// All that are open.
        case some = "OR"
        /// All of them at once, or none.
        case all = "AND"
    }

    let id: RecordID
    let name: String
    let flow: RecordID
    let kind: Kind
    let split: Split
    /// Whether it waits until every transition that leads here was taken.
    let awaitsAll: Bool
    let action: Script
    /// The server action run besides.
    let serverAction: RecordID?
    /// Whether an instance whose items have all come to such an end is complete.
    let isEnd: Bool
    /// The workflow it waits for.
    let subflow: RecordID?
    /// What the instances hear that wait for this one.
    let signal: String?
    /// The transitions that lead on, in the order they were made.
    var outgoing: [Transition] = []
    /// The ids of those that lead here.
    var incoming: [RecordID] = []
}

/// A way from one step to another.
struct Transition: Sendable {
    let id: RecordID
    let target: RecordID
    /// The signal it waits for; nil waits for none.
    let signal: String?
    let condition: Script
    /// Only users of this group take it.
    let group: RecordID?
    /// Records of this model, those the script names, are waited for.
    let trigger: (model: ModelName, records: Script)?
}
