internal import Synchronization
public import Values

/// Something this process remembers from call to call, made from records of one database.
///
/// It must not keep what a transaction found that began (`Transaction.start`) before the last `forget`, and gives to a
/// call that has itself changed its sources (`Environment.touchedModels`) what that one sees.
public protocol RecordCache: Sendable {
    /// The models whose records it is made from; or a topic of its own, where not every change of a model makes it
    /// stale. Whoever makes such a change says so with `Environment.noteTouched`.
    var sources: Set<ModelName> { get }
    /// A committed transaction, of this process or of another one, has changed records of a source.
    func forget()
}

/// The caches of one database in this process, to be told of every change that makes them stale.
///
/// Told by whoever commits: an `Environment` tells of what its own call has touched once its transaction is committed,
/// the services of what other processes say they have committed.
public final class CacheBoard: Sendable {
    private struct State {
        var caches: [any RecordCache] = []
        var watched: Set<ModelName> = []
    }

    private let state = Mutex(State())

    public init(_ caches: [any RecordCache] = []) {
        for cache in caches { register(cache) }
    }

    /// Tells the cache of changes from now on.
    public func register(_ cache: any RecordCache) {
        state.withLock { state in
            state.caches.append(cache)
            state.watched.formUnion(cache.sources)
        }
    }

    /// Those of the models that some cache is made from; mostly none.
    public func watched(among models: Set<ModelName>) -> Set<ModelName> {
        if models.isEmpty { return [] }
        return state.withLock { $0.watched.intersection(models) }
    }

    /// All models, and topics, that some cache is made from.
    var allWatched: Set<ModelName> { state.withLock { $0.watched } }

    /// Records of these models were changed for good.
    public func changed(_ models: Set<ModelName>) {
        if models.isEmpty { return }
        for cache in state.withLock({ $0.caches }) where !cache.sources.isDisjoint(with: models) { cache.forget() }
    }

    /// Anything may have changed: the database was filled anew, or for a while nobody told what happened in it.
    public func changedEverything() {
        for cache in state.withLock({ $0.caches }) { cache.forget() }
    }
}
