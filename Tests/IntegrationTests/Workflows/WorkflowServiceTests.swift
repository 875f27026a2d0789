import Foundation
import ORM
import TestSupport
import Testing
import Values

@testable import Services

/// Workflows as clients and other processes meet them.
@Suite struct WorkflowServiceTests {
    /// A workflow of cities, which brings itself along as data.
    private static let files: [String: String] = [
        "__openerp__.py": "{'name': 'Town', 'depends': ['base'], 'update_xml': ['flow.xml'], 'installable': True}",
        "flow.xml": """
        <openerp><data>
            <record id="flow" model="workflow">
                <field name="name">Town</field><field name="osv">town.gate</field><field name="on_create">True</field>
            </record>
            <record id="shut" model="workflow.activity">
                <field name="wkf_id" ref="flow"/><field name="name">shut</field><field name="flow_start">True</field>
                <field name="kind">function</field><field name="action">write({'state': 'shut'})</field>
            </record>
            <record id="open" model="workflow.activity">
                <field name="wkf_id" ref="flow"/><field name="name">open</field><field name="flow_stop">True</field>
                <field name="kind">function</field><field name="action">write({'state': 'open'})</field>
            </record>
            <record id="opening" model="workflow.transition">
                <field name="act_from" ref="shut"/><field name="act_to" ref="open"/><field name="signal">open</field>
            </record>
            <record id="north" model="town.gate"><field name="name">North</field></record>
        </data></openerp>
        """,
    ]

    private static let town = AddonModels(
        "town",
        definitions: [
            .introducing("town.gate") { model in
                model.fields = [.char("name", "Name", size: 16), .char("state", "State", size: 16)]
            }
        ])

    private func withTown(_ body: (ServerProcess, ServerProcess, DemoDatabase) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-town-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let addon = folder.appendingPathComponent("town")
        try FileManager.default.createDirectory(at: addon, withIntermediateDirectories: true)
        for (name, text) in Self.files { try Data(text.utf8).write(to: addon.appendingPathComponent(name)) }
        try ServerProcess.pair(addons: [Self.town], folders: [folder.path]) { first, second, database in
            try first.databases.install(["town"], in: database.name) { _ in }
            try body(first, second, database)
        }
    }

    @Test func `a workflow of a data file is at work, and a signal moves its records`() throws {
        try withTown { first, _, database in
            let gates = try first.call(database, "town.gate", "search", [])
            let gate = try #require(gates.list?.first)
            func state() throws -> Value? {
                try first.call(database, "town.gate", "read", gate, ["state"]).dictionary?["state"]
            }
            #expect(try state() == "shut")
            for (signal, model, id) in [
                ("shout", "town.gate", gate), ("", "town.gate", gate), ("open", "town.gate", 9999),
                ("open", "no.model", gate), ("open", "res.partner", 1), ("open", "town.gate", false),
            ] as [(Value, String, Value)] {
                #expect(try first.signal(signal, to: model, id, in: database) == false)
            }
            #expect(try state() == "shut")
            // No right on the model is needed for the signal, but for what the action does.
            #expect(throws: Fault.self) {
                try first.signal("open", to: "town.gate", gate, in: database, as: DemoDatabase.demoUser)
            }
            #expect(try first.signal("open", to: "town.gate", gate, in: database) == false)
            #expect(try state() == "open")
        }
    }

    @Test func `what one process changes of a workflow the other one knows at once`() throws {
        try withTown { first, second, database in
            for process in [first, second] { try process.call(database, "town.gate", "create", ["name": "a"]) }
            let action = try first.call(database, "workflow.activity", "search", [["name", "=", "shut"]])
            try first.call(database, "workflow.activity", "write", action, ["action": "write({'state': 'barred'})"])
            let gate = try second.call(database, "town.gate", "create", ["name": "b"])
            let read = try second.call(database, "town.gate", "read", gate, ["state"])
            #expect(read.dictionary?["state"] == "barred")
        }
    }

    @Test func `a signal needs all its parameters`() throws {
        try ServerProcess.pair { first, _, database in
            let services = RPCServices(first.databases, logger: DemoTemplate.quiet)
            var code: Value?
            services.run(
                ServiceRequest(
                    service: "object",
                    call: MethodCall("exec_workflow", [.text(database.name), 1, "admin", "res.partner"]),
                    address: "192.0.2.1")
            ) { answer, _ in if case .fault(let fault) = answer { code = fault.code } }
            #expect(code == "exec_workflow() takes exactly 5 arguments (3 given)")
        }
    }
}
