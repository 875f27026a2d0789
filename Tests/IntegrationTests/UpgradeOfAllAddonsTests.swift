import AddonLoader
import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@Suite struct UpgradeOfAllAddonsTests {
    /// All external ids with what they stand for.
    private func externalIDs(_ database: DemoDatabase) throws -> [String?] {
        try database.run(keep: false) { environment in
            try environment.rows(
                "SELECT module || '.' || name || ' ' || model || ',' || res_id FROM ir_model_data ORDER BY 1"
            ).texts(column: 0)
        }
    }

    @Test func `an upgrade of all addons takes nothing away and adds nothing`() throws {
        try DemoDatabase.own { database in
            let before = try externalIDs(database)
            #expect(before.count > 1000)
            try database.settings.transaction { transaction in
                _ = try DemoTemplate.installer.upgrade(["base"], in: transaction)
            }
            let after = try externalIDs(database)
            #expect(Set(before).symmetricDifference(after).isEmpty)
        }
    }
}
