/// Which statements a connection has prepared, by their text, and which of them to give up.
///
/// The least recently used tenth goes at once when the limit is reached, so that one round trip in many pays for it.
struct StatementCache {
    private struct Entry {
        let name: String
        var lastUse: Int
    }

    let limit: Int
    private var entries: [String: Entry] = [:]
    private var clock = 0
    private var lastNumber = 0
    private var orphans: [String] = []

    init(limit: Int) { self.limit = limit }

    var count: Int { entries.count }

    /// The name of a prepared statement, which counts as used now; nil when the text is new.
    mutating func name(of text: String) -> String? {
        clock += 1
        guard let index = entries.index(forKey: text) else { return nil }
        entries.values[index].lastUse = clock
        return entries.values[index].name
    }

    /// A name that this connection has not used before.
    mutating func newName() -> String {
        lastNumber += 1
        return "s\(lastNumber)"
    }

    /// Notes a statement that the server has prepared.
    mutating func insert(_ text: String, name: String) {
        clock += 1
        if let former = entries.updateValue(Entry(name: name, lastUse: clock), forKey: text) {
            orphans.append(former.name)
        }
    }

    /// Forgets a statement whose plan is stale; the server's copy goes with the next `evict`.
    mutating func forget(_ text: String) {
        if let entry = entries.removeValue(forKey: text) { orphans.append(entry.name) }
    }

    /// Makes room for `count` new statements; the names that the server shall forget, none while there is room.
    /// Statements named in `kept` stay: they are about to run.
    mutating func evict(for count: Int, keeping kept: Set<String>) -> [String] {
        let excess = entries.count + orphans.count + count - limit
        guard excess > 0 else { return [] }
        var names = orphans
        orphans = []
        let leaving = max(excess - names.count, limit / 10)
        let candidates = entries.filter { !kept.contains($0.value.name) }
        for (text, entry) in candidates.sorted(by: { $0.value.lastUse < $1.value.lastUse }).prefix(leaving) {
            names.append(entry.name)
            entries[text] = nil
        }
        return names
    }
}
