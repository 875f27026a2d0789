import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

/// Record rules on one model out of numbers that look random, with what they come to for the demo user in plain SQL.
struct RandomRules {
    /// A rule's text and the condition it stands for; nil adds nothing.
    typealias Demand = (domain: String, condition: SQL?)

    private struct Rule {
        let demand: Int
        let modes: [AccessMode]
        let groups: [Int]
    }

    let model: ModelName
    private let demands: [Demand]
    private let rules: [Rule]
    /// In which of three groups the demo user is.
    private let memberships: Set<Int>

    init(on model: ModelName, _ demands: [Demand], _ generator: inout SeededGenerator) {
        self.model = model
        self.demands = demands
        rules = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
            var modes = AccessMode.allCases.filter { _ in Bool.random(using: &generator) }
            if modes.isEmpty { modes = [.read] }
            return Rule(
                demand: Int.random(in: demands.indices, using: &generator), modes: modes,
                groups: (0..<3).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 })
        }
        memberships = Set((0..<3).filter { _ in Bool.random(using: &generator) })
    }

    /// What the rules leave of the model's rows.
    func condition(_ mode: AccessMode) -> SQL {
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

    /// The records the rules leave, inactive ones included.
    func ids(_ mode: AccessMode, in environment: Environment) throws -> Set<RecordID> {
        let table = try environment.registry.model(model).table
        return Set(
            try environment.rows("SELECT \"id\" FROM \(table: table) WHERE \(condition(mode))").integers(column: 0))
    }

    /// Puts the rules in the place of the addon's own, and the demo user in his groups.
    func install(in environment: Environment) throws {
        let described = try #require(try environment.search("ir.model", [["model", "=", .text(model)]]).ids.first)
        try environment.search("ir.rule", [["model_id", "=", .integer(described)]]).unlink()
        let members: Value = [[6, 0, [.integer(DemoDatabase.demoUser)]]]
        let groups = try (0..<3).map { number in
            try environment.create(
                "res.groups",
                ["name": .text("\(model) \(number)"), "users": memberships.contains(number) ? members : []]
            ).id
        }
        for rule in rules {
            var values: FieldValues = [
                "name": "random", "model_id": .integer(described),
                "domain_force": .text(demands[rule.demand].domain),
                "groups": [[6, 0, .list(rule.groups.map { .integer(groups[$0]) })]],
            ]
            for mode in AccessMode.allCases {
                values["perm_" + mode.rawValue] = .boolean(rule.modes.contains(mode))
            }
            try environment.create("ir.rule", values)
        }
    }
}
