import ORM
import PostgreSQL
import SQL
import TestSupport
import Values

/// What the park's tables hold: each record's cells, `null` where a column is NULL, the ids of the linked records for a
/// many2many.
struct ParkRows {
    private(set) var models: [ModelName: [RecordID: [FieldName: Value]]] = [:]

    func ids(_ model: ModelName) -> [RecordID] { models[model, default: [:]].keys.sorted() }

    func cell(_ field: FieldName, _ model: ModelName, _ id: RecordID) -> Value { models[model]?[id]?[field] ?? .null }

    // MARK: - Reading

    /// Reads the tables with plain statements.
    init(reading environment: Environment) throws {
        for (model, shape) in ParkShape.all {
            let columns = shape.traits.filter(\.value.hasColumn).keys.sorted()
            let table = model.replacing(".", with: "_")
            let list = columns.map { "\(column: $0)::text" as SQL }
            let found = try environment.rows("SELECT \((["id"] + list).joined(by: ", ")) FROM \(table: table)")
            for row in 0..<found.rowCount {
                guard let id = found.integer(row, 0) else { continue }
                var cells: [FieldName: Value] = [:]
                for (place, name) in columns.enumerated() {
                    guard let text = found.text(row, place + 1), let trait = shape.traits[name] else { continue }
                    cells[name] = Self.value(text, of: trait)
                }
                models[model, default: [:]][id] = cells
            }
            for (name, trait) in shape.traits {
                guard case .links(_, let table, let own, let other) = trait else { continue }
                let pairs = try environment.rows("SELECT \(column: own), \(column: other) FROM \(table: table)")
                for row in 0..<pairs.rowCount {
                    guard let id = pairs.integer(row, 0), let linked = pairs.integer(row, 1) else { continue }
                    let before = models[model]?[id]?[name]?.list ?? []
                    models[model]?[id]?[name] = .list(before + [.integer(linked)])
                }
            }
        }
    }

    private static func value(_ text: String, of trait: Trait) -> Value {
        switch trait {
        case .boolean: .boolean(text == "true")
        case .integer, .one: Int(text).map { .integer($0) } ?? .null
        case .float: Double(text).map { .float($0) } ?? .null
        default: .text(text)
        }
    }

    // MARK: - Filling

    /// Plants a random park, with empty columns everywhere.
    static func plant(in environment: Environment, _ random: inout SeededGenerator) throws {
        let names = ["ash", "Ash", "birch", "oak", "ivy_", "i%", ""]
        func some(_ values: [Value]) -> Value? { Int.random(in: 0...3, using: &random) == 0 ? nil : any(values) }
        func any(_ values: [Value]) -> Value { values.randomElement(using: &random) ?? .null }
        func several(_ ids: [Value]) -> Value {
            [[6, 0, .list(ids.filter { _ in Int.random(in: 0...3, using: &random) == 0 })]]
        }
        func name() -> Value? { some(names.map { .text($0) }) }
        func active() -> Value { .boolean(Int.random(in: 0...3, using: &random) > 0) }
        func create(_ model: ModelName, _ values: [FieldName: Value?]) throws -> Value {
            .integer(try environment.create(model, values.compactMapValues { $0 }).id)
        }

        let numbers: [Value] = [-1, 0, 1, 2, 7]
        let tags = try (0..<6).map { _ in try create("park.tag", ["name": name(), "rank": some(numbers)]) }
        var trees: [ModelName: [Value]] = [:]
        for model in ["park.zone", "park.area"] {
            for _ in 0..<10 {
                let known = trees[model] ?? []
                var values: [FieldName: Value?] = ["name": name(), "active": active()]
                values["parent_id"] = some(known)
                values["deputy_id"] = some(known)
                if model == "park.zone" { values["tag_ids"] = several(tags) }
                trees[model, default: []].append(try create(model, values))
            }
        }
        let plants = try (0..<16).map { _ in
            try create(
                "park.plant",
                [
                    "name": name(), "active": active(), "code": some(texts), "number": some(numbers),
                    "zone_id": some(trees["park.zone"] ?? []), "tag_ids": several(tags),
                ])
        }
        let planted = try (0..<30).map { _ in
            try create(
                "park.tree",
                [
                    "plant_id": any(plants), "label": some(texts), "notes": some(texts),
                    "old": any([true, false]), "height": some(numbers), "girth": some([0.0, 0.5, 1.25, -3.0]),
                    "weight": some([0.0, 0.5, 1.25, 2.01]), "planted": some(days), "seen": some(moments),
                    "kind": some(["leaf", "needle"]), "source": some(["park.area,1", "park.area,2"]),
                    "area_id": some(trees["park.area"] ?? []), "mark_ids": several(tags),
                ])
        }
        for _ in 0..<30 {
            _ = try create(
                "park.visit",
                ["name": name(), "active": active(), "count": some(numbers), "tree_id": some(planted)])
        }
        for (table, column) in [
            ("park_tree", "old"), ("park_zone", "active"), ("park_area", "active"), ("park_plant", "active"),
            ("park_visit", "active"),
        ] {
            try environment.rows("UPDATE \(table: table) SET \(column: column) = NULL WHERE id % 5 = 0")
        }
    }

    static let texts: [Value] = ["", "a", "A", "ab", "aB", "abcd", "b%", "_a", "7"]
    static let days: [Value] = ["2011-05-31", "2011-06-01", "2011-06-02"]
    static let moments: [Value] = [
        "2011-06-01 00:00:00", "2011-06-01 08:30:00", "2011-06-01 23:59:59", "2011-06-02 00:00:00",
    ]
}
