import ORM
import Testing
import Values

/// What clients are told of models and fields beyond what the engine itself goes by.
@Suite struct DescriptionsTests {
    @Test(
        arguments: [
            ("crm.lead", "email_cc", 252), ("mailgate.message", "display_text", 512), ("res.partner.event", "date", 16),
            ("res.users", "signature", 64), ("res.groups", "comment", 250), ("crm.case", "email_cc", 252),
        ])
    func `a size is told even where nothing is cut`(model: String, field: FieldName, size: Int) throws {
        try DemoDatabase.visit { environment in
            let fields = try #require(try environment.call(model, "fields_get", [.text(field)]).dictionary)
            #expect(fields[field]?.dictionary?["size"] == .integer(size))
        }
    }

    @Test func `a text with a size keeps what is longer`() throws {
        try DemoDatabase.visit { environment in
            let long = String(repeating: "ann@tester.example,", count: 20)
            let lead = try environment.create("crm.lead", ["name": "T", "email_cc": .text(long)])
            #expect(try environment.record("crm.lead", lead.id).text("email_cc") == long)
        }
    }

    @Test func `leads are cases in the list of models, and leads to people`() throws {
        try DemoDatabase.visit { environment in
            let model = try environment.search("ir.model", [["model", "=", "crm.lead"]])
            #expect(try model.first?.text("name") == "case")
            #expect(try environment.registry.model("crm.lead").title == "Lead/Opportunity")
        }
    }
}
