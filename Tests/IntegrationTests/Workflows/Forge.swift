import BaseAddon
import ORM
import PostgreSQL
import SQL
import TestSupport
import Values

/// Models whose records go through workflows that each test makes for itself, over the demo database.
enum Forge {
    static let addon = AddonModels("forge", definitions: [blade, ore] + serverAction)

    private static let blade = ModelDefinition.introducing("forge.blade") { model in
        model.fields = [
            .char("name", "Name", size: 32), .char("state", "State", size: 16, default: "raw"),
            .integer("num", "Number"), .text("note", "Note", default: ""), .boolean("is_sharp", "Sharp"),
            .many2one("partner_id", "Smith", to: "res.partner"), .many2one("ore_id", "Ore", to: "forge.ore"),
        ]
        model.remote = [
            .method("is_flag", writes: false) { blades, _ in .boolean(try blades.allSatisfy { try $0.flag("is_sharp") })
            },
            .method("mark", writes: true) { blades, arguments in
                for blade in blades {
                    try blade.write(["note": .text((try blade.text("note") ?? "") + arguments[0].plainText)])
                }
                return true
            },
            .method("mine", writes: true) { blades, _ in
                let ore = try blades.environment.create("forge.ore", ["name": "new"])
                try blades.write(["ore_id": .integer(ore.id)])
                return .integer(ore.id)
            },
            .method("ores", writes: false) { blades, _ in
                .list(try blades.compactMap { try $0.one("ore_id") }.map { .integer($0.id) })
            },
            .method("refuse", writes: true) { _, _ in throw UserError("Refused", "The iron is cold.") },
        ]
    }

    private static let ore = ModelDefinition.introducing("forge.ore") { model in
        model.fields = [.char("name", "Name", size: 32), .char("state", "State", size: 16)]
    }

    /// What a server action answers: its id, and the records it was run for.
    private static let serverAction = [
        DemoTemplate.modelNames.contains("ir.actions.server")
            ? ModelDefinition.extending("ir.actions.server", runsActions)
            : ModelDefinition.introducing("ir.actions.server", runsActions)
    ]

    private static func runsActions(_ model: inout ModelDefinition.Content) {
        model.remote = [
            .method("run", writes: true, ["ids", .context]) { actions, arguments in
                ["ran": .list(actions.ids.map { .integer($0) }), "for": arguments[0].dictionary?["active_ids"] ?? nil]
            }
        ]
    }

    private static let shared = Swift.Result { try open() }

    private static func open() throws -> DemoDatabase {
        let copy = try DemoTemplate.shared.get().copy()
        let registry = try Registry(addons: DemoTemplate.addons + [addon], ports: Base.ports())
        let database = DemoDatabase(name: copy.name, settings: copy.settings, registry: registry)
        try database.run { environment in
            let models = registry.models.values.filter { $0.addons.contains("forge") }
            try SchemaSync(in: environment).apply(to: models)
            try registry.ports.catalog.describe(models, of: "forge", in: environment)
            let own = try environment.search("ir.model", [["model", "like", "forge."]])
            _ = try environment.records("ir.model.access").create(
                own.ids.map { id in
                    [
                        "name": "all", "model_id": .integer(id), "perm_read": true, "perm_write": true,
                        "perm_create": true, "perm_unlink": true,
                    ]
                })
        }
        return database
    }

    /// Runs something in a transaction that is rolled back.
    static func visit(as uid: Int = 1, _ body: (Environment) throws -> Void) throws {
        try shared.get().run(as: uid, keep: false, body)
    }
}

/// A workflow as a test writes it down: its activities, the ways between them, and the ids they got.
struct Plan {
    let id: RecordID
    private let activities: [String: RecordID]
    private(set) var transitions: [RecordID] = []

    /// - Parameters:
    ///   - activities: By name, in order; the first one is where the workflow starts.
    ///   - transitions: `a > b`, with the values besides.
    init(
        on model: ModelName = "forge.blade", onCreate: Bool = true,
        _ activities: KeyValuePairs<String, FieldValues>, _ transitions: KeyValuePairs<String, FieldValues> = [:],
        in environment: Environment
    ) throws {
        let environment = environment.superuser
        id = try environment.create(
            "workflow", ["name": .text(model), "osv": .text(model), "on_create": .boolean(onCreate)]
        ).id
        var made: [String: RecordID] = [:]
        for (name, values) in activities {
            let start: FieldValues = made.isEmpty ? ["flow_start": true] : [:]
            let own: FieldValues = ["name": .text(name), "wkf_id": .integer(id)]
            made[name] = try environment.create(
                "workflow.activity", own.merging(start) { $1 }.merging(values) { $1 }
            ).id
        }
        self.activities = made
        for (way, values) in transitions {
            let ends = way.split(separator: " ").map(String.init)
            let own: FieldValues = [
                "act_from": made[ends[0]].map { .integer($0) } ?? nil,
                "act_to": made[ends[2]].map { .integer($0) } ?? nil,
            ]
            self.transitions.append(try environment.create("workflow.transition", own.merging(values) { $1 }).id)
        }
    }

    func activity(_ name: String) -> RecordID { activities[name] ?? 0 }
}

extension Environment {
    /// Where a record stands: `b complete`, one a work item, in the order they were made.
    func places(_ id: RecordID, _ model: ModelName = "forge.blade") throws -> [String] {
        let items = try rows(
            """
            SELECT "a"."name" || ' ' || "w"."state" FROM "wkf_workitem" AS "w" \
            JOIN "wkf_instance" AS "i" ON "i"."id" = "w"."inst_id" JOIN "wkf_activity" AS "a" ON "a"."id" = "w"."act_id" \
            WHERE "i"."res_id" = \(id) AND "i"."res_type" = \(model) ORDER BY "w"."id"
            """)
        return items.texts(column: 0).compactMap(\.self)
    }

    /// The states of a record's instances, in the order they were made.
    func instances(_ id: RecordID, _ model: ModelName = "forge.blade") throws -> [String] {
        try rows(
            """
            SELECT "state" FROM "wkf_instance" WHERE "res_id" = \(id) AND "res_type" = \(model) ORDER BY "id"
            """
        ).texts(column: 0).compactMap(\.self)
    }

    func count(_ table: String) throws -> Int {
        try rows("SELECT count(*) FROM \(table: table)").integer(0, 0) ?? 0
    }

    /// A new record, which a workflow may start with.
    func blade(_ values: FieldValues = [:]) throws -> RecordID { try create("forge.blade", values).id }

    @discardableResult
    func send(_ signal: String, to id: RecordID, _ model: ModelName = "forge.blade") throws -> Value {
        try records(model, [id]).send(signal: signal)
    }

    func text(_ field: FieldName, of id: RecordID) throws -> String? {
        try record("forge.blade", id).text(field)
    }
}
