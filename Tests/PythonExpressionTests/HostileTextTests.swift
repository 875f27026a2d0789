import PythonExpression
import TestSupport
import Testing
import Values

@Suite struct HostileTextTests {
    private static let seeds = [
        "[('user_id','=',uid),('state','not in',('cancel','done')), '|', ('a.b', 'ilike', u'\\xe9%s' % 3)]",
        "{'name': \"\"\"x\ny\"\"\", 'depends': ['base'], 'n': -12.5e3L, 'f': 0x1f, }",
        "(DateTime.now() + timedelta(days=3, hours=-2)).strftime('%Y-%m-%d %H:%M')",
        "[x*2**y for x, y in [(1, 2), (3, 4)] if not x % 2 == 0 and y <> 3 or x is None]",
        "'%(a)-08.2f|%*d|%r' % {'a': 1.5}", "'{0} {b}'.format(1, b=2)[1:-1:2].split(' ', 1)[0].upper()",
        "sorted(range(10), reverse=True)[::-1] + [len('abc') // 2, 7 / -2, abs(-3), round(2.567, 2)]",
        "{k: v for k, v in {'a': 1}.items()} if uid else ref('base.main').x",
        "-9223372036854775807 - 1 if 1 < 2 <= 3 != 4 else +5 and 'a' 'b' in ['ab']",
    ]
    private static let scraps = [
        "(", ")", "[", "]", "{", "}", "'", "\"", "\"\"\"", "\\", "\n", "#", "%", "**", "//", "-", ",", ":", ".", "0",
        "9",
        "9223372036854775807", "1e308", " not ", " in ", " for x in ", " if ", " else ", " or ", "u'", "\\u", "\\x",
        "\0",
        "\u{e9}", "\u{1F600}", "[0:]", "()", "lambda", "%s", "%*.*f", "{}", "range(9)", "DateTime", "timedelta(9)",
        "str",
        ".strftime('%c')", "None", "True", "=", "<>", "\r\n",
    ]

    @Test(arguments: 0..<40)
    func `no text brings the evaluator down`(_ seed: Int) {
        var dice = SeededGenerator(seed: UInt64(seed))
        var limits = Expression.Limits()
        limits.steps = 20_000
        limits.textBytes = 1 << 16
        var scope = Scope.standard
        scope.names = ["uid": 1]
        scope.functions["ref"] = { arguments, _ in arguments.first ?? .null }
        for _ in 0..<250 {
            var text = Array((Self.seeds.randomElement(using: &dice) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...8, using: &dice) {
                let place = Int.random(in: 0...text.count, using: &dice)
                switch Int.random(in: 0..<5, using: &dice) {
                case 0 where place < text.count: text.remove(at: place)
                case 1 where place < text.count: text[place] = UInt8.random(in: 0...255, using: &dice)
                case 2:
                    let end = Int.random(in: place...text.count, using: &dice)
                    text.insert(contentsOf: text[place..<end], at: Int.random(in: 0...text.count, using: &dice))
                case 3: text.removeSubrange(place..<min(text.count, place + 6))
                default:
                    text.insert(contentsOf: (Self.scraps.randomElement(using: &dice) ?? "").utf8, at: place)
                }
            }
            let source = String(decoding: text, as: UTF8.self)
            do throws(ExpressionError) {
                let value = try Expression(parsing: source, limits: limits).evaluate(in: scope)
                #expect(value.pythonText.utf8.count < 1 << 24)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
