import BaseAddon
import ORM
import PostgreSQL
import TestSupport
import Values

/// A small addon with property fields, in a database of its own with the base addon.
enum Shop {
    static let addon = AddonModels("shop", definitions: [shelf, article, offer])

    private static let shelf = ModelDefinition.introducing("shop.shelf") { model in
        model.fields = [.char("name", "Name", size: 32)]
    }

    private static let article = ModelDefinition.introducing("shop.article") { model in
        model.fields = [
            .char("name", "Name", size: 32, translate: true),
            .property("shelf_id", "Shelf", .many2one("shop.shelf", onDelete: .setNull)),
            .property("price", "Price", .float(nil)), .property("is_fragile", "Fragile", .boolean),
            .property("since", "Since", .date), .property("note", "Note", .char(16)),
            .property("kind", "Kind", .selection(["a": "A", "b": "B"], size: nil)),
        ]
    }

    private static let offer = ModelDefinition.introducing("shop.offer") { model in
        model.delegates = ["shop.article": "article_id"]
        model.fields = [.float("reduction", "Reduction")]
    }

    /// Runs something as the superuser, with all tables, descriptions and the first company in place.
    static func open(_ body: (Environment) throws -> Void) throws {
        try withScratchDatabase(models: [Base.addon, addon], ports: Base.ports()) { database in
            try database.run { environment in
                try Base.addon.firstRecords?(environment)
                let models = environment.registry.models.values.filter { $0.addons.contains("shop") }
                try environment.registry.ports.catalog.describe(Array(models), of: "shop", in: environment)
                try body(environment)
            }
        }
    }

    /// Sets what articles have that have nothing of their own.
    static func setDefault(_ field: String, _ type: String, _ value: Value, in environment: Environment) throws {
        let fields = try environment.search(
            "ir.model.fields", [["model", "=", "shop.article"], ["name", "=", .text(field)]])
        try environment.create(
            "ir.property",
            ["name": .text(field), "fields_id": .integer(fields.ids[0]), "type": .text(type), "value": value])
    }
}
