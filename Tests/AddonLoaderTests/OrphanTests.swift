import ORM
import PostgreSQL
import SQL
import Synchronization
import TestSupport
import Testing
import Values

@testable import AddonLoader

/// What becomes of records that have left an addon's files.
@Suite struct OrphanTests {
    private static func species(_ names: String..., more: String = "") -> String {
        names.map { name in
            "<record id=\"\(name.lowercased())\" model=\"zoo.species\"><field name=\"name\">\(name)</field></record>"
        }.joined() + more
    }

    private func rewrite(_ load: Load, _ tags: String, of addon: String = "zoo") throws {
        try load.folder.write(Park.file(tags), to: "zoo.xml", of: addon)
    }

    private func names(_ environment: Environment) throws -> [String] {
        try environment.search("zoo.species").map { try $0.text("name") ?? "" }.values.sorted()
    }

    /// The names left after an upgrade to other tags.
    struct Case: CustomTestStringConvertible {
        let title: String, first: String, then: String, left: [String]
        var testDescription: String { title }
    }

    private static let protected = "</data><data noupdate=\"1\">"

    @Test(arguments: [
        Case(title: "gone from the file", first: species("Cat", "Dog"), then: species("Dog"), left: ["Dog"]),
        Case(title: "protected when made", first: protected + species("Cat"), then: "", left: ["Cat"]),
        Case(
            title: "protected later and still there", first: species("Cat"), then: protected + species("Cat"),
            left: ["Cat"]),
        Case(title: "without an id", first: species("Cat").replacing("id=\"cat\"", with: ""), then: "", left: ["Cat"]),
    ])
    func `the mark that was stored decides`(_ example: Case) throws {
        try withZoo(example.first) { load in
            _ = try load.install()
            try rewrite(load, example.then)
            let upgraded = try load.upgrade()
            #expect(try names(upgraded) == example.left)
        }
    }

    @Test func `a record protected only after it was made goes when it leaves the file`() throws {
        try withZoo(Self.species("Cat")) { load in
            _ = try load.install()
            try rewrite(load, Self.protected + Self.species("Cat"))
            _ = try load.upgrade()
            try rewrite(load, "")
            let upgraded = try load.upgrade()
            #expect(try names(upgraded).isEmpty)
            #expect(try upgraded.record(externalID: "zoo.cat") == nil)
        }
    }

    @Test func `what refuses stays with its id, and the next upgrade tries again`() throws {
        try withZoo(Self.species("Cat", "Dog", "Ant")) { load in
            let installed = try load.install()
            let cat = try #require(try installed.record(externalID: "zoo.cat"))
            try installed.rows(
                """
                CREATE TABLE collar (species INTEGER REFERENCES zoo_species);
                """)
            try installed.rows("INSERT INTO collar VALUES (\(cat.id))")
            try rewrite(load, "")
            let upgraded = try load.upgrade()
            #expect(try names(upgraded) == ["Cat"])
            #expect(try upgraded.record(externalID: "zoo.cat")?.id == cat.id)
            #expect(load.messages.contains("warning: Could not delete id: \(cat.id) of model zoo.species"))
            try upgraded.rows("DELETE FROM collar")
            let later = try load.upgrade()
            #expect(try names(later).isEmpty)
        }
    }

    @Test func `all records of a model go together`() throws {
        let many = (1...200).map { Self.species("S\($0)") }.joined()
        try withZoo(many) { load in
            _ = try load.install()
            try rewrite(load, "")
            let before = load.transaction.statements
            let upgraded = try load.upgrade()
            #expect(try names(upgraded).isEmpty)
            #expect(load.transaction.statements - before < 100)
        }
    }

    @Test func `menus go with the entries below them`() throws {
        try withZoo("<menuitem id=\"top\" name=\"Zoo\"/><menuitem id=\"list\" name=\"List\" parent=\"top\"/>") { load in
            _ = try load.install()
            try rewrite(load, "")
            let upgraded = try load.upgrade()
            #expect(try upgraded.search("ir.ui.menu").isEmpty)
        }
    }

    @Test func `work items leave activities before these go`() throws {
        let workflows = NotedWorkflows()
        try withZoo("<record id=\"a\" model=\"workflow.activity\"><field name=\"name\">A</field></record>") { load in
            var load = load
            load.workflows = workflows
            let activity = try #require(try load.install().record(externalID: "zoo.a"))
            try rewrite(load, "")
            let upgraded = try load.upgrade()
            #expect(workflows.handedBack == [activity.id])
            #expect(try upgraded.search("workflow.activity").isEmpty)
        }
    }

    /// `farm` has a file with a record that is named after `zoo`.
    private func withFarm(_ body: (Load) throws -> Void) throws {
        let tags = Self.species("Cow").replacing("id=\"cow\"", with: "id=\"zoo.cow\"")
        let manifest = TemporaryAddons.manifest(depends: ["zoo"], "'data': ['zoo.xml']")
        let farm = manifest.merging(["zoo.xml": Park.file(tags)]) { $1 }
        try withLoad(["zoo": zoo(Self.species("Cat")), "farm": farm]) { load in
            _ = try load.install(["farm"])
            try body(load)
        }
    }

    @Test func `an id of another addon stays while a dependant's file names it`() throws {
        try withFarm { load in
            let upgraded = try load.upgrade(["zoo"])
            #expect(try names(upgraded) == ["Cat", "Cow"])
        }
    }

    @Test func `an id of another addon goes with that addon's upgrade`() throws {
        try withFarm { load in
            try rewrite(load, "", of: "farm")
            let first = try load.upgrade(["farm"])
            #expect(try names(first) == ["Cat", "Cow"])
            let second = try load.upgrade(["zoo"])
            #expect(try names(second) == ["Cat"])
        }
    }

    @Test func `the parent within a record stays with it and goes with it`() throws {
        try withZoo("<record id=\"ann\" model=\"zoo.keeper\"><field name=\"name\">Ann</field></record>") { load in
            _ = try load.install()
            let upgraded = try load.upgrade()
            #expect(try upgraded.search("res.groups").count == 1)
            #expect(try upgraded.record(externalID: "zoo.ann")?.text("name") == "Ann")
            try rewrite(load, "")
            let later = try load.upgrade()
            #expect(try later.search("zoo.keeper").isEmpty)
            #expect(try later.search("res.groups").isEmpty)
        }
    }

    @Test func `rows that leave a file of values go`() throws {
        try withZoo(csv: "zoo.species.csv", "id,name\ncat,Cat\ndog,Dog\n") { load in
            _ = try load.install()
            try load.folder.write("id,name\ndog,Dog\n", to: "zoo.species.csv", of: "zoo")
            let upgraded = try load.upgrade()
            #expect(try names(upgraded) == ["Dog"])
        }
    }
}
