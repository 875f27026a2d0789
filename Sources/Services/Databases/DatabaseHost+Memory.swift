internal import Logging
internal import ORM

extension DatabaseHost {
    /// What the engine asks of a database's records, set up as the server is.
    func ports(of name: String) -> Ports {
        var ports = provisioner.makePorts()
        ports.transience = settings.transience
        ports.overlooked = OverlookedFields { [logger] met in
            logger.notice(
                "a call names what is no field: it is overlooked, and from now on counted",
                metadata: metadata(of: met, in: name))
        }
        return ports
    }

    /// Ends what a database's memory goes on doing, and says what was counted in it.
    func end(_ memory: DatabaseMemory, of name: String) {
        memory.endHearing()
        for (met, count) in memory.ports.overlooked.all.sorted(by: { $0.key < $1.key }) {
            logger.notice(
                "calls have named what is no field",
                metadata: metadata(of: met, in: name).merging(["count": "\(count)"]) { $1 })
        }
    }
}

/// A name that a call has used, as the log may hold it.
private func metadata(of met: OverlookedFields.Name, in database: String) -> Logger.Metadata {
    ["database": "\(database)", "model": "\(met.model)", "field": "\(met.field.quotedForLog)"]
}
