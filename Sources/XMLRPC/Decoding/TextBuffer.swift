/// The text of the element at hand, as bytes; it grows, and is used again for each element.
struct TextBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    private static let initialCapacity = 4 << 10

    init() {
        capacity = Self.initialCapacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The bytes without white space at both ends.
    var trimmed: Slice<UnsafeBufferPointer<UInt8>> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
        var (start, end) = (0, count)
        while start < end, isBlank(base[start]) { start += 1 }
        while start < end, isBlank(base[end - 1]) { end -= 1 }
        return bytes[start..<end]
    }

    mutating func removeAll() { count = 0 }

    mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        if count + length > capacity { grow(to: count + length) }
        base.advanced(by: count).update(from: bytes, count: length)
        count += length
    }

    /// Gives back what a large document has made it grow to.
    mutating func shrink() {
        count = 0
        guard capacity > 1 << 20 else { return }
        base.deallocate()
        capacity = Self.initialCapacity
        base = .allocate(capacity: capacity)
    }

    private mutating func grow(to needed: Int) {
        let larger = max(needed, capacity * 2)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        base.deallocate()
        base = moved
        capacity = larger
    }
}
