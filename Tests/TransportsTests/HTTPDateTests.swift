import Testing

@testable import Transports

@Suite struct HTTPDateTests {
    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_293_839_999, "Fri, 31 Dec 2010 23:59:59 GMT"),
        (4_102_444_800, "Fri, 01 Jan 2100 00:00:00 GMT"),
    ])
    func `a moment is written as HTTP wants it`(_ moment: Int, _ text: String) {
        #expect(HTTPDate.text(of: moment) == text)
    }

    @Test func `the present moment has the same form`() {
        let text = HTTPDate.now()
        #expect(text.count == 29)
        #expect(text.hasSuffix(" GMT"))
    }
}
