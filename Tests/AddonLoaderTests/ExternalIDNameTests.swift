import ORM
import Testing
import Values

@testable import AddonLoader

@Suite struct ExternalIDNameTests {
    private func record(_ id: String, _ name: String = "Cat", _ more: String = "") -> String {
        "<record id=\"\(id)\" model=\"zoo.species\"><field name=\"name\">\(name)</field>\(more)</record>"
    }

    @Test(arguments: [
        ("a.b.c", "The ID reference \"a.b.c\" must contain\nmaximum one dot."),
        ("crm.x", "The ID \"crm.x\" refers to an uninstalled module"),
        ("größe", "the external id größe has characters beyond ASCII"),
    ])
    func `ids that cannot be are refused`(id: String, message: String) throws {
        try withZoo(record(id)) { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(error?.description.hasPrefix("zoo/zoo.xml:3: \(message)") == true, "\(String(describing: error))")
        }
    }

    @Test func `a reference has one dot at most`() throws {
        let tag = "<record model=\"zoo.animal\"><field name=\"species_id\" ref=\"a.b.c\"/></record>"
        try withZoo(tag) { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(error?.description.contains("maximum one dot") == true, "\(String(describing: error))")
        }
    }

    @Test(arguments: [64, 65, 130])
    func `long ids work, and very long ones are cut wherever they occur`(length: Int) throws {
        let id = String(repeating: "i", count: length)
        let animal =
            "<record id=\"tom\" model=\"zoo.animal\"><field name=\"name\">Tom</field>"
            + "<field name=\"species_id\" ref=\"\(id)\"/></record>"
        try withZoo(record(id) + animal) { load in
            _ = try load.install()
            #expect(load.messages.contains { $0.contains("is to long (max: 64)") } == (length > 64))
            let upgraded = try load.upgrade()
            #expect(try upgraded.search("zoo.species").count == 1)
            #expect(try upgraded.record(externalID: "zoo.tom")?.one("species_id")?.text("name") == "Cat")
        }
    }

    @Test func `a record may be named after another addon that is installed`() throws {
        try withZoo(record("base.cat")) { load in
            let environment = try load.install()
            #expect(try environment.record(externalID: "base.cat")?.text("name") == "Cat")
            #expect(try environment.record(externalID: "zoo.cat") == nil)
        }
    }
}
