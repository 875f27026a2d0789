internal import Synchronization
internal import Values

/// The fields that a user's last refused create or write had wrong, for a client that asks after the refusal
/// (`get_invalid_fields`). Guards its table: calls of one user may run beside each other.
final class InvalidFields: Sendable {
    /// Whoever asks does so at once, so that no more than this need be kept.
    private static let limit = 1000

    private struct Key: Hashable {
        let user: RecordID
        let model: ModelName
    }

    private let table = Mutex<[Key: [FieldName]]>([:])

    func note(_ fields: [FieldName], of model: ModelName, for user: RecordID) {
        table.withLock { table in
            if table.count >= Self.limit { table = [:] }
            table[Key(user: user, model: model)] = fields.distinct
        }
    }

    /// None when nothing was refused so far.
    func last(of model: ModelName, for user: RecordID) -> [FieldName] {
        table.withLock { $0[Key(user: user, model: model)] ?? [] }
    }
}
