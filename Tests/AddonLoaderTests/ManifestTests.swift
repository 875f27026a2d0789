import TestSupport
import Testing

@testable import AddonLoader

@Suite struct ManifestTests {
    private func manifest(_ text: String) throws -> Manifest {
        let folder = try TemporaryAddons(["zoo": ["__openerp__.py": text]])
        var refusal: LoadError?
        let found = AddonsPath([folder.path]).addons { refusal = $0 }
        if let refusal { throw refusal }
        return try #require(found["zoo"]).manifest
    }

    @Test func `all keys are read`() throws {
        let manifest = try manifest(
            """
            # -*- coding: utf-8 -*-
            {
                "name": "Zoo", 'version': '2.1', 'category': 'Generic Modules/Animals',
                'description': \"\"\"Animals
            and more\"\"\",
                'author': 'Ann', 'website': 'http://zoo.example', 'license': 'GPL-3', 'maintainer': 'Bob',
                'contributors': ['Cid', 'Dan'], 'certificate': '00123',
                'depends': ['base', 'mail_gateway'], 'installable': False, 'active': True, 'web': True,
            }
            """)
        #expect(manifest.title == "Zoo")
        #expect(manifest.version == "2.1")
        #expect(manifest.installedVersion == "6.0.2.1")
        #expect(manifest.category == "Generic Modules/Animals")
        #expect(manifest.summary == "Animals\nand more")
        #expect(manifest.author == "Ann")
        #expect(manifest.website == "http://zoo.example")
        #expect(manifest.license == "GPL-3")
        #expect(manifest.maintainer == "Bob")
        #expect(manifest.contributors == ["Cid", "Dan"])
        #expect(manifest.certificate == "00123")
        #expect(manifest.depends == ["base", "mail_gateway"])
        #expect(!manifest.isInstallable && manifest.isActive && manifest.isWeb)
    }

    @Test func `what is not said has its usual value`() throws {
        let manifest = try manifest("{}")
        #expect(manifest.title == "")
        #expect(manifest.installedVersion == "6.0.1.0")
        #expect(manifest.category == "Uncategorized")
        #expect(manifest.author == "Unknown")
        #expect(manifest.license == "AGPL-3")
        #expect(manifest.depends.isEmpty && manifest.dataFiles.isEmpty && manifest.demoFiles.isEmpty)
        #expect(manifest.isInstallable && !manifest.isActive && !manifest.isWeb)
    }

    @Test func `unknown keys are left alone`() throws {
        #expect(try manifest("{'name': 'Zoo', 'images': ['a.png'], 'complexity': 'easy'}").title == "Zoo")
    }

    @Test func `data files keep their order and demo files stand apart`() throws {
        let manifest = try manifest(
            "{'data': ['d.xml'], 'demo': ['f.xml'], 'update_xml': ['c.xml'], 'init_xml': ['a.xml', 'b.csv'], "
                + "'demo_xml': ['e.csv']}")
        #expect(manifest.dataFiles.map(\.path) == ["a.xml", "b.csv", "c.xml", "d.xml"])
        #expect(manifest.dataFiles.map(\.isNoUpdate) == [false, true, false, false])
        #expect(manifest.demoFiles.map(\.path) == ["e.csv", "f.xml"])
        #expect(manifest.demoFiles.map(\.isNoUpdate) == [true, true])
    }

    @Test(arguments: [
        "['a']", "", "{'name': ", "{'name': os.getcwd()}", "import os", "{'depends': [1]}", "{'name': {}}",
    ])
    func `what is no manifest is refused with the addon's name`(_ text: String) {
        let error = #expect(throws: LoadError.self) { try manifest(text) }
        #expect(error?.description.contains("zoo") == true)
    }

    @Test func `CSV files among demo files are not protected, unless they come from demo_xml`() throws {
        let manifest = try manifest("{'demo_xml': ['a.csv', 'a.xml'], 'demo': ['b.csv', 'b.xml']}")
        #expect(manifest.demoFiles.map(\.isNoUpdate) == [true, true, false, true])
    }

    @Test(arguments: [
        ("{\n'name': 'Zoo',\n'depends': 'base'}", "line 3: 'depends' must be a list of texts"),
        ("{'installable': 'no'}", "line 1: 'installable' must be True or False"),
    ])
    func `a value of the wrong kind is told by its line`(text: String, message: String) {
        let error = #expect(throws: LoadError.self) { try manifest(text) }
        #expect(error?.description.contains(message) == true)
    }

    @Test func `packages of Python and programs are read`() throws {
        let manifest = try manifest("{'external_dependencies': {'python': ['lxml'], 'bin': ['wkhtmltopdf']}}")
        #expect(manifest.pythonPackages == ["lxml"])
        #expect(manifest.programs == ["wkhtmltopdf"])
        #expect(throws: LoadError.self) { try self.manifest("{'external_dependencies': ['lxml']}") }
    }

    @Test(arguments: [
        ("0076807797149", true), ("00123", false), ("0029", true), ("00126", true), ("00-29", false), ("", true),
        (String(repeating: "9", count: 500), false),
    ])
    func `a certificate has check digits`(certificate: String, isSound: Bool) throws {
        #expect(try manifest("{'certificate': '\(certificate)'}").hasSoundCertificate == isSound)
    }

    @Test func `a text that no database can keep is refused`() {
        #expect(throws: LoadError.self) { try manifest("{'name': 'a\\x00b'}") }
    }
}
