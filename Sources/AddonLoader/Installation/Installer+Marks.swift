internal import Logging
internal import ORM
public import PostgreSQL
internal import SQL
internal import Values

/// What people order by marking addons, and what takes addons away.
extension Installer {
    /// Installs, upgrades and removes what is marked so, in the transaction of a call and on its environment.
    ///
    /// The original commits addon by addon. Here all of them are one change: when one fails, the database, marks
    /// included, is as it was before the call.
    ///
    /// - Throws: `LoadError`, and `UserError` while somebody else is at it.
    func carryOutMarks(in caller: Environment) throws {
        try claim(caller.transaction)
        let environment = caller.superuser.with(context: Context())
        _ = try AddonDirectory(environment: environment).update(addons)
        let marks = try Marks(reading: environment)
        if marks.removed.contains("base") { throw LoadError.permanent("base") }
        let removal = AddonRemoval(environment: environment, logger: logger)
        try removal.removeRecords(of: marks.removed)
        let installed = try InstalledAddons(reading: caller.transaction)
        // One whose folder is gone stays marked, and out, until it is there again (contract/addons.md §9).
        let order = try order(installed, with: marks.new + marks.upgraded.filter { addons.folders[$0] != nil })
        let plan = Plan(
            order, over: installed, upgraded: marks.upgraded, hasDemoData: false,
            custom: try installed.custom(ports, in: caller.transaction))
        environment.adopt(try addons.registry(of: order, custom: plan.custom, ports: ports))
        try removal.releaseColumns(of: marks.removed)
        if !plan.loaded.isEmpty { try run(plan, environment) }
        let told: Logger.Metadata = [
            "loaded": "\(plan.loaded.joined(separator: ", "))", "removed": "\(marks.removed.joined(separator: ", "))",
            "user": "\(caller.uid)",
        ]
        caller.transaction.afterCommit.append { [logger] in logger.notice("addons changed", metadata: told) }
    }

    /// Removes addons with the records they brought. Tables and columns stay, and with them what people entered.
    ///
    /// - Throws: `LoadError.notInstalled`, `.permanent` or `.needed`; what refuses to be deleted.
    public func uninstall(_ names: [String], in transaction: Transaction) throws {
        let installed = try locked(transaction)
        if let missing = names.first(where: { !installed.names.contains($0) }) { throw LoadError.notInstalled(missing) }
        if names.contains("base") { throw LoadError.permanent("base") }
        let order = addons.order(of: installed)
        for name in names {
            let others = AddonGraph.dependants(of: [name], among: order, addons: addons.folders)
            let staying = others.filter { !names.contains($0) }
            if !staying.isEmpty { throw LoadError.needed(name, by: staying) }
        }
        let environment = Environment(
            registry: try installed.registry(among: addons, ports: ports, in: transaction), transaction: transaction,
            uid: Environment.superuserID)
        let removal = AddonRemoval(environment: environment, logger: logger)
        try removal.removeRecords(of: names)
        let rest = try InstalledAddons(reading: transaction)
        environment.adopt(try rest.registry(among: addons, ports: ports, in: transaction))
        try removal.releaseColumns(of: names)
    }

    /// Has the database to itself as far as addons go, until the end of the transaction.
    ///
    /// - Throws: `UserError` at once when somebody else has it: a call should not hold its worker for as long as an
    ///   installation takes.
    private func claim(_ transaction: Transaction) throws {
        guard
            try transaction.rows(
                "SELECT pg_try_advisory_xact_lock(hashtext('installation of addons'))"
            ).boolean(0, 0) == true
        else {
            throw UserError(
                "Warning", "Modules of this database are being installed or upgraded. Try again when that is done.")
        }
        // A call that began to look before another installation ended must not go on with what it saw: PostgreSQL
        // refuses it this row, and the call is run again.
        try transaction.rows("UPDATE ir_module_module SET write_date = now() AT TIME ZONE 'UTC' WHERE name = 'base'")
    }
}

/// What is marked in a database.
private struct Marks {
    private(set) var new: [String] = []
    private(set) var upgraded: [String] = []
    private(set) var removed: [String] = []

    init(reading environment: Environment) throws {
        let result = try environment.rows(
            """
            SELECT name, state FROM ir_module_module WHERE state IN ('to install', 'to upgrade', 'to remove') \
            ORDER BY name
            """)
        for row in 0..<result.rowCount {
            guard let name = result.text(row, 0) else { continue }
            switch result.text(row, 1) {
            case "to install": new.append(name)
            case "to upgrade": upgraded.append(name)
            default: removed.append(name)
            }
        }
    }
}
