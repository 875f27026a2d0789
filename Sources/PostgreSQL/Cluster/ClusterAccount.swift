import Glibc

/// The user that PostgreSQL's programs run as: our own, or an unprivileged one when we are root.
struct ClusterAccount {
    let user: uid_t
    let group: gid_t
    let name: String
    /// The way to become that user; nil when we are it already.
    let switcher: String?

    var isSwitched: Bool { switcher != nil }

    static func current() throws(ClusterError) -> ClusterAccount {
        guard geteuid() == 0 else {
            return ClusterAccount(user: geteuid(), group: getegid(), name: name(of: geteuid()), switcher: nil)
        }
        guard let entry = getpwnam("postgres"), entry.pointee.pw_uid != 0 else { throw .noUnprivilegedUser }
        // posix_spawn cannot change the user.
        guard let setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].first(where: ProgramFolder.isExecutable) else {
            throw .programsMissing("setpriv", package: "util-linux")
        }
        return ClusterAccount(
            user: entry.pointee.pw_uid, group: entry.pointee.pw_gid, name: "postgres", switcher: setpriv)
    }

    /// A user's name, or its number when it has none.
    static func name(of user: uid_t) -> String {
        getpwuid(user).map { String(cString: $0.pointee.pw_name) } ?? String(user)
    }

    /// The program as this user, with an environment that has nothing of ours but the time zone: PostgreSQL's own
    /// variables (PGDATA, PGHOST …) must not reach a private cluster.
    func child(_ path: String, _ arguments: [String]) -> ChildProgram {
        var program = ChildProgram(path, arguments)
        if let switcher {
            let identity = ["--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--inh-caps=-all", "--"]
            program = ChildProgram(switcher, identity + [path] + arguments)
        }
        program.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
        if let zone = getenv("TZ") { program.environment["TZ"] = String(cString: zone) }
        return program
    }

    /// Gives a file or folder to this user; nothing to do when we are it.
    func own(_ path: String) throws(Failure) {
        guard isSwitched else { return }
        guard lchown(path, user, group) == 0 else { throw .last }
    }

    /// The first folder on the way to `path`, that one included, which this user may not enter; nil when all is well.
    func barrier(to path: String) -> String? {
        var folders: [Folder] = [Folder(path)]
        while let last = folders.last, let parent = last.parent { folders.append(parent) }
        return folders.reversed().first { folder in folder.status.map { !mayEnter($0) } ?? true }?.path
    }

    private func mayEnter(_ status: stat) -> Bool {
        let bit: mode_t = status.st_uid == user ? 0o100 : status.st_gid == group ? 0o010 : 0o001
        return status.st_mode & bit != 0
    }
}
