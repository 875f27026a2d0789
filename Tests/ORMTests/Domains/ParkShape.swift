import ORM
import Values

/// A field of the park in the contract's words, told a second time so that nothing of the engine decides what a
/// domain should find.
enum Trait {
    case text(size: Int?)
    case boolean
    case integer
    case float
    case date
    case datetime
    case one(ModelName)
    case lines(ModelName, inverse: FieldName)
    case links(ModelName, table: String, own: String, other: String)
    /// A related field.
    case follows(String)
    /// A function that a domain of its own stands for.
    case either
    /// A function that cannot be searched.
    case opaque

    var target: ModelName? {
        switch self {
        case .one(let target), .lines(let target, _), .links(let target, _, _, _): target
        default: nil
        }
    }

    /// Whether the model's own table has a column of it.
    var hasColumn: Bool {
        switch self {
        case .lines, .links, .follows, .either, .opaque: false
        default: true
        }
    }
}

/// A model of the park in the contract's words.
struct ParkShape {
    let traits: [FieldName: Trait]
    /// The one parent of `_inherits`.
    var parent: (link: FieldName, model: ModelName)?
    var isTree = false
    var isNestedSet = false

    static let all: [ModelName: ParkShape] = [
        "park.tag": ParkShape(traits: ["name": .text(size: 16), "rank": .integer]),
        "park.zone": ParkShape(
            traits: [
                "name": .text(size: 16), "active": .boolean, "parent_id": .one("park.zone"),
                "deputy_id": .one("park.zone"), "child_ids": .lines("park.zone", inverse: "parent_id"),
                "plant_ids": .lines("park.plant", inverse: "zone_id"),
                "tag_ids": .links("park.tag", table: "park_zone_tag_rel", own: "zone_id", other: "tag_id"),
            ], isTree: true),
        "park.area": ParkShape(
            traits: [
                "name": .text(size: 16), "active": .boolean, "parent_id": .one("park.area"),
                "deputy_id": .one("park.area"), "child_ids": .lines("park.area", inverse: "parent_id"),
                "tree_ids": .lines("park.tree", inverse: "area_id"),
            ], isTree: true, isNestedSet: true),
        "park.plant": ParkShape(traits: [
            "name": .text(size: 16), "active": .boolean, "code": .text(size: 4), "number": .integer,
            "zone_id": .one("park.zone"),
            "tag_ids": .links("park.tag", table: "park_plant_tag_rel", own: "plant_id", other: "tag_id"),
        ]),
        "park.tree": ParkShape(
            traits: [
                "plant_id": .one("park.plant"), "label": .text(size: 4), "notes": .text(size: nil), "old": .boolean,
                "height": .integer, "girth": .float, "weight": .float, "planted": .date,
                "seen": .datetime, "kind": .text(size: nil), "source": .text(size: nil), "area_id": .one("park.area"),
                "mark_ids": .links("park.tag", table: "park_tree_mark_rel", own: "tree_id", other: "tag_id"),
                "visit_ids": .lines("park.visit", inverse: "tree_id"), "area_name": .follows("area_id.name"),
                "zone_tags": .follows("zone_id.tag_ids.name"), "opaque": .opaque, "either": .either,
            ], parent: ("plant_id", "park.plant")),
        "park.visit": ParkShape(traits: [
            "name": .text(size: 16), "active": .boolean, "count": .integer, "tree_id": .one("park.tree"),
        ]),
    ]

    static func of(_ model: ModelName) -> ParkShape {
        guard let shape = all[model] else { fatalError("the park has no \(model)") }
        return shape
    }

    /// All fields, inherited ones too, in an order that is the same in each run.
    var allTraits: [(name: FieldName, trait: Trait)] {
        let inherited = parent.map { Self.of($0.model).traits } ?? [:]
        return traits.merging(inherited) { own, _ in own }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    var hasActive: Bool { allTraits.contains { $0.name == "active" } }
}
