/// Which connection of a pool goes to whom: the pool's decisions, without connections, locks or clocks.
///
/// A connection is a slot number here. Times are seconds of any one clock.
struct PoolState {
    enum Decision: Equatable {
        /// An idle connection of the database.
        case use(slot: Int)
        /// A new connection; before it is opened, `closing` (an idle one of another database) has to go.
        case open(slot: Int, closing: Int?)
        case wait
    }

    /// A waiting borrower's turn.
    struct Grant: Equatable {
        let ticket: Int
        let decision: Decision
    }

    private struct Slot {
        let database: String
        /// When it became idle; nil while it is lent.
        var idleSince: Double?
        /// Its database is about to be dropped or renamed: it is closed when it comes back.
        var isRetired = false
    }

    let limit: Int
    let limitPerDatabase: Int
    let idleSeconds: Double
    private var slots: [Int: Slot] = [:]
    private var waiting: [(ticket: Int, database: String)] = []
    private var lastNumber = 0

    init(limit: Int, limitPerDatabase: Int, idleSeconds: Double) {
        self.limit = limit
        self.limitPerDatabase = limitPerDatabase
        self.idleSeconds = idleSeconds
    }

    var openCount: Int { slots.count }
    var waitingCount: Int { waiting.count }

    /// Finds a connection for a borrower. The most recently used one goes first: its caches are warm, and the others
    /// grow old enough to be closed.
    mutating func borrow(_ database: String) -> Decision {
        var ownCount = 0
        var newest: (number: Int, since: Double)?
        var oldest: (number: Int, since: Double)?
        for (number, slot) in slots {
            let isOwn = slot.database == database
            if isOwn { ownCount += 1 }
            guard let since = slot.idleSince else { continue }
            if isOwn, newest.map({ ($0.since, $0.number) < (since, number) }) ?? true { newest = (number, since) }
            if oldest.map({ ($0.since, $0.number) > (since, number) }) ?? true { oldest = (number, since) }
        }
        if let newest {
            slots[newest.number]?.idleSince = nil
            return .use(slot: newest.number)
        }
        guard ownCount < limitPerDatabase else { return .wait }
        var closing: Int?
        if slots.count >= limit {
            guard let oldest else { return .wait }
            closing = oldest.number
            slots[oldest.number] = nil
        }
        lastNumber += 1
        slots[lastNumber] = Slot(database: database)
        return .open(slot: lastNumber, closing: closing)
    }

    /// Puts a borrower that was told to wait in the queue; the ticket to name it by.
    mutating func enqueue(_ database: String) -> Int {
        lastNumber += 1
        waiting.append((lastNumber, database))
        return lastNumber
    }

    /// Takes a borrower that has waited too long out of the queue.
    mutating func withdraw(_ ticket: Int) {
        waiting.removeAll { $0.ticket == ticket }
    }

    /// Takes a lent connection back. False when it has to be closed: it is not `reusable`, or retired.
    mutating func giveBack(_ slot: Int, reusable: Bool, now: Double) -> Bool {
        guard let entry = slots[slot], reusable, !entry.isRetired else {
            slots[slot] = nil
            return false
        }
        slots[slot]?.idleSince = now
        return true
    }

    /// The waiting borrowers that can go on now, the longest waiting first; each has its connection then.
    mutating func grants() -> [Grant] {
        var granted: [Grant] = []
        for (ticket, database) in waiting {
            let decision = borrow(database)
            if decision != .wait { granted.append(Grant(ticket: ticket, decision: decision)) }
        }
        waiting.removeAll { entry in granted.contains { $0.ticket == entry.ticket } }
        return granted
    }

    /// Forgets the connections that have been idle for too long; they are to be closed.
    mutating func expire(now: Double) -> [Int] {
        let longest = idleSeconds
        return remove { $0.idleSince.map { now - $0 >= longest } ?? false }
    }

    /// Forgets the idle connections to a database, which are to be closed, and marks its lent ones for closing.
    mutating func retire(_ database: String) -> [Int] {
        for (number, slot) in slots where slot.database == database && slot.idleSince == nil {
            slots[number]?.isRetired = true
        }
        return remove { $0.database == database && $0.idleSince != nil }
    }

    /// Forgets all idle connections, which are to be closed, and all waiting borrowers.
    mutating func shutDown() -> [Int] {
        waiting = []
        for number in slots.keys { slots[number]?.isRetired = true }
        return remove { $0.idleSince != nil }
    }

    private mutating func remove(where isLeaving: (Slot) -> Bool) -> [Int] {
        let leaving = slots.filter { isLeaving($0.value) }.map(\.key)
        for number in leaving { slots[number] = nil }
        return leaving
    }
}
