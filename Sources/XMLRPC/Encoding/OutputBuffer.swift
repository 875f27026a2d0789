#if canImport(Glibc)
    internal import Glibc
#endif

/// A growable run of bytes, written at its end: pieces by `memcpy`, numbers in place. Never a `String` a value, which
/// is twenty times slower.
final class OutputBuffer {
    private var storage: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    /// What is kept when the buffer is emptied.
    private static let keptCapacity = 1 << 20

    init() {
        capacity = 16 << 10
        storage = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { storage.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: storage, count: count) }

    func removeAll() {
        count = 0
        if capacity > Self.keptCapacity {
            storage.deallocate()
            capacity = Self.keptCapacity
            storage = .allocate(byteCount: capacity, alignment: 16)
        }
    }

    @inline(__always)
    private func reserve(_ extra: Int) {
        if count + extra > capacity { grow(to: count + extra) }
    }

    private func grow(to needed: Int) {
        let larger = max(needed, capacity * 2)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        moved.copyMemory(from: storage, byteCount: count)
        storage.deallocate()
        storage = moved
        capacity = larger
    }

    @inline(__always)
    func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        storage.advanced(by: count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

    func append(_ number: Int) {
        if number == .min {
            append("-9223372036854775808")
            return
        }
        reserve(20)
        var magnitude = number.magnitude
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var place = 20
            repeat {
                place -= 1
                digits[place] = UInt8(ascii: "0") + UInt8(magnitude % 10)
                magnitude /= 10
            } while magnitude > 0
            if number < 0 {
                place -= 1
                digits[place] = UInt8(ascii: "-")
            }
            append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(digits)[place..<20]))
        }
    }

    /// Text with `& < >` escaped and what XML cannot carry replaced by U+FFFD: control characters, and bytes that are
    /// no UTF-8.
    func append(escaping bytes: UnsafeRawBufferPointer) {
        var start = 0
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            // Plain text, nearly always.
            if byte >= 0x20, byte < 0x7F, byte != 0x26, byte != 0x3C, byte != 0x3E {
                place += 1
                continue
            }
            let (replacement, length) = Self.replacement(at: place, in: bytes)
            if let replacement {
                append(UnsafeRawBufferPointer(rebasing: bytes[start..<place]))
                append(replacement)
                start = place + length
            }
            place += length
        }
        append(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }

    /// What to write for the character at a place, nil for the character itself, and its length in bytes.
    private static func replacement(
        at place: Int, in bytes: UnsafeRawBufferPointer
    ) -> (replacement: StaticString?, length: Int) {
        let byte = bytes[place]
        switch byte {
        case 0x26: return ("&amp;", 1)
        case 0x3C: return ("&lt;", 1)
        case 0x3E: return ("&gt;", 1)
        case 0x09, 0x0A, 0x0D, 0x7F: return (nil, 1)
        case 0..<0x20: return ("\u{FFFD}", 1)
        default: break
        }
        let length = scalarLength(at: place, in: bytes)
        guard length > 0 else { return ("\u{FFFD}", 1) }
        // U+FFFE and U+FFFF are no characters of XML.
        let isNoncharacter = byte == 0xEF && bytes[place + 1] == 0xBF && bytes[place + 2] >= 0xBE
        return (isNoncharacter ? "\u{FFFD}" : nil, length)
    }

    /// The length of a well-formed multi-byte character; 0 when it is none.
    private static func scalarLength(at place: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        let first = bytes[place]
        let length =
            switch first {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 0, place + length <= bytes.count else { return 0 }
        for offset in 1..<length where bytes[place + offset] & 0xC0 != 0x80 { return 0 }
        // Overlong forms, surrogates and what lies beyond Unicode.
        switch (first, bytes[place + 1]) {
        case (0xE0, 0x80..<0xA0), (0xED, 0xA0...0xBF), (0xF0, 0x80..<0x90), (0xF4, 0x90...0xBF): return 0
        default: return length
        }
    }
}
