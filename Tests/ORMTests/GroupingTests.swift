import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@Suite struct GroupingTests {
    /// Shelves B and A in this order of creation; six books on them and beside them.
    private func withBooks(_ body: (Environment, _ a: Value, _ b: Value) throws -> Void) throws {
        try withScratchDatabase(models: [Library.addon, Self.addition]) { database in
            try database.run { environment in
                let b = Value.integer(try environment.create("library.shelf", ["name": "B"]).id)
                let a = Value.integer(try environment.create("library.shelf", ["name": "A"]).id)
                _ = try environment.records("library.book").create([
                    ["name": "u", "shelf_id": b, "pages": 10, "price": 1.5, "bought": "2011-06-01", "rare": true],
                    ["name": "v", "shelf_id": a, "pages": 20, "price": 2.5, "bought": "2011-06-30"],
                    ["name": "w", "shelf_id": b, "pages": 30, "bought": "2012-02-29", "kind": "manual"],
                    ["name": "x", "pages": 0, "kind": "manual"],
                    ["name": "y", "shelf_id": a, "pages": 5, "rating": 4, "seen": "2011-12-31 23:59:59"],
                    ["name": "z", "shelf_id": b, "rating": 1, "seen": "2011-12-01 00:00:00"],
                ])
                try body(environment, a, b)
            }
        }
    }

    private static let addition = AddonModels(
        "library_more",
        definitions: [
            ModelDefinition.extending("library.book") { model in
                model.fields = [
                    .integer("rating", "Rating").with { $0.groupOperator = "avg" },
                    .integer("sequence", "Sequence"),
                ]
            }
        ])

    private func groups(_ environment: Environment, _ request: GroupRequest) throws -> [FieldValues] {
        try environment.records("library.book").readGroup(request)
    }

    @Test func `many2one groups come in the target's order, with names, sums and the way back`() throws {
        try withBooks { environment, a, b in
            let found = try groups(
                environment,
                GroupRequest([["pages", "!=", 99]], fields: ["shelf_id", "pages", "price"], by: ["shelf_id", "kind"]))
            #expect(
                found == [
                    [
                        "shelf_id": [b, "B"], "shelf_id_count": 2, "pages": 40, "price": 1.5,
                        "__domain": [["shelf_id", "=", b], ["pages", "!=", 99]], "__context": ["group_by": ["kind"]],
                    ],
                    [
                        "shelf_id": [a, "A"], "shelf_id_count": 2, "pages": 25, "price": 2.5,
                        "__domain": [["shelf_id", "=", a], ["pages", "!=", 99]], "__context": ["group_by": ["kind"]],
                    ],
                    [
                        "shelf_id": false, "shelf_id_count": 1, "pages": 0, "price": false,
                        "__domain": [["shelf_id", "=", false], ["pages", "!=", 99]],
                        "__context": ["group_by": ["kind"]],
                    ],
                ])
        }
    }

    @Test func `groups and their names take two statements`() throws {
        try withBooks { environment, _, _ in
            let before = environment.transaction.statements
            _ = try groups(environment, GroupRequest(fields: ["shelf_id", "pages"], by: ["shelf_id"]))
            #expect(environment.transaction.statements - before == 2)
        }
    }

    @Test func `each group's domain finds as many records as the group counts`() throws {
        try withBooks { environment, _, _ in
            for field in ["shelf_id", "kind", "rare", "pages", "bought", "seen", "name"] {
                for group in try groups(environment, GroupRequest(fields: [field], by: [field])) {
                    let domain = try #require(group["__domain"])
                    let count = try environment.records("library.book").count(domain)
                    #expect(group[field + "_count"] == .integer(count), "\(group)")
                }
            }
        }
    }

    @Test func `dates are grouped by month`() throws {
        try withBooks { environment, _, _ in
            let bought = try groups(environment, GroupRequest(fields: ["bought"], by: ["bought"]))
            #expect(bought.map { $0["bought"] } == ["June 2011", "February 2012", false])
            #expect(bought.map { $0["bought_count"] } == [2, 1, 3])
            #expect(bought[1]["__domain"] == [["bought", ">=", "2012-02-01"], ["bought", "<=", "2012-02-29"]])
            #expect(bought[2]["__domain"] == [["bought", "=", false]])
            let seen = try groups(environment, GroupRequest(fields: ["seen"], by: ["seen"]))
            #expect(seen[0]["seen"] == "December 2011")
            #expect(seen[0]["seen_count"] == 2)
            #expect(seen[0]["__domain"] == [["seen", ">=", "2011-12-01"], ["seen", "<=", "2011-12-31"]])
        }
    }

    @Test func `no value of a boolean is false, selections are told by their keys`() throws {
        try withBooks { environment, _, _ in
            try environment.rows("UPDATE library_book SET rare = NULL WHERE name = 'w'")
            let rare = try groups(environment, GroupRequest(fields: ["rare"], by: ["rare"]))
            #expect(rare.map { [$0["rare"], $0["rare_count"]] } == [[false, 5], [true, 1]])
            let kinds = try groups(environment, GroupRequest(fields: ["kind"], by: ["kind"]))
            #expect(kinds.map { [$0["kind"], $0["kind_count"]] } == [["manual", 2], ["novel", 4]])
        }
    }

    @Test func `numbers are combined as their field says`() throws {
        try withBooks { environment, _, _ in
            let found = try groups(
                environment,
                GroupRequest(fields: ["rare", "rating", "sequence", "id", "pages", "no_such"], by: ["rare"]))
            #expect(found[0]["rating"] == 2.5)
            #expect(found[0]["pages"] == 55)
            #expect(found[0].keys.sorted() == ["__context", "__domain", "pages", "rare", "rare_count", "rating"])
        }
    }

    @Test func `an order sorts groups by their first record, a limit counts groups before that`() throws {
        try withBooks { environment, _, _ in
            let all = try groups(
                environment, GroupRequest(fields: ["kind"], by: ["kind"], order: "name desc"))
            #expect(all.map { $0["kind"] } == ["manual", "novel"])
            let second = try groups(
                environment, GroupRequest(fields: ["kind"], by: ["kind"], offset: 1, limit: 1))
            #expect(second.map { $0["kind"] } == ["novel"])
            #expect(throws: ORMError.malformedOrder) {
                try groups(environment, GroupRequest(fields: ["kind"], by: ["kind"], order: "name; drop"))
            }
        }
    }

    @Test func `groups whose first record is inactive come last`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                _ = try environment.records("library.person").create([
                    ["name": "a", "phone": "1", "active": false], ["name": "b", "phone": "2"],
                ])
                let domain: Value = ["|", ["active", "=", true], ["active", "=", false]]
                let found = try environment.records("library.person").readGroup(
                    GroupRequest(domain, fields: ["phone"], by: ["phone"]))
                #expect(found.map { $0["phone"] } == ["2", "1"])
            }
        }
    }

    @Test func `inherited fields group, but are not added up`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                _ = try environment.records("library.reader").create([
                    ["name": "a", "phone": "1"], ["name": "b", "phone": "1"], ["name": "c"],
                ])
                let found = try environment.records("library.reader").readGroup(
                    GroupRequest(fields: ["phone"], by: ["phone"]))
                #expect(found.map { [$0["phone"], $0["phone_count"]] } == [["1", 2], [false, 1]])
            }
        }
    }

    @Test func `without a level there is one row of totals, for clients that ask for groups alone`() throws {
        try withBooks { environment, _, _ in
            let request = GroupRequest([["pages", ">", 5]], fields: ["pages"], by: [])
            let alone = environment.adding(["group_by_no_leaf": 1])
            #expect(try groups(alone, request) == [["__count": 3, "pages": 60]])
            let one = try groups(alone, GroupRequest(fields: ["kind"], by: ["kind"]))
            #expect(one.map { $0["__count"] } == [2, 4])
            #expect(throws: ORMError.self) { try groups(environment, request) }
        }
    }

    @Test func `what cannot be grouped by is refused`() throws {
        try withBooks { environment, _, _ in
            let text =
                "Fields in 'groupby' must be regular database-persisted fields (no function or related fields), "
                + "or function fields with store=True"
            for field in ["subject_ids", "author_phone"] {
                #expect(throws: ORMError.assertion(text)) {
                    try groups(environment, GroupRequest(fields: [field], by: [field]))
                }
            }
            #expect(throws: ORMError.assertion("The field 'kind' to group by must be among the fields to read")) {
                try groups(environment, GroupRequest(fields: ["pages"], by: ["kind"]))
            }
            let error = #expect(throws: UserError.self) {
                try groups(environment, GroupRequest(fields: ["x"], by: ["x"]))
            }
            #expect(error?.title == "Invalid group_by")
        }
    }

    @Test func `an addon changes how its model is grouped and searched`() throws {
        let addition = AddonModels(
            "library_more",
            definitions: [
                ModelDefinition.extending("library.book") { model in
                    model.overrides.readGroup = { _, request, inherited in
                        try inherited(request).map { $0.merging(["told": true]) { $1 } }
                    }
                    model.overrides.search = { _, request, inherited in try inherited(request).reversed() }
                }
            ])
        try withScratchDatabase(models: [Library.addon, addition]) { database in
            try database.run { environment in
                _ = try environment.records("library.book").create(
                    ["a", "b", "c"].map { ["name": .text($0)] })
                let found = try groups(environment, GroupRequest(fields: ["name"], by: ["name"]))
                #expect(found.map { $0["name"] } == ["c", "b", "a"])
                #expect(found.allSatisfy { $0["told"] == true })
            }
        }
    }

    @Test func `an unknown group operator is found when the registry is built`() throws {
        let addition = AddonModels(
            "library_more",
            definitions: [
                ModelDefinition.extending("library.book") { model in
                    model.fields = [.integer("pages", "Pages").with { $0.groupOperator = "median" }]
                }
            ])
        #expect(throws: ORMError.self) { try Registry(addons: [Library.addon, addition], ports: OpenPorts.all) }
    }

    @Test func `a bare text as level has no context in its groups`() throws {
        try withBooks { environment, _, _ in
            let call = try RemoteCall(
                "read_group", of: "library.book", in: environment.registry,
                positional: [[], ["kind", "pages"], "kind", 0, false, ["lang": "en_US"]])
            let groups = try call.run(in: environment).value.list ?? []
            #expect(groups.first?.dictionary?.keys.sorted() == ["__domain", "kind", "kind_count", "pages"])
        }
    }
}
