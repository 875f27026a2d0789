import Compression
import Testing

@Suite struct GzipTests {
    private static func unpacked(_ bytes: [UInt8], limit: Int = 1 << 20) throws(Gzip.Failure) -> [UInt8] {
        let answer = bytes.withUnsafeBytes { bytes in
            Result { () throws(Gzip.Failure) in try Gzip.unpacked(bytes, limit: limit) }
        }
        return try answer.get()
    }

    private static func packed(_ bytes: [UInt8]) throws -> [UInt8] {
        try #require(bytes.withUnsafeBytes { Gzip.packed($0, level: 4) })
    }

    @Test(arguments: [1, 2, 1400, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, 600_000])
    func `what is packed comes back byte for byte`(_ count: Int) throws {
        var generator = SystemRandomNumberGenerator()
        let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(try Self.unpacked(Self.packed(noise)) == noise)
        let even = [UInt8](repeating: 65, count: count)
        #expect(try Self.unpacked(Self.packed(even)) == even)
    }

    @Test func `nothing at all is packed and comes back`() throws {
        let packed = try Self.packed([])
        #expect(Array(packed.prefix(2)) == [0x1f, 0x8b])
        #expect(try Self.unpacked(packed).isEmpty)
    }

    @Test func `a body without a byte is malformed`() {
        #expect(throws: Gzip.Failure.malformed) { try Self.unpacked([]) }
    }

    @Test func `a body that ends too early is malformed wherever it ends`() throws {
        let packed = try Self.packed(Array("<methodCall><methodName>login</methodName></methodCall>".utf8))
        for count in 0..<packed.count {
            #expect(throws: Gzip.Failure.malformed) { try Self.unpacked(Array(packed.prefix(count))) }
        }
    }

    @Test func `a wrong checksum is malformed`() throws {
        var packed = try Self.packed(Array("checked".utf8))
        packed[packed.count - 5] ^= 1
        #expect(throws: Gzip.Failure.malformed) { try Self.unpacked(packed) }
    }

    @Test(arguments: ["<?xml version='1.0'?>", "\u{0}", "PK\u{3}\u{4}"])
    func `what is no gzip is malformed`(_ text: String) {
        #expect(throws: Gzip.Failure.malformed) { try Self.unpacked(Array(text.utf8)) }
    }

    @Test func `a body may unpack to its limit and not to a byte more`() throws {
        let packed = try Self.packed([UInt8](repeating: 0, count: 300_000))
        #expect(try Self.unpacked(packed, limit: 300_000).count == 300_000)
        #expect(throws: Gzip.Failure.tooLarge(limit: 299_999)) { try Self.unpacked(packed, limit: 299_999) }
    }

    @Test func `a small body that claims to hold very much is refused`() throws {
        let bomb = try Self.packed([UInt8](repeating: 0, count: 32 << 20))
        #expect(bomb.count < 256 << 10)
        #expect(throws: Gzip.Failure.tooLarge(limit: 1000)) { try Self.unpacked(bomb, limit: 1000) }
    }
}
