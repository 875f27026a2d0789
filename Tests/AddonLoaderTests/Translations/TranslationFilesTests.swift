import AddonLoader
import BaseAddon
import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

/// Files of translations that come with addons (contract/addons.md §11).
@Suite struct TranslationFilesTests {
    private static let data = """
        <openerp><data>
            <record id="gold" model="res.partner.category"><field name="name">Gold</field></record>
            <record id="tin" model="res.partner.category"><field name="name">Tin</field></record>
        </data></openerp>
        """

    /// An addon `park` with files of translations.
    private func park(_ files: [String: String]) -> [String: [String: String]] {
        var addon = TemporaryAddons.manifest(depends: ["base"], "'update_xml': ['data.xml']")
        addon["data.xml"] = Self.data
        for (name, text) in files { addon["i18n/\(name).po"] = text }
        return ["park": addon]
    }

    private static func entry(_ reference: String, _ source: String, _ text: String) -> String {
        "#. module: park\n#: \(reference)\nmsgid \"\(source)\"\nmsgstr \"\(text)\"\n\n"
    }

    private static let gold = entry("model:res.partner.category,name:park.gold", "Gold", "Or")

    private func add(_ code: String, to database: InstalledDatabase) throws {
        try database.install([]) { try $0.registry.ports.translator.add(language: code, overwriting: false, in: $0) }
    }

    private func name(_ id: String, _ language: String, _ environment: Environment) throws -> String? {
        try environment.adding(["lang": .text(language)]).record(externalID: "park.\(id)")?.text("name")
    }

    @Test func `an addon brings its translations for the languages people work in`() throws {
        let french = Self.gold + Self.entry("field:res.partner,ref:0", "Code", "Référence")
        try withInstalledDatabase(addons: park(["fr": french, "de": Self.gold])) { database in
            try add("fr_FR", to: database)
            try database.install { environment in
                #expect(try name("gold", "fr_FR", environment) == "Or")
                #expect(try name("gold", "de_DE", environment) == "Gold")
                let texts = try environment.adding(["lang": "fr_FR"]).translatedTexts()
                #expect(texts?.text(for: "Code", .field, of: "res.partner,ref") == "Référence")
                let row = try environment.search(
                    "ir.translation",
                    [["name", "=", "res.partner.category,name"], ["type", "=", "model"], ["src", "=", "Gold"]])
                #expect(try row.first?.text("module") == "park")
                #expect(try row.first?.text("xml_id") == "gold")
            }
        }
    }

    @Test func `a language added later gets what installed addons say`() throws {
        try withInstalledDatabase(addons: park(["fr": Self.gold])) { database in
            try database.install()
            try database.install([]) { environment in
                #expect(try name("gold", "fr_FR", environment) == "Gold")
                try environment.registry.ports.translator.add(
                    language: "fr_FR", overwriting: false, in: environment)
                #expect(try name("gold", "fr_FR", environment) == "Or")
            }
        }
    }

    @Test func `a country's file comes on top of its language's`() throws {
        let tin = Self.entry("model:res.partner.category,name:park.tin", "Tin", "Étain")
        let belgian = Self.entry("model:res.partner.category,name:park.gold", "Gold", "Or belge")
        try withInstalledDatabase(addons: park(["fr": Self.gold + tin, "fr_BE": belgian])) { database in
            try add("fr_BE", to: database)
            try database.install { environment in
                let names = try ["gold", "tin"].map { try name($0, "fr_BE", environment) }
                #expect(names == ["Or belge", "Étain"])
            }
        }
    }

    @Test func `an upgrade brings changed translations, and leaves what a user wrote himself`() throws {
        let tin = Self.entry("model:res.partner.category,name:park.tin", "Tin", "Étain")
        try withInstalledDatabase(addons: park(["fr": Self.gold + tin])) { database in
            try add("fr_FR", to: database)
            try database.install { environment in
                try environment.adding(["lang": "fr_FR"]).record(externalID: "park.tin")?.write(["name": "Le mien"])
            }
            let changed = Self.entry("model:res.partner.category,name:park.gold", "Gold", "Doré")
            try database.folder.write(changed + tin, to: "i18n/fr.po", of: "park")
            try database.upgrade { environment in
                #expect(try name("gold", "fr_FR", environment) == "Doré")
                #expect(try name("tin", "fr_FR", environment) == "Le mien")
                let rows = try environment.records("ir.translation").count([
                    ["name", "=", "res.partner.category,name"], ["module", "=", "park"],
                ])
                #expect(rows == 1)
            }
        }
    }

    @Test func `loading without overwriting leaves what is there`() throws {
        try withInstalledDatabase(addons: park(["fr": Self.gold])) { database in
            try add("fr_FR", to: database)
            try database.install { environment in
                let files = environment.registry.ports.translationFiles
                let upload =
                    Self.entry("model:res.partner.category,name:park.gold", "Gold", "Autre")
                    + Self.entry("model:res.partner.category,name:park.tin", "Tin", "Étain")
                try files?.load(Array(upload.utf8), as: "fr_FR", environment)
                #expect(try name("gold", "fr_FR", environment) == "Or")
                #expect(try name("tin", "fr_FR", environment) == "Étain")
                let csv = "module,type,name,res_id,src,value\npark,view,res.partner,0,Partners,Partenaires\n"
                try files?.load(Array(csv.utf8), as: "fr_FR", environment)
                let texts = try environment.adding(["lang": "fr_FR"]).translatedTexts()
                #expect(texts?.text(for: "Partners", .view, of: "res.partner") == "Partenaires")
            }
        }
    }

    @Test func `a record that comes later under the name of another addon is translated, too`() throws {
        let early = Self.entry("model:res.partner.category,name:early.gold", "Gold", "Or")
        var addons = park(["fr": Self.entry("view:res.partner:0", "Partners", "Partenaires")])
        addons["park"]?["data.xml"] = Self.data.replacing("id=\"gold\"", with: "id=\"early.gold\"")
        addons["park"]?.merge(TemporaryAddons.manifest(depends: ["early"], "'update_xml': ['data.xml']")) { $1 }
        addons["early"] = TemporaryAddons.manifest(depends: ["base"]).merging(["i18n/fr.po": early]) { $1 }
        try withInstalledDatabase(addons: addons) { database in
            try add("fr_FR", to: database)
            try database.install(["park"]) { environment in
                let gold = try environment.adding(["lang": "fr_FR"]).record(externalID: "early.gold")
                #expect(try gold?.text("name") == "Or")
            }
        }
    }

    @Test func `an id that nobody knows and an empty text change nothing`() throws {
        let french =
            Self.entry("model:res.partner.category,name:park.nowhere", "Gold", "Rien")
            + Self.entry("model:res.partner.category,name:park.gold", "Gold", "")
        try withInstalledDatabase(addons: park(["fr": french])) { database in
            try add("fr_FR", to: database)
            try database.install { environment in
                let name = try name("gold", "fr_FR", environment)
                #expect(name == "Gold")
            }
        }
    }

    @Test(arguments: [
        ("msgctxt \"x\"\n", "park/i18n/fr.po:1: malformed file: bad line: msgctxt \"x\""),
        (entry("nonsense:x:0", "a", "b"), "park/i18n/fr.po:3: there is no kind of text called nonsense"),
    ])
    func `a bad file stops the installation with its line`(text: String, message: String) throws {
        try withInstalledDatabase(addons: park(["fr": text])) { database in
            try add("fr_FR", to: database)
            let error = #expect(throws: LoadError.self) { try database.install() }
            #expect(error?.description == message)
        }
    }

    @Test func `a thousand texts are a handful of statements`() throws {
        let many = (0..<1000).map { Self.entry("view:res.partner:0", "Text \($0)", "Texte \($0)") }.joined()
        try withInstalledDatabase(addons: [:]) { database in
            try database.install([]) { environment in
                let before = environment.transaction.statements
                try environment.registry.ports.translationFiles?.load(Array(many.utf8), as: "fr_FR", environment)
                // The last two tell who remembers texts, and who remembers views.
                #expect(environment.transaction.statements - before <= 5)
                #expect(try environment.records("ir.translation").count([["src", "like", "Text %"]]) == 1000)
            }
        }
    }
}
