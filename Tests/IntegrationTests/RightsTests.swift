import ORM
import Testing
import Values

/// Who may do what, as the addons' data say.
@Suite struct RightsTests {
    private static let demo = DemoDatabase.demoUser

    private func may(_ mode: AccessMode, _ model: ModelName, _ environment: Environment) throws -> Bool {
        try environment.call("ir.model.access", "check", .text(model), .text(mode.rawValue), false) == true
    }

    @Test func `the demo user is user 3, an employee and a salesman`() throws {
        try DemoDatabase.visit { (environment) throws in
            #expect(try environment.demo("base.user_demo") == Self.demo)
            let demo = environment.with(uid: Self.demo)
            for group in ["base.group_user", "base.group_sale_salesman"] {
                #expect(try demo.call("ir.model.access", "check_groups", .text(group)) == true)
            }
            #expect(try demo.call("ir.model.access", "check_groups", "base.group_system") == false)
        }
    }

    @Test(
        arguments: [
            ("res.partner", "read,write,create"), ("res.partner.address", "read,write,create"),
            ("crm.lead", "read,write,create"), ("crm.case", "read,write,create"),
            ("crm.case.section", "read,write,create"), ("crm.case.stage", "read"), ("crm.case.categ", "read"),
            ("ir.model.access", "read"), ("res.users", "read"), ("res.groups", "read"), ("ir.ui.view", "read"),
            ("mailgate.message", "read,write,create,unlink"),
        ])
    func `the demo user has just these rights`(model: String, rights: String) throws {
        try DemoDatabase.visit(as: Self.demo) { environment in
            let given = try AccessMode.allCases.filter { try may($0, model, environment) }.map(\.rawValue)
            #expect(given == rights.split(separator: ",").map(String.init))
        }
    }

    @Test(arguments: ["ir.model.access", "res.users"])
    func `the demo user may not write`(model: String) throws {
        try DemoDatabase.visit { environment in
            let id = try #require(try environment.search(model, limit: 1).ids.first)
            let denied = #expect(throws: ModelAccessDenied.self) {
                try environment.with(uid: Self.demo).records(model, [id]).write(["name": "mine"])
            }
            #expect(denied?.mode == .write)
            #expect(denied?.model == model)
            #expect(denied?.groups == ["Administration / Access Rights"])
        }
    }

    @Test func `a salesman cannot delete leads, and is told who can`() throws {
        try DemoDatabase.visit(as: Self.demo) { environment in
            let lead = try environment.create("crm.lead", ["name": "Mine"])
            #expect(
                throws: ModelAccessDenied(
                    .unlink, on: "crm.lead", groups: ["Partner Manager", "Sales / Manager"])
            ) { try lead.alone.unlink() }
        }
    }

    @Test func `the demo user reads partners and their addresses`() throws {
        try DemoDatabase.visit(as: Self.demo) { environment in
            let partners = try environment.search("res.partner", limit: 10)
            #expect(partners.count == 10)
            #expect(try partners.read(["name", "city", "address", "category_id"]).count == 10)
        }
    }

    @Test(arguments: DemoTemplate.modelNames)
    func `searching is allowed just where the rights say so`(model: String) throws {
        try DemoDatabase.visit(as: Self.demo) { environment in
            if try environment.registry.model(model).isTransient { return }
            if try may(.read, model, environment) {
                let ids = try environment.call(model, "search", [], 0, 5)
                #expect(try environment.call(model, "read", ids).list != nil)
            } else {
                #expect(throws: ModelAccessDenied.self) { try environment.call(model, "search", []) }
                #expect(throws: ModelAccessDenied.self) { try environment.call(model, "read", [1]) }
            }
        }
    }

    @Test(arguments: DemoTemplate.modelNames)
    func `the superuser may do everything`(model: String) throws {
        try DemoDatabase.visit { (environment) throws in
            for mode in AccessMode.allCases { #expect(try may(mode, model, environment)) }
        }
    }

    // MARK: - Changes of rights

    /// Gives all employees the right to write stages, which salesmen do not have.
    private func allow(_ environment: Environment) throws {
        let model = try environment.search("ir.model", [["model", "=", "crm.case.stage"]]).ids
        let group = try environment.demo("base.group_user")
        try environment.create(
            "ir.model.access",
            [
                "name": "stages of employees", "model_id": .integer(try #require(model.first)),
                "group_id": .integer(group), "perm_write": true,
            ])
    }

    @Test func `a transaction sees the rights it has changed itself`() throws {
        try DemoDatabase.visit { environment in
            let demo = environment.with(uid: Self.demo)
            #expect(try !may(.write, "crm.case.stage", demo))
            try allow(environment)
            #expect(try may(.write, "crm.case.stage", demo))
            try environment.search("ir.model.access", [["name", "=", "stages of employees"]]).unlink()
            #expect(try !may(.write, "crm.case.stage", demo))
        }
    }

    @Test func `a transaction sees the group its user has just got`() throws {
        try DemoDatabase.visit { environment in
            let demo = environment.with(uid: Self.demo)
            #expect(try !may(.unlink, "crm.lead", demo))
            let manager = try environment.demo("base.group_sale_manager")
            try environment.record("res.users", Self.demo).write(["groups_id": [[4, .integer(manager)]]])
            #expect(try may(.unlink, "crm.lead", demo))
        }
    }

    @Test func `committed rights hold for the next transaction, and those rolled back do not`() throws {
        try DemoDatabase.own { database in
            func demoMay() throws -> Bool {
                try database.run(as: Self.demo) { try may(.write, "crm.case.stage", $0) }
            }
            #expect(try !demoMay())
            try database.run(keep: false) { try allow($0) }
            #expect(try !demoMay())
            try database.run { try allow($0) }
            #expect(try demoMay())
        }
    }
}
