import CLibPQ
import Logging

/// Warnings that PostgreSQL sends beside its answers. They go to the log, where libpq would print them.
enum ServerNotice {
    private static let logger = Logger(label: "apus.postgresql")

    static func log(_ notice: OpaquePointer?) {
        guard let notice else { return }
        let message = ServerMessage(of: notice)
        logger.debug("\(message.message)", metadata: ["sqlstate": "\(message.sqlState)"])
    }
}
