import Testing
import Values

@testable import Services

@Suite struct FaultTests {
    @Test func `the message is the code, and the story begins as clients expect`() {
        let fault = Fault.raised("no such thing", as: "KeyError")
        #expect(fault.code == "no such thing")
        #expect(fault.string == "Traceback (most recent call last):\nKeyError: no such thing\n")
    }

    @Test func `a warning is a title and a text`() {
        let fault = Fault.warning("Title", "Text\nof two lines")
        #expect(fault.code == "warning -- Title\n\nText\nof two lines")
        #expect(fault.string.hasPrefix("Traceback (most recent call last):\n"))
    }

    @Test func `of passwords there is no story`() {
        #expect(Fault.hidden("AccessDenied") == Fault(code: "AccessDenied", string: "\n"))
    }

    @Test func `what cannot be read or written has the number 1`() {
        let fault = Fault.marshalling("<class 'xml.parsers.expat.ExpatError'>", "no element found")
        #expect(fault == Fault(code: 1, string: "<class 'xml.parsers.expat.ExpatError'>:no element found"))
    }
}
