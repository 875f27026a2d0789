internal import ORM
internal import Values

/// A record's way through a workflow, as a row of `wkf_instance` with its items. Changed through its `Board` alone.
final class Instance {
    /// Nil until the row is written.
    var id: RecordID?
    let flow: RecordID
    let model: ModelName
    let record: RecordID
    var isActive: Bool
    /// The row was deleted meanwhile.
    var isGone = false
    /// In the order they were made.
    var items: [WorkItem] = []
    /// Transitions that were taken and wait for others at a join.
    var arrivals: Set<RecordID> = []

    /// What the rows say.
    var stored = Stored()
    /// Whether anything differs from the rows.
    var isDirty = false
    /// The number of changes by others that were heard of when the rows were read.
    var seen = 0

    struct Stored {
        var isActive = true
        var arrivals: Set<RecordID> = []
        /// Items that have a row and are to lose it.
        var lost: [RecordID] = []
    }

    init(id: RecordID?, flow: RecordID, model: ModelName, record: RecordID, isActive: Bool = true) {
        self.id = id
        self.flow = flow
        self.model = model
        self.record = record
        self.isActive = isActive
        stored.isActive = isActive
    }
}

/// A place where an instance stands: a row of `wkf_workitem`.
final class WorkItem {
    enum State: String {
        /// Its activity is to be executed.
        case active
        /// Its activity is at work, or waits for another instance.
        case running
        case complete
        /// What the original never leaves behind, and nothing moves.
        case other = "exception"
    }

    /// Nil until the row is written.
    var id: RecordID?
    unowned let instance: Instance
    let activity: RecordID
    var state: State
    /// The instance it waits for, or the id of one that was not looked at.
    var subflow: Instance?
    var subflowID: RecordID?
    /// It has moved on, or its row was deleted meanwhile.
    var isGone = false
    /// What the row says.
    var stored: (state: State, subflow: RecordID?)?
    /// Records it waits for, to be written along.
    var triggers: [RecordReference] = []

    init(id: RecordID?, of instance: Instance, at activity: RecordID, _ state: State) {
        self.id = id
        self.instance = instance
        self.activity = activity
        self.state = state
    }
}
