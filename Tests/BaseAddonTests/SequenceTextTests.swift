import ORM
import Testing

@testable import BaseAddon

@Suite struct SequenceTextTests {
    let text = SequenceText(values: ["year": "2026", "month": "11", "doy": "328"])

    @Test(arguments: [
        ("R/%(year)s/", 7, 4, "/x", "R/2026/0007/x"),
        ("", 12345, 3, "", "12345"),
        ("", 0, 0, "", "0"),
        ("100%%-", 5, 2, "", "100%-05"),
        ("%(year)s%(month)s-", 1, 1, "-%(doy)s", "202611-1-328"),
        ("", -5, 4, "", "-005"),
    ])
    func `prefix, number and suffix make a text`(
        prefix: String, number: Int, padding: Int, suffix: String, expected: String
    ) throws {
        #expect(try text.text(prefix: prefix, number: number, padding: padding, suffix: suffix) == expected)
    }

    @Test(arguments: ["%(nope)s", "%d", "50%", "%(year)", "%(year)d", "%("])
    func `what cannot be filled in is refused`(_ prefix: String) {
        #expect(throws: ORMError.self) { try text.interpolate(prefix) }
    }

    @Test func `padding is bounded`() throws {
        #expect(try text.text(prefix: "", number: 1, padding: 2_000_000_000, suffix: "").count == 64)
    }

    @Test func `all parts of the present moment are there`() {
        let values = SequenceText.now().values
        let names: Set = ["year", "month", "day", "y", "doy", "woy", "weekday", "h24", "h12", "min", "sec"]
        #expect(Set(values.keys) == names)
        #expect(values.values.allSatisfy { Int($0) != nil })
    }
}
