import Glibc

/// A program to run beside this process: no shell, no inherited files, no inherited signal settings.
struct ChildProgram {
    let path: String
    let arguments: [String]
    var environment = ownEnvironment
    /// A session of its own: no signal from our terminal reaches it, and it outlives us.
    var isDetached = false

    /// POSIX_SPAWN_SETSID, which the C library shows to GNU sources only.
    private static let newSession: Int32 = 0x80

    /// How a program ended.
    struct Outcome {
        /// 127 when it could not be started, 128 and the signal's number when a signal ended it.
        let exitCode: Int32
        let output: String
        /// The end of what it wrote to its error output.
        let errors: String
    }

    init(_ path: String, _ arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    /// The variables of this process.
    static var ownEnvironment: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return variables
    }

    /// Starts it, with nothing to read; its process number.
    func spawn(output: Int32, errors: Int32) throws(Failure) -> pid_t {
        guard !([path] + arguments).contains(where: { $0.utf8.contains(0) }) else {
            throw Failure(reason: "an argument has a NUL byte")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        // Sockets that a library opened without "close on exec"; one that is closed meanwhile is no error.
        for descriptor in (Folder("/proc/self/fd").entries ?? []).compactMap({ Int32($0) }) where descriptor > 2 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        // Whoever starts this process may block or ignore signals that the program needs.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        if isDetached { flags |= Self.newSession }
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let argumentList = CStrings([path] + arguments)
        let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
        var process: pid_t = 0
        let code = argumentList.withMutablePointers { arguments in
            variables.withMutablePointers { posix_spawn(&process, path, &actions, &attributes, arguments, $0) }
        }
        guard code == 0 else { throw Failure(reason: "\(path): \(Failure.text(code))") }
        return process
    }

    /// Runs it to its end. Its output goes to `output`, or is collected like its error output: the last 64 KB.
    func run(output: Int32? = nil) -> Outcome {
        do {
            let errorPipe = try Pipe()
            let outputPipe = try Pipe()
            let process = try spawn(output: output ?? outputPipe.writing, errors: errorPipe.writing)
            errorPipe.closeWriting()
            outputPipe.closeWriting()
            let texts = Pipe.drain([outputPipe, errorPipe])
            return Outcome(exitCode: Self.exitCode(of: process), output: texts[0], errors: texts[1])
        } catch {
            return Outcome(exitCode: 127, output: "", errors: error.reason)
        }
    }

    private static func exitCode(of process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1 {
            if errno != EINTR { return 127 }
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}
