import ORM
import PostgreSQL
import TestSupport
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

    private static let count = 10_000

    /// Statements of an installation and of an upgrade with so many records; the numbers of the upgrade are others.
    private func statements(_ name: String, _ file: (_ number: (Int) -> Int) -> String) throws -> (Int, Int) {
        var (installation, upgrade) = (0, 0)
        try withInstalledDatabase(addons: Park.addon([name: file { $0 }])) { database in
            try database.install(extra: [Park.first]) { environment in
                installation = environment.transaction.statements
                let benches = try environment.search("park.bench")
                #expect(benches.count == Self.count)
            }
            try database.folder.write(file { $0 + 1 }, to: name, of: "park")
            try database.upgrade(extra: [Park.first]) { environment in
                upgrade = environment.transaction.statements
                let last = try environment.record(externalID: "park.b\(Self.count)")
                #expect(try last?.integer("seats") == Self.count + 1)
            }
        }
        return (installation, upgrade)
    }

    @Test func `ten thousand tags take some statements a thousand`() throws {
        let (installation, upgrade) = try statements("benches.xml") { number in
            Park.file(
                (1...Self.count).map {
                    Park.bench("b\($0)", "Bench \($0)", "<field name=\"seats\">\(number($0))</field>")
                }.joined(separator: "\n"))
        }
        #expect(installation < 250 && upgrade < 250, "\(installation) and \(upgrade)")
    }

    @Test func `ten thousand rows take a few statements`() throws {
        let (installation, upgrade) = try statements("park.bench.csv") { number in
            "id,name,seats,donor_id:id,state_id\n"
                + (1...Self.count).map { "b\($0),Bench \($0),\(number($0)),base.main_partner,Texas\n" }.joined()
        }
        #expect(installation < 200 && upgrade < 200, "\(installation) and \(upgrade)")
    }

    @Test func `rows of different fields are made together`() throws {
        let tags = (1...300).map { number in
            Park.bench("b\(number)", "B \(number)", number.isMultiple(of: 2) ? "<field name=\"seats\">2</field>" : "")
        }
        try withInstalledDatabase(addons: Park.addon(["benches.xml": Park.file(tags.joined())])) { database in
            try database.install(extra: [Park.first]) { environment in
                #expect(environment.transaction.statements < 250)
                let last = try environment.record(externalID: "park.b300")
                #expect(try last?.integer("seats") == 2)
                let other = try environment.record(externalID: "park.b299")
                #expect(try other?.integer("seats") == 0)
            }
        }
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
