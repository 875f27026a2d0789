import Foundation
import Testing

@testable import AddonLoader

@Suite struct ZipArchiveTests {
    /// Two files, packed by another program: a manifest, and 519 bytes that are nearly all blanks.
    static let packed = """
        UEsDBBQAAAAIANd9eF2zJ0nzJQAAACQAAAASAAAAem9vL19fb3BlbmVycF9fLnB5q1bPS8xNVbdSUI/Kz1fXUVBPSS1IzUspBopE
        qyclFqeqx9YCAFBLAwQUAAAACADXfXhdm2f1rhQAAAAHAgAADwAAAHpvby92aWV3cy9hLnhtbLPJL0jNSy0qsFMYBSMO2OjDYh8A
        UEsBAhQDFAAAAAgA1314XbMnSfMlAAAAJAAAABIAAAAAAAAAAAAAAIABAAAAAHpvby9fX29wZW5lcnBfXy5weVBLAQIUAxQAAAAI
        ANd9eF2bZ/WuFAAAAAcCAAAPAAAAAAAAAAAAAACAAVUAAAB6b28vdmlld3MvYS54bWxQSwUGAAAAAAIAAgB9AAAAlgAAAAAA
        """

    static func bytes(_ base64: String) throws -> [UInt8] {
        Array(try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters)))
    }

    private func archive(_ files: KeyValuePairs<String, String>) throws -> ZipArchive {
        try ZipArchive(Self.written(files))
    }

    static func written(_ files: KeyValuePairs<String, String>) -> [UInt8] {
        var writer = ZipWriter()
        for (path, text) in files { writer.add(path, Array(text.utf8)) }
        return writer.finished()
    }

    @Test func `what another program has packed is unpacked`() throws {
        let archive = try ZipArchive(Self.bytes(Self.packed))
        #expect(archive.entries.keys.sorted() == ["zoo/__openerp__.py", "zoo/views/a.xml"])
        let manifest = try #require(try archive.contents(of: "zoo/__openerp__.py"))
        #expect(String(decoding: manifest, as: UTF8.self) == "{'name': 'Zoo', 'depends': ['base']}")
        #expect(try archive.contents(of: "zoo/views/a.xml")?.count == 519)
        #expect(try archive.contents(of: "zoo/none.xml") == nil)
    }

    @Test func `what is written can be read`() throws {
        let archive = try archive(["a.txt": "one", "b/ü.txt": ""])
        #expect(try archive.contents(of: "a.txt") == Array("one".utf8))
        #expect(try archive.contents(of: "b/ü.txt") == [])
    }

    @Test(arguments: ["/etc/passwd", "../a", "a/../../b", "a//b", "./a", "a\\b", "", "a\nb"])
    func `a path that may lead elsewhere is refused`(_ path: String) {
        var writer = ZipWriter()
        writer.add(path, [1])
        let bytes = writer.finished()
        #expect(throws: ZipError.self) { try ZipArchive(bytes) }
    }

    @Test func `two entries of one name are refused`() {
        let bytes = Self.written(["a": "1", "a": "2"])
        #expect(throws: ZipError.refused("the zip file has two entries \"a\"")) { try ZipArchive(bytes) }
    }

    /// An archive of one stored file `a` whose directory, which ends 22 bytes before the end, is changed at a place.
    private func changed(_ place: Int, to values: [UInt8]) -> [UInt8] {
        var bytes = Self.written(["a": "123"])
        let directory = bytes.count - 22 - 47
        bytes.replaceSubrange(directory + place..<directory + place + values.count, with: values)
        return bytes
    }

    @Test func `a symbolic link is refused`() {
        let bytes = changed(38, to: [0, 0, 0xFF, 0xA1])
        #expect(throws: ZipError.refused("\"a\" in the zip file is neither a file nor a folder")) {
            try ZipArchive(bytes)
        }
    }

    @Test func `an encrypted entry is refused`() {
        let bytes = changed(8, to: [1, 0])
        #expect(throws: ZipError.self) { try ZipArchive(bytes) }
    }

    @Test func `what claims to be larger than all may be is refused before anything is unpacked`() {
        let bytes = changed(24, to: [0, 0, 0, 0x10])
        #expect(throws: ZipError.tooLarge("the zip file holds more than 64 MB")) { try ZipArchive(bytes) }
    }

    @Test(
        arguments: [
            (24, [4, 0, 0, 0]), (16, [0, 0, 0, 0]), (42, [9, 0, 0, 0]),
            (42, [255, 255, 255, 127]),
        ] as [(Int, [UInt8])])
    func `a directory that does not fit what it stands for is damage`(place: Int, values: [UInt8]) throws {
        let archive = try ZipArchive(changed(place, to: values))
        #expect(throws: ZipError.damaged("\"a\" in the zip file is damaged")) { try archive.contents(of: "a") }
    }

    @Test func `entries that take more bytes than there are are refused before anything is unpacked`() {
        let bytes = changed(20, to: [200, 0, 0, 0])
        #expect(throws: ZipError.damaged("the zip file's entries lie over one another")) { try ZipArchive(bytes) }
    }

    @Test func `an entry that unpacks to more than it says is damage`() throws {
        var bytes = try Self.bytes(Self.packed)
        // The size in the directory's last line: a little less than there is.
        let line = try #require(bytes.lastIndex(of: 0x50).map { $0 - 46 - "zoo/views/a.xml".utf8.count })
        bytes[line + 24] -= 1
        let archive = try ZipArchive(bytes)
        #expect(throws: ZipError.self) { try archive.contents(of: "zoo/views/a.xml") }
    }

    @Test func `what is no zip file is told in the original's words`() {
        for bytes in [[], Array("no zip file, only a text of some length".utf8)] as [[UInt8]] {
            #expect(throws: ZipError.notAZip) { try ZipArchive(bytes) }
        }
        #expect(ZipError.notAZip.description == "File is not a zip file")
    }

    @Test func `whatever byte is changed, nothing worse than an error comes of it`() throws {
        let whole = try Self.bytes(Self.packed)
        for place in whole.indices {
            for value in [0, 0xFF] as [UInt8] {
                var bytes = whole
                bytes[place] = value
                guard let archive = try? ZipArchive(bytes) else { continue }
                for path in archive.entries.keys { _ = try? archive.contents(of: path) }
            }
            _ = try? ZipArchive(Array(whole[..<place]))
        }
    }
}
