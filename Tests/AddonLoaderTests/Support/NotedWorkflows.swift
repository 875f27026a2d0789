import ORM
import Synchronization
import TestSupport
import Values

/// Workflows that only note what they are told of.
final class NotedWorkflows: QuietWorkflows {
    private let kept = Mutex<(signals: [String], handedBack: [RecordID])>(([], []))

    /// The signals sent, as `signal model name of the caller`.
    var signals: [String] { kept.withLock { $0.signals } }

    /// The activities whose work items were to leave them.
    var handedBack: [RecordID] { kept.withLock { $0.handedBack } }

    func concern(_ model: ModelName, in environment: Environment) -> Bool { true }

    func send(_ signal: String, to records: Records) throws -> Value {
        for record in records {
            let text = "\(signal) \(record.model.name) \(try record.text("name") ?? "") \(record.environment.uid)"
            kept.withLock { $0.signals.append(text) }
        }
        return false
    }

    func handBack(_ activities: Records) { kept.withLock { $0.handedBack += activities.ids } }
}
