import SQL
import Testing

@testable import PostgreSQL

@Suite struct ParameterBufferTests {
    private func texts(_ bindings: [Binding]) -> [String?]? {
        var buffer = ParameterBuffer()
        guard let range = buffer.append(bindings) else { return nil }
        return buffer.withPointers(range) { pointers in
            range.map { index in pointers?[index].map { String(cString: $0) } }
        }
    }

    @Test func `parameters are PostgreSQL's text, and null stays null`() {
        #expect(
            texts([.integer(7), .null, .text(""), .boolean(true), .text("Zoé"), .float(0.5)])
                == ["7", nil, "", "t", "Zoé", "0.5"])
    }

    @Test(arguments: [
        (Binding.integers([1, -2]), "{1,-2}"),
        (.integers([]), "{}"),
        (.texts(["a", "b\"c", "d\\e", "", "NULL", "{,}"]), #"{"a","b\"c","d\\e","","NULL","{,}"}"#),
        (.column(["x", nil]), #"{"x",NULL}"#),
    ])
    func `lists are array texts`(_ binding: Binding, _ expected: String) {
        #expect(texts([binding]) == [expected])
    }

    @Test(arguments: [Binding.text("a\0b"), .text("\0"), .texts(["a", "\0"]), .column([nil, "x\0"])])
    func `a text with a NUL byte is refused`(_ binding: Binding) {
        #expect(texts([.integer(1), binding]) == nil)
    }
}
