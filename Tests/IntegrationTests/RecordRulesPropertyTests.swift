import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

/// Whatever rules there are and whoever calls: what comes back is what a plain statement of the rules allows.
@Suite struct RecordRulesPropertyTests {
    /// A rule's text and the condition it stands for.
    private static let demands: [(domain: String, condition: SQL?)] = [
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

    private struct Rule {
        let demand: Int
        let modes: [AccessMode]
        let groups: [Int]
    }

    private static func condition(_ rules: [Rule], _ mode: AccessMode, memberships: Set<Int>) -> SQL {
        var everybody: [SQL] = []
        var groups: [Int: [SQL]] = [:]
        for rule in rules where rule.modes.contains(mode) {
            guard let condition = demands[rule.demand].condition else { continue }
            if rule.groups.isEmpty { everybody.append("(\(condition))") }
            for group in memberships.intersection(rule.groups) { groups[group, default: []].append("(\(condition))") }
        }
        if !groups.isEmpty {
            everybody.append("(\(groups.values.map { "(\($0.joined(by: " AND ")))" as SQL }.joined(by: " OR ")))")
        }
        return everybody.isEmpty ? "TRUE" : everybody.joined(by: " AND ")
    }

    private static func randomRules(_ generator: inout SeededGenerator) -> [Rule] {
        (0..<Int.random(in: 0...5, using: &generator)).map { _ in
            var modes = AccessMode.allCases.filter { _ in Bool.random(using: &generator) }
            if modes.isEmpty { modes = [.read] }
            return Rule(
                demand: Int.random(in: demands.indices, using: &generator), modes: modes,
                groups: (0..<3).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 })
        }
    }

    /// Puts the rules in the place of the addon's own, and the demo user in some of three groups.
    private func setUp(_ rules: [Rule], memberships: Set<Int>, in environment: Environment) throws {
        let model = try #require(try environment.search("ir.model", [["model", "=", "crm.lead"]]).ids.first)
        try environment.search("ir.rule", [["model_id", "=", .integer(model)]]).unlink()
        let members: Value = [[6, 0, [.integer(DemoDatabase.demoUser)]]]
        let groups = try (0..<3).map { number in
            try environment.create(
                "res.groups", ["name": .text("Group \(number)"), "users": memberships.contains(number) ? members : []]
            ).id
        }
        for rule in rules {
            var values: FieldValues = [
                "name": "random", "model_id": .integer(model), "domain_force": .text(Self.demands[rule.demand].domain),
                "groups": [[6, 0, .list(rule.groups.map { .integer(groups[$0]) })]],
            ]
            for mode in AccessMode.allCases {
                values["perm_" + mode.rawValue] = .boolean(rule.modes.contains(mode))
            }
            try environment.create("ir.rule", values)
        }
    }

    @Test func `leads come back as the rules allow`() throws {
        try DemoDatabase.own { database in
            for seed in 1...25 {
                try database.run(keep: false) { try checkLeads(seed: seed, in: $0) }
            }
        }
    }

    private func checkLeads(seed: Int, in environment: Environment) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let rules = Self.randomRules(&generator)
        let memberships = Set((0..<3).filter { _ in Bool.random(using: &generator) })
        try setUp(rules, memberships: memberships, in: environment)
        let demo = environment.with(uid: DemoDatabase.demoUser)
        let ids = { (mode: AccessMode) throws -> [RecordID] in
            let condition = Self.condition(rules, mode, memberships: memberships)
            return try environment.rows("SELECT id FROM crm_lead WHERE active AND \(condition) ORDER BY id")
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
