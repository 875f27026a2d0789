internal import Compression
internal import Values

/// A zip file in memory. Its directory is checked whole when it is opened; what an entry holds is unpacked when it is
/// asked for, and never more than its directory says.
///
/// Not taken are: more than 10,000 entries, more than 64 MB in all once unpacked, absolute paths and those that lead
/// out, two entries of one name, symbolic links, encryption, zip64 and files in several parts.
struct ZipArchive: Sendable {
    /// A file in the archive; folders have no entries of their own here.
    struct Entry: Sendable {
        let path: String
        let size: Int
        fileprivate let packedSize: Int
        fileprivate let isPacked: Bool
        fileprivate let checksum: UInt32
        fileprivate let offset: Int
    }

    /// By path.
    let entries: [String: Entry]
    private let bytes: [UInt8]

    private static let entryLimit = 10_000
    private static let sizeLimit = 64 << 20

    /// - Throws: `ZipError`.
    init(_ bytes: [UInt8]) throws(ZipError) {
        guard let end = Self.endOfDirectory(in: bytes) else { throw .notAZip }
        let (count, start) = (Int(bytes.word(end + 10)), Int(bytes.long(end + 16)))
        guard bytes.word(end + 4) == 0, start != 0xFFFF_FFFF, count != 0xFFFF else {
            throw .refused("the zip file is in several parts, or of the large kind")
        }
        guard count <= Self.entryLimit else { throw .tooLarge("the zip file has more than \(Self.entryLimit) entries") }
        var (place, total, packed) = (start, 0, 0)
        var entries: [String: Entry] = [:]
        for _ in 0..<count {
            guard let header = DirectoryHeader(bytes, at: place, before: end) else {
                throw .damaged("the zip file's directory is damaged")
            }
            place = header.end
            guard let entry = try header.entry() else { continue }
            (total, packed) = (total + entry.size, packed + entry.packedSize)
            // Entries that share their bytes would be unpacked over and over.
            guard packed <= bytes.count else { throw .damaged("the zip file's entries lie over one another") }
            guard total <= Self.sizeLimit else {
                throw .tooLarge("the zip file holds more than \(Self.sizeLimit >> 20) MB")
            }
            guard entries.updateValue(entry, forKey: entry.path) == nil else {
                throw .refused("the zip file has two entries \(entry.path.quoted)")
            }
        }
        self.entries = entries
        self.bytes = bytes
    }

    /// What a file holds; nil when there is none of that path.
    func contents(of path: String) throws(ZipError) -> [UInt8]? {
        guard let entry = entries[path] else { return nil }
        let damaged = ZipError.damaged("\(path.quoted) in the zip file is damaged")
        guard entry.offset + 30 <= bytes.count, bytes.long(entry.offset) == 0x0403_4B50 else { throw damaged }
        let start = entry.offset + 30 + Int(bytes.word(entry.offset + 26)) + Int(bytes.word(entry.offset + 28))
        guard start + entry.packedSize <= bytes.count else { throw damaged }
        let packed = bytes[start..<start + entry.packedSize]
        let contents = entry.isPacked ? Deflate.unpacked(packed, size: entry.size) : Array(packed)
        guard let contents, contents.count == entry.size, Deflate.checksum(of: contents) == entry.checksum else {
            throw damaged
        }
        return contents
    }

    /// The directory's end is the last thing but for a comment of at most 64 KB.
    private static func endOfDirectory(in bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let first = max(0, bytes.count - 22 - 0xFFFF)
        for place in stride(from: bytes.count - 22, through: first, by: -1)
        where bytes[place] == 0x50 && bytes.long(place) == 0x0605_4B50 {
            return place
        }
        return nil
    }
}

// MARK: - The directory

/// One line of a zip file's directory.
private struct DirectoryHeader {
    private let bytes: [UInt8]
    private let place: Int
    private let nameLength: Int
    /// Where the next one begins.
    let end: Int

    /// nil when there is none at this place.
    init?(_ bytes: [UInt8], at place: Int, before limit: Int) {
        guard place + 46 <= limit, bytes.long(place) == 0x0201_4B50 else { return nil }
        self.bytes = bytes
        self.place = place
        nameLength = Int(bytes.word(place + 28))
        end = place + 46 + nameLength + Int(bytes.word(place + 30)) + Int(bytes.word(place + 32))
        if end > limit { return nil }
    }

    /// The entry; nil for a folder.
    func entry() throws(ZipError) -> ZipArchive.Entry? {
        guard let path = String(validating: bytes[place + 46..<place + 46 + nameLength], as: UTF8.self) else {
            throw .refused("the zip file has a name that is no UTF-8")
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isFolder = parts.last?.isEmpty == true
        let steps = isFolder ? parts.dropLast() : parts[...]
        guard !steps.isEmpty, steps.allSatisfy({ !["", ".", ".."].contains($0) }), !path.contains("\\"),
            !path.unicodeScalars.contains(where: { $0.value < 32 })
        else { throw .refused("the zip file has the path \(path.quoted)") }
        // Written on Unix, the upper half of these bits is the file's mode.
        let kind = bytes.long(place + 38) >> 16 & 0xF000
        guard [0, 0x8000, 0x4000].contains(kind) else {
            throw .refused("\(path.quoted) in the zip file is neither a file nor a folder")
        }
        if isFolder { return nil }
        let method = bytes.word(place + 10)
        guard bytes.word(place + 8) & 1 == 0, method == 0 || method == 8 else {
            throw .refused("\(path.quoted) in the zip file is encrypted or packed in an unusual way")
        }
        return ZipArchive.Entry(
            path: path, size: Int(bytes.long(place + 24)), packedSize: Int(bytes.long(place + 20)),
            isPacked: method == 8, checksum: bytes.long(place + 16), offset: Int(bytes.long(place + 42)))
    }
}

extension [UInt8] {
    /// Two bytes, the lower one first.
    fileprivate func word(_ place: Int) -> UInt16 { UInt16(self[place]) | UInt16(self[place + 1]) << 8 }

    /// Four bytes, the lowest one first.
    fileprivate func long(_ place: Int) -> UInt32 { UInt32(word(place)) | UInt32(word(place + 2)) << 16 }
}

extension String {
    /// For messages: what somebody sent, short and on one line.
    var quoted: String { cut(to: 80).debugDescription }
}
