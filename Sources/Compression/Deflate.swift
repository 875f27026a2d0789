internal import CZlib

/// What zip files need of zlib.
public enum Deflate {
    /// The unpacked bytes; nil when they are not exactly `size`, or the packed ones are damaged.
    public static func unpacked(_ bytes: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
        var stream = z_stream()
        guard apus_inflate_raw_init(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var isWhole = false
        // One byte more than wanted, so that what is larger shows.
        let output = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            bytes.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(size + 1)
                isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END
            }
            count = size + 1 - Int(stream.avail_out)
        }
        return isWhole && output.count == size ? output : nil
    }

    /// The checksum that zip files keep of each entry.
    public static func checksum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, UInt32($0.count))) }
    }
}
