internal import Foundation
internal import Logging
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A transaction's word to all processes on its database that it changes records they may remember something of.
///
/// It travels with the transaction: PostgreSQL hands it on when, and only if, that is committed. Whoever sent it then
/// waits until all others have forgotten what is stale, so that a call that begins after the answer sees the change
/// everywhere. Only the rare changes of what caches are made from cost this.
struct ChangeNotice {
    static let channel = "apus_changes"
    private static let answers = "apus_seen"

    /// The listeners' name in `pg_stat_activity`.
    static let listenerName = "apus listener"

    /// Longer than so many seconds nobody waits for a process that does not answer.
    private static let patience = 2.0

    /// The parts of a payload: who sent it, its number, and the changed models, `*` being all.
    let sender: String
    private let number: String
    /// nil when anything may have changed.
    let models: Set<ModelName>?

    /// - Parameter models: nil tells that anything may have changed.
    init(of models: Set<ModelName>?, from sender: String) {
        self.sender = sender
        self.models = models
        number = UUID().uuidString
    }

    // MARK: - Sending

    /// Sends the notice with the transaction, which is about to be committed.
    func announce(in transaction: Transaction) throws {
        try transaction.pipeline([
            Connection.listening(to: Self.answers), "SELECT pg_notify(\(Self.channel), \(payload))",
        ])
    }

    /// Waits until all listeners have heard, after the transaction is committed on this connection. Never fails: what
    /// is committed is.
    ///
    /// - Parameter own: The listener of this process, which need not be told.
    func awaitAnswers(on connection: Connection, besides own: Int?, logger: Logger) {
        do {
            let silent = try waitForAnswers(on: connection, besides: own)
            if !silent.isEmpty {
                logger.warning("a process did not hear of a change in time", metadata: ["backends": "\(silent)"])
            }
            try connection.execute(script: "UNLISTEN *")
        } catch {
            logger.warning("could not learn who has heard of a change", metadata: ["reason": "\(error)"])
            connection.close()
        }
    }

    private func waitForAnswers(on connection: Connection, besides own: Int?) throws -> Set<Int> {
        let listeners = try connection.run(
            """
            SELECT pid FROM pg_stat_activity WHERE datname = current_database() \
            AND application_name = \(Self.listenerName) AND pid <> \(own ?? 0)
            """)
        var waiting = Set(listeners.integers(column: 0))
        let deadline = ContinuousClock.now + .seconds(Self.patience)
        while !waiting.isEmpty {
            let left = deadline - ContinuousClock.now
            if left <= .zero { break }
            for answer in try connection.notifications(waiting: left / .seconds(1)) where answer.channel == Self.answers
            {
                let words = answer.payload.split(separator: " ")
                if words.count == 2, words[0] == number, let listener = Int(words[1]) { waiting.remove(listener) }
            }
        }
        return waiting
    }

    /// At most 8000 bytes; with very many models, all.
    private var payload: String {
        let names = models.map { $0.sorted().joined(separator: ",") } ?? "*"
        return "\(sender) \(number) \(names.utf8.count > 7000 ? "*" : names)"
    }

    // MARK: - Hearing

    /// Reads a payload; nil for what nobody of us has sent.
    init?(_ payload: String) {
        let words = payload.split(separator: " ").map(String.init)
        guard words.count == 3 else { return nil }
        sender = words[0]
        number = words[1]
        models = words[2] == "*" ? nil : Set(words[2].split(separator: ",").map(String.init))
    }

    /// Tells the sender that this listener has forgotten what is stale.
    func answer(on connection: Connection) throws {
        _ = try connection.run("SELECT pg_notify(\(Self.answers), \(number) || ' ' || pg_backend_pid())")
    }
}
