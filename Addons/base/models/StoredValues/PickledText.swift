internal import Values

/// Python's pickle, protocol 0, as far as OpenERP stores values with it in text columns: `S'en_US'\np0\n.`
///
/// Reading knows the opcodes of plain values and nothing else: no objects, no code, bounded size and depth.
enum PickledText {
    private static let sizeLimit = 1_000_000
    private static let depthLimit = 50

    // MARK: - Writing

    /// The value as a pickle.
    static func encode(_ value: Value) -> String {
        var writer = Writer()
        writer.write(value)
        return writer.text + "."
    }

    private struct Writer {
        var text = ""
        /// Python numbers what it wrote and may refer to it; readers want the numbers.
        private var memos = 0

        mutating func write(_ value: Value) {
            switch value {
            case .null: text += "N"
            case .boolean(let flag): text += flag ? "I01\n" : "I00\n"
            case .integer(let number): text += "I\(number)\n"
            case .float(let number): text += "F\(number.pythonText)\n"
            case .text(let content): write(content)
            case .list(let elements):
                text += "(l"
                remember()
                for element in elements {
                    write(element)
                    text += "a"
                }
            case .dictionary(let members):
                text += "(d"
                remember()
                for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                    write(key)
                    write(member)
                    text += "s"
                }
            }
        }

        /// ASCII as a byte string in quotes, all else as Unicode with escapes.
        private mutating func write(_ content: String) {
            if content.utf8.allSatisfy({ $0 < 0x80 }) {
                text += "S" + Value.text(content).pythonText + "\n"
            } else {
                text += "V"
                for scalar in content.unicodeScalars {
                    switch scalar {
                    case "\\", "\n", "\r", "\0": text += Self.escape(scalar, "u", digits: 4)
                    case _ where scalar.value < 0x80: text.unicodeScalars.append(scalar)
                    case _ where scalar.value < 0x10000: text += Self.escape(scalar, "u", digits: 4)
                    default: text += Self.escape(scalar, "U", digits: 8)
                    }
                }
                text += "\n"
            }
            remember()
        }

        private mutating func remember() {
            text += "p\(memos)\n"
            memos += 1
        }

        private static func escape(_ scalar: Unicode.Scalar, _ kind: String, digits: Int) -> String {
            let number = String(scalar.value, radix: 16)
            return "\\" + kind + String(repeating: "0", count: max(0, digits - number.count)) + number
        }
    }

    // MARK: - Reading

    /// The value of a pickle; nil for anything that is none, or holds more than plain values.
    static func decode(_ text: String) -> Value? {
        guard text.utf8.count <= sizeLimit else { return nil }
        var reader = Reader(text)
        return reader.read()
    }

    private struct Reader {
        private enum Item {
            case mark
            case value(Value)
        }

        private var rest: Substring.UnicodeScalarView
        private var stack: [Item] = []
        private var memo: [String: Value] = [:]

        init(_ text: String) { rest = text[...].unicodeScalars }

        mutating func read() -> Value? {
            while let code = rest.popFirst() {
                if code == "." {
                    guard stack.count == 1, case .value(let value) = stack[0] else { return nil }
                    return value
                }
                guard step(code) else { return nil }
            }
            return nil
        }

        private mutating func step(_ code: Unicode.Scalar) -> Bool {
            switch code {
            case "(": stack.append(.mark)
            case "N": push(.null)
            case "I", "L": return pushNumber()
            case "F": return line().flatMap { Double($0) }.map { push(.float($0)) } != nil
            case "S": return line().flatMap { PythonLiteral.text($0) }.map { push(.text($0)) } != nil
            case "V": return line().flatMap { PythonLiteral.unescaped($0) }.map { push(.text($0)) } != nil
            case "p": return line().flatMap { put($0) } != nil
            case "g": return line().flatMap { memo[$0] }.map { push($0) } != nil
            case "l", "t": return popToMark().map { push(.list($0)) } != nil
            case "d": return popToMark().flatMap { Self.dictionary($0) }.map { push(.dictionary($0)) } != nil
            case "a": return append()
            case "s": return setMember()
            default: return false
            }
            return stack.count <= PickledText.sizeLimit
        }

        /// `I01` and `I00` are true and false; `5L` is a long number.
        private mutating func pushNumber() -> Bool {
            guard let line = line() else { return false }
            switch line {
            case "01": push(.boolean(true))
            case "00": push(.boolean(false))
            default:
                guard let number = Int(line.hasSuffix("L") ? line.dropLast() : line[...]) else { return false }
                push(.integer(number))
            }
            return true
        }

        /// Lists are filled after they are remembered, so a remembered list may be older than what it stands for;
        /// plain values are not shared, and no pickle of them refers to a list again.
        private mutating func put(_ name: String) -> Void? {
            guard case .value(let value)? = stack.last else { return nil }
            memo[name] = value
            return ()
        }

        private mutating func append() -> Bool {
            guard let element = pop(), case .list(var elements)? = pop(), element.depth < PickledText.depthLimit else {
                return false
            }
            elements.append(element)
            push(.list(elements))
            return true
        }

        private mutating func setMember() -> Bool {
            guard let member = pop(), let key = pop(), case .dictionary(var members)? = pop(),
                member.depth < PickledText.depthLimit
            else { return false }
            members[key.plainText] = member
            push(.dictionary(members))
            return true
        }

        private mutating func push(_ value: Value) { stack.append(.value(value)) }

        private mutating func pop() -> Value? {
            guard case .value(let value)? = stack.popLast() else { return nil }
            return value
        }

        private mutating func popToMark() -> [Value]? {
            var values: [Value] = []
            while let item = stack.popLast() {
                guard case .value(let value) = item else { return values.reversed() }
                guard value.depth < PickledText.depthLimit else { return nil }
                values.append(value)
            }
            return nil
        }

        private static func dictionary(_ items: [Value]) -> [String: Value]? {
            guard items.count.isMultiple(of: 2) else { return nil }
            var members: [String: Value] = [:]
            for place in stride(from: 0, to: items.count, by: 2) { members[items[place].plainText] = items[place + 1] }
            return members
        }

        private mutating func line() -> String? {
            guard let end = rest.firstIndex(of: "\n") else { return nil }
            let line = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            return line
        }
    }
}

extension Value {
    /// How deep lists and dictionaries lie within one another.
    fileprivate var depth: Int {
        switch self {
        case .list(let elements): 1 + (elements.lazy.map(\.depth).max() ?? 0)
        case .dictionary(let members): 1 + (members.values.lazy.map(\.depth).max() ?? 0)
        default: 0
        }
    }
}
