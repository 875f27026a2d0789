internal import Compression

/// Makes a zip file, its entries as they are: for the few small files that go to a client.
struct ZipWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// Adds a file. Its path must be new; with the others it must stay below 4 GB.
    mutating func add(_ path: String, _ contents: [UInt8]) {
        let (name, size) = (Array(path.utf8), UInt32(contents.count))
        let offset = UInt32(bytes.count)
        // Names are UTF-8, nothing is packed, the first day that zip files know.
        var common = Self.words(10, 1 << 11, 0, 0, 33) + Self.longs(Deflate.checksum(of: contents), size, size)
        common += Self.words(UInt16(name.count), 0)
        bytes += Self.longs(0x0403_4B50) + common + name + contents
        directory += Self.longs(0x0201_4B50) + Self.words(10) + common + Self.words(0, 0, 0) + Self.longs(0, offset)
        directory += name
        count += 1
    }

    /// The whole file.
    func finished() -> [UInt8] {
        bytes + directory + Self.longs(0x0605_4B50) + Self.words(0, 0, count, count)
            + Self.longs(UInt32(directory.count), UInt32(bytes.count)) + Self.words(0)
    }

    private static func words(_ values: UInt16...) -> [UInt8] {
        values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    private static func longs(_ values: UInt32...) -> [UInt8] {
        values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) } }
    }
}
