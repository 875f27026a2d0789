internal import ORM
internal import Values

/// Text with `%(module.name)d` for ids and `%%` for a percent sign, as views name actions.
struct ReferenceText {
    let context: LoadContext
    let place: SourcePlace

    /// - Throws: `LoadError` for an unknown id and for a percent sign that stands for nothing.
    func resolved(_ text: String) throws -> String {
        guard text.contains("%") else { return text }
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "%") {
            result += rest[..<mark]
            rest = rest[rest.index(after: mark)...]
            if rest.first == "%" {
                result += "%"
                rest = rest.dropFirst()
            } else if rest.first == "(", let close = rest.firstIndex(of: ")"),
                let kind = rest[rest.index(after: close)...].first, kind == "d" || kind == "s"
            {
                let name = String(rest[rest.index(after: rest.startIndex)..<close])
                result += String(try context.resolve(name, at: place).id)
                rest = rest[rest.index(close, offsetBy: 2)...]
            } else {
                throw LoadError.malformed("a percent sign is written %% here", at: place)
            }
        }
        return result + rest
    }
}
