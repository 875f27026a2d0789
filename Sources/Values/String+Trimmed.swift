extension String {
    /// Without ASCII white space at both ends, as Python's number constructors read text.
    public var trimmed: Substring {
        let blanks: Set<Character> = [" ", "\t", "\n", "\r"]
        var rest = self[...]
        while let first = rest.first, blanks.contains(first) { rest.removeFirst() }
        while let last = rest.last, blanks.contains(last) { rest.removeLast() }
        return rest
    }
}
