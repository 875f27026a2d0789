import Foundation
import ORM
import TestSupport
import Testing
import Values

@testable import Services

/// The buttons of modules, without anything being installed.
@Suite struct AddonButtonTests {
    /// A process with addons that depend on one another in good and bad ways, and its client's calls.
    private func serving(
        _ body: (_ call: (String, [String]) throws -> Value, ServerProcess, DemoDatabase) throws -> Void
    ) throws {
        let folder = try TemporaryAddons([
            "low": TemporaryAddons.addon(), "high": TemporaryAddons.addon(depends: ["base", "low"]),
            "loose": TemporaryAddons.addon(depends: ["nowhere"]), "round1": TemporaryAddons.addon(depends: ["round2"]),
            "round2": TemporaryAddons.addon(depends: ["round1"]),
            "python": TemporaryAddons.addon("", "'external_dependencies': {'python': ['nosuchpy']}"),
            "web": TemporaryAddons.addon("", "'web': True").merging(["web/a.js": "x"]) { $1 },
            "broken": ["__openerp__.py": "{'name': "], "asleep": TemporaryAddons.addon("", "'installable': False"),
        ])
        try ServerProcess.pair(folders: [folder.path], imports: folder.path + "/imports") { first, _, database in
            try first.call(database, "ir.module.module", "update_list")
            try body(
                { button, names in
                    let ids = try first.call(
                        database, "ir.module.module", "search", [["name", "in", .list(names.map { .text($0) })]])
                    return try first.call(database, "ir.module.module", button, ids)
                }, first, database)
        }
    }

    private func states(_ names: [String], _ process: ServerProcess, _ database: DemoDatabase) throws -> [String] {
        let ids = try process.call(
            database, "ir.module.module", "search", [["name", "in", .list(names.map { .text($0) })]])
        let rows = try process.call(database, "ir.module.module", "read", ids, ["name", "state"]).list ?? []
        let states = rows.map { ($0.dictionary?["name"]?.text ?? "", $0.dictionary?["state"]?.text ?? "") }
        return states.sorted { $0.0 < $1.0 }.map { "\($0.0): \($0.1)" }
    }

    @Test func `what is needed is marked along, and what is marked is told before it happens`() throws {
        try serving { press, process, database in
            #expect(try press("button_install", ["high"]) == true)
            #expect(try states(["low", "high"], process, database) == ["high: to install", "low: to install"])
            let info = try process.call(database, "base.module.upgrade", "default_get", ["module_info"])
            #expect(info == ["module_info": "high : to install\nlow : to install\n"])
            let ids = try process.call(database, "base.module.upgrade", "get_module_list")
            #expect(ids.list?.count == 2)
            #expect(try press("button_install_cancel", ["low", "high"]) == true)
            #expect(try states(["low", "high"], process, database) == ["high: uninstalled", "low: uninstalled"])
        }
    }

    @Test func `refusals are in the original's words`() throws {
        try serving { (press, process, database) throws in
            let refusals: [(String, String, String)] = [
                (
                    "button_install", "loose",
                    "You try to install module 'loose' that depends on module 'nowhere'.\n"
                        + "But the latter module is not available in your system."
                ),
                ("button_install", "round1", "Recursion error in modules dependencies !"),
                (
                    "button_install", "python",
                    "Unable to install module \"python\" because an external dependency is not met: "
                        + "No module named nosuchpy (no Python code is run here)"
                ),
                ("button_upgrade", "low", "Can not upgrade module 'low'. It is not installed."),
                (
                    "button_uninstall", "mail_gateway",
                    "Some installed modules depend on the module you plan to Uninstall :\n \tinstalled: crm"
                ),
                ("button_uninstall", "base", "The module base is part of every database."),
                ("unlink", "crm", "You try to remove a module that is installed or will be installed"),
            ]
            for (button, name, message) in refusals {
                let fault = #expect(throws: Fault.self, "\(button) \(name)") { try press(button, [name]) }
                #expect(fault?.code == .text("warning -- Error\n\n" + message))
            }
            let names = ["loose", "round1", "round2", "python"]
            #expect(try states(names, process, database) == names.sorted().map { "\($0): uninstalled" })
        }
    }

    @Test func `an upgrade takes in all that depend on it, and takes it back for those alone that are named`() throws {
        try serving { press, process, database in
            let names = ["mail_gateway", "crm", "profile_crm"]
            _ = try press("button_upgrade", ["mail_gateway"])
            #expect(try states(names, process, database) == names.sorted().map { "\($0): to upgrade" })
            _ = try press("button_upgrade_cancel", ["crm"])
            #expect(
                try states(names, process, database)
                    == ["crm: installed", "mail_gateway: to upgrade", "profile_crm: to upgrade"])
        }
    }

    @Test func `the list leaves out what cannot be read or is not to be installed`() throws {
        try serving { _, process, database in
            #expect(try states(["broken", "asleep", "web"], process, database) == ["web: uninstalled"])
            #expect(try process.call(database, "ir.module.module", "update_list") == [0, 0])
            let wizard = try process.call(database, "base.module.update", "create", [:])
            try process.call(database, "base.module.update", "update_module", [wizard])
            let row = try process.call(database, "base.module.update", "read", wizard, ["add", "update", "state"])
            #expect(row.dictionary?["state"] == "done")
            #expect(row.dictionary?["add"] == 0)
        }
    }

    @Test func `an unmet dependency stops the wizard`() throws {
        try serving { (_, process, database) throws in
            let ids = try process.call(database, "ir.module.module", "search", [["name", "=", "loose"]])
            try process.call(database, "ir.module.module", "write", ids, ["state": "to install"])
            let fault = #expect(throws: Fault.self) {
                try process.call(database, "base.module.upgrade", "upgrade_module", [])
            }
            #expect(
                fault?.code
                    == "warning -- Unmet dependency !\n\nFollowing modules are not installed or unknown: \n\nnowhere")
        }
    }

    @Test func `a zip file from a client becomes a module that can be installed`() throws {
        try serving { (_, process, database) throws in
            // A folder `sent` with a manifest that depends on base.
            let file = """
                UEsDBBQAAAAIABZ+eF1XmNxONQAAADwAAAATAAAAc2VudC9fX29wZW5lcnBfXy5weatWz0vMTVW3UlAPTs0rUddRUE9JLUjN
                SykGCkWrJyUWp6rHggQTSxLBIiCGXkVujnpsLRcAUEsDBBQAAAAIABZ+eF24kcz3VgAAAGwAAAANAAAAc2VudC9kYXRhLnht
                bDWN3QmAMAyE352iZAC7QJolnCCYCIX+hNj9sVp8OY7j4zvspk3dCIUHE7qe3SVkSWAQahctCVzv3djHBIHwylokNK6a4E2g
                Q9vA+O2EcSlmWcb4P2wPUEsBAhQDFAAAAAgAFn54XVeY3E41AAAAPAAAABMAAAAAAAAAAAAAAIABAAAAAHNlbnQvX19vcGVu
                ZXJwX18ucHlQSwECFAMUAAAACAAWfnhduJHM91YAAABsAAAADQAAAAAAAAAAAAAAgAFmAAAAc2VudC9kYXRhLnhtbFBLBQYA
                AAAAAgACAHwAAADnAAAAAAA=
                """
            let wizard = try process.call(database, "base.module.import", "create", ["module_file": .text(file)])
            #expect(try process.call(database, "base.module.import", "importzip", [wizard]) == false)
            let row = try process.call(database, "base.module.import", "read", wizard, ["module_name", "state"])
            #expect(row.dictionary?["module_name"] == "sent")
            #expect(row.dictionary?["state"] == "done")
            let ids = try process.call(database, "ir.module.module", "search", [["name", "=", "sent"]])
            try process.call(database, "ir.module.module", "button_install", ids)
            try process.call(database, "base.module.upgrade", "upgrade_module", [])
            #expect(try states(["sent"], process, database) == ["sent: installed"])
            let found = try process.call(database, "res.partner", "search", [["name", "=", "Sent"]])
            #expect(found.list?.count == 1)
            let bad = try process.call(database, "base.module.import", "create", ["module_file": "aGVsbG8="])
            let fault = #expect(throws: Fault.self) {
                try process.call(database, "base.module.import", "importzip", [bad])
            }
            #expect(fault?.code == "File is not a zip file")
        }
    }

    @Test func `the web client gets the parts for it of what is installed`() throws {
        try serving { _, process, database in
            #expect(try process.call(database, "ir.module.module", "list_web") == [])
            try process.databases.install(["web"], in: database.name) { _ in }
            #expect(try process.call(database, "ir.module.module", "list_web") == [["web", "6.0.1.0"]])
            let parts = try process.call(database, "ir.module.module", "get_web", ["web", "crm"])
            #expect(parts.list?.count == 1)
            #expect(parts.list?.first?.dictionary?["depends"] == ["base"])
            let content = try #require(parts.list?.first?.dictionary?["content"]?.text)
            #expect(Data(base64Encoded: content)?.prefix(2) == Data("PK".utf8))
        }
    }
}
