internal import Values

/// The way a related field goes from records to those that hold its value (contract/orm.md §9).
struct RelatedPath {
    /// The relations on the way.
    let steps: ArraySlice<FieldName>

    /// Where the way ends for each record for which it does; each step is read for all records at once, as they are
    /// seen. A to-many step leads to the first record in its model's order.
    func ends(from records: Records) throws -> [RecordID: Record] {
        var ends: [RecordID: Record] = records.map { $0 }
        for step in steps {
            guard let kind = ends.values.first?.model.field(step)?.kind else { return [:] }
            if kind.isToMany {
                ends = try Self.firstTargets(of: step, from: ends)
            } else {
                ends = try ends.compactMapValues { try $0.one(step) }
            }
        }
        return ends
    }

    private static func firstTargets(
        of step: FieldName, from owners: [RecordID: Record]
    ) throws -> [RecordID: Record] {
        var firsts: [RecordID: RecordID] = [:]
        for (start, owner) in owners {
            if let id = try owner.value(step).list?.first?.integer { firsts[start] = id }
        }
        guard let owner = owners.values.first, let target = owner.model.field(step)?.kind.target else { return [:] }
        let targets = try owner.environment.records(target, Array(Set(firsts.values)))
        return firsts.mapValues { Record(id: $0, in: targets) }
    }
}
