public import ORM
public import PostgreSQL
internal import SQL

/// Which addons a database has.
public struct InstalledAddons: Sendable {
    /// Names; empty for a database that has none yet.
    public let names: Set<String>
    /// Those that are marked to have demo data, also among the ones that are to be installed.
    let demo: Set<String>

    /// Whether new addons bring their demo data.
    public var hasDemoData: Bool { demo.contains("base") }

    /// Whether there is the addon that every database has.
    public var isComplete: Bool { names.contains("base") }

    /// Addons in one of these states have their tables and records in the database.
    public static let present = ["installed", "to upgrade", "to remove"]

    public init(reading transaction: Transaction) throws {
        let table = try transaction.rows("SELECT to_regclass('public.ir_module_module')")
        guard table.text(0, 0) != nil else {
            names = []
            demo = []
            return
        }
        let result = try transaction.rows(
            """
            SELECT name, state = ANY(\(Self.present)), demo FROM ir_module_module \
            WHERE state = ANY(\(Self.present + ["to install"]))
            """)
        var (names, demo): (Set<String>, Set<String>) = ([], [])
        for row in 0..<result.rowCount {
            guard let name = result.text(row, 0) else { continue }
            if result.boolean(row, 1) == true { names.insert(name) }
            if result.boolean(row, 2) == true { demo.insert(name) }
        }
        (self.names, self.demo) = (names, demo)
    }

    /// The registry the database works with. Addons that cannot be loaded are kept as data: their tables stay, their
    /// models are not known.
    public func registry(
        among addons: AddonCollection, ports: Ports, in transaction: Transaction
    ) throws -> Registry {
        try addons.registry(of: addons.order(of: self), custom: custom(ports, in: transaction), ports: ports)
    }

    /// What people have added to the addons' models.
    func custom(_ ports: Ports, in transaction: Transaction) throws -> CustomModels {
        isComplete ? try ports.catalog.customModels(in: transaction) : CustomModels()
    }
}
