import Foundation
import TestSupport
import Testing

@testable import AddonLoader

@Suite struct AddonsPathTests {
    @Test func `the first folder that has a name wins`() throws {
        let first = try TemporaryAddons(["zoo": ["__openerp__.py": "{'name': 'first'}"]])
        let second = try TemporaryAddons([
            "zoo": ["__openerp__.py": "{'name': 'second'}"], "farm": ["__openerp__.py": "{'name': 'farm'}"],
        ])
        let found = AddonsPath([first.path, second.path]).addons()
        #expect(found.mapValues(\.manifest.title) == ["zoo": "first", "farm": "farm"])
    }

    @Test func `a manifest of version 5 counts where there is no other`() throws {
        let folder = try TemporaryAddons([
            "old": ["__terp__.py": "{'name': 'old'}"],
            "both": ["__terp__.py": "{'name': 'old'}", "__openerp__.py": "{'name': 'new'}"],
            "none": ["readme.txt": "no addon"],
        ])
        #expect(folder.found().mapValues(\.manifest.title) == ["old": "old", "both": "new"])
    }

    @Test func `a manifest that cannot be read leaves the others alone`() throws {
        let folder = try TemporaryAddons(["bad": ["__openerp__.py": "{"], "good": ["__openerp__.py": "{}"]])
        var skipped: [LoadError] = []
        let found = AddonsPath([folder.path]).addons { skipped.append($0) }
        #expect(Array(found.keys) == ["good"])
        #expect(skipped.count == 1)
        #expect(skipped.first?.description.contains("bad") == true)
    }

    @Test(arguments: ["../secret.xml", "views/../../secret.xml", "..", "none.xml", "."])
    func `only files within the addon are read`(_ file: String) throws {
        let folder = try TemporaryAddons(["zoo": ["__openerp__.py": "{}", "views/a.xml": "x"]])
        try folder.write("secret", to: "secret.xml", of: ".")
        let addon = try #require(folder.found()["zoo"])
        #expect(throws: LoadError.self) { try addon.contents(of: file) }
        #expect(try addon.contents(of: "views/../views/a.xml") == Array("x".utf8))
    }

    @Test func `an addon may lie in a zip file`() throws {
        let folder = try TemporaryAddons([:])
        let bytes = ZipArchiveTests.written(["zoo/__openerp__.py": "{'name': 'packed'}", "zoo/views/a.xml": "x"])
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/zoo.zip"))
        let addon = try #require(folder.found()["zoo"])
        #expect(addon.manifest.title == "packed")
        #expect(try addon.contents(of: "views/a.xml") == Array("x".utf8))
        #expect(addon.files(in: "views") == ["views/a.xml"])
        #expect(throws: LoadError.self) { try addon.contents(of: "../zoo/views/a.xml") }
    }

    @Test(arguments: ["my.addon", "my addon", "größe", String(repeating: "a", count: 65)])
    func `a name that no external id can have is told and left out`(_ name: String) throws {
        let folder = try TemporaryAddons([name: ["__openerp__.py": "{}"], "good": ["__openerp__.py": "{}"]])
        var skipped: [LoadError] = []
        #expect(Array(AddonsPath([folder.path]).addons { skipped.append($0) }.keys) == ["good"])
        #expect(skipped.count == 1)
    }

    @Test func `a folder that cannot be read leaves the others alone`() throws {
        let folder = try TemporaryAddons(["good": ["__openerp__.py": "{}"]])
        var skipped: [LoadError] = []
        let path = AddonsPath([folder.path + "/none", folder.path])
        #expect(Array(path.addons { skipped.append($0) }.keys) == ["good"])
        #expect(skipped.map(\.description) == ["\(folder.path)/none: the folder of addons cannot be read"])
    }

    @Test func `a server sees what becomes of its folders`() throws {
        let folder = try TemporaryAddons(["zoo": ["__openerp__.py": "{'name': 'Zoo'}"]])
        let addons = DiskAddons(path: [folder.path], models: [], logger: Load.quiet)
        #expect(addons.collection.folders.mapValues(\.manifest.title) == ["zoo": "Zoo"])
        try folder.write("{'name': 'The zoo'}", to: "__openerp__.py", of: "zoo")
        try folder.write("{'name': 'Farm'}", to: "__terp__.py", of: "farm")
        #expect(addons.collection.folders.mapValues(\.manifest.title) == ["zoo": "The zoo", "farm": "Farm"])
        try folder.write("{", to: "__openerp__.py", of: "zoo")
        #expect(Array(addons.collection.folders.keys) == ["farm"])
        try folder.remove("farm")
        #expect(addons.collection.folders.isEmpty)
    }
}
