import Testing

@testable import AddonLoader

@Suite struct CSVTextTests {
    struct Case: CustomTestStringConvertible {
        let text: String, rows: [[String]], lines: [Int]
        var testDescription: String { text.debugDescription }
    }

    @Test(arguments: [
        Case(text: "a,b\n1,2\n", rows: [["a", "b"], ["1", "2"]], lines: [1, 2]),
        Case(text: "a,b\r\n1,2", rows: [["a", "b"], ["1", "2"]], lines: [1, 2]),
        Case(text: "\"a,b\",\"c\"\"d\"\n", rows: [["a,b", "c\"d"]], lines: [1]),
        Case(text: "\"two\nlines\",x\ny,z\n", rows: [["two\nlines", "x"], ["y", "z"]], lines: [1, 3]),
        Case(text: "a\n\n,,\n \nb,\n", rows: [["a"], [" "], ["b", ""]], lines: [1, 4, 5]),
        Case(text: "\"\",a\n", rows: [["", "a"]], lines: [1]),
        Case(text: "é,日本\n", rows: [["é", "日本"]], lines: [1]),
        Case(text: "", rows: [], lines: []),
    ])
    func `text becomes rows with their lines`(_ example: Case) throws {
        let rows = try CSVText.rows(of: example.text.utf8)
        #expect(rows.map(\.cells) == example.rows)
        #expect(rows.map(\.line) == example.lines)
    }

    @Test func `a row that is no UTF-8 is Latin-1`() throws {
        let rows = try CSVText.rows(of: Array("é\n".utf8) + [0xE9, 0x0A])
        #expect(rows.map(\.cells) == [["é"], ["é"]])
    }

    @Test func `a quote that is never closed is told by its line`() {
        #expect(throws: CSVText.OpenQuote(line: 2)) { try CSVText.rows(of: "a,b\n1,\"2\n3,4\n".utf8) }
    }
}
