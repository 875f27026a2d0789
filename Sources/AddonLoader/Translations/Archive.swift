internal import Compression

/// Files packed together, as `tar xz` unpacks them.
enum Archive {
    /// Size of the blocks an archive is made of.
    private static let block = 512

    /// - Parameter files: By path; plain ASCII of at most 100 characters.
    /// - Returns: nil when zlib has no memory.
    static func packed(_ files: [(path: String, bytes: [UInt8])], time: Int) -> [UInt8]? {
        var archive: [UInt8] = []
        for file in files {
            archive += header(file.path, size: file.bytes.count, time: time)
            archive += file.bytes
            archive += [UInt8](repeating: 0, count: (block - file.bytes.count % block) % block)
        }
        archive += [UInt8](repeating: 0, count: 2 * block)
        return archive.withUnsafeBytes { Gzip.packed($0, level: 6) }
    }

    private static func header(_ path: String, size: Int, time: Int) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: block)
        func put(_ text: String, at place: Int) {
            for (offset, byte) in text.utf8.enumerated() { header[place + offset] = byte }
        }
        func octal(_ number: Int, _ width: Int) -> String {
            let digits = String(number, radix: 8)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        put(String(path.prefix(100)), at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(time, 11), at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar\u{0}00", at: 257)
        // The sum is taken with blanks in its own place.
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ", at: 148)
        return header
    }
}
