import Domain
import Foundation
import Logging
import PostgreSQL
import TestSupport
import Testing
import Values

@testable import ORM
@testable import Services

@Suite struct FaultReporterTests {
    private static func report(_ error: any Error) -> (fault: Fault, lines: [NotedLog.Line]) {
        let log = NotedLog()
        let reporter = FaultReporter(logger: log.logger)
        let fault = reporter.fault(for: error, ["method": "execute"])
        return (fault, log.lines)
    }

    private static func refusal(_ sqlState: String) -> PostgreSQLError {
        var message = ServerMessage(sqlState: sqlState, message: "a refusal")
        message.detail = "Key (password)=(hunter2) is wrong."
        message.fullText = "a refusal\nDETAIL:  Key (password)=(hunter2) is wrong.\n"
        return .server(message, statement: "UPDATE res_users SET password = $1")
    }

    @Test func `an unforeseen error has one reference, for the client and in the log`() throws {
        let (fault, lines) = Self.report(Self.refusal("42703"))
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(line.level == .error)
        let reference = try #require(fault.string.firstMatch(of: /under the reference ([0-9a-f]{8})\.\n$/)?.output.1)
        #expect(line.text.contains(reference))
        #expect(line.text.contains("42703 a refusal [UPDATE res_users SET password = $1]"))
        #expect(line.text.contains("execute"))
        #expect(fault.string.hasPrefix("Traceback (most recent call last):\n"))
    }

    @Test func `what a caller names cannot look like a line of the log`() throws {
        let log = NotedLog()
        let services = RPCServices(try NoHost.make(), logger: log.logger)
        _ = NoHost.outcome(of: "x\nnotice forged", [], in: "common", at: services)
        let lines = log.lines
        #expect(!lines.isEmpty)
        for line in lines { #expect(!line.text.contains("\n")) }
    }

    @Test func `the log quotes no values`() {
        for line in Self.report(Self.refusal("42703")).lines { #expect(!line.text.contains("hunter2")) }
    }

    @Test func `what has its reference is not told once more`() {
        let fault = Self.report(Self.refusal("42703")).fault
        #expect(Self.report(fault).fault == fault)
        #expect(Self.report(fault).lines.allSatisfy { $0.level == .debug })
    }

    @Test func `another error has another reference`() {
        struct Plain: Error {}
        #expect(Self.report(Plain()).fault.string != Self.report(Plain()).fault.string)
    }

    @Test func `a refusal is no error of the server's`() {
        let (fault, lines) = Self.report(UserError("Error !", "A won lead needs a partner."))
        #expect(!fault.string.contains("reference"))
        #expect(lines.allSatisfy { $0.level == .debug })
    }

    @Test(
        arguments: [
            (ORMError.unknownModel("no.model"), false), (ORMError.badValue("abc"), false),
            (ORMError.wrongKind(field: "name", of: "res.partner", asked: "a number"), true),
            (ORMError.definition(addon: "crm", model: "crm.case", reason: "two names"), true),
            (DomainError.tooFewOperands, false), (AccessDenied(), false), (ServiceError.overloaded, false),
            (refusal("22007"), false), (refusal("23505"), false), (refusal("40001"), false), (refusal("57014"), false),
            (refusal("42P04"), false), (refusal("42703"), true), (refusal("XX000"), true), (refusal("53100"), true),
            (PostgreSQLError.connection("FATAL:  database \"x\" does not exist\n"), false),
            (PostgreSQLError.connection("Connection refused\n"), true),
            (PostgreSQLError.invalidName("", reason: "it is empty"), false),
            (PostgreSQLError.transactionAborted, true), (PostgreSQLError.programMissing("pg_dump"), true),
            (POSIXError(.ENOSPC), true),
        ] as [(any Error, Bool)])
    func `the caller's mistakes are told from the server's`(_ error: any Error, _ isUnforeseen: Bool) {
        #expect(FaultMapping(registry: nil).fault(for: error).isUnforeseen == isUnforeseen)
    }
}
