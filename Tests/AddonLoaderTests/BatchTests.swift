import ORM
import PostgreSQL
import Testing
import Values

@testable import AddonLoader

@Suite struct BatchTests {
    /// How many statements it takes to install so many benches.
    private func statements(for count: Int) throws -> Int {
        var statements = 0
        try withInstalledDatabase(addons: Park.addon(["benches.xml": Park.file(Park.benches(1...count))])) { database in
            try database.install(extra: [Park.first]) { environment in
                statements = environment.transaction.statements
                #expect(try environment.search("park.bench").count == count)
                let last = try environment.record(externalID: "park.b\(count)")
                #expect(try last?.integer("seats") == count)
            }
        }
        return statements
    }

    @Test func `three hundred records take a few statements more than one`() throws {
        #expect(try statements(for: 300) - statements(for: 1) < 10)
    }

    struct Case: CustomTestStringConvertible {
        let bad: String, reason: String
        var testDescription: String { reason }
    }

    @Test(arguments: [
        Case(
            bad: Park.bench("bad", "Bench 7", "<field name=\"seats\">1</field>"),
            reason: "park_bench_name_uniq"),
        Case(
            bad: Park.bench("bad", "Bad", "<field name=\"seats\">-1</field>"), reason: "A bench has a seat at least."),
        Case(
            bad:
                "<record id=\"bad\" model=\"park.bench\"><field name=\"name\"/><field name=\"seats\">1</field></record>",
            reason: "name"),
    ])
    func `one bad record among many is told by its line`(_ example: Case) throws {
        let tags = Park.benches(1...120) + "\n\(example.bad)\n" + Park.benches(121...200)
        try withInstalledDatabase(addons: Park.addon(["benches.xml": Park.file(tags)])) { database in
            let error = try #require(throws: LoadError.self) { try database.install(extra: [Park.first]) }
            #expect(error.description.hasPrefix("park/benches.xml:122: record park.bad: "), "\(error)")
            #expect(error.description.contains(example.reason), "\(error)")
        }
    }

    @Test func `a bad row among many is told by its line`() throws {
        let rows = (1...90).map { "b\($0),Bench \($0),\($0 == 50 ? -1 : $0)\r\n" }
        let file = "id,name,seats\r\n" + rows.joined()
        try withInstalledDatabase(addons: Park.addon(["park.bench.csv": file])) { database in
            let error = try #require(throws: LoadError.self) { try database.install(extra: [Park.first]) }
            #expect(error.description.hasPrefix("park/park.bench.csv:51: record park.b50: "), "\(error)")
        }
    }
}
