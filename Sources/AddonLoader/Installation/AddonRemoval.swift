internal import Logging
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Takes addons out of a database (contract/addons.md §4, §9).
///
/// What an addon's files brought goes, the newest first, as far as it is not protected; that includes, unlike in the
/// original, records of the addon's own models, which are still known while it happens. Tables, columns, protected
/// records and what people entered stay.
struct AddonRemoval {
    /// The superuser's.
    let environment: Environment
    let logger: Logger

    /// Deletes the records and marks the addons as not installed.
    ///
    /// - Throws: What a record that cannot be deleted says.
    func removeRecords(of names: [String]) throws {
        if names.isEmpty { return }
        let removed = try records(of: names)
        var parents: [RecordID] = []
        for batch in removed {
            // The catalogue tells of models that no addon brings any more.
            guard let model = environment.registry.models[batch.model] else {
                logger.info("records of an unknown model stay", metadata: ["model": "\(batch.model)"])
                continue
            }
            // Some have gone with others.
            let living = try environment.rows("SELECT id FROM \(table: model.table) WHERE id = ANY(\(batch.ids))")
            let records = try environment.records(model.name, living.integers(column: 0))
            if model.name == "ir.ui.menu" { parents += try menusAbove(batch.ids) }
            // A group goes although somebody is in it: the administrator always is.
            if model.name == "res.groups", model.field("users") != nil { try records.write(["users": [[6, 0, []]]]) }
            try records.unlink()
        }
        try environment.rows("DELETE FROM ir_model_data WHERE module = ANY(\(names)) AND noupdate = FALSE")
        environment.noteTouched("ir.model.data")
        try removeEmptyMenus(parents)
        try environment.search("ir.module.module", [["name", "in", .list(names.map { .text($0) })]])
            .write(["state": "uninstalled"])
        for name in names { logger.info("addon removed", metadata: ["addon": "\(name)"]) }
    }

    /// Columns of the addons' fields on models that stay ask for no value any more.
    func releaseColumns(of names: [String]) throws {
        if names.isEmpty { return }
        let tables = try environment.rows(
            """
            SELECT DISTINCT f.model FROM ir_model_data AS d JOIN ir_model_fields AS f ON f.id = d.res_id \
            WHERE d.model = 'ir.model.fields' AND d.module = ANY(\(names))
            """
        ).texts(column: 0).compactMap { $0 }
        let models = tables.compactMap { environment.registry.models[$0] }.sorted { $0.name < $1.name }
        if !models.isEmpty { try SchemaSync(in: environment).apply(to: models) }
    }

    /// What is to be deleted, the newest first.
    private func records(of names: [String]) throws -> [RecordBatch] {
        let result = try environment.rows(
            """
            SELECT model, res_id FROM ir_model_data WHERE module = ANY(\(names)) AND noupdate = FALSE \
            AND res_id IS NOT NULL ORDER BY id DESC
            """)
        let records = (0..<result.rowCount).compactMap { row -> RecordReference? in
            guard let model = result.text(row, 0), let id = result.integer(row, 1) else { return nil }
            return RecordReference(model: model, id: id)
        }
        return RecordBatch.batches(of: records)
    }

    // MARK: - Menus

    private func menusAbove(_ ids: [RecordID]) throws -> [RecordID] {
        try environment.rows(
            "SELECT DISTINCT parent_id FROM ir_ui_menu WHERE id = ANY(\(ids)) AND parent_id IS NOT NULL"
        ).integers(column: 0)
    }

    /// Menus above removed ones that are left without entries, an action and a name in data files go, too, level by
    /// level. The original looks at all menus, those somebody has just made included.
    private func removeEmptyMenus(_ candidates: [RecordID]) throws {
        var candidates = candidates
        while !candidates.isEmpty {
            let empty = try environment.rows(
                """
                SELECT m.id FROM ir_ui_menu AS m WHERE m.id = ANY(\(candidates)) \
                AND NOT EXISTS (SELECT 1 FROM ir_ui_menu AS c WHERE c.parent_id = m.id) \
                AND NOT EXISTS (SELECT 1 FROM ir_values AS v WHERE v.model = 'ir.ui.menu' AND v.key = 'action' \
                AND v.res_id = m.id) \
                AND NOT EXISTS (SELECT 1 FROM ir_model_data AS d WHERE d.model = 'ir.ui.menu' AND d.res_id = m.id)
                """
            ).integers(column: 0)
            candidates = try menusAbove(empty)
            try environment.records("ir.ui.menu", empty).unlink()
        }
    }
}
