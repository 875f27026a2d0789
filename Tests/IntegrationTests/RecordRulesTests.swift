import ORM
import Testing
import Values

/// Record rules: what a user may see and change of a model's records.
@Suite struct RecordRulesTests {
    private static let demo = DemoDatabase.demoUser

    /// Three leads: the demo user's, the administrator's and nobody's.
    private struct Leads {
        let own: RecordID
        let foreign: RecordID
        let free: RecordID
        /// These and no others.
        static let domain: Value = [["name", "=", "Ruled"]]

        init(in environment: Environment) throws {
            let user = { (id: Value) -> FieldValues in ["name": "Ruled", "user_id": id, "section_id": false] }
            own = try environment.create("crm.lead", user(.integer(RecordRulesTests.demo))).id
            foreign = try environment.create("crm.lead", user(1)).id
            free = try environment.create("crm.lead", user(false)).id
        }
    }

    private func rule(
        _ environment: Environment, on model: ModelName, _ domain: String, groups: [RecordID] = [],
        _ values: FieldValues = [:]
    ) throws {
        let id = try #require(try environment.search("ir.model", [["model", "=", .text(model)]]).ids.first)
        let own: FieldValues = [
            "name": "test", "model_id": .integer(id), "domain_force": .text(domain),
            "groups": [[6, 0, .list(groups.map { .integer($0) })]],
        ]
        try environment.create("ir.rule", own.merging(values) { $1 })
    }

    @Test func `a salesman sees his own leads and those of nobody`() throws {
        try DemoDatabase.visit { environment in
            let leads = try Leads(in: environment)
            let demo = environment.with(uid: Self.demo)
            #expect(try Set(demo.search("crm.lead", Leads.domain).ids) == [leads.own, leads.free])
            #expect(try demo.records("crm.lead").count(Leads.domain) == 2)
            #expect(try demo.call("crm.lead", "name_search", "Ruled").list?.count == 2)
            #expect(try demo.records("crm.lead", [leads.own, leads.free]).read(["name"]).count == 2)
        }
    }

    @Test(arguments: [["name"], ["categ_ids"], ["name", "partner_id"]] as [[FieldName]])
    func `reading another's lead is refused, whatever is asked of it`(fields: [FieldName]) throws {
        try DemoDatabase.visit { environment in
            let leads = try Leads(in: environment)
            let title = try environment.registry.model("crm.lead").title
            let demo = environment.with(uid: Self.demo)
            #expect(throws: RecordRuleDenied(.read, title: title)) {
                try demo.records("crm.lead", [leads.own, leads.foreign]).read(fields)
            }
            #expect(throws: RecordRuleDenied(.read, title: title)) {
                try demo.call("crm.lead", "name_get", [.integer(leads.foreign)])
            }
            #expect(throws: RecordRuleDenied(.read, title: title)) {
                try demo.call("crm.lead", "perm_read", [.integer(leads.foreign)])
            }
            #expect(throws: RecordRuleDenied(.read, title: title)) {
                try demo.record("crm.lead", leads.foreign).copy()
            }
        }
    }

    @Test func `writing another's lead is refused and changes nothing`() throws {
        try DemoDatabase.visit { environment in
            let leads = try Leads(in: environment)
            let title = try environment.registry.model("crm.lead").title
            #expect(throws: RecordRuleDenied(.write, title: title)) {
                try environment.with(uid: Self.demo).records("crm.lead", [leads.foreign]).write(["name": "Mine"])
            }
            #expect(try environment.record("crm.lead", leads.foreign).text("name") == "Ruled")
        }
    }

    @Test func `a lead for somebody else cannot be created`() throws {
        try DemoDatabase.visit(as: Self.demo) { environment in
            let title = try environment.registry.model("crm.lead").title
            #expect(throws: RecordRuleDenied(.create, title: title)) {
                try environment.create("crm.lead", ["name": "Not mine", "user_id": 1])
            }
        }
    }

    @Test func `deleting what one may not see is refused`() throws {
        try DemoDatabase.visit { environment in
            try rule(environment, on: "res.partner.canal", "[('name', '!=', 'secret')]")
            let secret = try environment.create("res.partner.canal", ["name": "secret"]).id
            let access: FieldValues = [
                "name": "all", "perm_read": true, "perm_unlink": true, "perm_write": true, "perm_create": true,
                "model_id": .integer(try environment.search("ir.model", [["model", "=", "res.partner.canal"]]).ids[0]),
                "group_id": .integer(try environment.demo("base.group_user")),
            ]
            try environment.create("ir.model.access", access)
            let demo = environment.with(uid: Self.demo)
            let title = try environment.registry.model("res.partner.canal").title
            #expect(throws: RecordRuleDenied(.unlink, title: title)) {
                try demo.records("res.partner.canal", [secret]).unlink()
            }
            #expect(try environment.records("res.partner.canal", [secret]).exist())
        }
    }

    @Test func `the group that may see all leads widens what another group permits`() throws {
        try DemoDatabase.visit { environment in
            let leads = try Leads(in: environment)
            let group = try environment.demo("base.group_sale_salesman_all_leads")
            try environment.records("res.groups", [group]).write(["users": [[4, .integer(Self.demo)]]])
            let demo = environment.with(uid: Self.demo)
            #expect(try Set(demo.search("crm.lead", Leads.domain).ids) == [leads.own, leads.foreign, leads.free])
        }
    }

    @Test func `rules of everybody all hold, besides what groups permit`() throws {
        try DemoDatabase.visit { environment in
            let leads = try Leads(in: environment)
            try rule(environment, on: "crm.lead", "[('user_id', '!=', False)]")
            #expect(try environment.with(uid: Self.demo).search("crm.lead", Leads.domain).ids == [leads.own])
            try rule(environment, on: "crm.lead", "[('id', '=', 0)]")
            #expect(try environment.with(uid: Self.demo).search("crm.lead", Leads.domain).isEmpty)
            #expect(try environment.search("crm.lead", Leads.domain).count == 3)
        }
    }

    @Test func `a rule counts for the modes it is set for`() throws {
        try DemoDatabase.visit { environment in
            let partner = try environment.create("res.partner", ["name": "Quiet & Co"]).id
            try rule(environment, on: "res.partner", "[('id', '=', 0)]", ["perm_read": false])
            let demo = environment.with(uid: Self.demo)
            #expect(try demo.records("res.partner", [partner]).read(["name"]).count == 1)
            #expect(throws: RecordRuleDenied(.write, title: "Partner")) {
                try demo.records("res.partner", [partner]).write(["ref": "x"])
            }
        }
    }

    @Test func `hidden records are hidden in relations, paths and searches by name`() throws {
        try DemoDatabase.visit { environment in
            let partner = try environment.create("res.partner", ["name": "Holder"]).id
            let address = { (city: Value) throws in
                try environment.create("res.partner.address", ["partner_id": .integer(partner), "city": city]).id
            }
            let (open, secret) = (try address("Open"), try address("Secret"))
            try rule(environment, on: "res.partner.address", "[('city', '!=', 'Secret')]")
            let demo = environment.with(uid: Self.demo)
            #expect(try demo.read("res.partner", partner, ["address"])["address"] == [.integer(open)])
            #expect(try environment.read("res.partner", partner, ["address"])["address"]?.list?.count == 2)
            #expect(try demo.search("res.partner", [["address.city", "=", "Secret"]]).isEmpty)
            #expect(try demo.search("res.partner", [["address.city", "=", "Open"]]).ids == [partner])
            #expect(throws: RecordRuleDenied.self) { try demo.records("res.partner.address", [secret]).read(["city"]) }
        }
    }

    @Test func `a company's users see partners of their own company and of those below it`() throws {
        try DemoDatabase.visit { environment in
            let main = try environment.demo("base.main_company")
            let below = try environment.create("res.company", ["name": "Below", "parent_id": .integer(main)]).id
            let beside = try environment.create("res.company", ["name": "Beside", "parent_id": false]).id
            let partner = { (company: Value) throws in
                try environment.create("res.partner", ["name": "P", "company_id": company]).id
            }
            let seen = [try partner(.integer(main)), try partner(.integer(below)), try partner(false)]
            let hidden = try partner(.integer(beside))
            let demo = environment.with(uid: Self.demo)
            let asked: Value = .list((seen + [hidden]).map { .integer($0) })
            #expect(try Set(demo.search("res.partner", [["id", "in", asked]]).ids) == Set(seen))
            // The user moves to the other company, and his rules with him.
            let user = try environment.records("res.users", [Self.demo])
            try user.write(["company_ids": [[4, .integer(beside)]], "company_id": .integer(beside)])
            #expect(try Set(demo.search("res.partner", [["id", "in", asked]]).ids) == [hidden, seen[2]])
        }
    }

    @Test func `a rule that is no domain fails for the one who meets it, by name`() throws {
        try DemoDatabase.visit { environment in
            try rule(environment, on: "res.partner.category", "[('name', '=', user.no_such_field)]")
            let demo = environment.with(uid: Self.demo)
            let error = #expect(throws: UserError.self) { try demo.search("res.partner.category") }
            #expect(error?.title == "Record rule test")
            #expect(error?.message.contains("no_such_field") == true)
            #expect(try !demo.search("res.partner").isEmpty)
        }
    }

    @Test func `a rule may ask the clock`() throws {
        try DemoDatabase.visit { environment in
            try rule(environment, on: "res.partner", "[('date', '<=', time.strftime('%Y-%m-%d'))]")
            let partner = { (date: Value) throws in
                try environment.create("res.partner", ["name": "P", "date": date]).id
            }
            let (past, future) = (try partner("2001-01-01"), try partner("2101-01-01"))
            let asked: Value = [["id", "in", [.integer(past), .integer(future)]]]
            #expect(try environment.with(uid: Self.demo).search("res.partner", asked).ids == [past])
        }
    }

    @Test func `a rule without any right is refused`() throws {
        try DemoDatabase.visit { environment in
            _ = #expect(throws: (any Error).self) {
                try rule(
                    environment, on: "res.partner", "[]",
                    ["perm_read": false, "perm_write": false, "perm_create": false, "perm_unlink": false])
            }
        }
    }

    @Test func `global follows the groups`() throws {
        try DemoDatabase.visit { environment in
            let group = try environment.demo("base.group_user")
            let rule = try environment.record("ir.rule", environment.demo("base.res_partner_rule"))
            #expect(try rule.flag("global"))
            try rule.write(["groups": [[6, 0, [.integer(group)]]]])
            #expect(try environment.record("ir.rule", rule.id).flag("global") == false)
            try environment.records("res.groups", [group]).write(["rule_groups": [[3, .integer(rule.id)]]])
            #expect(try environment.record("ir.rule", rule.id).flag("global"))
        }
    }
}
