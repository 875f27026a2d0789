import Foundation
import ORM
import TestSupport
import Testing
import Values

@testable import AddonLoader

/// Files that nobody should write. Each is refused by one sentence that names the file and, where there is one, the line.
@Suite struct BadInputTests {
    struct Case: CustomTestStringConvertible {
        let title: String, file: String, bytes: [UInt8], message: String
        var testDescription: String { title }

        init(_ title: String, _ file: String, _ text: String, _ message: String) {
            self.init(title, file, bytes: Array(text.utf8), message)
        }

        init(_ title: String, _ file: String, bytes: [UInt8], _ message: String) {
            (self.title, self.file, self.bytes, self.message) = (title, file, bytes, message)
        }
    }

    private static func nested(_ count: Int) -> String {
        "<openerp><data><record id=\"v\" model=\"ir.ui.view\"><field name=\"arch\" type=\"xml\">"
            + String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
            + "</field></record></data></openerp>"
    }

    private static let bomb = """
        <!DOCTYPE openerp [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
        <openerp><data>&b;</data></openerp>
        """

    private static let cases = [
        Case("broken XML", "f.xml", "<openerp>\n<data></openerp>", "zoo/f.xml:2"),
        Case("cut off", "f.xml", "<openerp>\n<data>", "zoo/f.xml:2"),
        Case("empty", "f.xml", "", "zoo/f.xml:1"),
        Case("no openerp", "f.xml", "<html/>", "zoo/f.xml:1: the root element is <openerp>, not <html>"),
        Case("entities", "f.xml", bomb, "zoo/f.xml:1: document types are not accepted"),
        Case("deep elements", "f.xml", nested(1000), "zoo/f.xml:1: more than 200 elements within one another"),
        Case(
            "deep expression", "f.xml",
            "<openerp><data><record model=\"zoo.animal\"><field name=\"age\" eval=\""
                + String(repeating: "(", count: 5000) + "\"/></record></data></openerp>",
            "zoo/f.xml:1: cannot evaluate"),
        Case("bytes that are no UTF-8", "f.xml", bytes: Array("<openerp>\n<data>".utf8) + [0xE4, 0x20], "zoo/f.xml:2"),
        Case("unknown encoding", "f.xml", "<?xml version=\"1.0\" encoding=\"klingon\"?><openerp/>", "zoo/f.xml:1"),
        Case("UTF-16 values", "zoo.species.csv", bytes: [0xFF, 0xFE, 0x69, 0, 0x64, 0], "zoo/zoo.species.csv:1"),
        Case("open quote", "zoo.species.csv", "id,name\na,\"A\nb,B\n", "zoo/zoo.species.csv:2: a quote is not closed"),
        Case("SQL that is no UTF-8", "f.sql", bytes: [0x2D, 0xE4], "zoo/f.sql: the file is no UTF-8"),
        Case("YAML", "f.yml", "- a", "zoo/f.yml: YAML files cannot be loaded"),
    ]

    @Test(arguments: cases)
    func `a bad file is told by one sentence with its place`(_ example: Case) throws {
        let manifest = TemporaryAddons.manifest(depends: ["base"], "'data': ['\(example.file)']")
        try withLoad(["zoo": manifest]) { load in
            let path = "\(load.folder.path)/zoo/\(example.file)"
            try Data(example.bytes).write(to: URL(fileURLWithPath: path))
            let error = try #require(throws: LoadError.self) { try load.install() }
            #expect(error.description.hasPrefix(example.message), "\(error)")
            #expect(!error.description.contains("\n") && error.description.utf8.count < 500)
        }
    }

    @Test(arguments: ["gone.xml", "../secret.xml", "."])
    func `a file that is not there is told by its name`(name: String) throws {
        let manifest = TemporaryAddons.manifest(depends: ["base"], "'data': ['\(name)']")
        try withLoad(["zoo": manifest]) { load in
            let error = try #require(throws: LoadError.self) { try load.install() }
            #expect(error.description.hasPrefix("zoo/\(name): "), "\(error)")
        }
    }

    @Test func `a declared encoding is read`() throws {
        let manifest = TemporaryAddons.manifest(depends: ["base"], "'data': ['f.xml']")
        try withLoad(["zoo": manifest]) { load in
            let text =
                "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><openerp><data>"
                + "<record id=\"a\" model=\"zoo.species\"><field name=\"name\">B\u{E4}r</field></record></data></openerp>"
            let bytes = text.unicodeScalars.map { UInt8($0.value) }
            try Data(bytes).write(to: URL(fileURLWithPath: "\(load.folder.path)/zoo/f.xml"))
            let bear = try load.install().record(externalID: "zoo.a")
            #expect(try bear?.text("name") == "Bär")
        }
    }
}
