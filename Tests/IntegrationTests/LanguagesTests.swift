import Foundation
import ORM
import PostgreSQL
import Services
import TestSupport
import Testing
import Values

@testable import AddonLoader

/// Adding languages, and taking translations in and out (contract/addons.md §11, contract/base-addon.md §3).
@Suite struct LanguagesTests {
    private func wizard(_ model: ModelName, _ values: FieldValues, _ environment: Environment) throws -> RecordID {
        try environment.create(model, values).id
    }

    private func base64(_ text: String) -> Value { .text(Data(text.utf8).base64EncodedString()) }

    /// A copy of its own for what looks into every table: tests beside it change tables of the shared one.
    private static func alone(_ body: (Environment) throws -> Void) throws {
        try DemoDatabase.own { try $0.run(keep: false, body) }
    }

    // MARK: - res.lang

    @Test func `a language that is loaded writes as its country does`() throws {
        try DemoDatabase.visit { environment in
            let id = try #require(try environment.call("res.lang", "load_lang", "ru_RU").integer)
            let language = try environment.read(
                "res.lang", id,
                ["name", "code", "iso_code", "date_format", "decimal_point", "translatable", "active", "direction"])
            #expect(language["name"] == "Russian / русский язык")
            #expect(language["iso_code"] == "ru")
            #expect(language["date_format"] == "%d.%m.%Y")
            #expect(language["decimal_point"] == ",")
            #expect(language["translatable"] == true)
            #expect(try environment.call("res.lang", "load_lang", "ru_RU") == .integer(id))
            let other = try #require(try environment.call("res.lang", "load_lang", "xx_YY", "Elvish").integer)
            #expect(try environment.read("res.lang", other, ["name"])["name"] == "Elvish")
        }
    }

    @Test func `who may not add languages cannot load one`() throws {
        try DemoDatabase.visit(as: DemoDatabase.demoUser) { environment in
            #expect(throws: ModelAccessDenied.self) { try environment.call("res.lang", "load_lang", "ru_RU") }
            let id = try wizard("base.language.install", ["lang": "ru_RU"], environment)
            #expect(throws: ModelAccessDenied.self) {
                try environment.call("base.language.install", "lang_install", [.integer(id)])
            }
        }
    }

    // MARK: - base.language.install

    @Test func `the wizard adds a language with what the addons say in it`() throws {
        try DemoDatabase.visit { environment in
            let id = try wizard("base.language.install", ["lang": "fr_FR"], environment)
            let answer = try environment.call("base.language.install", "lang_install", [.integer(id)])
            #expect(answer.dictionary?["type"] == "ir.actions.act_window")
            #expect(answer.dictionary?["res_id"] == .integer(id))
            #expect(try environment.read("base.language.install", id, ["state"])["state"] == "done")
            let french = environment.adding(["lang": "fr_FR"])
            #expect(try french.record(externalID: "base.menu_users")?.text("name") == "Utilisateurs")
            let fields = try french.call("crm.lead", "fields_get", ["state"], ["lang": "fr_FR"]).dictionary
            #expect(fields?["state"]?.dictionary?["string"] == "État")
            #expect(try french.translatedTexts()?.text(for: "Error", .code) == "Erreur")
        }
    }

    @Test func `all 79 languages are offered`() throws {
        try DemoDatabase.visit { environment in
            let fields = try environment.call("base.language.install", "fields_get", ["lang"]).dictionary
            #expect(fields?["lang"]?.dictionary?["selection"]?.list?.count == 79)
        }
    }

    // MARK: - base.language.import

    @Test func `a file that somebody brings is loaded, in a language of his own`() throws {
        try DemoDatabase.visit { environment in
            let file = "#: field:res.partner,ref:0\nmsgid \"Code\"\nmsgstr \"Quenya\"\n"
            let id = try wizard(
                "base.language.import", ["name": "Elvish", "code": "qya", "data": base64(file)], environment)
            #expect(try environment.call("base.language.import", "import_lang", [.integer(id)], [:]) == [:])
            let elvish = environment.adding(["lang": "qya"])
            #expect(try elvish.translatedTexts()?.text(for: "Code", .field, of: "res.partner,ref") == "Quenya")
            #expect(try environment.search("res.lang", [["code", "=", "qya"]]).first?.text("name") == "Elvish")
        }
    }

    @Test func `a bad file is refused in words, and kinds of text that do not exist as ever`() throws {
        try DemoDatabase.visit { environment in
            func load(_ text: String) throws {
                let id = try wizard(
                    "base.language.import", ["name": "French", "code": "fr_FR", "data": base64(text)], environment)
                try environment.call("base.language.import", "import_lang", [.integer(id)], [:])
            }
            let error = #expect(throws: UserError.self) { try load("msgid \"a\"\nmsgstr \"b\"\nmsgctxt \"x\"\n") }
            #expect(error?.message == "fr_FR:3: malformed file: bad line: msgctxt \"x\"")
            #expect(throws: ORMError.notInSelection(value: "zt", field: "type")) {
                try load("#: zt:x:0\nmsgid \"a\"\nmsgstr \"b\"\n")
            }
            #expect(throws: UserError.self) {
                let id = try wizard(
                    "base.language.import", ["name": "F", "code": "fr_FR", "data": "?"], environment)
                try environment.call("base.language.import", "import_lang", [.integer(id)], [:])
            }
        }
    }

    @Test func `importing takes its context`() throws {
        _ = try DemoDatabase.visit { environment in
            #expect(throws: ORMError.self) { try environment.call("base.language.import", "import_lang", []) }
        }
    }

    // MARK: - base.language.export

    private func exported(
        _ addons: [String], _ format: Value, _ language: Value, _ environment: Environment
    ) throws -> (name: Value?, bytes: [UInt8]) {
        let names = Value.list(addons.map { .text($0) })
        let modules = try environment.search("ir.module.module", [["name", "in", names]]).ids
        let id = try wizard(
            "base.language.export",
            ["lang": language, "format": format, "modules": [[6, 0, .list(modules.map { .integer($0) })]]], environment)
        #expect(try environment.call("base.language.export", "act_getfile", [.integer(id)]) == 1)
        let wizard = try environment.read("base.language.export", id, ["name", "data", "state", "advice"])
        #expect(wizard["state"] == "get")
        #expect(wizard["advice"]?.isTruthy == true)
        let data = try #require(wizard["data"]?.text.flatMap { Data(base64Encoded: $0) })
        return (wizard["name"], Array(data))
    }

    @Test func `a template holds every kind of text, without translations`() throws {
        try Self.alone { environment in
            let (name, bytes) = try exported(["crm"], "po", false, environment)
            #expect(name == "crm.pot")
            let entries = try POFile.entries(of: bytes, file: "x")
            #expect(entries.allSatisfy { $0.text.isEmpty })
            let references = Set(entries.flatMap(\.references))
            for reference in [
                "field:crm.lead,stage_id:0", "selection:crm.lead,state:0", "view:crm.lead:0",
                "model:ir.model,name:crm.model_crm_lead",
                "model:ir.actions.act_window,name:crm.crm_case_category_act_leads_all",
            ] {
                #expect(references.contains(reference), "\(reference)")
            }
            #expect(references.contains { $0.hasPrefix("code:addons/crm/models/Leads/Lead.swift:") })
            #expect(references.contains { $0.hasPrefix("help:crm.lead,") })
        }
    }

    @Test func `what is exported in a language can be loaded again`() throws {
        try Self.alone { environment in
            try environment.registry.ports.translator.add(language: "fr_FR", overwriting: false, in: environment)
            let (name, bytes) = try exported(["crm", "base"], "po", "fr_FR", environment)
            #expect(name == "fr.po")
            let entries = try POFile.entries(of: bytes, file: "x")
            #expect(entries.first { $0.references.contains("field:crm.lead,state:0") }?.text == "État")
            #expect(entries.allSatisfy { !$0.text.isEmpty })
            let (csvName, csv) = try exported(["crm"], "csv", "fr_FR", environment)
            #expect(csvName == "fr.csv")
            let rows = try TranslationCSV.translations(in: csv, file: "x").map(\.0)
            #expect(rows.map(\.source) == rows.map(\.source).sorted())
            #expect(rows.contains { $0.kind == "field" && $0.name == "crm.lead,state" && $0.text == "État" })
        }
    }

    @Test func `nobody exports what he may not read`() throws {
        try Self.alone { environment in
            let files = try #require(environment.registry.ports.translationFiles)
            let caller = environment.with(uid: DemoDatabase.demoUser)
            let stages = try environment.search("ir.model", [["model", "=", "crm.case.stage"]]).ids[0]
            try environment.create(
                "ir.rule", ["name": "None", "model_id": .integer(stages), "domain_force": "[('id','=',0)]"])
            func models(_ environment: Environment) throws -> Set<String> {
                let entries = try POFile.entries(
                    of: files.export(["base", "crm"], in: nil, as: .po, environment), file: "x")
                let references = entries.flatMap(\.references).filter { $0.hasPrefix("model:") }
                return Set(references.map { String($0.dropFirst(6).prefix { $0 != "," }) })
            }
            let hidden = try models(environment).filter { name in
                let model = try environment.registry.model(name)
                return try !caller.permits(.read, on: model)
                    || environment.registry.ports.access.rule(.read, on: model, in: caller) != nil
            }
            #expect(!hidden.isEmpty)
            let told = try models(caller)
            #expect(told.contains("res.country"))
            #expect(told.isDisjoint(with: hidden))
        }
    }

    @Test func `an archive has a file for each addon`() throws {
        try Self.alone { environment in
            let (name, bytes) = try exported(["crm", "mail_gateway"], "tgz", false, environment)
            #expect(name == "new.tgz")
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("po-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try Data(bytes).write(to: folder.appendingPathComponent("x.tgz"))
            let tar = Process()
            tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            tar.arguments = ["tar", "xzf", "x.tgz"]
            tar.currentDirectoryURL = folder
            try tar.run()
            tar.waitUntilExit()
            #expect(tar.terminationStatus == 0)
            for addon in ["crm", "mail_gateway"] {
                let file = try Data(contentsOf: folder.appendingPathComponent("\(addon)/i18n/\(addon).pot"))
                #expect(try !POFile.entries(of: Array(file), file: addon).isEmpty)
            }
        }
    }

    // MARK: - base.update.translations

    @Test func `every text without a translation is listed once, to be filled in`() throws {
        try Self.alone { environment in
            _ = try environment.call("res.lang", "load_lang", "nl_NL")
            let language = try environment.search("res.lang", [["code", "=", "nl_NL"]])
            let context: [String: Value] = ["active_model": "res.lang", "active_id": .integer(language.ids[0])]
            let values = try environment.call(
                "base.update.translations", "default_get", ["lang"], .dictionary(context))
            #expect(values.dictionary?["lang"] == "nl_NL")
            func count() throws -> Int { try environment.records("ir.translation").count([["lang", "=", "nl_NL"]]) }
            let id = try wizard("base.update.translations", ["lang": "nl_NL"], environment)
            for _ in 0..<2 {
                let answer = try environment.call("base.update.translations", "act_update", [.integer(id)])
                #expect(answer == ["type": "ir.actions.act_window_close"])
            }
            let first = try count()
            #expect(first > 1000)
            try environment.call("base.update.translations", "act_update", [.integer(id)])
            #expect(try count() == first)
            #expect(
                try environment.search(
                    "ir.translation", [["lang", "=", "nl_NL"], ["value", "!=", false], ["value", "!=", ""]]
                ).isEmpty)
        }
    }

    @Test func `an addon's files are loaded anew on demand`() throws {
        try DemoDatabase.visit { environment in
            _ = try environment.call("res.lang", "load_lang", "fr_FR")
            let crm = try environment.search("ir.module.module", [["name", "=", "crm"]])
            try environment.call("ir.module.module", "button_update_translations", [.integer(crm.ids[0])])
            let french = environment.adding(["lang": "fr_FR"])
            #expect(try french.translatedTexts()?.text(for: "State", .field, of: "crm.lead,state") == "État")
        }
    }

    // MARK: - New databases

    @Test func `a database is created in a language`() throws {
        let process = try ServerProcess()
        defer { process.databases.shutdown() }
        let name = "apus_language_\(getpid())"
        try process.databases.create(
            DatabaseOrder(name: name, addons: ["profile_crm"], hasDemoData: false, password: "x", language: "ru_RU")
        ) { _ in }
        defer { try? process.databases.drop(name) }
        let database = DemoDatabase(
            name: name, settings: try TestCluster.shared.get().settings.database(name),
            registry: try DemoDatabase.visit { $0.registry })
        try database.run { environment in
            #expect(try environment.read("res.users", 1, ["context_lang"])["context_lang"] == "ru_RU")
            #expect(try environment.search("res.lang", [["code", "=", "ru_RU"]]).count == 1)
            let partner = try #require(try environment.record(externalID: "base.main_partner"))
            #expect(try partner.text("lang") == "ru_RU")
            #expect(try environment.records("res.partner").defaultValues(["lang"])["lang"] == "ru_RU")
        }
        let menu = try database.run { try $0.demo("base.menu_users") }
        let names = try process.call(
            database, password: "x", "ir.ui.menu", "read", [.integer(menu)], ["name"], ["lang": "ru_RU"])
        #expect(names.list?.first?.dictionary?["name"] == "Пользователи")
    }

    @Test func `clients are told all languages, without a database`() throws {
        let process = try ServerProcess()
        defer { process.databases.shutdown() }
        let languages = try process.ask("db", MethodCall("list_lang", [])).list
        #expect(languages?.count == 79)
        #expect(languages?.contains(["fr_FR", "French / Français"]) == true)
    }
}
