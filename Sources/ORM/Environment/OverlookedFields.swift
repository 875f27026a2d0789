internal import Synchronization
public import Values

/// Counts what calls name that is no field of a model and is overlooked, since clients rely on that (contract/README.md,
/// difference 4): whoever runs a server shall be able to tell. Guards its table.
public final class OverlookedFields: Sendable {
    /// A name that no field of the model has.
    public struct Name: Hashable, Comparable, Sendable {
        public let model: ModelName
        public let field: FieldName

        public static func < (first: Name, second: Name) -> Bool {
            (first.model, first.field) < (second.model, second.field)
        }
    }

    /// Callers may make up as many names as they like; no more than so many are told apart.
    private static let limit = 500
    private static let longest = 80

    private let counts = Mutex<[Name: Int]>([:])
    private let tell: @Sendable (Name) -> Void

    /// - Parameter tell: Is told each name once, when it is first met.
    public init(telling tell: @escaping @Sendable (Name) -> Void = { _ in }) { self.tell = tell }

    /// How often each name was met so far. Names beyond the limit are counted together, as the field `*` of `*`.
    public var all: [Name: Int] { counts.withLock { $0 } }

    func note(_ fields: [FieldName], of model: ModelName) {
        let new = counts.withLock { counts in
            fields.compactMap { field -> Name? in
                var name = Name(model: model, field: field.cut(to: Self.longest))
                if counts[name] == nil, counts.count >= Self.limit { name = Name(model: "*", field: "*") }
                counts[name, default: 0] += 1
                return counts[name] == 1 ? name : nil
            }
        }
        for name in new { tell(name) }
    }
}
