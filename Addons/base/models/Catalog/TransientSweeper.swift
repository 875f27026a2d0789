internal import ORM
internal import Values

/// What a timer calls to have records of transient models deleted that nobody needs any more (contract/orm.md §13).
enum TransientSweeper {
    static let definition = ModelDefinition.introducing("osv_memory.autovacuum", transient: true) { model in
        model.remote = [
            .modelMethod("power_on", writes: true, [.context]) { environment, _ in
                try environment.superuser.sweepTransientRecords()
                return true
            }
        ]
    }
}
