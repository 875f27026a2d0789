import Foundation
import Logging
import ORM
import TestSupport
import Testing

@testable import AddonLoader

@Suite struct ImportedAddonTests {
    private static let manifest = "{'name': 'Zoo', 'depends': ['base'], 'data': ['zoo.xml']}"

    @Test func `one folder with a manifest and data files is an addon`() throws {
        let bytes = ZipArchiveTests.written([
            "zoo/__openerp__.py": Self.manifest, "zoo/__init__.py": "# nothing\n", "zoo/zoo.xml": "<openerp/>",
        ])
        #expect(try ImportedAddon(bytes).name == "zoo")
    }

    struct Refusal: CustomTestStringConvertible {
        let files: KeyValuePairs<String, String>, reason: String
        var testDescription: String { reason }
    }

    @Test(arguments: [
        Refusal(files: ["zoo/zoo.xml": ""], reason: "the folder \"zoo\" has no file __openerp__.py"),
        Refusal(
            files: ["zoo/__openerp__.py": manifest, "farm/__openerp__.py": manifest],
            reason: "it must hold one folder, which is the module"),
        Refusal(files: ["__openerp__.py": manifest], reason: "it must hold one folder, which is the module"),
        Refusal(files: [:], reason: "it must hold one folder, which is the module"),
        Refusal(
            files: ["zoo/__openerp__.py": manifest, "zoo/zoo.py": "import os"],
            reason: "\"zoo/zoo.py\" is code, and modules from clients are data files alone"),
        Refusal(
            files: ["zoo/__openerp__.py": manifest, "zoo/__init__.py": "import zoo"],
            reason: "\"zoo/__init__.py\" is code, and modules from clients are data files alone"),
        Refusal(
            files: ["a.b/__openerp__.py": manifest],
            reason: "addon \"a.b\": the name of an addon has letters, digits and underscores, 64 at most"),
        Refusal(
            files: ["zoo/__openerp__.py": "{'depends': 'base'}"],
            reason: "addon zoo: the manifest, line 1: 'depends' must be a list of texts"),
    ])
    func `anything else is refused with its reason`(_ example: Refusal) {
        let bytes = ZipArchiveTests.written(example.files)
        #expect(throws: UserError("Error !", "This module cannot be imported: \(example.reason).")) {
            try ImportedAddon(bytes)
        }
    }

    @Test func `what is no zip file is told in the original's words`() {
        #expect(throws: ORMError.badValue("File is not a zip file")) { try ImportedAddon(Array("hello".utf8)) }
    }

    @Test func `an imported addon is found, and replaced by a later one, but never replaces the server's own`() throws {
        let own = try TemporaryAddons(["farm": TemporaryAddons.manifest()])
        let imports = own.path + "/imported"
        let addons = DiskAddons(path: [own.path], imports: imports, models: [], logger: Load.quiet)
        for title in ["first", "second"] {
            let bytes = ZipArchiveTests.written([
                "zoo/__openerp__.py": "{'name': '\(title)', 'version': '\(title.count)'}"
            ])
            #expect(try addons.add(archive: bytes) == "zoo")
            #expect(addons.collection.folders["zoo"]?.manifest.title == title)
        }
        #expect(addons.addonsOnDisk()["zoo"]?.version == "6.0.6")
        let farm = ZipArchiveTests.written(["farm/__openerp__.py": "{}"])
        #expect(throws: UserError.self) { try addons.add(archive: farm) }
        #expect(addons.collection.folders["farm"]?.manifest.title == "Test")
        #expect(try FileManager.default.contentsOfDirectory(atPath: imports) == ["zoo.zip"])
    }

    @Test func `a server without a folder for them takes no addons from clients`() {
        let addons = DiskAddons(path: [], models: [], logger: Load.quiet)
        let bytes = ZipArchiveTests.written(["zoo/__openerp__.py": "{}"])
        #expect(throws: UserError.self) { try addons.add(archive: bytes) }
    }
}
