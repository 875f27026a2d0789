import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// Imports and exports with external ids, on the addons' own models.
@Suite struct ImportedRecordsTests {
    private func importing(
        _ environment: Environment, _ model: ModelName, _ columns: [String], _ rows: Value, mode: Value = "init",
        module: Value = "", noUpdate: Value = false
    ) throws -> Value {
        try environment.call(
            model, "import_data", .list(columns.map { .text($0) }), rows, mode, module, noUpdate, ["lang": "en_US"])
    }

    @Test func `an export tells external ids, and names along paths`() throws {
        try DemoDatabase.visit { environment in
            let id = Value.integer(try environment.demo("base.res_partner_asus"))
            let answer = try environment.call(
                "res.partner", "export_data", [id],
                ["name", "id", "address/country_id", "category_id", "category_id:id", "user_id/name", "customer"])
            let row = answer.dictionary?["datas"]?.list?.first?.list ?? []
            #expect(row.prefix(2) == ["ASUStek", "base.res_partner_asus"])
            #expect(row[2] == "Taiwan")
            #expect(row[3] == "Supplier / Components Supplier")
            #expect(row[4] == "base.res_partner_category_9")
            #expect(row[6] == "True")
        }
    }

    @Test func `what was exported comes back by import`() throws {
        try DemoDatabase.visit { environment in
            let columns = ["id", "name", "category_id/id", "address/id", "address/city"]
            let ids = try environment.search("res.partner", limit: 10).ids
            let list = Value.list(ids.map { .integer($0) })
            let names = Value.list(columns.map { .text($0) })
            let exported = try #require(
                try environment.call("res.partner", "export_data", list, names).dictionary?["datas"])
            let answer = try importing(environment, "res.partner", columns, exported)
            #expect(answer == [.integer(exported.list?.count ?? 0), 0, 0, 0])
            #expect(try environment.call("res.partner", "export_data", list, names).dictionary?["datas"] == exported)
        }
    }

    @Test func `a row with a new external id is created once and written afterwards`() throws {
        try DemoDatabase.visit { environment in
            let answer = try importing(
                environment, "res.partner", ["id", "name", "ref", "address/name", "address/city", "category_id"],
                [["rec.imp1", "Imp One", "I1", "A", "Liege", "Supplier"], ["", "", "", "B", "Namur", ""]],
                noUpdate: true)
            #expect(answer == [2, 0, 0, 0])
            let id = try environment.demo("rec.imp1")
            let partner = try environment.read("res.partner", id, ["name", "ref", "address", "category_id"])
            #expect(partner["name"] == "Imp One")
            #expect(partner["address"]?.list?.count == 2)
            #expect(partner["category_id"]?.list?.count == 1)
            #expect(
                try importing(
                    environment, "res.partner", ["id", "name"], [["rec.imp1", "Imp Two"], ["", "dropped"]],
                    mode: "update") == [2, 0, 0, 0])
            #expect(try environment.read("res.partner", id, ["name"])["name"] == "Imp Two")
            #expect(try environment.records("res.partner").count([["name", "=", "dropped"]]) == 0)
            let entries = try environment.search("ir.model.data", [["module", "=", "rec"]])
                .read(["name", "res_id", "noupdate", "model"]).dictionaries()
            #expect(
                entries.map { $0.filter { $0.key != "id" } } == [
                    ["name": "imp1", "res_id": .integer(id), "noupdate": true, "model": "res.partner"]
                ])
        }
    }

    @Test func `an external id without an addon belongs to the one the call names`() throws {
        try DemoDatabase.visit { environment in
            _ = try importing(
                environment, "res.partner", ["id", "name", "parent_id:id"],
                [["mother", "Mother", ""], ["child", "Child", "mother"], ["mother", "Mother Ltd", ""]], module: "rec")
            let child = try environment.record("res.partner", environment.demo("rec.child"))
            #expect(try child.one("parent_id")?.id == environment.demo("rec.mother"))
            // The same id twice: the last row wins.
            #expect(try child.one("parent_id")?.text("name") == "Mother Ltd")
        }
    }

    @Test func `an external id whose record is gone stands for a new one`() throws {
        try DemoDatabase.visit { environment in
            _ = try importing(environment, "res.partner", ["id", "name"], [["rec.a", "one"]])
            let old = try environment.demo("rec.a")
            try environment.rows("DELETE FROM res_partner WHERE id = \(old)")
            _ = try importing(environment, "res.partner", ["id", "name"], [["rec.a", "two"]])
            #expect(try environment.demo("rec.a") != old)
        }
    }

    @Test func `what external ids cannot mean is refused`() throws {
        try DemoDatabase.visit { environment in
            #expect(throws: ORMError.badValue("No references to rec.nobody")) {
                try importing(environment, "res.partner", ["name", "parent_id/id"], [["x", "rec.nobody"]])
            }
            #expect(throws: ORMError.badValue("base.be is a record of res.country, not of res.partner")) {
                try importing(environment, "res.partner", ["id", "name"], [["base.be", "x"]])
            }
            #expect(throws: ORMError.assertion("The external id 'a.b.c' has more than one dot")) {
                try importing(environment, "res.partner", ["id", "name"], [["a.b.c", "x"]])
            }
        }
    }

    @Test func `who may not create is told by the first row`() throws {
        try DemoDatabase.visit(as: DemoDatabase.demoUser) { environment in
            let answer = try importing(environment, "res.country", ["name", "code"], [["Utopia", "UX"]])
            #expect(answer.list?.first == -1)
            #expect(answer.list?[2].text?.hasPrefix("Line 1 : ") == true)
        }
    }

    @Test func `options are told and taken in the caller's language`() throws {
        try DemoDatabase.visit { environment in
            let entry: FieldValues = [
                "type": "selection", "name": "crm.lead,priority", "src": "Low", "value": "Basse", "lang": "fr_FR",
                "res_id": 0,
            ]
            try environment.create("ir.translation", entry)
            let columns: Value = ["name", "priority"]
            let french: Value = ["lang": "fr_FR"]
            let answer = try environment.call(
                "crm.lead", "import_data", columns, [["A", "Basse"], ["B", "4"]], "init", "", false, french)
            #expect(answer == [2, 0, 0, 0])
            let ids = try environment.search("crm.lead", [["name", "in", ["A", "B"]]], order: "id").ids
            let list = Value.list(ids.map { .integer($0) })
            #expect(
                try environment.records("crm.lead", ids).map { try $0.text("priority") } == [ids[0]: "4", ids[1]: "4"])
            let exported = try environment.call("crm.lead", "export_data", list, columns, french)
            #expect(exported == ["datas": [["A", "Basse"], ["B", "Basse"]]])
        }
    }

    @Test func `options that are computed are asked for once`() throws {
        try DemoDatabase.visit { environment in
            func spent(_ count: Int) throws -> Int {
                let before = environment.transaction.statements
                let rows = (0..<count).map { Value.list([.text("Partner \($0)"), "en_US"]) }
                let answer = try importing(environment, "res.partner", ["name", "lang"], .list(rows))
                #expect(answer == [.integer(count), 0, 0, 0])
                return environment.transaction.statements - before
            }
            _ = try spent(1)
            let few = try spent(2)
            #expect(try spent(60) == few)
        }
    }

    @Test func `new leads take as many statements for a thousand as for ten`() throws {
        try DemoDatabase.visit { environment in
            func spent(_ body: () throws -> Void) rethrows -> Int {
                let before = environment.transaction.statements
                try body()
                return environment.transaction.statements - before
            }
            func imported(_ count: Int) throws -> Int {
                let rows = (0..<count).map { number in
                    Value.list([
                        .text("rec.lead_\(count)_\(number)"), .text("Lead \(number)"), "Agrolait", "Demo User",
                        "crm.section_sales_department", "opportunity", "1000", "",
                    ])
                }
                return try spent {
                    let answer = try importing(
                        environment, "crm.lead",
                        ["id", "name", "partner_id", "user_id", "section_id:id", "type", "planned_revenue", "active"],
                        .list(rows))
                    #expect(answer == [.integer(count), 0, 0, 0])
                }
            }
            // What is looked up once for the whole process.
            _ = try imported(3)
            let few = try imported(10)
            #expect(try imported(1000) == few)
        }
    }

    @Test func `10,000 leads are created by less than 15 statements`() throws {
        try DemoDatabase.visit { environment in
            let rows = (0..<10_000).map { number -> Value in
                [
                    "name": .text("Lead \(number)"), "email_from": .text("lead\(number)@example.com"),
                    "planned_revenue": .integer(number), "type": number % 2 == 0 ? "lead" : "opportunity",
                ]
            }
            let before = environment.transaction.statements
            let ids = try environment.call("crm.lead", "create", .list(rows))
            #expect(environment.transaction.statements - before < 15)
            #expect(Set(ids.list ?? []).count == 10_000)
        }
    }
}
