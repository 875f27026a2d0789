internal import CLibXML2
internal import Values

/// Builds values from the events of the parser: a flat stack of values with marks where arrays and structs began, and
/// one buffer for the text of the element at hand. No tree is ever made.
final class CallReader {
    /// Tells on which line the parser is.
    var parser: xmlParserCtxtPtr?
    private let limits: DecodingLimits
    private var path: [Tag] = []
    private var values: [Value] = []
    /// Where the values of each open array or struct begin.
    private var marks: [Int] = []
    private var keys: [String] = []
    private var keyMarks: [Int] = []
    /// For each open `value` whether a typed element was in it.
    private var isTyped: [Bool] = []
    private var text: [UInt8] = []
    private var elements = 0
    private(set) var method: String?
    private(set) var isFault = false
    /// The first thing that went wrong; nothing is read after it.
    private(set) var error: DecodingError?

    init(limits: DecodingLimits) { self.limits = limits }

    /// Ready for another document; the buffers keep their memory unless they have grown large.
    func reset() {
        let keeps = text.capacity < 1 << 20 && values.capacity < 1 << 14
        path.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: keeps)
        marks.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: keeps)
        keyMarks.removeAll(keepingCapacity: true)
        isTyped.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: keeps)
        elements = 0
        method = nil
        isFault = false
        error = nil
    }

    func fail(_ error: DecodingError) { if self.error == nil { self.error = error } }

    /// The values of the document's parameters.
    func finish() -> [Value] { values }

    private var line: Int { Int(xmlSAX2GetLineNumber(parser)) }

    // MARK: - Events

    func start(_ name: UnsafeBufferPointer<UInt8>) {
        guard error == nil else { return }
        guard let tag = Tag(name), tag.fits(in: path.last) else {
            let shown = String(decoding: name.prefix(40), as: UTF8.self)
            fail(.unexpected("element <\(shown)>", line: line))
            return
        }
        switch tag {
        case .value:
            isTyped.append(false)
            count()
        case .array, .structure, .int, .boolean, .string, .double, .null, .base64, .dateTime:
            guard isTyped.last == false else {
                fail(.unexpected("second content of a value", line: line))
                return
            }
            isTyped[isTyped.count - 1] = true
            if tag == .array || tag == .structure { open() }
        case .member: count()
        case .fault: isFault = true
        default: break
        }
        path.append(tag)
        text.removeAll(keepingCapacity: true)
    }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard error == nil, let tag = path.last, tag.holdsText else { return }
        guard text.count + bytes.count <= limits.textBytes else {
            fail(.tooLarge(what: "bytes of text", limit: limits.textBytes))
            return
        }
        text.append(contentsOf: bytes)
    }

    func end() {
        guard error == nil, let tag = path.popLast() else { return }
        switch tag {
        case .methodName: method = takeText()
        case .name: keys.append(takeText())
        case .value: if isTyped.popLast() == false { values.append(.text(takeText())) }
        case .string, .base64: values.append(.text(tag == .string ? takeText() : takeTrimmed()))
        case .int: append(integer(takeTrimmed()))
        case .boolean: append(boolean(takeTrimmed()))
        case .double: append(double(takeTrimmed()))
        case .dateTime: values.append(.text(Self.spacedDate(takeTrimmed())))
        case .null: values.append(.null)
        case .array: closeArray()
        case .structure: closeStruct()
        case .member: checkMember()
        case .methodCall, .methodResponse, .params, .param, .fault, .data: break
        }
        text.removeAll(keepingCapacity: true)
    }

    // MARK: - Containers

    private func count() {
        elements += 1
        if elements > limits.elements { fail(.tooLarge(what: "values", limit: limits.elements)) }
    }

    private func open() {
        guard marks.count < limits.depth else {
            fail(.tooLarge(what: "arrays and structs within one another", limit: limits.depth))
            return
        }
        marks.append(values.count)
        keyMarks.append(keys.count)
    }

    private func closeArray() {
        guard let mark = marks.popLast() else { return }
        _ = keyMarks.popLast()
        let list = Array(values[mark...])
        values.removeSubrange(mark...)
        values.append(.list(list))
    }

    /// The later of two members with one name counts, as in the original.
    private func closeStruct() {
        guard let mark = marks.popLast(), let keyMark = keyMarks.popLast() else { return }
        var members = [String: Value](minimumCapacity: values.count - mark)
        for (key, value) in zip(keys[keyMark...], values[mark...]) { members[key] = value }
        values.removeSubrange(mark...)
        keys.removeSubrange(keyMark...)
        values.append(.dictionary(members))
    }

    private func checkMember() {
        guard let mark = marks.last, let keyMark = keyMarks.last else { return }
        if keys.count - keyMark != values.count - mark {
            fail(.unexpected("member without one name and one value", line: line))
        }
    }

    // MARK: - Scalars

    private func takeText() -> String { String(decoding: text, as: UTF8.self) }

    private func takeTrimmed() -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
        guard let first = text.firstIndex(where: { !isBlank($0) }),
            let last = text.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: text[first...last], as: UTF8.self)
    }

    private func append(_ value: Value?) { if let value { values.append(value) } }

    private func integer(_ text: String) -> Value? {
        if let number = Int(text) { return .integer(number) }
        fail(.badValue(type: "int", text: String(text.prefix(40))))
        return nil
    }

    private func boolean(_ text: String) -> Value? {
        switch text {
        case "1", "true": return true
        case "0", "false": return false
        default:
            fail(.badValue(type: "boolean", text: String(text.prefix(40))))
            return nil
        }
    }

    private func double(_ text: String) -> Value? {
        if let number = Double(text) { return .float(number) }
        fail(.badValue(type: "double", text: String(text.prefix(40))))
        return nil
    }

    /// `20110601T08:30:00` in OpenERP's spelling: `2011-06-01 08:30:00`. Anything else stays as it is.
    private static func spacedDate(_ text: String) -> String {
        var digits = Array(text.utf8)
        if digits.last == UInt8(ascii: "Z") { digits.removeLast() }
        if digits.count == 17, digits[8] == UInt8(ascii: "T") {
            digits[8] = UInt8(ascii: " ")
            digits.insert(UInt8(ascii: "-"), at: 6)
            digits.insert(UInt8(ascii: "-"), at: 4)
        } else if digits.count == 19, digits[10] == UInt8(ascii: "T") {
            digits[10] = UInt8(ascii: " ")
        } else {
            return text
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
