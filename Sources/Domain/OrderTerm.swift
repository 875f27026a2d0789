/// One column of an order, with its direction.
public struct OrderTerm: Hashable, Sendable {
    public let name: String
    public let descending: Bool

    public init(_ name: String, descending: Bool = false) {
        self.name = name
        self.descending = descending
    }
}

/// Reads an order such as `priority, date desc` (contract/orm.md §6, Ordering). Names are lower-case letters, digits
/// and underscores.
///
/// - Throws: `DomainError.malformedOrder` for anything else, which keeps it from ever being SQL.
public func parseOrder(_ text: String) throws(DomainError) -> [OrderTerm] {
    var terms: [OrderTerm] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        let words = part.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" })
        guard let name = words.first, words.count <= 2, name.utf8.allSatisfy(isNameByte) else {
            throw .malformedOrder(text)
        }
        let direction = words.count == 2 ? words[1].lowercased() : "asc"
        guard direction == "asc" || direction == "desc" else { throw .malformedOrder(text) }
        terms.append(OrderTerm(String(name), descending: direction == "desc"))
    }
    return terms
}

private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
}
