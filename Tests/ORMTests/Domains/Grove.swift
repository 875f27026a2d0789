import ORM
import SQL
import TestSupport
import Values

/// A few records of the park with names, so that what a domain finds can be written down as a word: trees `abcd`, zones
/// `NHXL` below one another (X inactive), areas `ABC` below one another (B inactive).
struct Grove {
    let environment: Environment
    /// Each record's number by its letter; tags and visits by their names.
    private(set) var ids: [String: Value] = [:]

    static func visit(_ body: (Grove) throws -> Void) throws {
        try withScratchDatabase(models: [Park.addon]) { database in
            try database.run { try body(Grove(in: $0)) }
        }
    }

    private init(in environment: Environment) throws {
        self.environment = environment
        for name in ["sea", "sand", "rock"] { try plant(name, "park.tag", ["name": .text(name)]) }
        try plant("N", "park.zone", ["name": "North"])
        try plant("H", "park.zone", ["name": "Hall", "parent_id": self["N"], "tag_ids": [[6, 0, [self["sea"]]]]])
        try plant("X", "park.zone", ["name": "Attic", "parent_id": self["H"], "active": false])
        try plant("L", "park.zone", ["name": "Loft", "parent_id": self["X"], "deputy_id": self["N"]])
        try plant("A", "park.area", ["name": "A"])
        try plant("B", "park.area", ["name": "B", "parent_id": self["A"], "active": false])
        try plant("C", "park.area", ["name": "C", "parent_id": self["B"]])
        try plantTrees()
        try plant("first", "park.visit", ["name": "first", "count": 1, "tree_id": self["a"]])
        try plant("second", "park.visit", ["name": "second", "count": 2, "tree_id": self["a"]])
        try plant("third", "park.visit", ["name": "third", "count": 3, "tree_id": self["b"], "active": false])
    }

    /// The columns of d are all NULL.
    private mutating func plantTrees() throws {
        try plant(
            "a", "park.tree",
            [
                "area_id": self["A"], "zone_id": self["N"], "mark_ids": [[6, 0, [self["sea"], self["sand"]]]],
                "label": "ced", "notes": "Oak", "height": 1, "weight": 1.25, "old": true, "planted": "2011-06-01",
                "seen": "2011-06-01 08:30:00", "number": 5,
            ])
        try plant(
            "b", "park.tree",
            [
                "area_id": self["B"], "zone_id": self["H"], "mark_ids": [[6, 0, [self["rock"]]]], "label": "ceda",
                "notes": "oaks", "height": 0, "weight": 0.0, "old": false, "planted": "2011-06-02",
                "seen": "2011-06-02 00:00:00",
            ])
        try plant(
            "c", "park.tree",
            [
                "area_id": self["C"], "zone_id": self["L"], "label": "fir", "height": 7, "weight": 2.0, "old": true,
                "planted": "2011-06-03", "seen": "2011-06-01 00:00:00", "number": 6,
            ])
        try plant("d", "park.tree", [:])
        try environment.rows("UPDATE park_tree SET notes = '' WHERE label = 'fir'")
        try environment.rows("UPDATE park_tree SET old = NULL WHERE label IS NULL")
    }

    private mutating func plant(_ letter: String, _ model: ModelName, _ values: FieldValues) throws {
        ids[letter] = .integer(try environment.create(model, values).id)
    }

    subscript(_ letter: String) -> Value { ids[letter] ?? .null }

    /// The letters of the records a domain finds, in the order of their numbers.
    func found(_ model: ModelName, _ domain: Value, context: [String: Value] = [:]) throws -> String {
        let hits = try environment.adding(context).search(model, domain, order: "id").ids
        let letters: String =
            switch model {
            case "park.zone": "NHXL"
            case "park.area": "ABC"
            default: "abcd"
            }
        return letters.filter { letter in hits.contains { self[String(letter)] == .integer($0) } }
    }
}
