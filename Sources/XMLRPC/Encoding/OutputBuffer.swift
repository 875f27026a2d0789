/// A growable run of bytes, written at its end: pieces by `memcpy`, numbers in place. Never a `String` a value, which
/// is twenty times slower.
struct OutputBuffer: ~Copyable {
    private(set) var count = 0
    private var capacity: Int
    private var base: UnsafeMutableRawPointer

    /// What is kept when the buffer is emptied.
    private static let keptCapacity = 1 << 20

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    mutating func removeAll() {
        count = 0
        guard capacity > Self.keptCapacity else { return }
        base.deallocate()
        capacity = Self.keptCapacity
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    // MARK: - Appending

    /// Room for so many bytes at the end; `advance` says how many of them were written.
    @inline(__always)
    mutating func space(for length: Int) -> UnsafeMutableRawPointer {
        if count + length > capacity { grow(to: count + length) }
        return base + count
    }

    @inline(__always)
    mutating func advance(by length: Int) { count += length }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        space(for: bytes.count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// The bytes of a text as they are.
    mutating func append(verbatim text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Decimal digits.
    mutating func append(_ number: Int) {
        let room = 20
        let start = space(for: room)
        var magnitude = number.magnitude
        var length = number < 0 ? 2 : 1
        var rest = magnitude / 10
        while rest > 0 {
            rest /= 10
            length += 1
        }
        var place = length
        repeat {
            place -= 1
            start.storeBytes(of: UInt8(ascii: "0") + UInt8(magnitude % 10), toByteOffset: place, as: UInt8.self)
            magnitude /= 10
        } while magnitude > 0
        if number < 0 { start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self) }
        count += length
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        let larger = max(needed, capacity * 2)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        moved.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = moved
        capacity = larger
    }
}
