import Testing
import Values
import XMLRPC

@Suite struct ResponseDecodingTests {
    @Test func `a value and a fault come back as they were written`() throws {
        var encoder = ResponseEncoder()
        try encoder.response(.value([1, "two", ["three": false]]))
        #expect(try decodeResponse(encoder.takeBytes()) == .value([1, "two", ["three": false]]))
        encoder.fault(code: "warning -- Error\n\nA & B", string: "Traceback (most recent call last):\n")
        #expect(
            try decodeResponse(encoder.takeBytes())
                == .fault(code: "warning -- Error\n\nA & B", string: "Traceback (most recent call last):\n"))
        encoder.fault(code: 1, string: "")
        #expect(try decodeResponse(encoder.takeBytes()) == .fault(code: 1, string: ""))
    }

    @Test(arguments: [
        ("<methodResponse/>", "unexpected methodResponse with 0 values: line 1"),
        (
            "<methodResponse><fault><value>x</value></fault></methodResponse>",
            "unexpected fault without faultCode and faultString: line 1"
        ),
        ("<methodCall/>", "unexpected element <methodCall>: line 1"),
    ])
    func `an answer without one value is refused`(xml: String, expected: String) {
        #expect { try decodeResponse(Array(xml.utf8)) } throws: { error in
            #expect("\(error)" == expected)
            return true
        }
    }
}
