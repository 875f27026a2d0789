import PythonExpression
import Testing
import Values

/// A text and the value it stands for.
struct Example: CustomTestStringConvertible {
    let text: String
    let value: Value

    init(_ text: String, _ value: Value) {
        self.text = text
        self.value = value
    }

    var testDescription: String { text }
}
