import ORM
import PostgreSQL
import SQL
import Synchronization
import TestSupport
import Testing
import Values

/// Writes that give each record values of its own.
@Suite struct WritingEachTests {
    /// What the model's own write was asked for: how many records each time.
    private static let asked = Mutex<[Int]>([])
    private static let sets = Mutex<[Int]>([])

    private static let addon = AddonModels(
        "each",
        definitions: [
            ModelDefinition.introducing("each.plain") { model in
                model.fields = [
                    .char("name", "Name", size: 64), .float("rate", "Rate", digits: Digits(16, 4)),
                    .binary("content", "Content"), .boolean("on", "On"), .date("day", "Day"),
                    .many2one("loud_id", "Loud", to: "each.loud"),
                    .one2many("part_ids", "Parts", of: "each.part", inverse: "plain_id"),
                    .related("part_name", "Part's name", .char(64), through: "part_ids", "deep_ids", "name"),
                    .computed(
                        "label", "Label", .char(64), get: { try $0.map { .text(try $0.text("name") ?? "") } },
                        set: { records, value in
                            sets.withLock { $0.append(records.count) }
                            try records.write(["name": value])
                        }),
                    .computed(
                        "exact", "Exact", .float(nil), get: { $0.map { _ in .float(1_234_567_890.123457) } },
                        store: .triggered([.init(on: "each.plain", fields: ["rate"]) { $0.ids }])),
                    .computed(
                        "told", "Told", .binary, get: { $0.map { _ in .text("\\x41\\\\") } },
                        store: .triggered([.init(on: "each.plain", fields: ["rate"]) { $0.ids }])),
                ]
                model.constraints = [
                    .check("name", message: "Never bad.") { records in
                        try records.allSatisfy { try $0.text("name") != "bad" }
                    }
                ]
            },
            ModelDefinition.introducing("each.part") { model in
                model.fields = [
                    .char("name", "Name", size: 64), .many2one("plain_id", "Plain", to: "each.plain"),
                    .one2many("deep_ids", "Deeper", of: "each.deep", inverse: "part_id"),
                ]
            },
            ModelDefinition.introducing("each.deep") { model in
                model.fields = [.char("name", "Name", size: 64), .many2one("part_id", "Part", to: "each.part")]
            },
            ModelDefinition.introducing("each.choosy") { model in
                model.fields = [
                    .char("name", "Name", size: 64), .char("note", "Note", size: 64), .char("place", "Place", size: 64),
                ]
                model.overrides.writtenFields = ["name"]
                model.overrides.write = { records, values, inherited in
                    try inherited(records, values.merging(["name": .text((values["name"]?.text ?? "") + "!")]) { $1 })
                }
            },
            ModelDefinition.extending("each.choosy") { model in
                model.overrides.writtenFields = ["note"]
                model.overrides.write = { records, values, inherited in
                    let isRenaming = values["note"] == "renaming"
                    try inherited(records, isRenaming ? values.merging(["name": "renamed"]) { $1 } : values)
                }
            },
            ModelDefinition.introducing("each.loud") { model in
                model.fields = [.char("name", "Name", size: 64)]
                model.overrides.write = { records, values, inherited in
                    asked.withLock { $0.append(records.count) }
                    try inherited(records, values)
                }
            },
        ])

    private func inScratch(_ body: (Environment) throws -> Void) throws {
        try withScratchDatabase(models: [Self.addon]) { database in try database.run { try body($0) } }
    }

    private func statements(_ environment: Environment, _ body: () throws -> Void) throws -> Int {
        let before = environment.transaction.statements
        try body()
        return environment.transaction.statements - before
    }

    @Test func `each record gets its own values, whatever their kinds, by as many statements as two do`() throws {
        try inScratch { environment in
            let ids = try environment.records("each.plain").create(Array(repeating: [:], count: 30))
            func values(_ number: Int) -> FieldValues {
                [
                    "name": .text("n \(number)"), "rate": .float(Double(number) + 0.25), "content": "QUJD",
                    "on": .boolean(number.isMultiple(of: 2)), "day": number == 3 ? false : "2011-06-01",
                ]
            }
            func writing(_ count: Int) throws -> Int {
                try statements(environment) {
                    try environment.records("each.plain").write(
                        each: ids.prefix(count).enumerated().map { (id: $1, values: values($0)) })
                }
            }
            let few = try writing(2)
            #expect(try writing(30) == few)
            let table = try environment.records("each.plain", ids).read(["name", "rate", "content", "on", "day"])
            #expect(table.dictionaries().map { $0.filter { $0.key != "id" } } == (0..<30).map(values))
        }
    }

    @Test func `of several rows for one record the last one counts, and all are checked`() throws {
        try inScratch { environment in
            let plain = try environment.records("each.plain")
            let ids = try plain.create([["name": "a"], ["name": "b"]])
            try plain.write(each: [
                (ids[0], ["name": "c"]), (ids[1], ["name": "d", "on": true]), (ids[0], ["name": "e"]),
            ])
            #expect(try plain.other(ids).read(["name", "on"]).values(of: "name") == ["e", "d"])
            #expect(throws: ValidationFailure.self) {
                try plain.write(each: [(ids[0], ["name": "fine"]), (ids[1], ["name": "bad"])])
            }
            #expect(throws: ORMError.recordGone(model: "each.plain", title: "each.plain")) {
                try plain.write(each: [(ids[0], ["name": "x"]), (99_999, ["name": "y"])])
            }
        }
    }

    @Test(arguments: [[1, 2, 3], [3, 2, 1]])
    func `what must be unique passes from one record to the next`(order: [Int]) throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let subjects = try environment.records("library.subject")
                // Each takes the name that the one before it in the rows has just given up.
                let ids = try subjects.create(order.map { ["name": .text("\($0)")] })
                let rows = zip(ids, order).sorted { $0.1 > $1.1 }.map { id, number in
                    (id: id, values: ["name": .text("\(number + 1)")] as FieldValues)
                }
                try subjects.write(each: rows)
                #expect(
                    try order.indices.map { try environment.record("library.subject", ids[$0]).text("name") }
                        == order.map { "\($0 + 1)" })
                #expect(throws: PostgreSQLError.self) {
                    try environment.savepoint { try subjects.write(each: ids.map { ($0, ["name": "same"]) }) }
                }
            }
        }
    }

    @Test func `what wraps the write is asked once for equal values`() throws {
        try inScratch { environment in
            let loud = try environment.records("each.loud")
            let ids = try loud.create(Array(repeating: [:], count: 4))
            Self.asked.withLock { $0 = [] }
            try loud.write(each: zip(ids, ["a", "b", "a", "a"]).map { ($0, ["name": .text($1)]) })
            #expect(Self.asked.withLock { $0 } == [3, 1])
            #expect(try loud.other(ids).read(["name"]).values(of: "name") == ["a", "b", "a", "a"])
        }
    }

    @Test func `what wraps the write of some fields is asked for no others`() throws {
        try inScratch { environment in
            let choosy = try environment.records("each.choosy")
            let ids = try choosy.create(Array(repeating: [:], count: 3))
            let before = environment.transaction.statements
            try choosy.write(each: zip(ids, ["a", "b", "c"]).map { ($0, ["place": .text($1)]) })
            #expect(environment.transaction.statements == before + 1)
            #expect(try choosy.other(ids).read(["place"]).values(of: "place") == ["a", "b", "c"])
            try choosy.write(each: zip(ids, ["a", "b", "c"]).map { ($0, ["name": .text($1)]) })
            // The outer one, which is about the note, brings the name in: the inner one is about that.
            try choosy.other([ids[0]]).write(["note": "renaming"])
            #expect(try choosy.other(ids).read(["name"]).values(of: "name") == ["renamed!", "b!", "c!"])
        }
    }

    @Test func `code behind a field gets all records with the same value at once`() throws {
        try inScratch { environment in
            let plain = try environment.records("each.plain")
            Self.sets.withLock { $0 = [] }
            let ids = try plain.create(["a", "b", "a"].map { ["label": $0] })
            #expect(Self.sets.withLock { $0 } == [2, 1])
            #expect(try plain.other(ids).read(["name"]).values(of: "name") == ["a", "b", "a"])
            try plain.write(each: zip(ids, ["c", "c", "d"]).map { ($0, ["label": .text($1)]) })
            #expect(Self.sets.withLock { $0 } == [2, 1, 2, 1])
            #expect(try plain.other(ids).read(["name"]).values(of: "name") == ["c", "c", "d"])
        }
    }

    @Test func `a related field is written at the end of to-many steps, a statement a level`() throws {
        try inScratch { environment in
            func writing(_ count: Int) throws -> Int {
                let ids = try environment.records("each.plain").create(
                    (0..<count).map { _ in
                        [
                            "part_ids": .list(
                                ["first", "second"].map { name in
                                    [0, 0, ["name": .text(name), "deep_ids": [[0, 0, ["name": "deep"]]]]]
                                })
                        ]
                    })
                let spent = try statements(environment) {
                    try environment.records("each.plain", ids).write(["part_name": "changed"])
                }
                let changed = try environment.search("each.deep", [["name", "=", "changed"]])
                let owners = try changed.map { try $0.one("part_id")?.one("plain_id")?.id }.values.compactMap(\.self)
                #expect(Set(owners) == Set(ids) && changed.count == count)
                try changed.write(["name": "again"])
                return spent
            }
            let few = try writing(2)
            #expect(try writing(25) == few)
        }
    }

    @Test func `a stored number keeps all its digits, and content is not decoded, when they are computed anew`() throws
    {
        try inScratch { environment in
            let id = try environment.create("each.plain", ["rate": 1.5]).id
            let stored = try environment.rows(
                "SELECT \"exact\"::text, encode(\"told\", 'escape') FROM \"each_plain\" WHERE \"id\" = \(id)")
            // As a double precision number is made exact, its 16th digit is lost.
            #expect(stored.text(0, 0) == "1234567890.123457")
            #expect(stored.text(0, 1)?.replacing("\\\\", with: "\\") == "\\x41\\\\")
        }
    }
}
