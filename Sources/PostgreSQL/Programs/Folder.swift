import Glibc

/// A folder on disk.
struct Folder {
    let path: String

    init(_ path: String) { self.path = path }

    /// What `lstat` tells, so that a symbolic link is no folder; nil when there is nothing.
    var status: stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    var exists: Bool { status.map(Self.isFolder) ?? false }

    static func isFolder(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFDIR }

    /// The names in it, without `.` and `..`; nil when it cannot be read.
    var entries: [String]? {
        guard let stream = opendir(path) else { return nil }
        defer { closedir(stream) }
        return Self.entries(of: stream)
    }

    private static func entries(of stream: OpaquePointer) -> [String] {
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes the folder, and the folders above it that are missing; true when it was not there before.
    @discardableResult
    func create(mode: mode_t) throws(Failure) -> Bool {
        if mkdir(path, mode) == 0 { return true }
        switch errno {
        case EEXIST:
            var status = stat()
            guard stat(path, &status) == 0, Self.isFolder(status) else { throw Failure(reason: "it is not a folder") }
            return false
        case ENOENT:
            guard let parent, parent.path != path else { throw .last }
            try parent.create(mode: 0o755)
            guard mkdir(path, mode) == 0 else { throw .last }
            return true
        default:
            throw .last
        }
    }

    /// The folder above; nil above `/`.
    var parent: Folder? {
        guard let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
        return Folder(slash == path.startIndex ? "/" : String(path[..<slash]))
    }

    /// The path without symbolic links and `..`; nil when there is no such folder.
    var absolutePath: String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Removes the folder and all in it, never following a symbolic link; nothing happens when it is missing.
    func removeAll() throws(Failure) {
        guard status != nil else { return }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        try Self.empty(descriptor)
        guard rmdir(path) == 0 else { throw .last }
    }

    /// Removes what is in an open folder, and closes it.
    private static func empty(_ descriptor: Int32) throws(Failure) {
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            throw .last
        }
        defer { closedir(stream) }
        for name in entries(of: stream) {
            if unlinkat(descriptor, name, 0) == 0 { continue }
            guard errno == EISDIR || errno == EPERM else { throw .last }
            let inner = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard inner >= 0 else { throw .last }
            try empty(inner)
            guard unlinkat(descriptor, name, AT_REMOVEDIR) == 0 else { throw .last }
        }
    }
}
