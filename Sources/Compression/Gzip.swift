internal import CZlib

/// gzip of bytes that are there as a whole. What is unpacked is bounded, whatever few bytes claim to hold.
public enum Gzip {
    /// Why bytes could not be unpacked.
    public enum Failure: Error, Equatable {
        case malformed
        case tooLarge(limit: Int)
    }

    /// The packed bytes; nil when zlib has no memory.
    ///
    /// - Parameter level: 1 is fast, 9 small.
    public static func packed(_ bytes: UnsafeRawBufferPointer, level: Int32) -> [UInt8]? {
        var stream = z_stream()
        guard apus_deflate_init(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(bytes.count)
        var isWhole = false
        let output = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            stream.next_out = buffer.baseAddress
            stream.avail_out = UInt32(bound)
            isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
            count = bound - Int(stream.avail_out)
        }
        return isWhole ? output : nil
    }

    /// The unpacked bytes.
    public static func unpacked(_ bytes: UnsafeRawBufferPointer, limit: Int) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        guard apus_inflate_init(&stream) == Z_OK else { throw .malformed }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(bytes.count)
        var output: [UInt8] = []
        var status = Z_OK
        let portion = 256 << 10
        while status == Z_OK {
            guard output.count <= limit else { throw .tooLarge(limit: limit) }
            let piece = [UInt8](unsafeUninitializedCapacity: portion) { buffer, count in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(portion)
                status = inflate(&stream, Z_NO_FLUSH)
                count = portion - Int(stream.avail_out)
            }
            // An input that ends too early makes no more progress.
            if piece.isEmpty, status == Z_OK { throw .malformed }
            output += piece
        }
        guard status == Z_STREAM_END else { throw .malformed }
        guard output.count <= limit else { throw .tooLarge(limit: limit) }
        return output
    }
}
