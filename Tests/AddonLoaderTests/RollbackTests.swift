import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@testable import AddonLoader

@Suite struct RollbackTests {
    private static let changeOfBase = Park.file(
        "<record id=\"base.main_partner\" model=\"res.partner\"><field name=\"name\">The park</field></record>")
    private static let broken = Park.file(
        "<record id=\"x\" model=\"park.bench\">\n<field name=\"legs\">4</field></record>")

    @Test func `an error in the third file leaves neither tables nor rows behind`() throws {
        let addons = Park.addon([
            "one.xml": Park.file(Park.benches(1...3)), "two.xml": Self.changeOfBase, "three.xml": Self.broken,
        ])
        try withInstalledDatabase(addons: addons) { database in
            let before = try database.snapshot()
            #expect(before.count > 30)
            #expect(
                throws: LoadError.unknownField("legs", of: "park.bench", at: .init(file: "park/three.xml", line: 3))
            ) {
                try database.install(extra: [Park.first])
            }
            #expect(try database.snapshot() == before)

            try database.folder.write(Park.file(Park.bench("x", "X")), to: "three.xml", of: "park")
            try database.install(extra: [Park.first])
            try database.transaction { transaction in
                let installed = try InstalledAddons(reading: transaction)
                #expect(installed.names == ["base", "park"])
                #expect(try transaction.rows("SELECT id FROM park_bench").rowCount == 4)
            }
            let after = try database.snapshot()
            #expect(after["park_bench"] != nil && after["res_partner"] != before["res_partner"])
        }
    }

    @Test func `an upgrade that fails leaves the database as it was`() throws {
        let addons = Park.addon(["one.xml": Park.file(Park.benches(1...3)), "two.xml": "", "three.xml": ""])
        try withInstalledDatabase(addons: addons) { database in
            for file in ["two.xml", "three.xml"] { try database.folder.write(Park.file(""), to: file, of: "park") }
            try database.install(extra: [Park.first])
            let before = try database.snapshot()
            try database.folder.write(Self.changeOfBase, to: "two.xml", of: "park")
            try database.folder.write(Self.broken, to: "three.xml", of: "park")
            #expect(throws: LoadError.self) { try database.upgrade(extra: [Park.second]) }
            #expect(try database.snapshot() == before)
        }
    }

    @Test func `the first addon of several is taken back, too`() throws {
        let addons = Park.addon(["one.xml": Park.file(Park.benches(1...3))]).merging([
            "lake": TemporaryAddons.manifest(depends: ["park"], "'data': ['lake.xml']").merging([
                "lake.xml": Self.broken
            ]) { $1 }
        ]) { $1 }
        try withInstalledDatabase(addons: addons) { database in
            let before = try database.snapshot()
            #expect(throws: LoadError.self) { try database.install(["lake"], extra: [Park.first]) }
            #expect(try database.snapshot() == before)
        }
    }
}
