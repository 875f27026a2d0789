import ORM
import Testing
import Values

@Suite struct ActionLogTests {
    @Test func `a line is told once, of each record the newest`() throws {
        try DemoDatabase.visit { environment in
            _ = try environment.call("res.log", "get")
            let context: Value = ["lang": "en_US", "search_default_x": 1]
            _ = try environment.call("res.partner", "log", 2, "first", false, context)
            _ = try environment.call("res.partner", "log", 3, "other")
            _ = try environment.call("res.partner", "log", 2, "second", true, context)
            _ = try environment.with(uid: DemoDatabase.demoUser).call("res.partner", "log", 2, "not mine")
            let lines = try environment.call("res.log", "get").list ?? []
            #expect(
                lines.map { $0.dictionary?.filter { $0.key != "id" } } == [
                    ["name": "other", "res_model": "res.partner", "res_id": 3, "context": "{}"],
                    [
                        "name": "second", "res_model": "res.partner", "res_id": 2,
                        "context": "{'search_default_x': 1}",
                    ],
                ])
            #expect(try environment.call("res.log", "get") == [])
        }
    }

    @Test func `what an import does is not told, and a long context is left out`() throws {
        try DemoDatabase.visit { environment in
            _ = try environment.call("res.log", "get")
            _ = try environment.call("res.partner", "log", 2, "silent", false, ["res_log_read": true])
            #expect(try environment.call("res.log", "get") == [])
            let long = Value.text(String(repeating: "x", count: 300))
            _ = try environment.call("res.partner", "log", 2, "told", false, ["note": long])
            #expect(try environment.call("res.log", "get").list?.first?.dictionary?["context"] == "{}")
        }
    }

    @Test func `a list of partners of one category is titled by it`() throws {
        try DemoDatabase.visit { environment in
            let category = Value.integer(try environment.demo("base.res_partner_category_8"))
            let title = try environment.call(
                "res.partner", "view_header_get", false, "tree", ["category_id": category])
            let name = try environment.read("res.partner.category", category.integer ?? 0, ["name"])["name"]?.text
            #expect(title == .text("Partners: \(name ?? "")"))
            #expect(try environment.call("res.partner", "view_header_get", false, "tree", [:]) == false)
        }
    }
}
