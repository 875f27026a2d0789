/// How long records of transient models live (contract/orm.md §13).
public struct Transience: Sendable {
    /// Records nobody has used for so many hours are deleted.
    public var hours = 1.0
    /// Of more records of a model those used last stay; nil is no limit.
    public var count: Int?

    public init() {}
}
