internal import Foundation

/// Files as the base64 text of a call or an answer, piece by piece: besides the text itself little memory is taken.
enum Base64File {
    /// Bytes of a piece: whole lines of 76 characters.
    private static let piece = 57 << 12

    /// The file's bytes in lines of 76 characters, each ended by a line feed.
    static func text(of path: String, size: Int) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var text = ""
        // Four characters stand for three bytes, and a line feed for 57.
        text.reserveCapacity(size / 57 * 77 + 78)
        while let data = try file.read(upToCount: piece), !data.isEmpty {
            text += data.base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
            text += "\n"
        }
        return text
    }

    /// Writes what the text stands for into a new file; characters that are no base64 are overlooked.
    ///
    /// - Returns: The bytes written, or nil for a text that is no base64.
    static func write(_ text: String, to path: String) throws -> Int? {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var (count, isPadded) = (0, false)
        var characters: [UInt8] = []
        characters.reserveCapacity(piece)
        func flush() throws -> Bool {
            // Padding stands at the end.
            guard !isPadded, let data = Data(base64Encoded: Data(characters)) else { return characters.isEmpty }
            isPadded = characters.last == UInt8(ascii: "=")
            try file.write(contentsOf: data)
            count += data.count
            characters.removeAll(keepingCapacity: true)
            return true
        }
        for byte in text.utf8 where isAlphabet(byte) {
            characters.append(byte)
            if characters.count == piece, try !flush() { return nil }
        }
        return try flush() ? count : nil
    }

    private static func isAlphabet(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
