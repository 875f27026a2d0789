extension Sequence where Element: Hashable {
    /// The elements in order, each once. Inlined, so that ids are hashed as numbers and not through a witness table.
    @inlinable public var distinct: [Element] {
        var seen = Set<Element>(minimumCapacity: underestimatedCount)
        return filter { seen.insert($0).inserted }
    }
}
