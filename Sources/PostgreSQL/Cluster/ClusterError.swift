/// Why the private PostgreSQL did not start or stop.
public enum ClusterError: Error, Equatable {
    /// A program of PostgreSQL, or one that is needed to run it, is not installed.
    case programsMissing(String, package: String)
    /// PostgreSQL refuses to run as root, and there is no user `postgres` to run it as.
    case noUnprivilegedUser
    /// The folder, or a file in it, cannot be made, read or written.
    case folderNotWritable(String, reason: String)
    /// The user that PostgreSQL runs as cannot enter this folder, which is the data folder or one above it.
    case folderNotTraversable(String, user: String)
    /// Another Apus runs on the folder.
    case folderInUse(String)
    /// The folder holds something that Apus has not made. Nothing in it was touched.
    case foreignFolder(String)
    /// The databases were made by another user of this machine.
    case wrongOwner(String, user: String)
    /// The databases were made by a PostgreSQL of another major version than those installed.
    case versionMismatch(String, version: Int, installed: [Int])
    /// `initdb` failed; what it wrote to its error output.
    case initializationFailed(String)
    /// PostgreSQL ended instead of starting, or takes forever to; the end of its log.
    case startFailed(String, log: String)
    /// PostgreSQL was told to stop and still runs.
    case stopFailed(String)
}

extension ClusterError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .programsMissing(let program, let package):
            "the program \(program) was not found: install the package \(package)"
        case .noUnprivilegedUser:
            "PostgreSQL does not run as root and there is no user postgres to run it as: "
                + "install the package postgresql, or start Apus as an ordinary user"
        case .folderNotWritable(let path, let reason):
            "the folder \(path) cannot be used (\(reason)): choose another, or give its user the right to write there"
        case .folderNotTraversable(let path, let user):
            "the user \(user), as whom PostgreSQL runs, may not enter the folder \(path): "
                + "allow it (chmod o+x \(path)), or choose another data folder"
        case .folderInUse(let path):
            "another Apus is running on the folder \(path): stop it, or choose another data folder"
        case .foreignFolder(let path):
            "the folder \(path) holds files that Apus has not made, and they were not touched: "
                + "choose another data folder"
        case .wrongOwner(let path, let user):
            "the folder \(path) belongs to the user \(user): start Apus as the user who made it, or choose another"
        case .versionMismatch(let path, let version, let installed):
            "the databases in \(path) were made by PostgreSQL \(version), but only "
                + "\(installed.map(String.init).joined(separator: ", ")) is installed: "
                + "install the package postgresql-\(version), or move the databases with a dump"
        case .initializationFailed(let output):
            "PostgreSQL's initdb failed: \(output.trimmedLines)"
        case .startFailed(let log, let path):
            "PostgreSQL did not start; see \(path), which ends with: \(log.trimmedLines)"
        case .stopFailed(let path):
            "PostgreSQL in \(path) did not stop in time: stop it with pg_ctl -D \(path) stop -m immediate"
        }
    }
}
