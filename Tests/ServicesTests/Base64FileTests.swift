import Foundation
import Testing

@testable import Services

@Suite struct Base64FileTests {
    private static func withPath(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private static func data(_ count: Int) -> Data { Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }) }

    // A piece is 233,472 bytes.
    @Test(arguments: [1, 56, 57, 58, 1000, 233_471, 233_472, 233_473, 700_001])
    func `a file is the text Foundation would make of it, and comes back`(_ count: Int) throws {
        try Self.withPath { path in
            let data = Self.data(count)
            try data.write(to: URL(fileURLWithPath: path))
            let text = try Base64File.text(of: path, size: count)
            let whole = data.base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed]) + "\n"
            #expect(text == whole)
            try Self.withPath { (copy) throws in
                #expect(try Base64File.write(text, to: copy) == count)
                #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == data)
            }
        }
    }

    @Test(arguments: ["QUI", "QQ==QUJD", "A"])
    func `what is no base64 is told`(_ text: String) throws {
        try Self.withPath { (path) throws in #expect(try Base64File.write(text, to: path) == nil) }
    }

    @Test func `a padded piece ends the text`() throws {
        let piece = String(repeating: "A", count: 233_470) + "=="
        try Self.withPath { (path) throws in #expect(try Base64File.write(piece + "AAAA", to: path) == nil) }
    }

    @Test func `an empty text stands for no byte`() throws {
        try Self.withPath { (path) throws in #expect(try Base64File.write("\n é", to: path) == 0) }
    }
}
