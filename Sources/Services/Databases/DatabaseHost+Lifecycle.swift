internal import Foundation
internal import Logging
internal import ORM
internal import PostgreSQL
internal import Values

/// Creating, copying, dumping and dropping databases as a whole. A database is out of service while it happens.
extension DatabaseHost {
    /// Creates a database, fills it and waits until it is done. When filling fails the database is dropped again.
    ///
    /// - Parameter progress: Gets the finished part, 0 to 1.
    public func create(_ order: DatabaseOrder, progress: (Double) -> Void) throws {
        try reserveNew(order.name)
        _ = try fillReserved(order, progress: progress)
    }

    /// Makes the empty database and keeps it out of service until it is filled.
    func reserveNew(_ name: String) throws {
        try reserve([name])
        do {
            guard try !server.databaseExists(name) else { throw ServiceError.databaseExists(name) }
            try server.createDatabase(name)
        } catch {
            release([name])
            throw error
        }
    }

    /// Fills the database that `reserveNew` made, and puts it into service; who can log in to it.
    func fillReserved(_ order: DatabaseOrder, progress: (Double) -> Void) throws -> [FirstUser] {
        defer { release([order.name]) }
        do {
            let users = try changing(order.name) { transaction in
                let environment = try provisioner.provision(order, in: transaction, progress: progress)
                if order.language != Environment.sourceLanguage {
                    try environment.registry.ports.translator.begin(with: order.language, in: environment)
                }
                try environment.record("res.users", Environment.superuserID).write([
                    "password": .text(order.password), "context_lang": .text(order.language), "active": true,
                ])
                return try FirstUser.all(in: environment, order, authentication)
            }
            logger.notice("database created", metadata: ["name": "\(order.name)"])
            return users
        } catch {
            dropHalfMade(order.name)
            throw error
        }
    }

    /// Nothing is left of a database that could not be made. The failure itself is what the caller must hear of, so one
    /// of tidying up after it is only told in the log.
    private func dropHalfMade(_ name: String) {
        pool.closeConnections(to: name)
        for pause in [0, 0.5, 2, 5] {
            // PostgreSQL may be starting again after what has made the first attempt fail.
            if pause > 0 { Thread.sleep(forTimeInterval: pause) }
            do {
                return try server.dropDatabase(name)
            } catch {
                if error.serverMessage?.sqlState == "3D000" { return }
                logger.debug("half-made database not dropped yet", metadata: ["name": "\(name)", "error": "\(error)"])
            }
        }
        logger.error(
            "a half-made database is left; drop it with: apus database drop \(name)", metadata: ["name": "\(name)"])
    }

    /// Deletes a database for good.
    public func drop(_ name: String) throws {
        try exclusively(name) {
            do {
                try server.dropDatabase(name)
            } catch let error as PostgreSQLError {
                throw ServiceError.failed("Couldn't drop database \(name): \(error.clientText)")
            }
        }
        logger.notice("database dropped", metadata: ["name": "\(name)"])
    }

    /// Gives a database another name.
    public func rename(_ name: String, to newName: String) throws {
        try exclusively(name, newName) {
            do {
                try server.renameDatabase(name, to: newName)
            } catch let error as PostgreSQLError {
                throw ServiceError.failed("Couldn't rename database \(name) to \(newName): \(error.clientText)")
            }
        }
    }

    /// Makes a second database with the same content.
    public func copy(_ name: String, to newName: String) throws {
        try exclusively(name, newName) {
            guard try !server.databaseExists(newName) else { throw ServiceError.databaseExists(newName) }
            // Nobody may be connected to a database that is copied; listeners come again by themselves.
            try server.endSessions(named: ChangeNotice.listenerName, of: name)
            try server.createDatabase(newName, template: name)
        }
    }

    /// Writes a dump in `pg_dump`'s custom format to a file.
    public func dump(_ name: String, into path: String) throws {
        guard try server.databaseExists(name) else {
            throw ServiceError.failed("Couldn't dump database")
        }
        try DatabaseDump(connectionSettings).write(database: name, into: path)
    }

    /// Makes a database from a dump file; when that fails nothing is left of it.
    public func restore(_ name: String, from path: String) throws {
        try exclusively(name) {
            guard try !server.databaseExists(name) else { throw ServiceError.failed("Database already exists") }
            try server.createDatabase(name)
            do {
                try DatabaseDump(connectionSettings).restore(database: name, from: path)
            } catch {
                logger.warning("a dump could not be restored", metadata: ["name": "\(name)", "reason": "\(error)"])
                dropHalfMade(name)
                throw ServiceError.failed("Couldn't restore database")
            }
        }
    }

    /// The dump as base64 text in lines of 76 characters, as `db.dump` answers it.
    ///
    /// - Throws: `ServiceError.dumpTooLarge` for one that had better go into a file.
    func dump(_ name: String) throws -> String {
        try withTemporaryFile { path in
            do {
                try dump(name, into: path)
            } catch let error as PostgreSQLError {
                logger.error("a database could not be dumped", metadata: ["name": "\(name)", "reason": "\(error)"])
                throw ServiceError.failed("Couldn't dump database")
            }
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? .max
            guard size <= settings.dumpLimit else {
                throw ServiceError.dumpTooLarge(database: name, size: size, limit: settings.dumpLimit)
            }
            return try Base64File.text(of: path, size: size)
        }
    }

    func restore(_ name: String, fromBase64 text: String) throws {
        try withTemporaryFile { path in
            guard try Base64File.write(text, to: path) ?? 0 > 0 else {
                throw ServiceError.failed("Couldn't restore database")
            }
            try restore(name, from: path)
        }
    }

    /// A file of its own, readable by this user alone, gone afterwards.
    private func withTemporaryFile<Answer>(_ body: (String) throws -> Answer) throws -> Answer {
        let folder = try TemporaryPath.folder(FileManager.default.temporaryDirectory.path + "/apus-")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            return try body(folder + "/dump")
        } catch let error as CocoaError {
            // A full disk, mostly. Foundation tells paths, which are nobody's business.
            logger.error("a temporary file could not be used", metadata: ["reason": "\(error)"])
            throw ServiceError.failed("The server cannot write a temporary file: its disk may be full.")
        }
    }
}

extension PostgreSQLError {
    /// The server's own words, as clients know them.
    var clientText: String { serverMessage?.fullText ?? description }
}
