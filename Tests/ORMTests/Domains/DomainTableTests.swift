import Domain
import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

/// The tables of contract/domains.md row by row, with the records each row finds.
@Suite struct DomainTableTests {
    private func check(
        _ grove: Grove, _ model: ModelName, _ rows: [(domain: Value, hits: String)],
        _ place: SourceLocation = #_sourceLocation
    ) throws {
        for row in rows {
            let found = try grove.found(model, row.domain)
            #expect(found == row.hits, "\(row.domain.pythonText)", sourceLocation: place)
        }
    }

    // MARK: - Columns (§2)

    @Test func `texts are compared, matched and listed`() throws {
        try Grove.visit { grove in
            try check(
                grove, "park.tree",
                [
                    ([["notes", "=", "Oak"]], "a"), ([["notes", "=", false]], "d"), ([["notes", "=", nil]], "d"),
                    ([["notes", "=", ""]], "c"), ([["notes", "!=", "Oak"]], "bc"), ([["notes", "<>", "Oak"]], "bc"),
                    ([["notes", "!=", false]], "abc"), ([["notes", "<>", nil]], "abc"), ([["notes", ">", "P"]], "b"),
                    ([["notes", "=?", false]], "abcd"), ([["notes", "=?", "Oak"]], "a"),
                    ([["label", "=", "cedar"]], "b"),
                    ([["notes", "like", "Oa"]], "a"), ([["notes", "ilike", "OA"]], "ab"),
                    ([["notes", "like", "_a"]], "ab"), ([["notes", "like", ""]], "abcd"),
                    ([["notes", "not like", "Oa"]], "bc"), ([["notes", "not ilike", "OA"]], "c"),
                    ([["notes", "not like", ""]], "d"), ([["notes", "=like", "Oa"]], ""),
                    ([["notes", "=like", "O%"]], "a"), ([["notes", "=ilike", "o_K"]], "a"),
                    ([["notes", "in", ["Oak", ""]]], "ac"), ([["notes", "in", ["Oak", false]]], "ad"),
                    ([["notes", "in", [false]]], "d"), ([["notes", "in", []]], "d"),
                    ([["notes", "not in", ["Oak"]]], "bc"), ([["notes", "not in", ["Oak", false]]], "bcd"),
                    ([["notes", "not in", [false]]], "abcd"), ([["notes", "not in", []]], "abc"),
                    // What is unknown stays unknown.
                    (["!", ["notes", "=", "Oak"]], "bc"), (["!", ["notes", "in", []]], "abc"),
                ])
        }
    }

    @Test func `numbers, booleans and times are compared as their columns`() throws {
        try Grove.visit { grove in
            try check(
                grove, "park.tree",
                [
                    ([["height", "=", 0]], "b"), ([["height", "=", false]], "d"), ([["height", "=", "7"]], "c"),
                    ([["height", "!=", 0]], "ac"), ([["height", "!=", false]], "abc"), ([["height", "<", 7]], "ab"),
                    ([["height", ">=", 1]], "ac"), ([["height", "<=", false]], "b"),
                    // 0 counts as False, and False as no value.
                    ([["height", "in", [1, 0]]], "ad"), ([["height", "not in", [1, 0]]], "bcd"),
                    ([["weight", "=", 1.25]], "a"), ([["weight", "=", 1.2514]], ""), ([["weight", "=", 0]], "b"),
                    ([["weight", "=", []]], "b"),
                    ([["weight", ">", 1]], "ac"),
                    ([["old", "=", false]], "bd"), ([["old", "=", 0]], "bd"), ([["old", "=", 1]], "ac"),
                    ([["old", "!=", false]], "ac"), ([["old", "!=", true]], "b"), ([["old", "=", "zz"]], "ac"),
                    ([["old", "in", [true, false]]], "acd"),
                    ([["planted", "<", "2011-06-02"]], "a"), ([["planted", "=", false]], "d"),
                    ([["planted", "<", false]], ""), ([["planted", ">", false]], ""),
                    ([["seen", ">", "2011-06-01"]], "ab"), ([["seen", ">=", "2011-06-01"]], "abc"),
                    ([["seen", "<", "2011-06-01"]], "ac"), ([["seen", "<=", "2011-06-01"]], "ac"),
                    ([["seen", "=", "2011-06-01"]], "c"),
                    ([["id", "=", grove["b"]]], "b"), ([["id", "in", [grove["a"], false]]], "a"),
                    ([["id", "in", []]], ""), ([["id", "not in", []]], "abcd"), ([["id", ">", grove["b"]]], "cd"),
                    ([["create_uid", "=", 1]], "abcd"),
                ])
        }
    }

    // MARK: - Paths (§3, §10)

    @Test func `a path finds what leads to a record that the user finds`() throws {
        try Grove.visit { grove in
            try check(
                grove, "park.tree",
                [
                    ([["area_id.name", "=", "A"]], "a"), ([["area_id.name", "=", "B"]], ""),
                    ([["area_id.active", "=", false]], "b"), ([["area_id.name", "=", false]], ""),
                    ([["area_id.name", "!=", "A"]], "c"), ([["area_id.id", "=", grove["A"]]], "a"),
                    ([["area_id.parent_id.name", "=", "A"]], ""), ([["area_id.parent_id.active", "=", false]], "c"),
                    (["!", ["area_id.name", "=", "A"]], "bc"), (["!", ["area_id.name", "=", "zz"]], "abcd"),
                    ([["visit_ids.count", ">", 0]], "a"), ([["visit_ids.active", "=", false]], "b"),
                    ([["visit_ids.count", "=", 99]], ""), ([["mark_ids.name", "like", "s"]], "a"),
                    (["!", ["mark_ids.name", "like", "s"]], "bcd"), ([["mark_ids.id", "in", [grove["rock"]]]], "b"),
                    ([["zone_id.name", "=", "North"]], "a"), ([["zone_id.tag_ids.name", "=", "sea"]], "b"),
                    // The parent is joined: an inherited column is compared like an own one.
                    ([["number", "=", 5]], "a"), ([["number", "!=", 5]], "c"), (["!", ["number", "=", 5]], "c"),
                    ([["number", "=", false]], "bd"), (["!", "|", ["number", "=", 5], ["height", "=", 0]], "c"),
                ])
            #expect(try grove.found("park.tree", [["area_id.name", "=", "B"]], context: ["active_test": false]) == "b")
        }
    }

    // MARK: - Relations (§4)

    @Test func `a many2one is asked by id, by name and for nothing`() throws {
        try Grove.visit { grove in
            let (a, c) = (grove["A"], grove["C"])
            try check(
                grove, "park.tree",
                [
                    ([["area_id", "=", a]], "a"), ([["area_id", "!=", a]], "bc"), ([["area_id", "<", c]], "ab"),
                    ([["area_id", "=", false]], "d"), ([["area_id", "=", nil]], "d"), ([["area_id", "=", ""]], "d"),
                    ([["area_id", "=", 0]], "d"), ([["area_id", "<", false]], "d"),
                    ([["area_id", "like", false]], "d"), ([["area_id", "=?", false]], "d"),
                    ([["area_id", "!=", false]], "abc"),
                    ([["area_id", "<>", false]], "abc"), ([["area_id", "not like", ""]], "abc"),
                    ([["area_id", "not ilike", false]], "abc"), ([["area_id", "not in", false]], "abc"),
                    // Names of inactive records, too.
                    ([["area_id", "=", "A"]], "a"), ([["area_id", "ilike", "b"]], "b"), ([["area_id", "=", "zz"]], ""),
                    ([["area_id", "!=", "A"]], "bc"), ([["area_id", "in", "A"]], "a"), ([["area_id", "<", "B"]], "b"),
                    ([["area_id", "not in", "A"]], "bc"), ([["area_id", "=", ["A", "B"]]], "ab"),
                    ([["area_id", "in", ["A", "B"]]], "ab"), ([["area_id", "!=", ["A", "B"]]], "c"),
                    ([["area_id", ">", ["A", "B"]]], "ab"), ([["area_id", "not in", ["A", "B"]]], "c"),
                    ([["area_id", "in", [a, c]]], "ac"), ([["area_id", "not in", [a]]], "bc"),
                    ([["area_id", "in", [a, false]]], "ad"), ([["area_id", "not in", [a, false]]], "bcd"),
                    ([["area_id", "=", [a]]], "a"),
                    ([["area_id", "not in", []]], "abcd"), ([["area_id", "!=", []]], "abcd"),
                    ([["area_id", "<>", []]], "abcd"), ([["area_id", "in", []]], ""), ([["area_id", "=", []]], ""),
                    ([["area_id", "not like", []]], ""), ([["zone_id", "=", "Attic"]], ""),
                    ([["zone_id", "=", grove["L"]]], "c"), (["!", ["zone_id", "=", grove["L"]]], "ab"),
                ])
            #expect(throws: DomainError.badValue("list index out of range")) {
                try grove.found("park.tree", [["area_id", "=", [a, c]]])
            }
        }
    }

    @Test func `a one2many or many2many is asked by id, by name and for nothing`() throws {
        try Grove.visit { grove in
            let (sea, rock) = (grove["sea"], grove["rock"])
            let (first, third) = (grove["first"], grove["third"])
            try check(
                grove, "park.tree",
                [
                    // Linked to any hit, whatever the operator.
                    ([["mark_ids", "=", "sea"]], "a"), ([["mark_ids", "!=", "sea"]], "ab"),
                    ([["mark_ids", "ilike", "S"]], "a"), ([["mark_ids", "not like", "s"]], "b"),
                    ([["mark_ids", "ilike", ""]], "ab"),
                    ([["mark_ids", "=", sea]], "a"), ([["mark_ids", "in", [sea, rock]]], "ab"),
                    ([["mark_ids", "like", [sea]]], "a"), ([["mark_ids", "!=", sea]], "bcd"),
                    ([["mark_ids", "<>", sea]], "bcd"), ([["mark_ids", "not in", [sea, rock]]], "cd"),
                    ([["mark_ids", "not ilike", [sea]]], "bcd"),
                    ([["mark_ids", "=", false]], "cd"), ([["mark_ids", "in", false]], "cd"),
                    ([["mark_ids", "!=", false]], "ab"), ([["mark_ids", "not in", false]], "ab"),
                    ([["mark_ids", "=", "zz"]], ""), ([["mark_ids", "like", "zz"]], ""),
                    ([["mark_ids", "in", []]], ""), ([["mark_ids", "=", []]], ""),
                    ([["mark_ids", "=like", "zz"]], "cd"),
                    ([["mark_ids", "not like", ""]], "ab"), ([["mark_ids", "not in", []]], "cd"),
                    ([["mark_ids", "!=", []]], "cd"), (["!", ["mark_ids", "=", sea]], "bcd"),
                    ([["visit_ids", "=", "first"]], "a"), ([["visit_ids", "=", "third"]], ""),
                    ([["visit_ids", "=", third]], "b"), ([["visit_ids", "!=", first]], "bcd"),
                    ([["visit_ids", "=", false]], "cd"), ([["visit_ids", ">", first]], "ab"),
                    ([["visit_ids", "<=", [first, third]]], "a"), ([["visit_ids", "not in", []]], "cd"),
                ])
            let all: [String: Value] = ["active_test": false]
            #expect(try grove.found("park.tree", [["visit_ids", "=", "third"]], context: all) == "b")
        }
    }

    @Test func `a name that many records have counts for the first hundred of a many2many`() throws {
        try Grove.visit { grove in
            // Tags are in the order of their numbers: the last one is beyond the limit.
            let tags = try grove.environment.records("park.tag").create((0...100).map { _ in ["name": "same"] })
            func mark(_ letter: String, with tag: RecordID) throws {
                let id = try #require(grove[letter].integer)
                try grove.environment.record("park.tree", id).write(["mark_ids": [[6, 0, [.integer(tag)]]]])
            }
            try mark("c", with: tags[99])
            try mark("d", with: tags[100])
            #expect(try grove.found("park.tree", [["mark_ids", "=", "same"]]) == "c")
        }
    }

    // MARK: - Hierarchies (§5)

    @Test func `child_of goes down a tree as the field says`() throws {
        try Grove.visit { grove in
            let (n, a) = (grove["N"], grove["A"])
            try check(
                grove, "park.zone",
                [
                    // An inactive record cuts the tree off.
                    ([["id", "child_of", [n]]], "NH"), ([["id", "child_of", n]], "NH"),
                    ([["id", "child_of", [grove["X"]]]], "L"), ([["id", "child_of", "Ha"]], "H"),
                    ([["id", "child_of", []]], ""), ([["id", "child_of", [grove["H"], grove["L"]]]], "HL"),
                    ([["parent_id", "child_of", [grove["H"]]]], "H"), ([["deputy_id", "child_of", [n]]], "NL"),
                    ([["child_ids", "child_of", [grove["X"]]]], "H"), ([["child_ids", "child_of", []]], ""),
                ])
            let all: [String: Value] = ["active_test": false]
            #expect(try grove.found("park.zone", [["id", "child_of", [n]]], context: all) == "NHXL")
            try check(
                grove, "park.area",
                [
                    ([["id", "child_of", [a]]], "AC"), ([["parent_id", "child_of", [a]]], "AC"),
                    ([["id", "child_of", []]], "AC"), ([["id", "child_of", "C"]], "C"),
                    ([["deputy_id", "child_of", [a]]], "A"), ([["child_ids", "child_of", [grove["C"]]]], ""),
                ])
            // Who starts from nowhere is told where a tree keeps bounds, and finds nothing elsewhere.
            #expect(throws: ORMError.self) { try grove.found("park.area", [["id", "child_of", [a, 99_999]]]) }
            #expect(throws: ORMError.self) { try grove.found("park.tree", [["area_id", "child_of", 99_999]]) }
            try check(grove, "park.zone", [([["id", "child_of", [99_999]]], "")])
            try check(
                grove, "park.tree",
                [
                    ([["area_id", "child_of", [a]]], "abc"), ([["area_id", "child_of", "C"]], "c"),
                    ([["zone_id", "child_of", n]], "ab"), ([["zone_id", "child_of", [n, grove["L"]]]], "abc"),
                ])
        }
    }

    // MARK: - Functions (§6)

    @Test func `functions are searched by their columns, their domains or not at all`() throws {
        try Grove.visit { grove in
            try check(
                grove, "park.tree",
                [
                    ([["either", "=", "fir"]], "c"), ([["either", "ilike", "oa"]], "ab"),
                    (["!", ["either", "=", "Oak"]], "bc"), ([["opaque", "=", "zz"]], "abcd"),
                    (["!", ["opaque", "=", "zz"]], ""), ([["area_name", "=", "A"]], "a"),
                    ([["area_name", "!=", "A"]], "c"), ([["area_name", "=", "B"]], ""),
                    ([["zone_tags", "=", "sea"]], "b"),
                ])
        }
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let full = try environment.create("library.shelf", ["name": "A", "book_ids": [[0, 0, ["name": "x"]]]])
                _ = try environment.create("library.shelf", ["name": "B"])
                #expect(try environment.search("library.shelf", [["books", "=", 1]]).ids == [full.id])
            }
        }
    }

    // MARK: - The filter on active (§8)

    @Test func `inactive records are left out unless the domain's top mentions the field`() throws {
        try Grove.visit { grove in
            try check(
                grove, "park.zone",
                [
                    ([], "NHL"), ([["id", "in", [grove["N"], grove["X"]]]], "N"), ([["active", "=", false]], "X"),
                    (["|", ["active", "=", false], ["name", "=", "North"]], "NX"),
                    ([["active", "in", [true, false]]], "NHL"), ([["parent_id.active", "=", false]], "L"),
                    (["!", ["active", "=", true]], "X"),
                ])
            #expect(try grove.found("park.zone", [], context: ["active_test": false]) == "NHXL")

            // An inherited field counts like an own one.
            let d = try #require(grove["d"].integer)
            try grove.environment.record("park.tree", d).write(["active": false])
            #expect(try grove.found("park.tree", []) == "abc")
            #expect(try grove.found("park.tree", [["active", "=", 0]]) == "d")

            let zones = try grove.environment.records("park.zone")
            #expect(try zones.nameSearch(NameQuery("t", limit: nil)).map(\.name) == ["North", "Loft"])
            let groups = try zones.readGroup(GroupRequest(fields: ["active"], by: ["active"]))
            #expect(groups.map { $0["active_count"] } == [3])
            let (b, x) = (try #require(grove["b"].integer), try #require(grove["X"].integer))
            let visits = try grove.environment.records("park.tree", [b]).read(["visit_ids"]).values(of: "visit_ids")
            #expect(visits == [[]])
            #expect(try grove.environment.records("park.zone", [x]).read(["name"]).values(of: "name") == ["Attic"])
        }
    }
}
