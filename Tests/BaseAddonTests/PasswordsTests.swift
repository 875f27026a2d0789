import Testing

@testable import BaseAddon

@Suite struct PasswordsTests {
    @Test func `a hash fits OpenERP's column of 64 characters and says what it is`() throws {
        let hash = try Passwords.hash("s3cret")
        #expect(hash.unicodeScalars.count == 64)
        #expect(hash.hasPrefix("$s1$"))
        #expect(!hash.contains("s3cret"))
    }

    @Test func `the same password never has the same hash twice`() throws {
        #expect(try Passwords.hash("s3cret") != Passwords.hash("s3cret"))
    }

    @Test(arguments: ["s3cret", "pässwört €", " ", String(repeating: "x", count: 1_024)])
    func `a password is verified by its hash`(_ password: String) throws {
        #expect(try Passwords.verify(password, against: Passwords.hash(password)) == .right)
    }

    @Test(arguments: ["S3cret", "s3cre", "s3cret ", "", String(repeating: "x", count: 1_025)])
    func `another password is wrong`(_ password: String) throws {
        #expect(try Passwords.verify(password, against: Passwords.hash("s3cret")) == .wrong)
    }

    @Test func `a password in the clear is recognised, to be replaced`() throws {
        #expect(try Passwords.verify("admin", against: "admin") == .rightInClear)
        #expect(try Passwords.verify("Admin", against: "admin") == .wrong)
    }

    @Test(arguments: [nil, ""])
    func `where nothing is stored nothing is right`(_ stored: String?) throws {
        #expect(try Passwords.verify("", against: stored) == .wrong)
        #expect(try Passwords.verify("admin", against: stored) == .wrong)
    }

    @Test func `knowing the stored hash is not knowing the password`() throws {
        let hash = try Passwords.hash("s3cret")
        #expect(try Passwords.verify(hash, against: hash) == .wrong)
    }

    @Test(arguments: ["", String(repeating: "x", count: 1_025)])
    func `empty and oversized passwords are refused`(_ password: String) {
        #expect(throws: (any Error).self) { try Passwords.hash(password) }
    }
}
