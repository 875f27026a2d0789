import ORM
import Testing
import Values

/// What programs at a mail server ask about addresses.
@Suite struct MailToolsTests {
    @Test(arguments: [
        ("Ann <ann@tester.example>, ben@tester.example", ["ann@tester.example", "ben@tester.example"]),
        ("\"a@b\"", ["a@b"]), ("nobody", []), ("", []),
    ])
    func `addresses are found within a text`(text: String, found: [String]) throws {
        try DemoDatabase.visit { (environment) throws in
            #expect(
                try environment.call("email.server.tools", "to_email", .text(text)) == .list(found.map { .text($0) }))
        }
    }

    @Test func `a sender's address leads to its partner`() throws {
        try DemoDatabase.visit { environment in
            let partner = try environment.create("res.partner", ["name": "Ann"]).id
            let address = try environment.create(
                "res.partner.address", ["name": "Ann", "email": "ann@tester.example", "partner_id": .integer(partner)])
            #expect(
                try environment.call("email.server.tools", "get_partner", "Ann <ann@tester.example>") == [
                    "partner_address_id": .integer(address.id), "partner_id": .integer(partner),
                ])
            #expect(
                try environment.call("email.server.tools", "get_partner", "nobody") == [
                    "partner_address_id": false, "partner_id": false,
                ])
        }
    }
}
