import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@testable import AddonLoader

@Suite struct UpgradeTests {
    private static func record(_ id: String?, _ name: String, _ more: String = "") -> String {
        "<record \(id.map { "id=\"\($0)\" " } ?? "")model=\"zoo.species\" \(more)>"
            + "<field name=\"name\">\(name)</field></record>"
    }

    /// A record and its name after an upgrade; nil when there is none.
    struct Case: CustomTestStringConvertible {
        let first: String, then: String, isProtected: Bool, names: Set<String>
        var testDescription: String { "\(first) → \(then)\(isProtected ? ", protected" : "")" }
    }

    @Test(arguments: [
        Case(first: record("a", "A"), then: record("a", "B"), isProtected: false, names: ["B"]),
        Case(first: record("a", "A"), then: record("a", "B"), isProtected: true, names: ["A"]),
        Case(first: "", then: record("a", "A"), isProtected: false, names: ["A"]),
        Case(first: "", then: record("a", "A"), isProtected: true, names: ["A"]),
        Case(first: "", then: record("a", "A", "forcecreate=\"0\""), isProtected: false, names: ["A"]),
        Case(first: "", then: record("a", "A", "forcecreate=\"False\""), isProtected: true, names: []),
        // At an installation neither protection nor forcecreate keeps a record away.
        Case(first: record("a", "A", "forcecreate=\"0\""), then: record("a", "A"), isProtected: true, names: ["A"]),
        Case(first: record(nil, "A"), then: record(nil, "B"), isProtected: false, names: ["A"]),
        Case(first: record(nil, "A"), then: record(nil, "B"), isProtected: true, names: ["A"]),
    ])
    func `an upgrade writes, creates or skips`(_ example: Case) throws {
        try withZoo(example.first) { load in
            _ = try load.install()
            let tags = example.isProtected ? "</data><data noupdate=\"1\">\(example.then)" : example.then
            try load.folder.write("<openerp><data>\(tags)</data></openerp>", to: "zoo.xml", of: "zoo")
            let names = try load.upgrade().search("zoo.species").map { try $0.text("name") ?? "" }
            #expect(Set(names.values) == example.names)
        }
    }

    @Test func `the file's flag decides, not the stored one`() throws {
        try withZoo("</data><data noupdate=\"1\">" + Self.record("a", "A")) { load in
            let installed = try load.install()
            #expect(try Load.isNoUpdate("zoo.a", in: installed) == true)
            let file = "<openerp><data>\(Self.record("a", "B"))</data></openerp>"
            try load.folder.write(file, to: "zoo.xml", of: "zoo")
            let upgraded = try load.upgrade()
            #expect(try upgraded.record(externalID: "zoo.a")?.text("name") == "B")
        }
    }

    @Test func `a protected id can be referred to`() throws {
        let animal =
            "<record id=\"tom\" model=\"zoo.animal\"><field name=\"name\">Tom</field>"
            + "<field name=\"species_id\" eval=\"a\"/></record>"
        try withZoo("</data><data noupdate=\"1\">\(Self.record("a", "A"))</data><data>\(animal)") { load in
            _ = try load.install()
            let environment = try load.upgrade()
            #expect(try environment.record(externalID: "zoo.tom")?.one("species_id")?.text("name") == "A")
        }
    }

    @Test func `a record that a user deleted comes back`() throws {
        try withZoo("</data><data noupdate=\"1\">" + Self.record("a", "A")) { load in
            try load.install().search("zoo.species").unlink()
            let upgraded = try load.upgrade()
            #expect(try upgraded.record(externalID: "zoo.a")?.text("name") == "A")
        }
    }

    @Test func `an external id whose record is gone is given to a new one`() throws {
        try withZoo(Self.record("a", "A")) { load in
            try load.install().rows("DELETE FROM zoo_species")
            let environment = try load.upgrade()
            #expect(try environment.record(externalID: "zoo.a")?.text("name") == "A")
            #expect(try environment.search("ir.model.data", [["name", "=", "a"]]).count == 1)
        }
    }

    @Test func `dependants are loaded again, others are not`() throws {
        let farm = TemporaryAddons.manifest(depends: ["zoo"], "'data': ['farm.xml']").merging([
            "farm.xml": "<openerp><data>\(Self.record("cow", "Cow"))</data></openerp>"
        ]) { $1 }
        try withLoad(["zoo": zoo(Self.record("a", "A")), "farm": farm]) { load in
            _ = try load.install(["farm"])
            try load.folder.write(
                "<openerp><data>\(Self.record("cow", "Bull"))</data></openerp>", to: "farm.xml", of: "farm")
            let upgraded = try load.upgrade()
            #expect(try upgraded.record(externalID: "farm.cow")?.text("name") == "Bull")
            try load.folder.write("<openerp", to: "zoo.xml", of: "zoo")
            _ = try load.upgrade(["farm"])
        }
    }

    @Test func `an addon that is not there cannot be upgraded`() throws {
        try withZoo("") { load in
            _ = try load.install(["base"])
            #expect(throws: LoadError.notInstalled("zoo")) { try load.upgrade() }
        }
    }

    @Test func `menus keep what people changed and the file does not say`() throws {
        try withZoo("</data><data noupdate=\"1\"><menuitem id=\"m\" name=\"M\"/>") { load in
            let installed = try load.install()
            #expect(try Load.isNoUpdate("zoo.m", in: installed) == true)
            try installed.record(externalID: "zoo.m")?.write(["sequence": 3, "name": "N"])
            let menu = try #require(try load.upgrade().record(externalID: "zoo.m"))
            #expect(try menu.integer("sequence") == 3)
            #expect(try menu.text("name") == "M")
        }
    }

    @Test func `a new dependency is installed along`() throws {
        let farm = zoo(Self.record("cow", "Cow"))
        try withLoad(["zoo": zoo(""), "farm": farm]) { load in
            _ = try load.install()
            try load.folder.write(
                "{'depends': ['base', 'farm']}", to: "__openerp__.py", of: "zoo")
            let upgraded = try load.upgrade()
            #expect(upgraded.registry.addons == ["base", "farm", "zoo"])
            #expect(try upgraded.record(externalID: "farm.cow")?.text("name") == "Cow")
            let module = try #require(try upgraded.record(externalID: "zoo.module_meta_information"))
            let needs = try module.many("dependencies_id").map { try $0.text("name") ?? "" }
            #expect(needs.values.sorted() == ["base", "farm"])
        }
    }

    @Test func `an addon whose folder is gone stays out with its dependants`() throws {
        let top = TemporaryAddons.manifest(depends: ["zoo"])
        try withLoad(["zoo": zoo(""), "top": top, "farm": TemporaryAddons.manifest(depends: ["base"])]) { load in
            _ = try load.install(["top"])
            try load.folder.remove("zoo")
            let environment = try load.install(["farm"])
            #expect(environment.registry.addons == ["base", "farm"])
            let installed = try InstalledAddons(reading: load.transaction)
            #expect(installed.names == ["base", "farm", "top", "zoo"])
        }
    }
}
