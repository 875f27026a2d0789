import Domain
import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

/// Well-formed but absurd calls of everything clients may call: each is answered or refused in words, and the
/// transaction goes on from where it was.
@Suite struct HostileCallsTests {
    private static let callsPerMethod = 5

    @Test(arguments: DemoTemplate.modelNames)
    func `absurd arguments are answered or refused in words`(model: String) throws {
        try DemoDatabase.own { database in
            try database.run(keep: false) { environment in
                var generator = HostileValues(
                    seed: UInt64(truncatingIfNeeded: model.utf8.reduce(7) { $0 &* 31 &+ Int($1) }),
                    model: try environment.registry.model(model))
                for method in RemoteCall.methods(of: try environment.registry.model(model)) {
                    for _ in 0..<Self.callsPerMethod {
                        let caller = environment.with(uid: Bool.random(using: &generator) ? 1 : DemoDatabase.demoUser)
                        let arguments = generator.arguments(for: method)
                        try attempt(method.name, of: model, arguments, in: caller)
                    }
                }
                #expect(try environment.records("res.users", [1]).exist())
            }
        }
    }

    private func attempt(
        _ method: String, of model: String, _ arguments: [Value], in environment: Environment
    ) throws {
        do {
            try environment.transaction.savepoint {
                _ = try RemoteCall(method, of: model, in: environment.registry, positional: arguments)
                    .run(in: environment).value
                // What was done goes, so that no call builds on another.
                throw Undone()
            }
        } catch is Undone, is UserError, is AccessDenied, is ModelAccessDenied, is RecordRuleDenied,
            is ValidationFailure, is ORMError, is DomainError
        {
            return
        } catch let error as PostgreSQLError {
            // Values that the columns, or the rules of the tables, do not take. A statement that is wrong in itself
            // would be our fault.
            let state = error.serverMessage?.sqlState ?? ""
            let isRefusal = ["22", "23", "54"].contains(String(state.prefix(2)))
            #expect(isRefusal, "\(model).\(method)(\(arguments.map(\.pythonText))): \(error)")
        } catch {
            Issue.record("\(model).\(method)(\(arguments.map(\.pythonText))): \(error)")
        }
    }

    private struct Undone: Error {}
}

/// Values nobody in his right mind would send, many of them about a model's real fields.
private struct HostileValues: RandomNumberGenerator {
    private var generator: SeededGenerator
    private let fields: [FieldName]

    init(seed: UInt64, model: Model) {
        generator = SeededGenerator(seed: seed)
        fields = model.fieldNames + ["id", "create_uid", "no_such_field", "partner_id.name", ""]
    }

    mutating func next() -> UInt64 { generator.next() }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self)]
    }

    /// Mostly as many as the method takes, at times one more or less; mostly of the kind a parameter wants, so that calls
    /// come far before they fail.
    mutating func arguments(for method: RemoteMethod) -> [Value] {
        let names = method.signature?.parameters.map(\.name) ?? ["ids", "", ""]
        let count = max(0, names.count + pick([0, 0, 0, 0, 0, 0, -1, 1]))
        return (0..<count).map { place in
            guard place < names.count, Int.random(in: 0..<5, using: &self) > 0 else { return value(depth: 0) }
            switch names[place] {
            case "ids", "id": return ids()
            case "args", "domain": return .list(domain(depth: 1))
            case "vals", "default", "values": return .dictionary(dictionary(depth: 0))
            case "fields", "fields_list", "groupby": return .list((0..<3).map { _ in .text(pick(fields)) })
            case "context": return pick([.null, [:], ["active_test": false, "lang": "xx_YY", "tz": "Mars"]])
            case "offset", "limit": return .integer(pick([0, 1, 80, -1, .max]))
            default: return value(depth: 1)
            }
        }
    }

    private mutating func ids() -> Value {
        pick([[1], [1, 2, 3], [2, 2], [], 1, [99_999], [0], ["1"], false])
    }

    private mutating func value(depth: Int) -> Value {
        switch Int.random(in: 0..<(depth > 2 ? 6 : 11), using: &self) {
        case 0: return pick([.null, true, false])
        case 1: return .integer(pick([0, 1, 2, 3, 7, -1, 2_147_483_647, -2_147_483_648, 4_294_967_296, .max]))
        case 2: return .float(pick([0, -0.5, 1e300, -1e-300, 0.1]))
        case 3:
            return .text(pick(["", "x", "1", "%", "_%", "'; --", "\\", "ünï\u{1F600}", "2011-13-45", "a,b", "False"]))
        case 4: return .text(String(repeating: "long ", count: pick([1, 100, 20_000])))
        case 5: return .text(pick(fields))
        case 6: return .list((0..<pick([0, 1, 2, 5])).map { _ in .integer(pick([1, 2, 3, 4, 99_999, -5])) })
        case 7: return .list((0..<pick([0, 1, 3])).map { _ in value(depth: depth + 1) })
        case 8: return .dictionary(dictionary(depth: depth))
        case 9: return .list(domain(depth: depth))
        default:
            return .list([
                .integer(pick([0, 1, 2, 3, 4, 5, 6, 7])), .integer(pick([0, 1, 9])), value(depth: depth + 1),
            ])
        }
    }

    private mutating func dictionary(depth: Int) -> FieldValues {
        var values: FieldValues = [:]
        for _ in 0..<pick([0, 1, 2, 4]) { values[pick(fields)] = value(depth: depth + 1) }
        return values
    }

    private mutating func domain(depth: Int) -> [Value] {
        (0..<pick([0, 1, 2, 4])).map { _ in
            if Int.random(in: 0..<4, using: &self) == 0 { return .text(pick(["&", "|", "!", "^"])) }
            let comparison = pick(Comparison.allCases.map(\.rawValue) + ["LIKE", ""])
            return [.text(pick(fields)), .text(comparison), value(depth: depth + 1)]
        }
    }
}
