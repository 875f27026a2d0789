extension String {
    /// The first `size` characters, as PostgreSQL counts them: what a column of that size can hold. nil is any number.
    public func cut(to size: Int?) -> String {
        guard let size, unicodeScalars.count > size else { return self }
        return String(UnicodeScalarView(unicodeScalars.prefix(size)))
    }
}
