import Foundation
import ORM
import Testing

@testable import AddonLoader

/// gettext's files as addons bring them (contract/addons.md §11).
@Suite struct POFileTests {
    private func entries(_ text: String) throws -> [POFile.Entry] {
        try POFile.entries(of: Array(text.utf8), file: "zoo/i18n/fr.po")
    }

    /// Sources and translations.
    private func pairs(_ text: String) throws -> [[String]] { try entries(text).map { [$0.source, $0.text] } }

    @Test func `an entry has its references, its source and its text`() throws {
        let found = try entries(
            """
            # Translation of a zoo
            msgid ""
            msgstr ""
            "Content-Type: text/plain; charset=UTF-8\\n"

            #. module: zoo
            #: field:zoo.animal,name:0 field:zoo.species,name:0
            #: model:ir.ui.menu,name:zoo.menu
            msgid "Name"
            msgstr "Nom"
            """)
        #expect(found.count == 1)
        #expect(
            found.first?.references == [
                "field:zoo.animal,name:0", "field:zoo.species,name:0", "model:ir.ui.menu,name:zoo.menu",
            ])
        #expect(found.first?.source == "Name")
        #expect(found.first?.text == "Nom")
        #expect(found.first?.line == 9)
    }

    @Test func `texts of several lines are joined, escapes are resolved`() throws {
        let found = try pairs("msgid \"\"\r\n\"Say \\\"no\\\"\\n\"\r\n\"twice\\\\\"\r\nmsgstr \"Dire\\tnon\"\r\n")
        #expect(found == [["Say \"no\"\ntwice\\", "Dire\tnon"]])
    }

    @Test func `entries need no empty line between them`() throws {
        #expect(try pairs("msgid \"a\"\nmsgstr \"b\"\nmsgid \"c\"\nmsgstr \"\"") == [["a", "b"], ["c", ""]])
        #expect(try pairs("msgid \"a\"\nmsgstr \"b\"\n#: view:x:0\nmsgid \"c\"\nmsgstr \"d\"").count == 2)
    }

    @Test func `uncertain, obsolete and plural entries say nothing`() throws {
        let found = try pairs(
            """
            #, fuzzy
            msgid "a"
            msgstr "1"

            #, python-format, fuzzy
            msgid "b"
            msgstr "2"

            #~ msgid "c"
            #~ msgstr "3"

            msgid "d"
            msgid_plural "ds"
            msgstr[0] "4"
            msgstr[1] "5"
            "more"

            #, python-format
            msgid "e"
            msgstr "6"
            """)
        #expect(found == [["e", "6"]])
    }

    @Test(arguments: [
        ("msgid \"a\"\nmsgstr \"b\"\n\nmsgctxt \"x\"\nmsgid \"c\"\nmsgstr \"d\"", 4), ("msgid \"a\nmsgstr \"b\"", 1),
        ("msgid \"a\"\nmsgstr \"b", 2), ("msgid \"a\"\nmsgstr b", 2), ("\"a\"", 1), ("msgstr \"a\"", 1),
        ("msgid \"a\"\nmsgid \"b\"", 1), ("msgid \"a\\\"\nmsgstr \"b\"", 1), ("hello", 1), ("msgid \"a\" \"b\"", 1),
        ("msgid \"a\"", 1),
    ])
    func `what is no such file is refused with its line`(text: String, line: Int) {
        let error = #expect(throws: LoadError.self) { try entries(text) }
        #expect(error?.description.hasPrefix("zoo/i18n/fr.po:\(line): ") == true)
    }

    @Test func `bytes are UTF-8, or what the file says`() throws {
        func read(_ charset: String, _ bytes: [UInt8]) throws -> String? {
            let head =
                "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=\(charset)\\n\"\n\nmsgid \"a\"\nmsgstr \""
            return try POFile.entries(of: Array(head.utf8) + bytes + Array("\"\n".utf8), file: "x").first?.text
        }
        #expect(try read("UTF-8", Array("été".utf8)) == "été")
        #expect(try read("ISO-8859-1", [0xE9, 0x74, 0xE9]) == "été")
        #expect(try read("windows-1251", [0xE4, 0xE0]) == "да")
        #expect(throws: LoadError.self) { try read("UTF-8", [0xE9, 0x74]) }
        #expect(
            try POFile.entries(of: [0xEF, 0xBB, 0xBF] + Array("msgid \"a\"\nmsgstr \"b\"".utf8), file: "x").count == 1)
    }

    @Test func `a file that is too large is refused`() {
        #expect(throws: LoadError.self) {
            try POFile.entries(of: [UInt8](repeating: 35, count: POFile.byteLimit + 1), file: "x")
        }
    }

    @Test(arguments: ["plain", "", "two\nlines", "ends\n", "\n\n", "a \"b\" \\ c\td", "\\n", "ключ — 鍵"])
    func `what is written is read again`(text: String) throws {
        let terms = [Term("zoo", "view", "zoo.animal", source: "key", text: text)]
        let bytes = POWriter(modules: ["zoo"], isTemplate: false).bytes(of: terms, on: .init(timeIntervalSince1970: 0))
        let found = try POFile.entries(of: bytes, file: "x")
        #expect(found.map(\.text) == [text.isEmpty ? "key" : text])
        #expect(found.map(\.references) == [["view:zoo.animal:0"]])
        let csv = TranslationCSV.bytes(of: terms, isTemplate: false)
        #expect(TranslationCSV.recognizes(csv))
        #expect(
            try TranslationCSV.translations(in: csv, file: "x").map(\.0.text) == [text.isEmpty ? "key" : text])
    }

    @Test func `entries are ordered and told once, with where they stand`() {
        let terms = [
            Term("zoo", "field", "zoo.animal,name", source: "Name", text: "Nom"),
            Term("zoo", "code", "addons/zoo/models/A.swift", target: .number(9), source: "A\nb"),
            Term(
                "zoo", "model", "ir.ui.menu,name", target: .externalID(module: "zoo", name: "menu"), source: "Name",
                text: "Nom"),
        ]
        let writer = POWriter(modules: ["zoo"], isTemplate: false)
        let text = String(decoding: writer.bytes(of: terms, on: .init(timeIntervalSince1970: 0)), as: UTF8.self)
        #expect(
            text.hasPrefix("# Translation of OpenERP Server.\n# This file contains the translation of the following"))
        #expect(
            text.contains("#\t* zoo\n#\nmsgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: OpenERP Server 6.0.4\\n\"\n"))
        #expect(text.contains("\"POT-Creation-Date: 1970-01-01 00:00+0000\\n\"\n"))
        #expect(
            text.hasSuffix(
                """
                #. module: zoo
                #: code:addons/zoo/models/A.swift:9
                #, python-format
                msgid ""
                "A\\n"
                "b"
                msgstr ""
                "A\\n"
                "b"

                #. module: zoo
                #: field:zoo.animal,name:0
                #: model:ir.ui.menu,name:zoo.menu
                msgid "Name"
                msgstr "Nom"


                """))
    }
}
