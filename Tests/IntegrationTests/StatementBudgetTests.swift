import ORM
import PostgreSQL
import Testing
import Values

/// What common work may cost in statements, however many records it is about.
@Suite struct StatementBudgetTests {
    private func statements(_ environment: Environment, _ body: () throws -> Void) throws -> Int {
        let before = environment.transaction.statements
        try body()
        return environment.transaction.statements - before
    }

    @Test(arguments: [1, DemoDatabase.demoUser])
    func `80 partners with their addresses and categories are read in 4 statements`(user: Int) throws {
        try DemoDatabase.visit { environment in
            let category = Value.integer(try environment.demo("base.res_partner_category_8"))
            let belgium = Value.integer(try environment.demo("base.be"))
            let ids = try environment.records("res.partner").create(
                (0..<80).map { number in
                    [
                        "name": .text("Partner \(100 + number)"), "category_id": [[6, 0, [category]]],
                        "address": [[0, 0, ["city": .text("Town \(number)"), "country_id": belgium]]],
                    ]
                })
            let caller = environment.with(uid: user)
            _ = try caller.search("res.partner", limit: 1)
            let partners = try caller.records("res.partner", ids)
            let fields = [
                "name", "ref", "lang", "user_id", "city", "phone", "country", "category_id", "customer", "supplier",
            ]
            var table: RecordTable?
            #expect(try statements(caller) { table = try partners.read(fields) } <= 4)
            #expect(table?.values(of: "city") == (0..<80).map { .text("Town \($0)") })
            #expect(table?.values(of: "category_id")?.allSatisfy { $0 == [category] } == true)
        }
    }

    @Test(arguments: [1, 50])
    func `opening leads takes less than 20 statements`(count: Int) throws {
        try DemoDatabase.visit { environment in
            let team = Value.integer(try environment.demo("crm.section_sales_department"))
            let ids = try environment.records("crm.lead").create(
                (0..<count).map { ["name": .text("Lead \($0)"), "section_id": team] })
            let list = Value.list(ids.map { .integer($0) })
            #expect(try statements(environment) { try environment.call("crm.lead", "case_open", list) } < 20)
            #expect(
                try environment.search(
                    "crm.lead", [["id", "in", list], ["state", "=", "open"], ["stage_id", "!=", false]]
                ).count == count)
        }
    }

    @Test func `closing 50 opportunities takes no more statements than closing 5, or nearly`() throws {
        try DemoDatabase.visit { environment in
            func closing(_ count: Int) throws -> Int {
                let ids = try environment.records("crm.lead").create(
                    (0..<count).map { ["name": .text("Lead \($0)"), "type": "opportunity"] })
                let list = Value.list(ids.map { .integer($0) })
                return try statements(environment) { try environment.call("crm.lead", "case_close", list) }
            }
            let few = try closing(5)
            #expect(try closing(50) <= few + 2)
        }
    }

    @Test(arguments: [1, DemoDatabase.demoUser])
    func `leads are read and described in another language for no more than in English`(user: Int) throws {
        try DemoDatabase.visit { environment in
            try environment.registry.ports.translator.add(language: "fr_FR", overwriting: false, in: environment)
            let team = Value.integer(try environment.demo("crm.section_sales_department"))
            let ids = try environment.records("crm.lead").create(
                (0..<80).map { ["name": .text("Lead \($0)"), "section_id": team, "user_id": .integer(user)] })
            let fields: Value = ["name", "stage_id", "section_id", "categ_id", "country_id", "state", "partner_name"]
            func costs(_ language: String) throws -> (read: Int, description: Int) {
                let context: Value = ["lang": .text(language)]
                let caller = environment.with(uid: user)
                let list = Value.list(ids.map { .integer($0) })
                // What is remembered between calls is there.
                try caller.call("crm.lead", "read", list, fields, context)
                try caller.call("crm.lead", "fields_get", [], context)
                return (
                    try statements(caller) { try caller.call("crm.lead", "read", list, fields, context) },
                    try statements(caller) { try caller.call("crm.lead", "fields_get", [], context) }
                )
            }
            let (english, french) = (try costs("en_US"), try costs("fr_FR"))
            #expect(french.read <= english.read)
            #expect(french.description <= english.description)
            #expect(french.read <= 5)
            #expect(french.description <= 4)
        }
    }

    @Test func `mails for 50 leads take no more statements than for 5`() throws {
        try DemoDatabase.visit { environment in
            func telling(_ count: Int) throws -> Int {
                let ids = try environment.records("crm.lead").create((0..<count).map { ["name": .text("Lead \($0)")] })
                let list = Value.list(ids.map { .integer($0) })
                return try statements(environment) {
                    try environment.call(
                        "crm.lead", "history", list, "receive", true, "Price?", "a@tester.example", "How much?", false,
                        false, nil, [["plan.txt", "Hello"]])
                    try environment.call("crm.lead", "message_followers", list)
                    try environment.call("crm.lead", "message_update", list, [:], ["body": "Set-Revenue: 500"])
                }
            }
            let few = try telling(5)
            #expect(try telling(50) <= few)
        }
    }

    @Test func `a search is one statement, whatever it follows`() throws {
        try DemoDatabase.visit { environment in
            let category = Value.integer(try environment.demo("base.res_partner_category_8"))
            let cost = try statements(environment) {
                _ = try environment.search(
                    "crm.lead",
                    [["partner_id.category_id", "in", [category]], ["section_id.member_ids", "in", [1]]], limit: 10,
                    order: "stage_id, partner_id, name")
            }
            #expect(cost == 1)
        }
    }

    // MARK: - Few records and many

    /// What some work costs for 5 records and for 50, after it has been done once: rights are remembered then.
    private func costs(
        _ environment: Environment, of prepare: (Int) throws -> [RecordID] = { _ in [] },
        _ work: (_ ids: [RecordID], _ count: Int) throws -> Void
    ) throws -> (few: Int, many: Int) {
        try work(prepare(2), 2)
        let (five, fifty) = (try prepare(5), try prepare(50))
        return (try statements(environment) { try work(five, 5) }, try statements(environment) { try work(fifty, 50) })
    }

    private func list(_ ids: [RecordID]) -> Value { .list(ids.map { .integer($0) }) }

    /// Partners in a category, each with an address.
    private func partners(_ count: Int, in environment: Environment) throws -> [RecordID] {
        let category = Value.integer(try environment.demo("base.res_partner_category_8"))
        return try environment.records("res.partner").create(
            (0..<count).map { number in
                [
                    "name": .text("Counted \(number)"), "category_id": [[6, 0, [category]]],
                    "address": [[0, 0, ["city": .text("Town \(number)")]]],
                ]
            })
    }

    @Test(arguments: [1, DemoDatabase.demoUser])
    func `groups of 50 partners take no more statements than of 5`(user: Int) throws {
        try DemoDatabase.visit { environment in
            let caller = environment.with(uid: user)
            let leads = { (count: Int) throws in
                try environment.records("crm.lead").create(
                    partners(count, in: environment).map {
                        ["name": "Lead", "partner_id": .integer($0), "user_id": .integer(user)]
                    })
            }
            let cost = try costs(caller, of: leads) { ids, count in
                let groups = try caller.call(
                    "crm.lead", "read_group", [["id", "in", list(ids)]], ["partner_id", "planned_revenue"],
                    ["partner_id"])
                #expect(groups.list?.count == count)
            }
            #expect(cost.many == cost.few)
        }
    }

    @Test func `a partner with 50 addresses and categories is made as a partner with 5`() throws {
        try DemoDatabase.visit { environment in
            let categories = { (count: Int) throws in
                try environment.records("res.partner.category").create(
                    (0..<count).map { ["name": .text("Category \($0)")] })
            }
            let cost = try costs(environment, of: categories) { ids, count in
                let partner = try environment.create(
                    "res.partner",
                    [
                        "name": "Rich", "category_id": .list(ids.map { [4, .integer($0)] }),
                        "address": .list((0..<count).map { [0, 0, ["city": .text("Town \($0)")]] }),
                    ])
                #expect(try partner.many("category_id").count == count)
                #expect(try partner.many("address").count == count)
            }
            #expect(cost.many == cost.few)
        }
    }

    @Test(arguments: [[[4, 0]], [[6, 0, [0]]], [[5], [4, 0]], [[4, 0], [3, 0], [4, 0]]] as [Value])
    func `50 partners are linked to a category as 5 are, new ones and old ones`(commands: Value) throws {
        try DemoDatabase.visit { environment in
            let category = Value.integer(try environment.create("res.partner.category", ["name": "Counted"]).id)
            // 0 stands for the category.
            let command = Value.list(
                (commands.list ?? []).map { command in
                    .list(
                        (command.list ?? []).enumerated().map { place, part in
                            if part == [0] { return [category] }
                            return place == 1 && command.list?.count == 2 ? category : part
                        })
                })
            let linked = { (count: Int) throws in
                #expect(try environment.records("res.partner").count([["category_id", "in", [category]]]) == count)
            }
            let new = try costs(environment) { _, count in
                let ids = try environment.records("res.partner").create(
                    (0..<count).map { ["name": .text("Partner \($0)"), "category_id": command] })
                let categories = try environment.records("res.partner", ids).read(["category_id"])
                #expect(categories.values(of: "category_id")?.allSatisfy { $0 == [category] } == true)
            }
            #expect(new.many == new.few)
            try environment.search("res.partner", [["category_id", "in", [category]]]).write(["category_id": [[5]]])
            try linked(0)
            let old = try costs(environment, of: { try partners($0, in: environment) }) { ids, _ in
                try environment.records("res.partner", ids).write(["category_id": command])
            }
            #expect(old.many == old.few)
            try linked(57)
        }
    }

    @Test func `50 categories and addresses that are there are linked to a partner as 5 are`() throws {
        try DemoDatabase.visit { environment in
            var addresses: [RecordID] = []
            let categories = { (count: Int) throws in
                addresses = try environment.records("res.partner.address").create(
                    (0..<count).map { ["city": .text("Town \($0)")] })
                return try environment.records("res.partner.category").create(
                    (0..<count).map { ["name": .text("Category \($0)")] })
            }
            let partner = try environment.create("res.partner", ["name": "Linked"])
            func linking(_ count: Int) throws -> Int {
                let ids = try categories(count)
                let spent = try statements(environment) {
                    // The first one is asked for twice.
                    try partner.write([
                        "category_id": .list((ids + ids.prefix(1)).map { [4, .integer($0)] }),
                        "address": .list((addresses + addresses.prefix(1)).map { [4, .integer($0)] }),
                    ])
                }
                let kept = try environment.record("res.partner", partner.id)
                #expect(try Set(ids).isSubset(of: kept.many("category_id").ids))
                #expect(try Set(addresses).isSubset(of: kept.many("address").ids))
                return spent
            }
            _ = try linking(1)
            let few = try linking(5)
            #expect(try linking(50) == few)
        }
    }

    @Test func `50 partners get an address each as 5 do`() throws {
        try DemoDatabase.visit { environment in
            let cost = try costs(environment, of: { try partners($0, in: environment) }) { ids, _ in
                try environment.records("res.partner", ids).write(["address": [[0, 0, ["city": "Newtown"]]]])
            }
            #expect(cost.many == cost.few)
            #expect(try environment.records("res.partner.address").count([["city", "=", "Newtown"]]) == 57)
        }
    }

    @Test(arguments: ["res.partner", "res.partner.address", "res.users", "crm.lead", "res.partner.category"])
    func `finding 50 names takes no more statements than finding 5`(model: ModelName) throws {
        try DemoDatabase.visit(as: DemoDatabase.demoUser) { environment in
            func finding(_ limit: Int) throws -> Int {
                try statements(environment) {
                    try environment.call(model, "name_search", "a", [], "ilike", [:], .integer(limit))
                }
            }
            _ = try finding(1)
            let few = try finding(2)
            #expect(try finding(50) <= few)
        }
    }

    @Test func `50 partners are exported with their addresses and categories as 5 are`() throws {
        try DemoDatabase.visit { environment in
            let fields: Value = [
                "id", "name", "category_id", "address/city", "address/country_id/name", "address/id", "user_id.id",
            ]
            let cost = try costs(environment, of: { try partners($0, in: environment) }) { ids, count in
                let rows = try environment.call("res.partner", "export_data", list(ids), fields)
                #expect(rows.dictionary?["datas"]?.list?.count == count)
            }
            #expect(cost.many == cost.few)
        }
    }

    @Test func `50 partners that are known are imported as 5 are, each with values of its own`() throws {
        try DemoDatabase.visit { environment in
            let cost = try costs(environment, of: { try partners($0, in: environment) }) { ids, count in
                let answer = try environment.call(
                    "res.partner", "import_data", [".id", "name", "ref", "category_id"],
                    .list(
                        ids.enumerated().map { number, id in
                            [
                                .integer(id), .text("Renamed \(number)"), .text("R\(number)"),
                                ["Supplier", ""][number % 2],
                            ]
                        }), "update")
                #expect(answer == [.integer(count), 0, 0, 0])
                let names = try environment.records("res.partner", ids).read(["ref"]).values(of: "ref") ?? []
                #expect(Set(names) == Set((0..<count).map { .text("R\($0)") }))
            }
            #expect(cost.many == cost.few)
        }
    }

    @Test func `50 leads that are known are imported as 5 are`() throws {
        try DemoDatabase.visit { environment in
            let leads = { (count: Int) throws in
                try environment.records("crm.lead").create((0..<count).map { ["name": .text("Lead \($0)")] })
            }
            let cost = try costs(environment, of: leads) { ids, count in
                let answer = try environment.call(
                    "crm.lead", "import_data", [".id", "name", "planned_revenue", "section_id"],
                    .list(
                        ids.enumerated().map { number, id in
                            [.integer(id), .text("Renamed \(number)"), .integer(number), "Sales Department"]
                        }), "update")
                #expect(answer == [.integer(count), 0, 0, 0])
                let sums = try environment.records("crm.lead", ids).read(["planned_revenue"])
                #expect(Set(sums.values(of: "planned_revenue") ?? []) == Set((0..<count).map { .float(Double($0)) }))
            }
            #expect(cost.many == cost.few)
        }
    }

    @Test func `50 new partners with commands of all kinds are made as 5 are`() throws {
        try DemoDatabase.visit { environment in
            let category = Value.integer(try environment.demo("base.res_partner_category_8"))
            let addresses = { (count: Int) throws in
                try environment.records("res.partner.address").create(
                    (0..<count).map { ["city": .text("Town \($0)")] })
            }
            let cost = try costs(environment, of: addresses) { ids, count in
                let made = try environment.records("res.partner").create(
                    ids.enumerated().map { number, id in
                        let known = Value.integer(id)
                        let new: Value = [0, 0, ["city": "Newtown"]]
                        return [
                            "name": .text("Mixed \(number)"),
                            "address": [[[6, 0, [known]], new], [new, [4, known]], [[4, known], new]][number % 3],
                            "category_id": [
                                [[6, 0, [category]]], [[0, 0, ["name": "made"]], [4, category]], [[5], [4, category]],
                            ][number % 3],
                        ]
                    })
                let table = try environment.records("res.partner", made).read(["address", "category_id"])
                #expect(table.values(of: "address")?.allSatisfy { $0.list?.count == 2 } == true)
                #expect(table.values(of: "category_id")?.allSatisfy { $0.list?.contains(category) == true } == true)
            }
            #expect(cost.many == cost.few)
        }
    }

    @Test func `50 stages are given their team as 5 are`() throws {
        try DemoDatabase.visit { environment in
            let team = Value.integer(try environment.demo("crm.section_sales_department"))
            let cost = try costs(environment) { _, count in
                let ids = try environment.records("crm.case.stage").create(
                    (0..<count).map { ["name": .text("Stage \($0)"), "section_id": team] })
                let teams = try environment.records("crm.case.stage", ids).read(["section_ids"])
                #expect(teams.values(of: "section_ids")?.allSatisfy { $0 == [team] } == true)
            }
            #expect(cost.many == cost.few)
        }
    }

    @Test func `50 leads are deleted as 5 are`() throws {
        try DemoDatabase.visit { environment in
            let team = Value.integer(try environment.demo("crm.section_sales_department"))
            let leads = { (count: Int) throws in
                try environment.records("crm.lead").create(
                    (0..<count).map { ["name": .text("Lead \($0)"), "section_id": team] })
            }
            let cost = try costs(environment, of: leads) { ids, _ in
                try environment.call("crm.lead", "unlink", list(ids))
                #expect(try environment.records("crm.lead").count([["id", "in", list(ids)]]) == 0)
            }
            #expect(cost.many == cost.few)
        }
    }
}
