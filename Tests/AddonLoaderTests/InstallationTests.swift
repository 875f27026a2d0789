import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

@testable import AddonLoader

@Suite struct InstallationTests {
    private static let cat = "<record id=\"cat\" model=\"zoo.species\"><field name=\"name\">Cat</field></record>"

    @Test func `an addon brings what it depends on, and the directory tells so`() throws {
        let zoo = zoo(Self.cat).merging([
            "__openerp__.py":
                "{'name': 'The zoo', 'version': '1.2', 'category': 'Outdoor/Animals', 'depends': ['base', 'farm'], "
                + "'update_xml': ['zoo.xml'], 'author': 'Ann'}"
        ]) { $1 }
        try withLoad([
            "zoo": zoo, "farm": TemporaryAddons.manifest(depends: ["base"]),
            "other": TemporaryAddons.manifest(depends: ["base"], "'installable': False"),
        ]) { load in
            let environment = try load.install()
            #expect(environment.registry.addons == ["base", "farm", "zoo"])
            let states = try environment.search("ir.module.module").map { try $0.text("state") ?? "" }
            #expect(states.values.sorted() == ["installed", "installed", "installed", "uninstallable"])
            let row = try #require(try environment.record(externalID: "base.module_meta_information"))
            #expect(try row.text("name") == "base")
            let record = try #require(try environment.record(externalID: "zoo.module_meta_information"))
            #expect(try Load.isNoUpdate("zoo.module_meta_information", in: environment) == true)
            #expect(try record.text("shortdesc") == "The zoo")
            #expect(try record.text("latest_version") == "6.0.1.2")
            #expect(try record.text("author") == "Ann")
            #expect(try record.one("category_id")?.text("name") == "Animals")
            #expect(try record.one("category_id")?.one("parent_id")?.text("name") == "Outdoor")
            let needs = try record.many("dependencies_id").map { try $0.text("name") ?? "" }
            #expect(needs.values.sorted() == ["base", "farm"])
        }
    }

    @Test func `demo data come only when they are asked for`() throws {
        let files = zoo(Self.cat).merging([
            "__openerp__.py": "{'depends': ['base'], 'update_xml': ['zoo.xml'], 'demo': ['demo.xml']}",
            "demo.xml": "<openerp><data><record id=\"dodo\" model=\"zoo.species\"><field name=\"name\">Dodo</field>"
                + "</record></data></openerp>",
        ]) { $1 }
        for demo in [true, false] {
            try withLoad(["zoo": files]) { load in
                let environment = try load.install(demo: demo)
                #expect(try Load.isNoUpdate("zoo.dodo", in: environment) == (demo ? true : nil))
                #expect(try Load.isNoUpdate("zoo.cat", in: environment) == false)
                #expect(try InstalledAddons(reading: load.transaction).hasDemoData == demo)
            }
        }
    }

    @Test func `a failure leaves nothing behind`() throws {
        try withZoo(Self.cat + "<record model=\"zoo.dragon\"/>") { load in
            #expect(throws: LoadError.self) {
                try load.transaction.savepoint { () throws in _ = try load.install() }
            }
            let installed = try InstalledAddons(reading: load.transaction)
            #expect(installed.names.isEmpty)
        }
    }

    @Test func `what is installed is not loaded again`() throws {
        try withZoo(Self.cat) { load in
            _ = try load.install()
            try load.folder.write("<openerp", to: "zoo.xml", of: "zoo")
            #expect(try load.install().registry.addons == ["base", "zoo"])
            #expect(try InstalledAddons(reading: load.transaction).names == ["base", "zoo"])
        }
    }

    @Test func `an addon that is not installable is refused`() throws {
        try withLoad(["zoo": TemporaryAddons.manifest(depends: ["base"], "'installable': False")]) { load in
            #expect(throws: LoadError.self) { try load.install() }
        }
    }

    @Test func `other kinds of files are refused by name`() throws {
        try withLoad(["zoo": TemporaryAddons.manifest(depends: ["base"], "'data': ['a.yml']")]) { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(error?.description.hasPrefix("zoo/a.yml: ") == true)
        }
    }

    @Test func `progress grows from nothing to the whole`() throws {
        try withZoo(Self.cat) { load in
            var parts: [InstallationProgress] = []
            _ = try load.install { parts.append($0) }
            #expect(parts.map(\.fraction) == parts.map(\.fraction).sorted())
            #expect(parts.last?.fraction == 1)
            #expect(parts.last?.addon == "zoo")
        }
    }

    @Test(arguments: [
        (
            "'external_dependencies': {'python': ['nosuchpy']}",
            "Unable to install module \"zoo\" because an external dependency is not met: No module named nosuchpy "
                + "(no Python code is run here)"
        ),
        (
            "'external_dependencies': {'bin': ['sh', 'nosuchbin']}",
            "Unable to install module \"zoo\" because an external dependency is not met: "
                + "Unable to find 'nosuchbin' in path"
        ),
        ("'certificate': '00123'", "Module zoo: Invalid Quality Certificate"),
    ])
    func `an addon that cannot work is refused before anything is done`(manifest: String, message: String) throws {
        try withLoad(["zoo": TemporaryAddons.manifest(depends: ["base"], manifest)]) { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(error?.description == message)
        }
    }

    @Test func `what manifests say anew is taken over by a few statements, whatever number they are`() throws {
        var addons = ["zoo": TemporaryAddons.manifest(depends: ["base"], "'category': 'A/B'")]
        for number in 1...30 { addons["more\(number)"] = TemporaryAddons.manifest(depends: ["base"]) }
        try withLoad(addons) { load in
            let environment = try load.install()
            let directory = AddonDirectory(environment: environment)
            #expect(try directory.update(load.addons) == AddonListChange())
            for number in 1...30 {
                try load.folder.write(
                    "{'name': 'New', 'depends': ['base', 'zoo'], 'license': 'none'}", to: "__openerp__.py",
                    of: "more\(number)")
            }
            try load.folder.write("{'installable': False}", to: "__openerp__.py", of: "more1")
            try load.folder.write("{'installable': False}", to: "__openerp__.py", of: "late1")
            try load.folder.write("{'depends': ['base']}", to: "__openerp__.py", of: "late2")
            let before = load.transaction.statements
            #expect(try directory.update(load.addons) == AddonListChange(updated: 30, added: 1))
            #expect(load.transaction.statements - before < 20)
            let changed = try #require(try environment.record(externalID: "more2.module_meta_information"))
            #expect(try changed.text("shortdesc") == "New")
            #expect(try changed.text("license") == nil)
            #expect(try changed.many("dependencies_id").count == 2)
            #expect(
                try environment.record(externalID: "more1.module_meta_information")?.text("state") == "uninstallable")
            #expect(try directory.update(load.addons) == AddonListChange())
        }
    }
}

/// What the log is told of Python.
@Suite struct PythonInAddonsTests {
    @Test func `that Python is not run is told when it would have been`() throws {
        let files = [
            "__openerp__.py": "{'depends': ['base']}", "__init__.py": "# -*- coding: utf-8 -*-\nimport zoo\n",
            "migrations/6.0.1.1/post-animals.py": "def migrate(cr, version): pass",
        ]
        try withLoad(["zoo": files]) { load in
            _ = try load.install()
            #expect(load.warnings == ["the addon's Python code is not run: only its data files are loaded"])
            _ = try load.upgrade()
            #expect(load.warnings.count == 2)
            #expect(load.warnings.last?.hasPrefix("the addon's migration scripts are Python and are not run") == true)
        }
    }
}
