import Testing
import Values

@testable import Services

@Suite struct ParametersTests {
    private static func parameters(_ values: [Value]) -> Parameters {
        Parameters(ServiceRequest(service: "db", call: MethodCall("drop", values), address: "local"))
    }

    @Test func `what is not there is null and an empty text`() {
        let parameters = Self.parameters(["a"])
        #expect(parameters[0] == "a")
        #expect(parameters[1] == .null)
        #expect(parameters.text(1).isEmpty)
    }

    @Test(
        arguments: [
            ("x", "x"), (7, "7"), (1.5, "1.5"), (true, "True"), (false, ""), (.null, ""), ([1, "a"], "[1, 'a']"),
        ] as [(Value, String)])
    func `anything is taken as text`(_ value: Value, _ text: String) {
        #expect(Self.parameters([value]).text(0) == text)
    }

    @Test func `too few are told with their number`() throws {
        let parameters = Self.parameters([1, 2])
        try parameters.require(0)
        try parameters.require(2)
        #expect(throws: ServiceError.tooFewParameters(service: "db", given: 2)) { try parameters.require(3) }
    }
}
