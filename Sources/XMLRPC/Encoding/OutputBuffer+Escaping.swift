extension OutputBuffer {
    /// Text with `& < >` escaped and what XML cannot carry replaced by U+FFFD: control characters, U+FFFE and U+FFFF,
    /// and bytes that are no UTF-8 (contract/README.md, difference 7).
    mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { append(escaping: UnsafeRawBufferPointer($0)) }
    }

    /// The same for bytes.
    mutating func append(escaping bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        // Eight bytes are copied and looked at together; those after the first that is not plain are overwritten.
        var target = space(for: bytes.count + 8)
        var place = 0
        var written = 0
        while place < bytes.count {
            if place + 8 <= bytes.count {
                let word = source.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                target.storeBytes(of: word, toByteOffset: written, as: UInt64.self)
                let plain = Self.plainBytes(in: UInt64(littleEndian: word))
                place += plain
                written += plain
                if plain == 8 { continue }
            }
            let byte = source.load(fromByteOffset: place, as: UInt8.self)
            if Self.isPlain(byte) {
                target.storeBytes(of: byte, toByteOffset: written, as: UInt8.self)
                place += 1
                written += 1
                continue
            }
            advance(by: written)
            place += appendSpecial(at: place, of: bytes)
            target = space(for: bytes.count - place + 8)
            written = 0
        }
        advance(by: written)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<")
            && byte != UInt8(ascii: ">")
    }

    /// How many bytes of a word, from the lowest on, are plain ASCII that needs no care.
    @inline(__always)
    private static func plainBytes(in word: UInt64) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        // The top bit of a byte becomes set where the byte is 0. A borrow can set it in a higher byte, too, never in a
        // lower one, and the lowest is all that counts.
        func zeros(_ bytes: UInt64) -> UInt64 { (bytes &- ones) & ~bytes }
        let controls = (word &- ones &* 0x20) & ~word
        let ampersands = zeros(word ^ (ones &* 0x26))
        // `<` and `>` differ in one bit.
        let brackets = zeros((word | (ones &* 0x02)) ^ (ones &* 0x3E))
        let special = (word | controls | ampersands | brackets) & tops
        return special.trailingZeroBitCount >> 3
    }

    /// Writes a character that is no plain ASCII, and tells how many bytes it has.
    private mutating func appendSpecial(at place: Int, of bytes: UnsafeRawBufferPointer) -> Int {
        let byte = bytes[place]
        switch byte {
        case UInt8(ascii: "&"): append("&amp;")
        case UInt8(ascii: "<"): append("&lt;")
        case UInt8(ascii: ">"): append("&gt;")
        case 0x09, 0x0A, 0x0D: append(UnsafeRawBufferPointer(rebasing: bytes[place...place]))
        case 0..<0x20: append("\u{FFFD}")
        default:
            let length = Self.characterLength(at: place, of: bytes)
            // U+FFFE and U+FFFF are well-formed, but no characters of XML.
            let isNoncharacter = length == 3 && byte == 0xEF && bytes[place + 1] == 0xBF && bytes[place + 2] >= 0xBE
            if length == 0 || isNoncharacter {
                append("\u{FFFD}")
            } else {
                append(UnsafeRawBufferPointer(rebasing: bytes[place..<place + length]))
            }
            return max(1, length)
        }
        return 1
    }

    /// The length of a character of several bytes; 0 when it is not well-formed.
    private static func characterLength(at place: Int, of bytes: UnsafeRawBufferPointer) -> Int {
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
        switch (first, bytes[place + 1]) {
        // Overlong forms, surrogates and what lies beyond Unicode.
        case (0xE0, ..<0xA0), (0xED, 0xA0...), (0xF0, ..<0x90), (0xF4, 0x90...): return 0
        default: return length
        }
    }
}
