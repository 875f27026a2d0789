import Glibc
import Testing

@testable import PostgreSQL

@Suite struct ClusterFilesTests {
    @Test(arguments: [
        ("/data/socket", true), ("/data,old/socket", false), ("/" + String(repeating: "x", count: 92), true),
        ("/" + String(repeating: "x", count: 93), false),
    ])
    func `a socket's path must be short and free of commas`(_ path: String, _ expected: Bool) {
        #expect(SocketFolder.isUsable(path) == expected)
    }

    @Test(arguments: [
        ("6; 2615 2200 SCHEMA - public postgres", true),
        ("1771; 0 0 COMMENT - SCHEMA public postgres", true),
        ("281; 2612 16386 PROCEDURAL LANGUAGE - plpgsql postgres", true),
        ("1; 3079 11 EXTENSION - plpgsql ", true),
        ("1772; 0 0 COMMENT - EXTENSION plpgsql ", true),
        ("140; 1259 1 TABLE public res_partner openerp", false),
        ("150; 2615 3 SCHEMA - public_old openerp", false),
        (";     dbname: crm", false),
    ])
    func `entries that every database has are not restored`(_ line: String, _ expected: Bool) {
        #expect(DatabaseDump.isAlreadyThere(Substring(line)) == expected)
    }

    @Test func `temporary folders and files are new, and for this user alone`() throws {
        let place = try TestCluster.temporaryFolder()
        let folders = [try TemporaryPath.folder(place + "/d-"), try TemporaryPath.folder(place + "/d-")]
        #expect(Set(folders).count == 2)
        #expect(folders.allSatisfy { Folder($0).status?.st_mode == S_IFDIR | 0o700 })
        let file = try TemporaryPath.file(place + "/f-")
        #expect(write(file.descriptor, "x", 1) == 1)
        close(file.descriptor)
        #expect(file.path.hasPrefix(place + "/f-"))
        #expect(TextFile.read(file.path, limit: 10) == "x")
        #expect(Folder(file.path).status.map { $0.st_mode & 0o777 } == 0o600)
        #expect(throws: Failure.self) { try TemporaryPath.folder(place + "/missing/d-") }
        #expect(throws: Failure.self) { try TemporaryPath.file(place + "/missing/f-") }
        try Folder(place).removeAll()
    }

    @Test func `a folder is emptied without following links`() throws {
        let path = try TestCluster.temporaryFolder()
        let kept = try TestCluster.temporaryFolder()
        try TextFile.write("kept", to: kept + "/file")
        try Folder(path + "/a/b").create(mode: 0o700)
        try TextFile.write("gone", to: path + "/a/b/file")
        try #require(symlink(kept, path + "/a/link") == 0)
        try Folder(path).removeAll()
        #expect(!Folder(path).exists)
        #expect(TextFile.read(kept + "/file", limit: 100) == "kept")
        try Folder(kept).removeAll()
    }

    @Test func `a program's outputs and exit code are kept apart`() throws {
        let outcome = ChildProgram("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"]).run()
        #expect(outcome.exitCode == 3)
        #expect(outcome.output == "out\n")
        #expect(outcome.errors == "err\n")
        #expect(ChildProgram("/no/such/program", []).run().exitCode == 127)
        #expect(ChildProgram("/bin/sh", ["-c", "kill -9 $$"]).run().exitCode == 137)
    }
}
