internal import PythonExpression
public import Values

/// A field as a record describes it; the texts are a person's.
public struct CustomField: Sendable {
    public let model: ModelName
    public let name: FieldName
    public let label: String
    /// A name that clients know kinds by: `many2one`.
    public let kind: String
    /// The model a relation leads to.
    public var relation = ""
    /// The other end of a one2many.
    public var inverse = ""
    /// Python pairs of key and label.
    public var selection = ""
    /// What the records offered for a relation fulfil.
    public var domain = ""
    public var size: Int?
    public var deletesWithTarget = false
    public var required = false
    public var readonly = false
    public var translate = false
    /// A number of `Field.Index`.
    public var searchLevel = 0

    public init(model: ModelName, name: FieldName, label: String, kind: String) {
        self.model = model
        self.name = name
        self.label = label
        self.kind = kind
    }

    /// Why a description makes no field.
    public struct Misfit: Error, CustomStringConvertible {
        public let reason: String

        init(_ reason: String) { self.reason = reason }

        public var description: String { reason }
    }

    /// The field it describes, whatever models there are.
    public func field() throws(Misfit) -> Field {
        guard name.utf8.count <= 63, name.utf8.allSatisfy(Self.isNameByte) else {
            throw Misfit("a name has up to 63 letters, digits and underscores")
        }
        var field = Field(name, label, try fieldKind(), storage: .stored, fallback: nil)
        field.attributes.required = required
        field.attributes.readonly = readonly
        field.attributes.translate = translate
        field.attributes.index = Field.Index(rawValue: searchLevel) ?? .none
        if field.kind.target != nil, !domain.isEmpty {
            // A literal list is applied by the server, too; other text is for the client alone.
            field.attributes.domain = (try? Expression.literal(domain)) ?? .text(domain)
        }
        return field
    }

    private func fieldKind() throws(Misfit) -> FieldKind {
        switch kind {
        case "char": return .char(size)
        case "text": return .text
        case "boolean": return .boolean
        case "integer": return .integer
        case "integer_big": return .bigInteger
        case "float": return .float(nil)
        case "date": return .date
        case "datetime": return .datetime
        case "binary": return .binary
        case "selection": return .selection(.fixed(try options()), size: nil)
        case "reference": return .reference(.fixed(try options()), size: size)
        case "many2one": return .many2one(relation, onDelete: deletesWithTarget ? .cascade : .setNull)
        case "one2many": return .one2many(relation, inverse: inverse)
        case "many2many":
            let table = Self.relationTable(of: name, from: model, to: relation)
            return .many2many(relation, through: RelationTable(table: table, own: "id1", other: "id2"))
        default: throw Misfit("there is no kind \(kind)")
        }
    }

    /// The table of a many2many's links: `x_res_partner_crm_lead_x_friends_rel`, cut as PostgreSQL cuts names.
    public static func relationTable(of field: FieldName, from model: ModelName, to target: ModelName) -> String {
        let ends = [target, model].map { $0.replacing(".", with: "_") }
        return String("x_\(ends[0])_\(ends[1])_\(field)_rel".prefix(63))
    }

    private func options() throws(Misfit) -> [Selection.Option] {
        guard let pairs = (try? Expression.literal(selection))?.list else {
            throw Misfit("the options are no list of pairs: \(selection)")
        }
        var options: [Selection.Option] = []
        for pair in pairs {
            guard let parts = pair.list, parts.count == 2 else {
                throw Misfit("an option is no pair of key and label: \(pair.pythonText)")
            }
            options.append(.init(parts[0].plainText, parts[1].plainText))
        }
        return options
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
