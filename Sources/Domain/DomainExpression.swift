/// A domain as a tree.
public indirect enum DomainExpression: Hashable, Sendable {
    case everything
    case nothing
    case leaf(Leaf)
    case and([DomainExpression])
    case or([DomainExpression])
    case not(DomainExpression)
}
