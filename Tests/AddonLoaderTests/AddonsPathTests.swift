import Testing

@testable import AddonLoader

@Suite struct AddonsPathTests {
    @Test func `the first folder that has a name wins`() throws {
        let first = try AddonsOnDisk(["zoo": ["__openerp__.py": "{'name': 'first'}"]])
        let second = try AddonsOnDisk([
            "zoo": ["__openerp__.py": "{'name': 'second'}"], "farm": ["__openerp__.py": "{'name': 'farm'}"],
        ])
        let found = AddonsPath([first.path, second.path]).addons()
        #expect(found.mapValues(\.manifest.title) == ["zoo": "first", "farm": "farm"])
    }

    @Test func `a manifest of version 5 counts where there is no other`() throws {
        let folder = try AddonsOnDisk([
            "old": ["__terp__.py": "{'name': 'old'}"],
            "both": ["__terp__.py": "{'name': 'old'}", "__openerp__.py": "{'name': 'new'}"],
            "none": ["readme.txt": "no addon"],
        ])
        #expect(folder.found().mapValues(\.manifest.title) == ["old": "old", "both": "new"])
    }

    @Test func `a manifest that cannot be read leaves the others alone`() throws {
        let folder = try AddonsOnDisk(["bad": ["__openerp__.py": "{"], "good": ["__openerp__.py": "{}"]])
        var skipped: [LoadError] = []
        let found = AddonsPath([folder.path]).addons { skipped.append($0) }
        #expect(Array(found.keys) == ["good"])
        #expect(skipped.count == 1)
        #expect(skipped.first?.description.contains("bad") == true)
    }

    @Test(arguments: ["../secret.xml", "views/../../secret.xml", "..", "none.xml", "."])
    func `only files within the addon are read`(_ file: String) throws {
        let folder = try AddonsOnDisk(["zoo": ["__openerp__.py": "{}", "views/a.xml": "x"]])
        try folder.write("secret", to: "secret.xml", of: ".")
        let addon = try #require(folder.found()["zoo"])
        #expect(throws: LoadError.self) { try addon.contents(of: file) }
        #expect(try addon.contents(of: "views/../views/a.xml") == Array("x".utf8))
    }
}
