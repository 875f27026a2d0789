import Foundation
import ORM
import Testing
import Values

@testable import AddonLoader
@testable import Services

/// The translations that come with the addons are whole and fit what they translate.
@Suite struct ShippedTranslationsTests {
    /// A file of translations of one addon.
    struct File: CustomTestStringConvertible {
        let addon: String
        let language: String
        var testDescription: String { "\(addon)/i18n/\(language).po" }

        static let all = [
            "base", "base_calendar", "base_setup", "board", "crm", "mail_gateway", "process", "profile_crm", "resource",
        ].flatMap { addon in
            ["ru", "fr"].map { File(addon: addon, language: $0) }
        }

        func entries() throws -> [POFile.Entry] {
            let data = try Data(contentsOf: URL(fileURLWithPath: DemoTemplate.folder + "/" + testDescription))
            return try POFile.entries(of: Array(data), file: testDescription)
        }
    }

    /// The texts of an addon, as a template holds them.
    private func template(of addon: String) throws -> [POFile.Entry] {
        try DemoDatabase.own { database in
            try database.run(keep: false) { environment in
                let files = try #require(environment.registry.ports.translationFiles)
                return try POFile.entries(of: files.export([addon], in: nil, as: .po, environment), file: addon)
            }
        }
    }

    @Test(arguments: File.all)
    func `every entry translates a text of its addon, where it stands`(file: File) throws {
        let template = try template(of: file.addon)
        let places = Dictionary(template.map { ($0.source, Set($0.references)) }, uniquingKeysWith: { $1 })
        for entry in try file.entries() {
            let known = places[entry.source] ?? []
            // Texts of code are found wherever they stand; lines change all the time.
            let stands = entry.references.contains { reference in
                known.contains(reference) || (reference.hasPrefix("code:") && known.contains { $0.hasPrefix("code:") })
            }
            #expect(stands, "\(file.testDescription):\(entry.line): nothing says \(entry.source)")
        }
    }

    @Test(arguments: File.all)
    func `every entry says something, with the places of its source`(file: File) throws {
        for entry in try file.entries() {
            #expect(!entry.text.isEmpty, "\(file.testDescription):\(entry.line)")
            #expect(!entry.references.isEmpty, "\(file.testDescription):\(entry.line)")
            if entry.references.contains(where: { $0.hasPrefix("code:") }) {
                #expect(places(in: entry.text) == places(in: entry.source), "\(file.testDescription):\(entry.line)")
            }
        }
    }

    /// `%s`, `%d`, `%(name)s`, in order: that of a sentence is that of its parts.
    private func places(in text: String) -> [String] {
        text.matches(of: /%(?:\([a-z_]+\))?[sd]/).map { String($0.output) }
    }

    @Test(arguments: ["ru_RU", "fr_FR"])
    func `what people see of leads, cases, calls, meetings, partners and users is translated`(language: String) throws {
        try DemoDatabase.visit { environment in
            try environment.registry.ports.translator.add(language: language, overwriting: false, in: environment)
            let texts = try #require(try environment.adding(["lang": .text(language)]).translatedTexts())
            // The same word in the other language, or a name.
            let same = [
                "Date", "Description", "Code", "Type", "Section", "Email", "Fax", "Mobile", "Notes", "Note", "Action",
                "Message", "Messages", "Contact", "Communication", "Document", "EAN13", "Signature", "Interface",
                "Contacts",
            ]
            for name in [
                "crm.lead", "crm.case", "crm.phonecall", "crm.meeting", "res.partner", "res.partner.address",
                "res.users", "mailgate.message",
            ] {
                let model = try environment.registry.model(name)
                for field in model.fields where !same.contains(field.label) && !field.label.hasSuffix("unknown") {
                    let label = texts.text(for: field.label, .field, of: "\(name),\(field.name)")
                    #expect(label != field.label, "\(language): \(name).\(field.name) is called \(label)")
                }
            }
            for sentence in FaultSentence.allCases {
                #expect(texts.text(for: sentence.rawValue, .code) != sentence.rawValue, "\(sentence)")
            }
            let caller = environment.adding(["lang": .text(language)])
            let menus = try caller.search("ir.ui.menu", [["parent_id", "=", false]])
            let plain = Set(try environment.search("ir.ui.menu").map { try $0.text("name") ?? "" }.values)
            for menu in menus {
                let name = try menu.text("name") ?? ""
                if ["Administration", "CRM & SRM"].contains(name) { continue }
                #expect(!plain.contains(name), "\(language): the menu \(name)")
            }
        }
    }
}
