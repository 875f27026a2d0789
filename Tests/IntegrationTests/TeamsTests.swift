import ORM
import PostgreSQL
import Testing
import Values

/// The tree of sales teams.
@Suite struct TeamsTests {
    /// Three teams, one within the other, from the top.
    private func tree(_ environment: Environment) throws -> [RecordID] {
        var ids: [RecordID] = []
        for name in ["A", "B", "C"] {
            let parent: Value = ids.last.map { .integer($0) } ?? false
            ids.append(try environment.create("crm.case.section", ["name": .text(name), "parent_id": parent]).id)
        }
        return ids
    }

    private func names(_ environment: Environment, _ ids: [RecordID]) throws -> [String?] {
        try ids.map { try environment.record("crm.case.section", $0).text("complete_name") }
    }

    @Test func `full names follow a rename at the top and a move`() throws {
        try DemoDatabase.visit { environment in
            let ids = try tree(environment)
            #expect(try names(environment, ids) == ["A", "A / B", "A / B / C"])
            try environment.record("crm.case.section", ids[0]).write(["name": "Z"])
            #expect(try names(environment, ids) == ["Z", "Z / B", "Z / B / C"])
            try environment.record("crm.case.section", ids[2]).write(["parent_id": .integer(ids[0])])
            #expect(try names(environment, ids) == ["Z", "Z / B", "Z / C"])
            try environment.record("crm.case.section", ids[1]).write(["parent_id": false])
            #expect(try names(environment, ids) == ["Z", "B", "Z / C"])
        }
    }

    @Test func `full names are stored, searched and shown`() throws {
        try DemoDatabase.visit { environment in
            let ids = try tree(environment)
            #expect(try environment.search("crm.case.section", [["complete_name", "=", "A / B / C"]]).ids == [ids[2]])
            #expect(
                try environment.call("crm.case.section", "name_get", [.integer(ids[2])])
                    == [[.integer(ids[2]), "A / B / C"]])
            let lead = try environment.create("crm.lead", ["name": "T", "section_id": .integer(ids[1])])
            #expect(
                try environment.read("crm.lead", lead.id, ["section_id"])["section_id"] == [.integer(ids[1]), "A / B"])
        }
    }

    @Test func `hidden teams follow a rename, too`() throws {
        try DemoDatabase.visit { environment in
            let ids = try tree(environment)
            try environment.record("crm.case.section", ids[2]).write(["active": false])
            try environment.record("crm.case.section", ids[0]).write(["name": "Z"])
            #expect(try names(environment, ids) == ["Z", "Z / B", "Z / B / C"])
        }
    }

    @Test(arguments: [0, 1, 2])
    func `a team within itself is refused`(below: Int) throws {
        try DemoDatabase.visit { environment in
            let ids = try tree(environment)
            let refusal = #expect(throws: ValidationFailure.self) {
                try environment.record("crm.case.section", ids[0]).write(["parent_id": .integer(ids[below])])
            }
            #expect(refusal?.failures.map(\.message) == ["Error ! You cannot create recursive Sales team."])
            #expect(refusal?.failures.first?.fields == ["parent_id"])
        }
    }

    @Test func `a code that is taken is refused with the rule's message`() throws {
        try DemoDatabase.visit { environment in
            let refusal = #expect(throws: PostgreSQLError.self) {
                try environment.create("crm.case.section", ["name": "Twin", "code": "Sales"])
            }
            let constraint = try #require(refusal?.serverMessage?.constraint)
            #expect(
                environment.registry.message(ofConstraint: constraint)
                    == "The code of the sales team must be unique !")
        }
    }
}
