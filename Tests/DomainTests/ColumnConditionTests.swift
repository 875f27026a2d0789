import Domain
import SQL
import Testing
import Values

@Suite struct ColumnConditionTests {
    struct Case: CustomTestStringConvertible {
        let kind: ColumnKind
        let comparison: Comparison
        let value: Value
        let sql: String
        let bound: [Binding]

        init(_ kind: ColumnKind, _ comparison: Comparison, _ value: Value, _ sql: String, _ bound: [Binding] = []) {
            self.kind = kind
            self.comparison = comparison
            self.value = value
            self.sql = sql
            self.bound = bound
        }
        var testDescription: String { "\(kind) \(comparison.rawValue) \(value.pythonText)" }
    }

    static let text = ColumnKind.text(size: 4)

    @Test(arguments: [
        Case(text, .equal, "abc", "c = $1", [.text("abc")]),
        Case(text, .equal, "abcdef", "c = $1", [.text("abcd")]),
        Case(text, .equal, "", "c = $1", [.text("")]),
        Case(text, .equal, false, "c IS NULL"),
        Case(text, .notEqual, nil, "c IS NOT NULL"),
        Case(text, .notEqual, "a", "c <> $1", [.text("a")]),
        Case(text, .unequal, "a", "c <> $1", [.text("a")]),
        Case(text, .equalIfGiven, false, "TRUE"),
        Case(text, .equalIfGiven, "a", "c = $1", [.text("a")]),
        Case(text, .like, "a%", "c LIKE $1", [.text("%a%%")]),
        Case(text, .ilike, "", "(c ILIKE $1 OR c IS NULL)", [.text("%%")]),
        Case(text, .notLike, "a", "c NOT LIKE $1", [.text("%a%")]),
        Case(text, .notILike, "", "(c NOT ILIKE $1 OR c IS NULL)", [.text("%%")]),
        Case(text, .exactLike, "a%", "c LIKE $1", [.text("a%")]),
        Case(text, .exactILike, "a", "c ILIKE $1", [.text("a")]),
        Case(text, .in, ["a", "b"], "c = ANY($1)", [.texts(["a", "b"])]),
        Case(text, .in, ["a", false], "(c = ANY($1) OR c IS NULL)", [.texts(["a"])]),
        Case(text, .in, [], "c IS NULL"),
        Case(text, .notIn, ["a"], "c <> ALL($1)", [.texts(["a"])]),
        Case(text, .notIn, ["a", false], "(c <> ALL($1) OR c IS NULL)", [.texts(["a"])]),
        Case(text, .notIn, [], "c IS NOT NULL"),
        Case(text, .in, [false], "c IS NULL"),
        Case(text, .notIn, [false], "TRUE"),
        Case(.boolean, .equal, false, "(c IS NULL OR c = FALSE)"),
        Case(.boolean, .equal, 0, "(c IS NULL OR c = FALSE)"),
        Case(.boolean, .notEqual, false, "(c IS NOT NULL AND c <> FALSE)"),
        Case(.boolean, .equal, 1, "c = $1", [.boolean(true)]),
        Case(.boolean, .equal, "zz", "c = $1", [.boolean(true)]),
        Case(.integer, .equal, 0, "c = $1", [.integer(0)]),
        Case(.integer, .equal, "7", "c = $1", [.integer(7)]),
        Case(.integer, .less, false, "c < 0"),
        Case(.integer, .in, [1, 2], "c = ANY($1)", [.integers([1, 2])]),
        Case(.integer, .in, [1, 0], "(c = ANY($1) OR c IS NULL)", [.integers([1])]),
        Case(.float(digits: nil), .greater, 1.5, "c > $1", [.float(1.5)]),
        Case(.float(digits: 2), .equal, 1.005001, "c = $1", [.float(1.01)]),
        Case(.float(digits: nil), .equal, [], "c = $1", [.float(0)]),
        Case(.date, .equal, "2011-06-01", "c = $1", [.text("2011-06-01")]),
        Case(.date, .less, false, "NULL::boolean"),
        Case(.datetime, .greaterOrEqual, "2011-06-01", "c >= $1", [.text("2011-06-01 00:00:00")]),
        Case(.datetime, .lessOrEqual, "2011-06-01", "c <= $1", [.text("2011-06-01 23:59:59")]),
        Case(.datetime, .equal, "2011-06-01", "c = $1", [.text("2011-06-01")]),
        Case(.identifier, .equal, 5, "c = $1", [.integer(5)]),
        Case(.identifier, .equal, [5], "c = $1", [.integer(5)]),
        Case(.identifier, .greater, nil, "NULL::boolean"),
        Case(.integer, .equal, " 7 ", "c = $1", [.integer(7)]),
        Case(.float(digits: nil), .in, [" 1.5 "], "c = ANY($1)", [.floats([1.5])]),
        Case(.boolean, .greater, false, "c > FALSE"),
        Case(.integer, .equal, 99_999_999_999, "c = $1::bigint", [.integer(99_999_999_999)]),
    ])
    func `a leaf on a column becomes SQL with bound values`(_ example: Case) throws {
        let rendered = try columnCondition(
            on: "c", kind: example.kind, comparison: example.comparison, value: example.value
        ).rendered()
        #expect(rendered.text == example.sql)
        #expect(rendered.bindings == example.bound)
    }

    @Test(arguments: [
        (ColumnKind.date, Comparison.ilike, Value.text("x"), "operator does not exist: date ~~* unknown\n"),
        (.integer, .like, "1", "operator does not exist: integer ~~ unknown\n"),
        (.float(digits: nil), .exactLike, "1%", "invalid literal for float(): 1%"),
        (.float(digits: nil), .equal, "zz", "could not convert string to float: zz"),
        (.integer, .equal, "zz", "invalid literal for int() with base 10: 'zz'"),
        (.identifier, .greater, false, "operator does not exist: integer > boolean\n"),
        (.integer, .equal, Value.list([5]), "int() argument must be a string or a number, not 'list'"),
        (.identifier, .in, 5, "'int' object has no attribute '__getitem__'"),
        (.identifier, .equal, Value.list([5, 6]), "list index out of range"),
        (.identifier, .in, Value.list(["a"]), "invalid input syntax for type integer: \"a\"\n"),
    ])
    func `what a column cannot do faults in known words`(
        _ kind: ColumnKind, _ comparison: Comparison, _ value: Value, _ text: String
    ) {
        let error = #expect(throws: DomainError.self) {
            try columnCondition(on: "c", kind: kind, comparison: comparison, value: value)
        }
        #expect(error?.description == text)
    }

    @Test func `an empty list of ids finds nothing`() throws {
        let id: SQL = "\(table: "t").\(column: "id")"
        #expect(try columnCondition(on: id, kind: .identifier, comparison: .in, value: []) == "FALSE")
        #expect(try columnCondition(on: id, kind: .identifier, comparison: .notIn, value: []) == "TRUE")
    }
}
