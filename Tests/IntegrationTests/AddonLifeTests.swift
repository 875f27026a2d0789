import Foundation
import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@testable import Services

/// Addons are installed, upgraded and removed by clients while two processes serve the database.
@Suite struct AddonLifeTests {
    /// A client's way to one addon.
    private struct Client {
        let process: ServerProcess
        let database: DemoDatabase

        func modules(_ names: String...) throws -> Value {
            try process.call(
                database, "ir.module.module", "search", [["name", "in", .list(names.map { .text($0) })]])
        }

        @discardableResult
        func press(_ button: String, _ names: String...) throws -> Value {
            let ids = try process.call(
                database, "ir.module.module", "search", [["name", "in", .list(names.map { .text($0) })]])
            return try process.call(database, "ir.module.module", button, ids)
        }

        @discardableResult
        func apply() throws -> Value {
            let wizard = try process.call(database, "base.module.upgrade", "create", [:])
            return try process.call(database, "base.module.upgrade", "upgrade_module", [wizard])
        }

        func read(_ name: String, _ field: String) throws -> Value? {
            try process.call(database, "ir.module.module", "read", modules(name), [.text(field)]).list?.first?
                .dictionary?[field]
        }

        func state(_ name: String) throws -> String? { try read(name, "state")?.text }

        func count(_ model: ModelName, _ domain: Value) throws -> Int? {
            try process.call(database, model, "search_count", domain).integer
        }
    }

    private static let example = URL(fileURLWithPath: DemoTemplate.folder).deletingLastPathComponent()
        .appendingPathComponent("Demo/addons").path

    /// Two processes that find further addons in a folder, the first with a client.
    private func serving(_ folders: [String], _ body: (Client, ServerProcess) throws -> Void) throws {
        try ServerProcess.pair(folders: folders) { first, second, database in
            try body(Client(process: first, database: database), second)
        }
    }

    // MARK: - The example

    @Test func `an addon of data files comes into running servers, is used, upgraded and removed`() throws {
        let folder = try TemporaryAddons()
        try FileManager.default.copyItem(
            atPath: Self.example + "/site_visits", toPath: folder.path + "/site_visits")
        try serving([folder.path]) { (client, second) throws in
            let database = client.database
            #expect(try client.process.call(database, "ir.module.module", "update_list") == [0, 1])
            #expect(try client.press("button_install", "site_visits") == true)
            #expect(try client.state("site_visits") == "to install")
            let done = try client.apply()
            #expect(done.dictionary?["res_model"] == "base.module.upgrade")
            #expect(done.dictionary?["type"] == "ir.actions.act_window")
            #expect(try client.state("site_visits") == "installed")
            #expect(try client.read("site_visits", "latest_version") == "6.0.1.0")
            #expect(try client.read("site_visits", "installed_version") == "6.0.1.0")
            #expect(
                try client.read("site_visits", "menus_by_module") == "Sales/Site Visits\nSales/Site Visits/Site Visits")
            let views = try client.read("site_visits", "views_by_module")?.text
            #expect(views?.hasPrefix("* INHERIT res.partner.form.site_visits(form)\nx_site.visit.form(form)") == true)

            // Used by another process, and by a user who is not the administrator.
            let partner = try second.call(database, "res.partner", "create", ["name": "Gate"])
            let visit = try second.call(
                database, as: DemoDatabase.demoUser, "x_site.visit", "create",
                ["x_name": "Say hello", "x_partner_id": partner, "x_date": "2011-05-02"])
            let read = try client.process.call(database, "res.partner", "read", partner, ["x_visit_ids"])
            #expect(read.dictionary?["x_visit_ids"] == [visit])
            #expect(throws: Fault.self) {
                try second.call(database, as: DemoDatabase.demoUser, "x_site.visit", "unlink", [visit])
            }

            // Upgraded from changed files.
            let models = try String(contentsOfFile: folder.path + "/site_visits/models.xml", encoding: .utf8)
            try folder.write(models.replacing("Purpose", with: "Reason"), to: "models.xml", of: "site_visits")
            let manifest = try String(contentsOfFile: folder.path + "/site_visits/__openerp__.py", encoding: .utf8)
            try folder.write(manifest.replacing("'1.0'", with: "'1.1'"), to: "__openerp__.py", of: "site_visits")
            #expect(try client.read("site_visits", "installed_version") == "6.0.1.1")
            try client.press("button_upgrade", "site_visits")
            try client.apply()
            #expect(try client.read("site_visits", "latest_version") == "6.0.1.1")
            let fields = try second.call(database, "x_site.visit", "fields_get", ["x_name"])
            #expect(fields.dictionary?["x_name"]?.dictionary?["string"] == "Reason")

            // Removed: model, fields, views and menus go, tables stay.
            try client.press("button_uninstall", "site_visits")
            #expect(try client.state("site_visits") == "to remove")
            try client.apply()
            #expect(try client.state("site_visits") == "uninstalled")
            for process in [client.process, second] {
                #expect(throws: Fault.self) { try process.call(database, "x_site.visit", "search", []) }
                #expect(try process.call(database, "res.partner", "fields_get", ["x_directions"]) == [:])
            }
            #expect(try client.count("ir.ui.menu", [["name", "=", "Site Visits"]]) == 0)
            #expect(try client.count("ir.ui.view", [["model", "=", "x_site.visit"]]) == 0)
            #expect(try client.count("ir.rule", [["name", "=", "Change one's own visits"]]) == 0)
            let rows = try database.settings.transaction { try $0.rows("SELECT count(*) FROM x_site_visit") }
            #expect(rows.integer(0, 0) == 3)

            // And installed again, over what was left.
            try client.press("button_install", "site_visits")
            try client.apply()
            #expect(
                try second.call(database, "x_site.visit", "read", visit, ["x_name"]).dictionary?["x_name"]
                    == "Say hello")
            #expect(try client.count("x_site.visit", []) == 3)
        }
    }

    // MARK: - Failures

    @Test func `an installation that fails is this call's fault, and leaves all as it was`() throws {
        let folder = try TemporaryAddons([
            "good": TemporaryAddons.addon(
                #"<record id="p" model="res.partner"><field name="name">Good</field></record>"#),
            "wrong": TemporaryAddons.addon(#"<record id="r" model="no.such"/>"#),
        ])
        try serving([folder.path]) { (client, second) throws in
            try client.process.call(client.database, "ir.module.module", "update_list")
            try client.press("button_install", "good", "wrong")
            let fault = #expect(throws: Fault.self) { try client.apply() }
            #expect(fault?.code == "wrong/data.xml:2: there is no model no.such")
            #expect(try client.state("wrong") == "to install")
            #expect(try client.count("res.partner", [["name", "=", "Good"]]) == 0)
            try second.call(client.database, "res.partner", "search", [], 0, 1)
            try client.press("button_install_cancel", "wrong")
            #expect(try client.state("wrong") == "uninstalled")
            // A script may pass no ids at all.
            try client.process.call(client.database, "base.module.upgrade", "upgrade_module", [])
            #expect(try client.state("good") == "installed")
            #expect(try client.count("res.partner", [["name", "=", "Good"]]) == 1)
        }
    }

    @Test func `who comes second while addons are installed is told so`() throws {
        try serving([]) { (client, _) throws in
            try client.database.settings.transaction { transaction in
                try transaction.rows("SELECT pg_advisory_xact_lock(hashtext('installation of addons'))")
                let fault = #expect(throws: Fault.self) { try client.apply() }
                #expect(fault?.code.text?.hasPrefix("warning -- Warning\n\nModules of this database are being") == true)
            }
            try client.apply()
        }
    }

    @Test func `only who may change modules installs, looks for or brings some`() throws {
        try serving([]) { (client, second) throws in
            let demo = DemoDatabase.demoUser
            let upgrade = try second.call(client.database, as: demo, "base.module.upgrade", "create", [:])
            let update = try second.call(client.database, as: demo, "base.module.update", "create", [:])
            let file = try second.call(
                client.database, as: demo, "base.module.import", "create", ["module_file": "UEsDBA=="])
            let modules = try client.modules("crm")
            let calls: [(ModelName, String, [Value])] = [
                ("base.module.upgrade", "upgrade_module", [[upgrade]]),
                ("base.module.update", "update_module", [[update]]), ("base.module.import", "importzip", [[file]]),
                ("ir.module.module", "update_list", []), ("ir.module.module", "button_upgrade", [modules]),
                ("ir.module.module", "button_uninstall", [modules]),
            ]
            for (model, method, arguments) in calls {
                let fault = #expect(throws: Fault.self, "\(model).\(method)") {
                    try second.call(client.database, as: demo, model, method, with: arguments)
                }
                #expect(fault?.code.text?.hasPrefix("warning -- AccessError") == true, "\(model).\(method)")
            }
        }
    }

    // MARK: - Removal

    @Test func `a group goes although the administrator is in it, and menus left empty go with theirs`() throws {
        let folder = try TemporaryAddons([
            "club": TemporaryAddons.addon(
                """
                <record id="group" model="res.groups"><field name="name">Club</field></record>
                <record id="kept" model="res.partner.category"><field name="name">Kept</field></record>
                <record id="window" model="ir.actions.act_window"><field name="name">Club</field>
                <field name="res_model">res.partner</field></record>
                <menuitem id="menu" name="Clubs/Members/List" action="window"/>
                """)
        ])
        try serving([folder.path]) { (client, _) throws in
            try client.process.databases.install(["club"], in: client.database.name) { _ in }
            #expect(try client.count("ir.ui.menu", [["name", "in", ["Clubs", "Members", "List"]]]) == 3)
            try client.process.call(
                client.database, "ir.model.data", "write",
                client.process.call(
                    client.database, "ir.model.data", "search", [["module", "=", "club"], ["name", "=", "kept"]]),
                ["noupdate": true])
            try client.press("button_uninstall", "club")
            try client.apply()
            #expect(try client.count("ir.ui.menu", [["name", "in", ["Clubs", "Members", "List"]]]) == 0)
            #expect(try client.count("res.groups", [["name", "=", "Club"]]) == 0)
            #expect(try client.count("res.partner.category", [["name", "=", "Kept"]]) == 1)
        }
    }

    @Test func `what cannot be deleted is the call's fault, and the module stays to be removed`() throws {
        let folder = try TemporaryAddons([
            "land": TemporaryAddons.addon(
                #"<record id="c" model="res.country"><field name="name">Land</field><field name="code">L1</field></record>"#
            )
        ])
        try serving([folder.path]) { (client, _) throws in
            try client.process.databases.install(["land"], in: client.database.name) { _ in }
            let country = try client.process.call(client.database, "res.country", "search", [["code", "=", "L1"]])
            try client.process.call(
                client.database, "res.country.state", "create",
                ["name": "Part", "code": "P", "country_id": country.list?.first ?? nil])
            try client.press("button_uninstall", "land")
            let fault = #expect(throws: Fault.self) { try client.apply() }
            #expect(fault?.code.text?.hasPrefix("warning -- Integrity Error") == true)
            #expect(try client.state("land") == "to remove")
            #expect(try client.count("res.country", [["code", "=", "L1"]]) == 1)
            try client.press("button_uninstall_cancel", "land")
            #expect(try client.state("land") == "installed")
        }
    }

    private static let swiftHalf = AddonModels(
        "half",
        definitions: [
            .introducing("half.thing") { $0.fields = [.char("name", "Name", size: 16)] },
            .extending("res.partner") { $0.fields = [.char("half", "Half", size: 16, required: true, default: "x")] },
        ])

    @Test func `an addon with models of its own goes, and its columns ask for nothing`() throws {
        let folder = try TemporaryAddons([
            "half": TemporaryAddons.addon(#"<record id="t" model="half.thing"><field name="name">T</field></record>"#)
        ])
        try ServerProcess.pair(addons: [Self.swiftHalf], folders: [folder.path]) { (first, second, database) throws in
            let client = Client(process: first, database: database)
            try first.call(database, "ir.module.module", "update_list")
            try client.press("button_install", "half")
            try client.apply()
            let thing = try second.call(database, "half.thing", "create", ["name": "Mine"])
            try client.press("button_uninstall", "half")
            try client.apply()
            for process in [first, second] {
                #expect(throws: Fault.self) { try process.call(database, "half.thing", "search", []) }
                try process.call(database, "res.partner", "create", ["name": "Without"])
            }
            let rows = try database.settings.transaction { try $0.rows("SELECT id FROM half_thing") }
            #expect(rows.integers(column: 0) == [thing.integer ?? 0])
        }
    }

    @Test func `a module whose folder is gone is left out, is back with it, and can be removed without it`() throws {
        let files = TemporaryAddons.addon(
            #"<record id="p" model="res.partner"><field name="name">Half</field></record>"#)
        let folder = try TemporaryAddons(["half": files])
        try ServerProcess.pair(addons: [Self.swiftHalf], folders: [folder.path]) { (first, _, database) throws in
            try first.databases.install(["half"], in: database.name) { _ in }
            try folder.remove("half")
            let second = try ServerProcess(addons: [Self.swiftHalf], folders: [folder.path])
            defer { second.databases.shutdown() }
            let client = Client(process: second, database: database)
            #expect(throws: Fault.self) { try second.call(database, "half.thing", "search", []) }
            #expect(try client.read("half", "installed_version") == "")
            try client.press("button_upgrade", "half")
            try client.apply()
            #expect(try client.state("half") == "to upgrade")
            for (file, text) in files { try folder.write(text, to: file, of: "half") }
            try client.apply()
            #expect(try client.state("half") == "installed")
            try second.call(database, "half.thing", "search", [])
            try folder.remove("half")
            try client.press("button_uninstall", "half")
            try client.apply()
            #expect(try client.state("half") == "uninstalled")
            #expect(try client.count("res.partner", [["name", "=", "Half"]]) == 0)
        }
    }

    @Test func `what a manifest names anew is installed along, or told as missing`() throws {
        let folder = try TemporaryAddons(["low": TemporaryAddons.addon(), "more": TemporaryAddons.addon()])
        try serving([folder.path]) { (client, _) throws in
            try client.process.databases.install(["low"], in: client.database.name) { _ in }
            let depends = { (name: String) in "{'name': 'Low', 'depends': ['base', '\(name)'], 'data': ['data.xml']}" }
            try folder.write(depends("more"), to: "__openerp__.py", of: "low")
            try client.press("button_upgrade", "low")
            #expect(try [client.state("low"), client.state("more")] == ["to upgrade", "to install"])
            try client.apply()
            #expect(try [client.state("low"), client.state("more")] == ["installed", "installed"])
            #expect(try client.read("low", "dependencies_id")?.list?.count == 2)
            try folder.write(depends("nowhere"), to: "__openerp__.py", of: "low")
            let fault = #expect(throws: Fault.self) { try client.press("button_upgrade", "low") }
            #expect(
                fault?.code.text
                    == "warning -- Error\n\nYou try to upgrade a module that depends on the module: nowhere.\n"
                    + "But this module is not available in your system.")
            #expect(try client.state("low") == "installed")
        }
    }

    @Test func `from the command line an addon goes with those that depend on it, if that is wanted`() throws {
        try serving([]) { (client, second) throws in
            let (databases, name) = (client.process.databases, client.database.name)
            #expect(throws: (any Error).self) {
                try databases.uninstall(["mail_gateway"], withDependants: false, in: name)
            }
            #expect(throws: (any Error).self) { try databases.uninstall(["base"], withDependants: true, in: name) }
            #expect(throws: (any Error).self) { try databases.uninstall(["none"], withDependants: false, in: name) }
            let removed = try databases.uninstall(["mail_gateway"], withDependants: true, in: name)
            #expect(removed == ["mail_gateway", "crm", "profile_crm"])
            #expect(throws: Fault.self) { try second.call(client.database, "crm.lead", "search", []) }
            #expect(try client.count("ir.ui.menu", [["name", "=", "Leads"]]) == 0)
            try databases.install(["crm"], in: name) { _ in }
            try second.call(client.database, "crm.lead", "search", [])
        }
    }
}
