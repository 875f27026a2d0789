import Glibc

/// A pipe whose reading end stays here, while a child gets the writing end.
final class Pipe {
    private let reading: Int32
    private(set) var writing: Int32
    private var tail: [UInt8] = []
    private static let kept = 1 << 16

    init() throws(Failure) {
        var ends: (Int32, Int32) = (-1, -1)
        let code = withUnsafeMutablePointer(to: &ends) { pointer in
            pointer.withMemoryRebound(to: Int32.self, capacity: 2) { pipe($0) }
        }
        guard code == 0 else { throw .last }
        (reading, writing) = ends
        for end in [reading, writing] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        close(reading)
        closeWriting()
    }

    func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    /// Reads several pipes until all are closed at their other ends; the end of what came through each. Reading one
    /// after the other would block a program that fills the second.
    static func drain(_ pipes: [Pipe]) -> [String] {
        var open = pipes
        while !open.isEmpty {
            var events = open.map { pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0) }
            guard poll(&events, nfds_t(events.count), -1) >= 0 || errno == EINTR else { break }
            open = zip(open, events).filter { pipe, event in event.revents == 0 || pipe.readSome() }.map(\.0)
        }
        return pipes.map { String(decoding: $0.tail, as: UTF8.self) }
    }

    /// False at the end.
    private func readSome() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 1 << 13)
        let count = read(reading, &chunk, chunk.count)
        if count < 0 { return errno == EINTR }
        tail += chunk[..<count]
        if tail.count > 2 * Self.kept { tail.removeFirst(tail.count - Self.kept) }
        return count > 0
    }
}
