internal import SQL
internal import Values

/// Turns a value from the wire into what a field's column stores (contract/orm.md §2).
struct ValueConversion {
    let environment: Environment

    /// The parameter for a column as SQL, cast where PostgreSQL would not read it rightly by itself.
    ///
    /// - Throws: `ORMError.notInSelection` and `ORMError.badValue`, in the words of the original.
    func stored(_ value: Value, in field: Field) throws -> SQL {
        let binding = try binding(value, for: field)
        if case .binary = field.kind, case .text = binding {
            // Base64 text is kept as it is, not decoded.
            return "convert_to(\(binding)::text, 'UTF8')"
        }
        return "\(binding)"
    }

    /// The parameter for a column.
    func binding(_ value: Value, for field: Field) throws -> Binding {
        switch field.kind {
        case .boolean: return .boolean(value.isTruthy)
        case .integer, .bigInteger: return .integer(try Self.integer(value))
        case .float:
            let number = try Self.float(value)
            guard let digits = field.attributes.digits else { return .float(number) }
            return .float(number.rounded(toScale: try digits(environment).scale))
        case .char(let size): return Self.text(value, cutTo: size)
        case .text, .date, .datetime, .time, .binary: return Self.text(value, cutTo: nil)
        case .selection(let selection, _):
            try check(value, in: selection, field: field)
            if field.kind.hasIntegerKeys { return value.isAbsent ? .null : .integer(try Self.integer(value)) }
            return Self.text(value, cutTo: nil)
        case .reference(let models, _):
            try check(reference: value, in: models, field: field)
            return Self.text(value, cutTo: nil)
        case .serialized: return value.isAbsent ? .null : .text(SerializedText.text(of: value))
        case .many2one:
            guard value.isTruthy else { return .null }
            guard let id = value.recordID else {
                throw ORMError.badValue("\(value.pythonText) is no record id for the field \(field.name)")
            }
            return .integer(id)
        case .one2many, .many2many:
            throw ORMError.wrongKind(field: field.name, of: "", asked: "a column")
        }
    }

    private static func text(_ value: Value, cutTo size: Int?) -> Binding {
        value.isAbsent ? .null : .text(value.plainText.cut(to: size))
    }

    private static func integer(_ value: Value) throws -> Int {
        switch value {
        case .integer(let number): return number
        case .boolean(let flag): return flag ? 1 : 0
        case .float(let number):
            guard let whole = Int(exactly: number.rounded(.towardZero)) else {
                throw ORMError.badValue("cannot convert float \(number.pythonText) to integer")
            }
            return whole
        case .text(let text):
            if text.isEmpty { return 0 }
            guard let number = Int(text.trimmed) else {
                throw ORMError.badValue("invalid literal for int() with base 10: \(value.pythonText)")
            }
            return number
        default:
            if !value.isTruthy { return 0 }
            throw ORMError.badValue("int() argument must be a string or a number, not \(value.pythonTypeName)")
        }
    }

    private static func float(_ value: Value) throws -> Double {
        if let number = value.number { return number }
        if !value.isTruthy { return 0 }
        switch value {
        case .boolean: return 1
        case .text(let text):
            guard let number = Double(text.trimmed) else {
                throw ORMError.badValue("could not convert string to float: \(text)")
            }
            return number
        default:
            throw ORMError.badValue("float() argument must be a string or a number")
        }
    }

    private func check(_ value: Value, in selection: Selection, field: Field) throws {
        guard value.isTruthy else { return }
        let key = value.plainText
        guard try selection.options(in: environment).contains(where: { $0.key == key }) else {
            throw ORMError.notInSelection(value: key, field: field.name)
        }
    }

    private func check(reference value: Value, in models: Selection, field: Field) throws {
        guard value.isTruthy else { return }
        let parts = value.plainText.split(separator: ",", maxSplits: 1)
        let options = try models.options(in: environment)
        let model = parts.first.map(String.init) ?? ""
        // Without options the field takes records of any model.
        let known = options.isEmpty ? environment.registry.models[model] != nil : options.contains { $0.key == model }
        guard known, parts.count == 2, let id = Int(parts[1]), id != 0 else {
            throw ORMError.notInSelection(value: value.plainText, field: field.name)
        }
    }
}

extension Value {
    /// The name of the Python type, in quotes, as faults word it.
    var pythonTypeName: String {
        switch self {
        case .null: "'NoneType'"
        case .boolean: "'bool'"
        case .integer: "'int'"
        case .float: "'float'"
        case .text: "'str'"
        case .list: "'list'"
        case .dictionary: "'dict'"
        }
    }
}

extension String {
    /// Without ASCII white space at both ends, as Python's number constructors read text.
    var trimmed: Substring {
        let blanks: Set<Character> = [" ", "\t", "\n", "\r"]
        var rest = self[...]
        while let first = rest.first, blanks.contains(first) { rest.removeFirst() }
        while let last = rest.last, blanks.contains(last) { rest.removeLast() }
        return rest
    }
}
