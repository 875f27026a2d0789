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
        case .float: return try bindings([value], for: field)[0]
        case .char(let size): return Self.text(value, cutTo: size)
        case .text, .date, .datetime, .time, .binary: return Self.text(value, cutTo: nil)
        case .selection, .reference: return try bindings([value], for: field)[0]
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

    /// The parameters of many rows for one column: what a selection offers, and how far a number is rounded, is asked
    /// for once.
    func bindings(_ values: [Value], for field: Field) throws -> [Binding] {
        switch field.kind {
        case .selection(let options, _):
            try check(values, field: field) {
                let keys = try keys(of: options)
                return { keys.contains($0.plainText) }
            }
        case .reference(let models, _):
            try check(values, field: field) {
                let keys = try keys(of: models)
                return { value in
                    let parts = value.plainText.split(separator: ",", maxSplits: 1)
                    guard parts.count == 2, let id = Int(parts[1]), id != 0 else { return false }
                    let model = String(parts[0])
                    // Without options the field takes records of any model.
                    return keys.isEmpty ? environment.registry.models[model] != nil : keys.contains(model)
                }
            }
        case .float:
            guard let digits = field.attributes.digits else { return try values.map { .float(try Self.float($0)) } }
            let scale = try digits(environment).scale
            return try values.map { .float(try Self.float($0).rounded(toScale: scale)) }
        default: return try values.map { try binding($0, for: field) }
        }
        if field.kind.hasIntegerKeys {
            return try values.map { $0.isAbsent ? .null : .integer(try Self.integer($0)) }
        }
        return values.map { Self.text($0, cutTo: nil) }
    }

    private static func text(_ value: Value, cutTo size: Int?) -> Binding {
        value.isAbsent ? .null : .text(value.plainText.cut(to: size))
    }

    static func integer(_ value: Value) throws -> Int {
        do { return try value.wholeNumber() } catch { throw ORMError.badValue(error.reason) }
    }

    static func float(_ value: Value) throws -> Double {
        do { return try value.decimalNumber() } catch { throw ORMError.badValue(error.reason) }
    }

    /// - Throws: `ORMError.notInSelection` for the first value that the field does not offer; empty ones are let pass.
    private func check(_ values: [Value], field: Field, by rule: () throws -> (Value) -> Bool) throws {
        let given = values.filter(\.isTruthy)
        if given.isEmpty { return }
        let isOffered = try rule()
        if let unknown = given.first(where: { !isOffered($0) }) {
            throw ORMError.notInSelection(value: unknown.plainText, field: field.name)
        }
    }

    private func keys(of selection: Selection) throws -> Set<String> {
        Set(try selection.options(in: environment).map(\.key))
    }
}
