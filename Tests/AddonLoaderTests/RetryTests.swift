import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@testable import AddonLoader

@Suite struct RetryTests {
    /// One record is created alone, two are created together first.
    @Test(arguments: [1, 2])
    func `a new record that meets another session's change may succeed a second time`(count: Int) throws {
        let folder = try TemporaryAddons(["base": TemporaryAddons.manifest(), "zoo": zoo(Self.cat)])
        let error = try #require(throws: PostgreSQLError.self) {
            try withScratchDatabase(models: []) { database in
                try database.run { _ = try Load(folder: folder, transaction: $0.transaction).install() }
                let animals = (1...count).map { number in
                    "<record id=\"a\(number)\" model=\"zoo.animal\"><field name=\"name\">\(number)</field>"
                        + "<field name=\"species_id\" ref=\"cat\"/></record>"
                }
                let file = "<openerp><data>\(animals.joined())</data></openerp>"
                try folder.write(file, to: "zoo.xml", of: "zoo")
                try database.run { environment in
                    _ = try environment.rows("SELECT id FROM zoo_species")
                    // From here on the transaction does not see what others do.
                    try database.run { other in
                        _ = try other.rows("SET LOCAL lock_timeout = '5s'")
                        _ = try other.rows("DELETE FROM zoo_species")
                    }
                    _ = try Load(folder: folder, transaction: environment.transaction).upgrade()
                }
            }
        }
        #expect(error.isRetryable)
    }

    private static let cat = "<record id=\"cat\" model=\"zoo.species\"><field name=\"name\">Cat</field></record>"
}
