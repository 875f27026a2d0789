internal import Logging
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Deletes the records of addons whose external ids have left their files (contract/addons.md §9).
///
/// The mark that an external id was stored with decides, not that of a file: protected ones stay, and so do those
/// without any mark, the descriptions of models and fields. What refuses to be deleted stays, too, with its id, until
/// the next upgrade tries again.
struct OrphanRemoval {
    /// The superuser's.
    let environment: Environment
    /// Knows which ids the files name.
    let book: ExternalIDBook
    let logger: Logger

    /// - Parameter addons: All of whose files have just been loaded.
    func remove(from addons: [String]) throws {
        try book.flush()
        for batch in try orphans(of: addons) {
            guard environment.registry.models[batch.model] != nil else {
                logger.info("records of an unknown model stay", metadata: ["model": "\(batch.model)"])
                continue
            }
            let refused = try unlink(batch.ids[...], of: batch.model)
            for id in refused {
                logger.warning("Could not delete id: \(id) of model \(batch.model)")
            }
        }
        try book.forget()
    }

    /// The newest first, so that what refers to others goes before them.
    private func orphans(of addons: [String]) throws -> [RecordBatch] {
        let result = try environment.rows(
            """
            SELECT module, name, model, res_id FROM ir_model_data WHERE module = ANY(\(addons)) \
            AND noupdate = FALSE AND res_id IS NOT NULL ORDER BY id DESC
            """)
        let orphans = (0..<result.rowCount).compactMap { row -> RecordReference? in
            guard let module = result.text(row, 0), let name = result.text(row, 1), let model = result.text(row, 2),
                let id = result.integer(row, 3), !book.isMet(module, name)
            else { return nil }
            logger.info("Deleting \(id)@\(model)")
            return RecordReference(model: model, id: id)
        }
        return RecordBatch.batches(of: orphans)
    }

    /// Deletes what can be deleted, all together where nothing refuses.
    ///
    /// - Returns: What cannot.
    private func unlink(_ ids: ArraySlice<RecordID>, of model: ModelName) throws -> [RecordID] {
        do {
            try environment.savepoint {
                let records = try environment.records(model, Array(ids))
                if model == "workflow.activity" { try environment.registry.ports.workflows.handBack(records) }
                try records.unlink()
            }
            return []
        } catch  where error.isRefusal {
            if ids.count == 1 {
                logger.info("record refused to go", metadata: ["model": "\(model)", "reason": "\(error)"])
                return Array(ids)
            }
            let middle = ids.startIndex + ids.count / 2
            return try unlink(ids[..<middle], of: model) + unlink(ids[middle...], of: model)
        }
    }
}
