internal import CLibXML2
internal import Values

/// Builds values from the parser's events: a flat stack of values, marks where open elements began, and one buffer for
/// the text of the element at hand. No tree is ever made.
///
/// The callbacks reach it through a plain pointer, which spares each of them the run-time exclusivity checks that a
/// class's properties cost.
struct CallReader: ~Copyable {
    /// An element whose end has not come, and how high the stacks were at its start.
    private struct Open {
        let tag: Tag
        let values: Int
        let names: Int
    }

    let limits: DecodingLimits
    /// Of this document; tells where the parser is, and is stopped through it.
    var parser: xmlParserCtxtPtr?
    /// What the document has to begin with.
    var root = Tag.methodCall

    var values: [Value] = []
    var text = TextBuffer()
    private(set) var method: String?
    private(set) var isFault = false
    /// Whether the root element has come to its end.
    private(set) var hasEnded = false
    /// The first thing that went wrong; nothing is read after it.
    private(set) var error: DecodingError?

    /// The parser's own copies of the element names: it hands out these very pointers.
    private let names: [(pointer: UnsafePointer<UInt8>?, tag: Tag)]
    private var path: [Open] = []
    private var memberNames: [String] = []
    private var isCollecting = false
    private var depth = 0
    /// Values and members.
    private var elements = 0
    private var textBytes = 0

    /// A reader for contexts that share the name dictionary of `parser`.
    init(limits: DecodingLimits, parser: xmlParserCtxtPtr) {
        self.limits = limits
        names = Tag.allCases.map { (xmlDictLookup(parser.pointee.dict, $0.rawValue, -1), $0) }
    }

    /// Ready for another document; the stacks keep their memory unless they have grown large.
    mutating func reset() {
        path.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: values.capacity <= 1 << 14)
        memberNames.removeAll(keepingCapacity: memberNames.capacity <= 1 << 14)
        text.shrink()
        method = nil
        isFault = false
        hasEnded = false
        error = nil
        isCollecting = false
        depth = 0
        elements = 0
        textBytes = 0
    }

    var line: Int { Int(xmlSAX2GetLineNumber(parser)) }

    /// Keeps the first error and stops the parser.
    mutating func fail(_ error: DecodingError) {
        keep(error)
        if let parser { xmlStopParser(parser) }
    }

    /// Keeps the first error, for one that stops the parser by itself.
    mutating func keep(_ error: DecodingError) {
        if self.error == nil { self.error = error }
        isCollecting = false
    }

    // MARK: - Events

    mutating func start(_ name: UnsafePointer<UInt8>, prefix: UnsafePointer<UInt8>?) {
        guard error == nil else { return }
        guard let tag = names.first(where: { $0.pointer == name })?.tag, isInPlace(tag, prefix: prefix) else {
            return fail(.unexpected("element <\(Self.shown(name))>", line: line))
        }
        switch tag {
        case .value, .member:
            elements += 1
            if elements > limits.elements { return fail(.tooLarge(what: "values and members", limit: limits.elements)) }
        case .array, .structure:
            depth += 1
            if depth > limits.depth {
                return fail(.tooLarge(what: "arrays and structs within one another", limit: limits.depth))
            }
        case .fault: isFault = true
        default: break
        }
        path.append(Open(tag: tag, values: values.count, names: memberNames.count))
        isCollecting = tag.holdsText
        text.removeAll()
    }

    mutating func characters(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        guard isCollecting else { return }
        textBytes += length
        guard textBytes <= limits.textBytes else {
            return fail(.tooLarge(what: "bytes of text", limit: limits.textBytes))
        }
        text.append(bytes, length)
    }

    mutating func end() {
        guard error == nil, let open = path.popLast() else { return }
        isCollecting = false
        switch open.tag {
        case .value: if values.count == open.values { values.append(.text(text.string)) }
        case .string: values.append(.text(text.string))
        case .int, .i4, .i8: appendInteger()
        case .name: memberNames.append(text.string)
        case .member:
            if values.count != open.values + 1 || memberNames.count != open.names + 1 {
                fail(.unexpected("member without one name and one value", line: line))
            }
        case .boolean: appendBoolean()
        case .array:
            depth -= 1
            let list = Array(values[open.values...])
            values.removeSubrange(open.values...)
            values.append(.list(list))
        case .structure: closeStruct(open)
        case .double: appendDouble()
        case .null: values.append(.null)
        case .base64: values.append(.text(String(decoding: text.trimmed, as: UTF8.self)))
        case .dateTime: appendDateTime()
        case .methodName: method = text.string
        case .param:
            if values.count == open.values { fail(.unexpected("parameter without a value", line: line)) }
        case .methodCall, .methodResponse: hasEnded = true
        case .data, .params, .fault: break
        }
    }

    // MARK: - Structure

    /// Whether the element may stand here, for the first time where it may stand only once.
    private func isInPlace(_ tag: Tag, prefix: UnsafePointer<UInt8>?) -> Bool {
        // Of the extensions to XML-RPC only Apache's `ex:nil` is about.
        if prefix != nil, tag != .null { return false }
        guard let parent = path.last else { return tag == root }
        guard parent.tag.admits(tag) else { return false }
        switch parent.tag {
        case .value, .param: return values.count == parent.values
        case .member where tag == .value: return values.count == parent.values
        case .methodCall where tag == .methodName: return method == nil
        default: return true
        }
    }

    /// The later of two members with one name counts, as in the original.
    private mutating func closeStruct(_ open: Open) {
        depth -= 1
        var members = [String: Value](minimumCapacity: values.count - open.values)
        for (name, value) in zip(memberNames[open.names...], values[open.values...]) { members[name] = value }
        values.removeSubrange(open.values...)
        memberNames.removeSubrange(open.names...)
        values.append(.dictionary(members))
    }

    /// The start of a hostile name, for a message.
    private static func shown(_ name: UnsafePointer<UInt8>) -> String {
        let length = min(Int(xmlStrlen(name)), 40)
        return String(decoding: UnsafeBufferPointer(start: name, count: length), as: UTF8.self)
    }
}
