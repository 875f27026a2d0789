import Domain
import ORM
import PostgreSQL
import SQL
import Synchronization
import TestSupport
import Testing
import Values

/// The rarer kinds and attributes of fields (contract/orm.md §2).
@Suite(.serialized) struct FieldAttributesTests {
    /// The order in which functions were set.
    private static let order = Mutex<[String]>([])

    /// How often the options of `choice` were asked for.
    private static let questions = Mutex(0)

    private static let addon = AddonModels(
        "attributes",
        definitions: [
            ModelDefinition.introducing("test.thing") { model in
                model.fields = [
                    .char("name", "Name", size: 8), .serialized("settings", "Settings"), .time("opens", "Opens"),
                    .bigInteger("big", "Big"),
                    .selection("level", "Level", ["1": "Low", "2": "High"], size: -1),
                    .float("rate", "Rate").with { $0.digits = { _ in Digits(8, 2) } },
                    .float("weight", "Weight", digits: Digits(8, 2)),
                    .char("secret", "Secret", size: 8).with { $0.writeGroups = ["base.group_system"] },
                    .binary("picture", "Picture").with { $0.filters = "*.png" },
                    .char("code", "Code", size: 8, index: .yes), .text("note", "Note").with { $0.size = 40 },
                    .computed("size", "Size", .integer, get: { _ in [:] }).called("_sizes"),
                    .computed(
                        "plain", "Plain", .char(8), get: { _ in [:] }, set: { _, _ in }
                    ).with { $0.isToldAsColumn = true },
                    .selection(
                        "choice", "Choice",
                        .computed { _ in
                            questions.withLock { $0 += 1 }
                            return [Selection.Option("a", "A"), Selection.Option("b", "B")]
                        }),
                    function("late", priority: 5), function("early", priority: -1), function("middle", priority: 0),
                ]
            }
        ])

    private static func function(_ name: String, priority: Int) -> Field {
        .computed(
            name, name, .char(nil), get: { _ in [:] }, set: { _, _ in order.withLock { $0.append(name) } }
        ).with { $0.priority = priority }
    }

    private func inScratch(_ body: (Environment) throws -> Void) throws {
        try withScratchDatabase(models: [Self.addon]) { try $0.run(body) }
    }

    @Test func `the rarer kinds keep their values`() throws {
        try inScratch { environment in
            let values: FieldValues = [
                "settings": ["a": [1, 2.5, "x", true]], "opens": "08:30:00", "big": 5_000_000_000, "level": 2,
            ]
            let id = try environment.create("test.thing", values).id
            let record = try environment.records("test.thing", [id]).read(["settings", "opens", "big", "level"])
                .dictionaries()[0]
            #expect(record == values.merging(["id": .integer(id)]) { $1 })
            #expect(
                try environment.search("test.thing", [["level", "=", 2], ["opens", "<", "09:00:00"]]).ids == [id])
            #expect(try environment.search("test.thing", [["level", "in", [1]]]).isEmpty)
        }
    }

    @Test func `an empty selection of numbers is no value, and a number that is no option is refused`() throws {
        try inScratch { environment in
            let id = try environment.create("test.thing", [:]).id
            #expect(try environment.records("test.thing", [id]).read(["level"]).values(of: "level") == [false])
            #expect(try environment.search("test.thing", [["level", "=", false]]).ids == [id])
            #expect(throws: ORMError.notInSelection(value: "7", field: "level")) {
                try environment.create("test.thing", ["level": 7])
            }
        }
    }

    @Test func `digits of the database round, those of the definition do not`() throws {
        try inScratch { environment in
            let id = try environment.create("test.thing", ["rate": 2.675, "weight": 2.675]).id
            let row = try environment.rows("SELECT rate::text, weight::text FROM test_thing WHERE id = \(id)")
            #expect(row.text(0, 0) == "2.67")
            #expect(row.text(0, 1) == "2.675")
            #expect(try environment.search("test.thing", [["rate", "=", 2.674]]).ids == [id])
            #expect(try environment.search("test.thing", [["weight", "=", 2.674]]).isEmpty)
        }
    }

    @Test func `fields_get tells keys as numbers, files to offer and the digits of the database`() throws {
        try inScratch { environment in
            let call = try RemoteCall("fields_get", of: "test.thing", in: environment.registry, positional: [])
            guard case .value(let answer) = try call.run(in: environment) else { return }
            let fields = answer.dictionary ?? [:]
            #expect(fields["level"]?.dictionary?["selection"] == [[1, "Low"], [2, "High"]])
            #expect(fields["picture"]?.dictionary?["filters"] == "*.png")
            #expect(fields["rate"]?.dictionary?["digits"] == [8, 2])
            #expect(fields["settings"]?.dictionary?["type"] == "serialized")
            #expect(fields["code"]?.dictionary?["select"] == true)
            #expect(fields["note"]?.dictionary?["size"] == 40)
            #expect(fields["size"]?.dictionary?["function"] == "_sizes")
            #expect(fields["size"]?.dictionary?["readonly"] == 1)
            #expect(
                fields["plain"]?.dictionary
                    == ["type": "char", "string": "Plain", "size": 8])
        }
    }

    @Test func `the options of a selection are asked for once, however many records are made`() throws {
        try withScratchDatabase(models: [Self.addon]) { database in
            try database.run { environment in
                Self.questions.withLock { $0 = 0 }
                _ = try environment.records("test.thing").create(
                    (0..<20).map { ["choice": $0 % 2 == 0 ? "a" : "b"] })
                #expect(Self.questions.withLock { $0 } == 1)
            }
        }
    }

    @Test func `functions are set by priority`() throws {
        try inScratch { environment in
            let thing = try environment.create("test.thing", [:])
            Self.order.withLock { $0 = [] }
            try thing.write(["late": "x", "middle": "x", "early": "x"])
            #expect(Self.order.withLock { $0 } == ["early", "middle", "late"])
        }
    }

    @Test func `what a user may not write is overlooked`() throws {
        struct Outsiders: AccessPolicy {
            func check(_ mode: AccessMode, on model: Model, in environment: Environment) throws {}
            func permits(_ mode: AccessMode, on model: Model, in environment: Environment) throws -> Bool { true }
            func rule(
                _ mode: AccessMode, on model: Model, in environment: Environment
            ) throws -> DomainExpression? { nil }
            func isMember(ofAny groups: [String], in environment: Environment) throws -> Bool { false }
        }
        let ports = Ports(
            access: Outsiders(), externalIDs: OpenPorts(), userDefaults: OpenPorts(), catalog: OpenPorts(),
            translator: OpenPorts(), properties: OpenPorts())
        try withScratchDatabase(models: [Self.addon], ports: ports) { database in
            try database.run { environment in
                let thing = try environment.create("test.thing", ["secret": "old"])
                try thing.write(["secret": "new", "name": "Ann"])
                let after = try environment.record("test.thing", thing.id)
                #expect(try after.text("secret") == "old")
                #expect(try after.text("name") == "Ann")
            }
        }
    }

    @Test func `a column under its old name is renamed with what it holds`() throws {
        try inScratch { environment in
            let id = try environment.create("test.thing", ["name": "Ann"]).id
            let renamed = AddonModels(
                "attributes",
                definitions: [
                    ModelDefinition.introducing("test.thing") { model in
                        model.nameField = "title"
                        model.fields = [.char("title", "Title", size: 8).with { $0.oldName = "name" }]
                    }
                ])
            let registry = try Registry(addons: [renamed], ports: OpenPorts.all)
            let later = Environment(registry: registry, transaction: environment.transaction, uid: 1)
            // Twice: the second time there is nothing to do.
            for _ in 0..<2 { try SchemaSync(in: later).apply(to: [registry.model("test.thing")]) }
            #expect(try later.record("test.thing", id).text("title") == "Ann")
        }
    }
}
