public import Foundation
internal import PostgreSQL

/// A server as its users know it: the executable, started on a free port, with a demo database of its own.
public final class LiveServer: Sendable {
    /// `http://127.0.0.1:49152`
    public let address: String
    /// The demo database.
    public let database: String
    private let process: Process

    /// Why the server did not come up.
    public struct StartFailure: Error, CustomStringConvertible {
        public let description: String
    }

    /// One server for all tests of a run; stopped, and its database dropped, when the process ends.
    public static let shared = Swift.Result { try LiveServer() }

    private init() throws {
        let cluster = try TestCluster.shared.get()
        database = cluster.uniqueName()
        process = Process()
        process.executableURL = try Self.executable()
        process.arguments = [
            "demo", "--port", "0", "--database", database, "--postgres", cluster.settings.description, "--data",
            FileManager.default.temporaryDirectory.appendingPathComponent(database).path, "--addons-path",
            Self.exampleAddons,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var text = ""
        while !text.contains("Stop with Ctrl-C") {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { throw StartFailure(description: "the server ended instead of starting: \(text)") }
            text += String(decoding: data, as: UTF8.self)
        }
        guard let start = text.range(of: "http://"), let end = text[start.lowerBound...].firstIndex(of: "\n") else {
            throw StartFailure(description: "the server told no address: \(text)")
        }
        address = String(text[start.lowerBound..<end])
        atexit { try? LiveServer.shared.get().stop() }
    }

    /// Where the example of an addon without code lies.
    public static let exampleAddons = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Demo/addons").standardizedFileURL.path

    /// The `apus` that was built along with the tests.
    public static func executable() throws -> URL {
        let folder = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
            .deletingLastPathComponent()
        let executable = folder.appendingPathComponent("apus")
        guard FileManager.default.isExecutableFile(atPath: executable.path) else {
            throw StartFailure(description: "there is no executable \(executable.path)")
        }
        return executable
    }

    private func stop() {
        process.terminate()
        process.waitUntilExit()
        try? TestCluster.shared.get().server.dropDatabase(database)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(database)
        try? FileManager.default.removeItem(at: folder)
    }
}
