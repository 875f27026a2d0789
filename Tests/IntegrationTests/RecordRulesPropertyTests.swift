import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

/// Whatever rules there are and whoever calls: what comes back is what a plain statement of the rules allows.
@Suite struct RecordRulesPropertyTests {
    /// A rule's text and the condition it stands for.
    private static let demands: [RandomRules.Demand] = [
        ("[('user_id', '=', user.id)]", "user_id = \(DemoDatabase.demoUser)"),
        ("[('user_id', '=', False)]", "user_id IS NULL"),
        ("[('type', '=', 'lead')]", "type = 'lead'"),
        (
            "['|', ('priority', 'in', ['1', '3']), ('section_id', '=', False)]",
            "priority IN ('1', '3') OR section_id IS NULL"
        ),
        (
            "['!', ('partner_id.customer', '=', True)]",
            "NOT (partner_id IN (SELECT id FROM res_partner WHERE customer))"
        ),
        ("[('create_date', '<=', time.strftime('%Y-%m-%d 23:59:59'))]", "TRUE"),
        ("[(1, '=', 1)]", "TRUE"),
        ("[]", nil),
    ]

    @Test func `leads come back as the rules allow`() throws {
        try DemoDatabase.own { database in
            for seed in 1...25 {
                try database.run(keep: false) { try checkLeads(seed: seed, in: $0) }
            }
        }
    }

    private func checkLeads(seed: Int, in environment: Environment) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let rules = RandomRules(on: "crm.lead", Self.demands, &generator)
        try rules.install(in: environment)
        let demo = environment.with(uid: DemoDatabase.demoUser)
        let ids = { (mode: AccessMode) throws -> [RecordID] in
            try environment.rows("SELECT id FROM crm_lead WHERE active AND \(rules.condition(mode)) ORDER BY id")
                .integers(column: 0)
        }
        let (readable, writable) = (try ids(.read), try ids(.write))
        let all = try environment.search("crm.lead", order: "id").ids

        #expect(try demo.search("crm.lead", order: "id").ids == readable)
        #expect(try demo.records("crm.lead").count() == readable.count)
        #expect(try demo.records("crm.lead").nameSearch(NameQuery("", limit: nil)).map(\.id).sorted() == readable)
        #expect(try demo.records("crm.lead", readable).read(["name", "categ_ids"]).count == readable.count)
        let groups = try demo.records("crm.lead").readGroup(GroupRequest(fields: ["type"], by: ["type"]))
        #expect(groups.compactMap { $0["type_count"]?.integer }.reduce(0, +) == readable.count)
        let exported = try demo.call(
            "crm.lead", "export_data", .list(readable.map { .integer($0) }), [".id", "name"])
        #expect(exported.dictionary?["datas"]?.list?.count == readable.count)
        for id in all.shuffled(using: &generator).prefix(6) {
            let read = Swift.Result { try demo.records("crm.lead", [id]).read(["name"]).count }
            #expect((try? read.get()) == (readable.contains(id) ? 1 : nil))
            let written: Bool
            do {
                try demo.records("crm.lead", [id]).write(["description": "seen"])
                written = true
            } catch is RecordRuleDenied { written = false }
            #expect(written == writable.contains(id))
        }
    }
}
