import PythonExpression
import Testing
import Values

@Suite struct BuiltinTests {
    @Test(arguments: [
        Example("len('\u{e9}a')", 2), Example("len([1, 2])", 2), Example("len({'a': 1})", 1),
        Example("str(1.0)", "1.0"),
        Example("str(u'x')", "x"), Example("repr('x')", "'x'"), Example("int('12')", 12), Example("int(-2.7)", -2),
        Example("int(True)", 1), Example("float(' 1e3 ')", 1000.0), Example("float('.5')", 0.5),
        Example("bool('')", false),
        Example("min(3, 1, 2)", 1), Example("max([3, 1])", 3), Example("sum([1, 2], 10)", 13),
        Example("sum(x for x in range(4))", 6), Example("abs(-3)", 3), Example("abs(-2.5)", 2.5),
        Example("round(2.5)", 3.0), Example("round(2.567, 2)", 2.57), Example("round(-1234, -2)", -1200.0),
        Example("any([0, 1])", true), Example("all([0, 1])", false), Example("range(3)", [0, 1, 2]),
        Example("range(5, 1, -2)", [5, 3]), Example("list('ab')", ["a", "b"]), Example("tuple([1])", [1]),
        Example("dict(a=1)", ["a": 1]), Example("dict([('a', 1)], b=2)", ["a": 1, "b": 2]),
        Example("sorted([3, 1, 2], reverse=True)", [3, 2, 1]), Example("sorted('ba')", ["a", "b"]),
    ])
    func `Python's functions are known`(_ example: Example) throws {
        #expect(try Expression(parsing: example.text).evaluate(in: .standard) == example.value)
    }

    @Test(arguments: [
        Example("DateTime(2011, 6, 1, 8, 30).strftime('%Y-%m-%d %H:%M:%S')", "2011-06-01 08:30:00"),
        Example("(DateTime(2011, 6, 29) + timedelta(days=3)).strftime('%Y-%m-%d')", "2011-07-02"),
        Example("(DateTime(2011, 3, 1) - timedelta(hours=1)).strftime('%d/%m %H:%M')", "28/02 23:00"),
        Example("str(datetime.date(2012, 2, 28) + datetime.timedelta(2))", "2012-03-01"),
        Example("str(DateTime(2011, 6, 1))", "2011-06-01 00:00:00"),
        Example("(DateTime(2011, 6, 3) - DateTime(2011, 6, 1)).days", 2),
        Example("timedelta(minutes=90).seconds", 5400),
        Example("str(timedelta(days=-1, hours=1))", "-1 day, 1:00:00"),
        Example("timedelta(1) * 2 == timedelta(2)", true),
        Example("DateTime(2011, 6, 1) < DateTime(2011, 6, 2)", true), Example("DateTime(2011, 6, 1).weekday()", 2),
        Example("DateTime(2011, 6, 15).replace(day=1).isoformat()", "2011-06-01T00:00:00"),
        Example("DateTime(1, 1, 1).year", 1), Example("DateTime(2011, 6, 1).strftime('')", ""),
    ])
    func `dates are reckoned with`(_ example: Example) throws {
        #expect(try Expression(parsing: example.text).evaluate(in: .standard) == example.value)
    }

    @Test(arguments: [
        "time.strftime('%Y-%m-%d')", "DateTime.now().strftime('%Y-%m-%d')", "DateTime.today().strftime('%Y-%m-%d')",
        "datetime.datetime.now().strftime('%Y-%m-%d')", "str(datetime.date.today())",
        "(DateTime.now() + timedelta(days=3) - timedelta(hours=72)).strftime('%Y-%m-%d')",
    ])
    func `today is the server's local day`(_ text: String) throws {
        let before = Timestamp.today()
        let today = try Expression(parsing: text).evaluate(in: .standard)
        #expect(today == .text(before) || today == .text(Timestamp.today()))
    }

    @Test func `the clock counts seconds`() throws {
        let before = Timestamp.seconds
        let now = try Expression(parsing: "time.time()").evaluate(in: .standard)
        #expect(try #require(now.number) >= before)
    }

    @Test(arguments: [
        ("DateTime(2011, 2, 29)", "there is no such day or time"), ("DateTime(2011, 1)", "takes 3 to 6 arguments"),
        ("timedelta(days='x')", "'days' of timedelta() must be a number"),
        ("timedelta(years=1)", "no argument 'years'"),
        ("timedelta(days=10000000000)", "does not fit"), ("DateTime(9999, 12, 31) + timedelta(1)", "does not fit"),
        ("DateTime.now()", "the result is a datetime"), ("DateTime.now() < 3", "have no order"),
        ("int('x')", "must be a whole number"), ("int(1e300)", "does not fit"), ("len(3)", "has no length"),
        ("max([])", "not empty"), ("range(1, 2, 0)", "another number than 0"),
        ("time.sleep(1)", "no attribute 'sleep'"),
        ("DateTime.now().strftime('%99999999d')", "a pattern"), ("time.strftime('a\\0b')", "a pattern"),
        ("len", "function"),
    ])
    func `calls that make no sense are refused`(_ text: String, _ reason: String) {
        let error = #expect(throws: ExpressionError.self) {
            try Expression(parsing: text).evaluate(in: .standard)
        }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }
}
