import ORM
import Testing

@testable import BaseAddon

/// How countries write numbers and dates.
@Suite struct LocaleStyleTests {
    @Test(arguments: [
        ("fr_FR", "%d/%m/%Y", "%H:%M:%S", ",", "\u{A0}"), ("ru_RU", "%d.%m.%Y", "%H:%M:%S", ",", "\u{A0}"),
        ("de_DE", "%d.%m.%Y", "%H:%M:%S", ",", "."), ("en_US", "%m/%d/%Y", "%I:%M:%S %p", ".", ","),
        ("en_GB", "%d/%m/%Y", "%H:%M:%S", ".", ","), ("nl_NL", "%d-%m-%Y", "%H:%M:%S", ",", "."),
        ("zh_CN", "%Y/%m/%d", "%H:%M:%S", ".", ","),
    ])
    func `dates and numbers are as people there write them`(
        code: String, date: String, time: String, point: String, thousands: String
    ) {
        let style = LocaleStyle(of: code)
        #expect(style.dateFormat == date)
        #expect(style.timeFormat == time)
        #expect(style.decimalPoint == point)
        #expect(style.thousandsSeparator == thousands)
    }

    @Test func `groups of digits and the direction of writing follow the language`() {
        #expect(LocaleStyle(of: "fr_FR").grouping == "[3,0]")
        #expect(LocaleStyle(of: "hi_IN").grouping == "[3,2,0]")
        #expect(LocaleStyle(of: "he_IL").isRightToLeft)
        #expect(!LocaleStyle(of: "ru_RU").isRightToLeft)
    }

    @Test(arguments: LanguageNames.all.map(\.key))
    func `every language has formats that clients know`(code: String) {
        let style = LocaleStyle(of: code)
        #expect(DateFormat.isAllowed(style.dateFormat))
        #expect(DateFormat.isAllowed(style.timeFormat))
        #expect(style.dateFormat.contains("%d") && style.dateFormat.contains("%m") && style.dateFormat.contains("%Y"))
        #expect(style.decimalPoint != style.thousandsSeparator)
        #expect(!NumberFormat.groupSizes(in: style.grouping).isEmpty)
    }
}
