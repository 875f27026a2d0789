/// A word of the expression language.
struct Token {
    enum Kind: Equatable {
        case name(String)
        case keyword(Keyword)
        case text(String)
        case integer(Int)
        case float(Double)
        case symbol(Symbol)
        /// A line end outside all brackets.
        case newline
        case end
    }

    let kind: Kind
    let position: SourcePosition

    /// The words that have a meaning inside expressions.
    enum Keyword: String {
        case and, or, not, `in`, `is`, `if`, `else`, `for`, lambda
    }

    /// Words that only begin or belong to statements; none can be a name.
    static let statementWords: Set<String> = [
        "as", "assert", "break", "class", "continue", "def", "del", "elif", "except", "exec", "finally", "from",
        "global", "import", "pass", "print", "raise", "return", "try", "while", "with", "yield",
    ]

    enum Symbol: String {
        case openParenthesis = "(", closeParenthesis = ")"
        case openBracket = "[", closeBracket = "]"
        case openBrace = "{", closeBrace = "}"
        case comma = ",", colon = ":", dot = "."
        case assign = "="
        case equal = "==", unequal = "!=", angles = "<>"
        case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case plus = "+", minus = "-", star = "*", slash = "/", doubleSlash = "//", percent = "%", doubleStar = "**"
    }

    /// The token in a complaint about it.
    var spelling: String {
        switch kind {
        case .name(let name): "'\(name)'"
        case .keyword(let word): "'\(word.rawValue)'"
        case .text: "a text"
        case .integer, .float: "a number"
        case .symbol(let symbol): "'\(symbol.rawValue)'"
        case .newline: "the end of the line"
        case .end: "the end of the text"
        }
    }
}
