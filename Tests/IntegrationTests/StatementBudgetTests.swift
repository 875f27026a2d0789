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
}
