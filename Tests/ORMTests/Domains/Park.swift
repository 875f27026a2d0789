import Domain
import ORM
import Values

/// A small park for searches: every kind of column and relation, a plain tree, a nested set, delegation.
enum Park {
    static let addon = AddonModels("park", definitions: [tag, zone, area, plant, tree, visit])

    private static let tag = ModelDefinition.introducing("park.tag") { model in
        model.title = "Tag"
        model.fields = [.char("name", "Name", size: 16), .integer("rank", "Rank")]
    }

    /// A tree whose children are found level by level, with a second way up.
    private static let zone = ModelDefinition.introducing("park.zone") { model in
        model.title = "Zone"
        model.fields = [
            .char("name", "Name", size: 16), .boolean("active", "Active", default: true),
            .many2one("parent_id", "Within", to: "park.zone"), .many2one("deputy_id", "Deputy", to: "park.zone"),
            .one2many("child_ids", "Parts", of: "park.zone", inverse: "parent_id"),
            .one2many("plant_ids", "Plants", of: "park.plant", inverse: "zone_id"),
            .many2many(
                "tag_ids", "Tags", of: "park.tag",
                through: .init(table: "park_zone_tag_rel", own: "zone_id", other: "tag_id")),
        ]
    }

    /// A tree with bounds.
    private static let area = ModelDefinition.introducing("park.area") { model in
        model.title = "Area"
        model.order = "parent_left"
        model.nestedSet = true
        model.fields = [
            .char("name", "Name", size: 16), .boolean("active", "Active", default: true),
            .many2one("parent_id", "Within", to: "park.area"), .many2one("deputy_id", "Deputy", to: "park.area"),
            .one2many("child_ids", "Parts", of: "park.area", inverse: "parent_id"),
            .one2many("tree_ids", "Trees", of: "park.tree", inverse: "area_id"),
        ]
    }

    private static let plant = ModelDefinition.introducing("park.plant") { model in
        model.title = "Plant"
        model.fields = [
            .char("name", "Name", size: 16), .boolean("active", "Active", default: true),
            .char("code", "Code", size: 4), .integer("number", "Number"),
            .many2one("zone_id", "Zone", to: "park.zone"),
            .many2many(
                "tag_ids", "Tags", of: "park.tag",
                through: .init(table: "park_plant_tag_rel", own: "plant_id", other: "tag_id")),
        ]
    }

    private static let tree = ModelDefinition.introducing("park.tree") { model in
        model.title = "Tree"
        model.delegates = ["park.plant": "plant_id"]
        model.fields = [
            .char("label", "Label", size: 4), .text("notes", "Notes"), .boolean("old", "Old"),
            .integer("height", "Height"), .float("girth", "Girth"), .float("weight", "Weight", digits: Digits(8, 2)),
            .date("planted", "Planted"), .datetime("seen", "Last seen"),
            .selection("kind", "Kind", ["leaf": "Leaf", "needle": "Needle"]),
            .reference("source", "Source", ["park.area": "Area"], size: 64),
            .many2one("area_id", "Area", to: "park.area"),
            .many2many(
                "mark_ids", "Marks", of: "park.tag",
                through: .init(table: "park_tree_mark_rel", own: "tree_id", other: "tag_id")),
            .one2many("visit_ids", "Visits", of: "park.visit", inverse: "tree_id"),
            .related("area_name", "Area's name", .char(16), through: "area_id", "name"),
            .related("zone_tags", "Zone's tags", .char(16), through: "zone_id", "tag_ids", "name"),
            .computed("opaque", "Opaque", .char(nil), get: { _ in [:] }),
            .computed(
                "either", "Label or notes", .char(nil), get: { _ in [:] },
                search: { _, leaf in .list(eitherDomain(leaf.comparison.rawValue, leaf.value)) }),
        ]
    }

    private static let visit = ModelDefinition.introducing("park.visit") { model in
        model.title = "Visit"
        model.fields = [
            .char("name", "Name", size: 16), .boolean("active", "Active", default: true),
            .integer("count", "Count"), .many2one("tree_id", "Tree", to: "park.tree"),
        ]
    }

    /// What stands for a leaf on `either`.
    static func eitherDomain(_ comparison: String, _ value: Value) -> [Value] {
        ["|", ["label", .text(comparison), value], ["notes", .text(comparison), value]]
    }
}
