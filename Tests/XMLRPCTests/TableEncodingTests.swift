import Testing
import Values
import XMLRPC

@Suite struct TableEncodingTests {
    struct Cell: CustomTestStringConvertible, Sendable {
        let kind: CellKind, text: String?, xml: String
        var testDescription: String { "\(kind) \(text ?? "NULL")" }

        init(_ kind: CellKind, _ text: String?, _ xml: String) {
            self.kind = kind
            self.text = text
            self.xml = xml
        }
    }

    @Test(arguments: [
        Cell(.text, "Ann & Co", "<string>Ann &amp; Co</string>"),
        Cell(.text, "", "<string></string>"),
        Cell(.text, nil, "<boolean>0</boolean>"),
        Cell(.integer, "42", "<int>42</int>"),
        Cell(.integer, "-2147483648", "<int>-2147483648</int>"),
        Cell(.integer, nil, "<int>0</int>"),
        Cell(.integer, "2147483647", "<int>2147483647</int>"),
        Cell(.integer, "-5", "<int>-5</int>"),
        Cell(.identifier, "0", "<int>0</int>"),
        Cell(.identifier, "999999999", "<int>999999999</int>"),
        Cell(.identifier, nil, "<boolean>0</boolean>"),
        Cell(.boolean, "t", "<boolean>1</boolean>"),
        Cell(.boolean, "f", "<boolean>0</boolean>"),
        Cell(.boolean, nil, "<boolean>0</boolean>"),
        Cell(.datetime, "2011-06-01 08:30:00.123456", "<string>2011-06-01 08:30:00</string>"),
        Cell(.datetime, "2011-06-01 08:30:00", "<string>2011-06-01 08:30:00</string>"),
        Cell(.datetime, "2011-06-01 08:30:00+02", "<string>2011-06-01 08:30:00</string>"),
        Cell(.datetime, "2011-06-01", "<string>2011-06-01</string>"),
        Cell(.datetime, nil, "<boolean>0</boolean>"),
        Cell(.float, nil, "<double>0.0</double>"),
        Cell(.float, "10", "<double>10.0</double>"),
        Cell(.float, "-0.5", "<double>-0.5</double>"),
        Cell(.float, "-10", "<double>-10.0</double>"),
        Cell(.float, "0.00012", "<double>0.00012</double>"),
        Cell(.float, "-0.000012", "<double>-1.2e-05</double>"),
        Cell(.float, "0.0000", "<double>0.0</double>"),
        Cell(.float, "1.5e+300", "<double>1.5e+300</double>"),
        Cell(.float, "1e+16", "<double>1e+16</double>"),
        Cell(.float, "9999999999999998", "<double>9999999999999998.0</double>"),
        Cell(.float, "12345678901234567", "<double>1.2345678901234568e+16</double>"),
        Cell(.float, "12345678901234567890.5", "<double>1.2345678901234567e+19</double>"),
        Cell(.float, "Infinity", "<double>inf</double>"),
        Cell(.float, "-0", "<double>-0.0</double>"),
        Cell(.float, "0.00", "<double>0.0</double>"),
        Cell(.float, "12.50", "<double>12.5</double>"),
        Cell(.float, "-1234.5678", "<double>-1234.5678</double>"),
        Cell(.float, "0.0001", "<double>0.0001</double>"),
        Cell(.float, "0.00001", "<double>1e-05</double>"),
        Cell(.float, "1e+20", "<double>1e+20</double>"),
        Cell(.float, "1e-05", "<double>1e-05</double>"),
        Cell(.float, "100000000000000000000", "<double>1e+20</double>"),
        Cell(.float, "123456789012345", "<double>123456789012345.0</double>"),
        Cell(.float, "0.1234567890123456789", "<double>0.12345678901234568</double>"),
        Cell(.float, "NaN", "<double>nan</double>"),
        Cell(.float, "-Infinity", "<double>-inf</double>"),
    ])
    func `a raw cell is written as what it stands for`(_ cell: Cell) throws {
        let source = FakeResult([[cell.text.map { Array($0.utf8) }]])
        var table = RecordTable(count: 1)
        table.append("f", .raw(source: source, index: 0, kind: cell.kind))
        #expect(
            try encodedValue(.record(table))
                == "<value><struct>\n<member>\n<name>f</name>\n<value>\(cell.xml)</value>\n</member>\n</struct></value>"
        )
    }

    @Test func `bytes that are no UTF-8 are replaced`() throws {
        let source = FakeResult([[[0x41, 0xFF, 0xC3, 0xA9, 0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x41]]])
        var table = RecordTable(count: 1)
        for index in 0..<4 { table.append("\(index)", .raw(source: source, index: index, kind: .text)) }
        let xml = try encodedValue(.record(table))
        #expect(xml.contains("<string>A\u{FFFD}é\u{FFFD}</string>"))
        #expect(xml.contains("<string>\u{FFFD}\u{FFFD}\u{FFFD}</string>"))
        #expect(xml.contains("<string>\u{FFFD}A</string>"))
    }

    @Test func `a many2one is its id and name, or False`() throws {
        let source = FakeResult([[Array("7".utf8)], [Array("8".utf8)], [nil]])
        var table = RecordTable(count: 3)
        table.append("p", .references(source: source, index: 0, names: [7: "A & B"]))
        let empty =
            "<value><struct>\n<member>\n<name>p</name>\n<value><boolean>0</boolean></value>\n</member>\n</struct></value>\n"
        #expect(
            try encodedValue(.table(table))
                == "<value><array><data>\n<value><struct>\n<member>\n<name>p</name>\n<value><array><data>\n"
                + "<value><int>7</int></value>\n<value><string>A &amp; B</string></value>\n</data></array></value>\n"
                + "</member>\n</struct></value>\n\(empty)\(empty)</data></array></value>")
    }

    @Test func `a table without records is an empty list, and no record is False`() throws {
        var table = RecordTable(count: 0)
        table.append("name", .values([]))
        #expect(try encodedValue(.table(table)) == "<value><array><data>\n</data></array></value>")
        #expect(try encodedValue(.record(table)) == "<value><boolean>0</boolean></value>")
    }

    @Test func `records come in order, and the fields of each in the order of the columns`() throws {
        let source = FakeResult([[Array("1".utf8), Array("x".utf8)], [Array("2".utf8), nil]])
        var table = RecordTable(count: 2)
        table.append("id", .raw(source: source, index: 0, kind: .identifier))
        table.append("made", .values([["a", 1.5], nil]))
        table.append("code", .raw(source: source, index: 1, kind: .text))
        let list =
            "<array><data>\n<value><string>a</string></value>\n<value><double>1.5</double></value>\n</data></array>"
        let records = [("1", list, "<string>x</string>"), ("2", "<boolean>0</boolean>", "<boolean>0</boolean>")]
            .map { id, made, code in
                "<value><struct>\n<member>\n<name>id</name>\n<value><int>\(id)</int></value>\n</member>\n"
                    + "<member>\n<name>made</name>\n<value>\(made)</value>\n</member>\n"
                    + "<member>\n<name>code</name>\n<value>\(code)</value>\n</member>\n</struct></value>\n"
            }
        #expect(
            try encodedValue(.table(table))
                == "<value><array><data>\n\(records.joined())</data></array></value>")
        #expect(try encodedValue(.record(table)) + "\n" == records[0])
    }

    @Test func `integers beyond 32 bits are refused in cells, too`() {
        let source = FakeResult([[Array("2147483648".utf8)]])
        var table = RecordTable(count: 1)
        table.append("big", .raw(source: source, index: 0, kind: .integer))
        #expect(throws: EncodingError.integerOutOfRange(2_147_483_648)) { try encoded(.table(table)) }
        var references = RecordTable(count: 1)
        references.append("p", .references(source: source, index: 0, names: [2_147_483_648: "far"]))
        #expect(throws: EncodingError.integerOutOfRange(2_147_483_648)) { try encoded(.record(references)) }
    }
}
