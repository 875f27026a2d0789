import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

@testable import AddonLoader

@Suite struct FileModeTests {
    private func files(_ manifest: String, _ files: [String: String]) -> [String: [String: String]] {
        ["zoo": TemporaryAddons.manifest(depends: ["base"], manifest).merging(files) { $1 }]
    }

    private func names(_ environment: Environment) throws -> [String] {
        try environment.search("zoo.species").map { try $0.text("name") ?? "" }.values.sorted()
    }

    @Test func `rows of an import are written though their ids are protected`() throws {
        let addons = files("'init_xml': ['zoo.species.csv']", ["zoo.species.csv": "id,name\ncat,Cat\n"])
        try withLoad(addons) { load in
            let installed = try load.install()
            #expect(try Load.isNoUpdate("zoo.cat", in: installed) == true)
            try load.folder.write("id,name\ncat,Lion\n", to: "zoo.species.csv", of: "zoo")
            let upgraded = try load.upgrade()
            #expect(try names(upgraded) == ["Lion"])
        }
    }

    @Test(arguments: ["id,name\n,Cat\n", "name\nCat\n"])
    func `rows without an id are made once`(text: String) throws {
        try withLoad(files("'data': ['zoo.species.csv']", ["zoo.species.csv": text])) { load in
            let installed = try load.install()
            #expect(try names(installed) == ["Cat"])
            let upgraded = try load.upgrade()
            #expect(try names(upgraded) == ["Cat"])
        }
    }

    @Test func `demo data are not loaded again`() throws {
        let dodo = "<record id=\"dodo\" model=\"zoo.species\"><field name=\"name\">Dodo</field></record>"
        try withLoad(files("'demo': ['demo.xml']", ["demo.xml": Park.file(dodo)])) { load in
            try load.install(demo: true).search("zoo.species").unlink()
            let upgraded = try load.upgrade()
            #expect(try names(upgraded).isEmpty)
        }
    }

    @Test func `demo data come with an upgrade where somebody has asked for them since`() throws {
        let dodo = "<record id=\"dodo\" model=\"zoo.species\"><field name=\"name\">Dodo</field></record>"
        try withLoad(files("'demo': ['demo.xml']", ["demo.xml": Park.file(dodo)])) { load in
            let installed = try load.install()
            #expect(try names(installed).isEmpty)
            try installed.record(externalID: "zoo.module_meta_information")?.write(["demo": true])
            let upgraded = try load.upgrade()
            #expect(try names(upgraded) == ["Dodo"])
            #expect(try Load.isNoUpdate("zoo.dodo", in: upgraded) == true)
        }
    }

    @Test func `deletions take place in an upgrade, too, protected or not`() throws {
        try withZoo("") { load in
            let installed = try load.install()
            for name in ["Cat", "Dog"] { _ = try installed.create("zoo.species", ["name": .text(name)]) }
            let delete = "<delete model=\"zoo.species\" search=\"[('name', '=', 'Cat')]\"/>"
            try load.folder.write(Park.file("</data><data noupdate=\"1\">\(delete)"), to: "zoo.xml", of: "zoo")
            let upgraded = try load.upgrade()
            #expect(try names(upgraded) == ["Dog"])
        }
    }

    @Test func `a file of version 5 is loaded by its manifest and root`() throws {
        let cat = "<record id=\"cat\" model=\"zoo.species\"><field name=\"name\">Cat</field></record>"
        let addons = [
            "zoo": [
                "__terp__.py": "{'name': 'Zoo', 'depends': ['base'], 'update_xml': ['zoo.xml']}",
                "zoo.xml": "<terp><data>\(cat)</data></terp>",
            ]
        ]
        try withLoad(addons) { load in
            let installed = try load.install()
            #expect(try names(installed) == ["Cat"])
        }
    }
}
