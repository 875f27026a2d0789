import TestSupport
import Testing

@testable import AddonLoader

@Suite struct AddonGraphTests {
    private func order(_ names: [String], _ depends: [String: [String]]) throws -> [String] {
        let folder = try TemporaryAddons(depends.mapValues { TemporaryAddons.manifest(depends: $0) })
        return try AddonGraph(names, among: folder.found()).order
    }

    @Test func `addons come by depth, then by name`() throws {
        let order = try order(
            ["top", "zoo", "farm"],
            ["base": [], "zoo": ["base"], "farm": ["base"], "top": ["zoo", "base"], "unasked": ["base"]])
        #expect(order == ["base", "farm", "zoo", "top"])
    }

    @Test func `the deepest dependency counts`() throws {
        let order = try order(["a"], ["base": [], "a": ["base", "c"], "b": ["base"], "c": ["b"]])
        #expect(order == ["base", "b", "c", "a"])
    }

    @Test func `a name that is not there is an error`() {
        #expect(throws: LoadError.unknownAddon("zoo")) { try order(["zoo"], ["base": []]) }
    }

    @Test func `a dependency that is not there is told with who needs it`() {
        let error = #expect(throws: LoadError.missingDependency("farm", of: "zoo")) {
            try order(["zoo"], ["base": [], "zoo": ["base", "farm"]])
        }
        #expect(error?.description == "addon zoo depends on farm, which is not on the addons path")
    }

    @Test(arguments: [["a": ["b"], "b": ["c"], "c": ["a"]], ["a": ["a"]], ["a": ["b"], "b": ["c"], "c": ["b"]]])
    func `a circle is told by its members`(_ depends: [String: [String]]) throws {
        let error = try #require(throws: LoadError.self) { try order(["a"], depends) }
        guard case .circularDependency(let names) = error else {
            Issue.record("another error: \(error)")
            return
        }
        for (name, next) in zip(names, names.dropFirst() + names.prefix(1)) {
            #expect(depends[name]?.contains(next) == true)
        }
    }

    @Test func `a chain of a thousand addons is no problem`() throws {
        var depends: [String: [String]] = ["a0": []]
        for number in 1..<1_000 { depends["a\(number)"] = ["a\(number - 1)"] }
        #expect(try order(["a999"], depends).last == "a999")
    }
}
