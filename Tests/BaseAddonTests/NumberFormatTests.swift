import Testing

@testable import BaseAddon

@Suite struct NumberFormatTests {
    @Test(arguments: [
        ("%.2f", 1234.5, false, "1234,50"), ("%.2f", 1234567.891, true, "1.234.567,89"),
        ("%d", -1234.9, true, "-1.234"),
        ("%f", 1, false, "1,000000"), ("%+.1f", 2.25, false, "+2,2"), ("%.0f", 999, true, "999"),
        ("%i", 1000, true, "1.000"),
    ])
    func `a number is written as the language wants it`(
        pattern: String, number: Double, grouped: Bool, expected: String
    )
        throws
    {
        let style = NumberFormat(grouping: [3, 3, 0], separator: ".", decimalPoint: ",")
        #expect(style.text(of: number, by: try #require(NumberFormat.Pattern(pattern)), grouped: grouped) == expected)
    }

    @Test(arguments: [([3, 2, 0], "1,23,45,678"), ([3, -1], "12345,678"), ([3], "12345,678"), ([], "12345678")])
    func `digits are grouped by the language's sizes`(sizes: [Int], expected: String) throws {
        let style = NumberFormat(grouping: sizes, separator: ",", decimalPoint: ".")
        #expect(style.text(of: 12_345_678, by: try #require(NumberFormat.Pattern("%d")), grouped: true) == expected)
    }

    @Test(arguments: ["", "%", "%s", "2f", "%.99f", "%.-1f", "%5.2f%", "%.2fx"])
    func `other patterns are refused`(_ pattern: String) { #expect(NumberFormat.Pattern(pattern) == nil) }

    @Test(arguments: [("[]", []), ("[3,3,-1]", [3, 3, -1]), ("[3, 2, 0]", [3, 2, 0]), ("[a]", []), ("", [])])
    func `group sizes are read`(text: String, expected: [Int]) {
        #expect(NumberFormat.groupSizes(in: text) == expected)
    }

    @Test(arguments: [
        ("%m/%d/%Y", true), ("%H:%M:%S", true), ("100%%", true), ("%k", false), ("%", false), ("%Ey", false),
    ])
    func `only directives that all clients know are allowed`(pattern: String, expected: Bool) {
        #expect(DateFormat.isAllowed(pattern) == expected)
    }

    @Test(arguments: [
        (0.01, 128.335, 128.34), (0.01, 2.5, 2.5), (1, 2.5, 3), (0.05, 1.07, 1.05), (1, -2.5, -3),
        (0, 1.23456, 1.23456),
    ])
    func `amounts are rounded to the currency's unit`(unit: Double, amount: Double, expected: Double) {
        #expect(abs(CurrencyRounding(unit: unit).round(amount) - expected) < 1e-12)
    }
}
