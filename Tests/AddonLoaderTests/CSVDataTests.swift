import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

@testable import AddonLoader

@Suite struct CSVDataTests {
    private static let species = """
        <record id="cat" model="zoo.species"><field name="name">Cat</field></record>
        <record id="dog" model="zoo.species"><field name="name">Dog</field></record>
        """

    /// The species, then a file of animals.
    private func withAnimals(_ text: String, _ body: (Load) throws -> Void) throws {
        let files = [
            "__openerp__.py":
                "{'name': 'Zoo', 'depends': ['base'], 'update_xml': ['zoo.xml', 'data/zoo.animal-some.csv']}",
            "zoo.xml": "<openerp>\n<data>\n\(Self.species)\n</data>\n</openerp>",
            "data/zoo.animal-some.csv": text,
        ]
        try withLoad(["zoo": files], body)
    }

    struct Case: CustomTestStringConvertible {
        let column: String, cell: String, field: String, value: Value
        var testDescription: String { "\(column)=\(cell)" }
    }

    @Test(arguments: [
        Case(column: "age", cell: "7", field: "age", value: 7), Case(column: "age", cell: "", field: "age", value: 0),
        Case(column: "weight", cell: "1.5", field: "weight", value: 1.5),
        Case(column: "tame", cell: "0", field: "tame", value: false),
        Case(column: "tame", cell: "OFF", field: "tame", value: false),
        Case(column: "tame", cell: "", field: "tame", value: true),
        Case(column: "tame", cell: "no", field: "tame", value: true),
        Case(column: "diet", cell: "meat", field: "diet", value: "meat"),
        Case(column: "diet", cell: "Plants only", field: "diet", value: "plants"),
        Case(column: "notes", cell: "\"a, \"\"b\"\"\"", field: "notes", value: "a, \"b\""),
        Case(column: "species_id", cell: "Dog", field: "species_id", value: 2),
        Case(column: "species_id", cell: "", field: "species_id", value: false),
        Case(column: "species_id:id", cell: "dog", field: "species_id", value: 2),
        Case(column: "species_id/id", cell: "zoo.dog", field: "species_id", value: 2),
        Case(column: "species_id:id", cell: "", field: "species_id", value: false),
        Case(column: "species_id/.id", cell: "2", field: "species_id", value: 2),
        Case(column: "rival_ids", cell: "\"Cat,Dog\"", field: "rival_ids", value: [1, 2]),
        Case(column: "rival_ids/id", cell: "\"cat,zoo.dog\"", field: "rival_ids", value: [1, 2]),
        Case(column: "rival_ids", cell: "", field: "rival_ids", value: []),
    ])
    func `a cell is read by its column`(_ example: Case) throws {
        try withAnimals("id,name,\(example.column)\nit,It,\(example.cell)\n") { load in
            let value = try #require(try load.install().record(externalID: "zoo.it")).value(example.field)
            #expect(value.isAbsent ? example.value.isAbsent || example.value == value : value == example.value)
        }
    }

    @Test(arguments: [
        ("id,wings\nit,2\n", 1, "model zoo.animal has no field wings"),
        ("id,name,age\nit,It,1\nother,Other,old\n", 3, "record zoo.other: "),
        ("id,name,species_id\nit,It,Ant\n", 2, "record zoo.it: No record found for Ant"),
        ("id,name,species_id:id\nit,It,ant\n", 2, "record zoo.it: No references to zoo.ant"),
        ("id,name,diet\nit,It,stones\n", 2, "record zoo.it: Key/value 'stones' not found in selection field 'diet'"),
        ("id,name,age\nit,It\n", 2, "Please check that all your lines have 3 columns."),
        ("id,name\nit,It,more\n", 2, "\"more\" stands beyond the last column"),
        ("id,name,species_id/.id\nit,It,x\n", 2, "record zoo.it: "),
        ("id,name,species_id/.id\nit,It,99\n", 2, "record zoo.it: Database ID doesn't exist: zoo.species : 99"),
        ("id,name\nit,\"It\n", 2, "a quote is not closed"),
        ("", 1, "the first row, which names the fields, is missing"),
        ("id,child_ids\nit,It\n", 1, ""), ("id,child_ids/wings\nit,It\n", 1, ""),
        ("id,name\nit,I\u{0}t\n", 2, "the file is no text in UTF-8"),
    ])
    func `what cannot be read is refused with file and line`(text: String, line: Int, message: String) throws {
        try withAnimals(text) { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(
                error?.description.hasPrefix("zoo/data/zoo.animal-some.csv:\(line): \(message)") == true,
                "\(String(describing: error))")
        }
    }

    @Test func `rows without cells of their own are lines of the record before`() throws {
        try withAnimals("id,name,child_ids/name,child_ids/age\nkit,Kit,Tom,1\n,,Tim,2\nzoe,Zoe,,\n") { load in
            let environment = try load.install()
            let kit = try #require(try environment.record(externalID: "zoo.kit"))
            let children = try kit.many("child_ids")
            #expect(try children.map { try $0.text("name") ?? "" }.values.sorted() == ["Tim", "Tom"])
            #expect(try environment.record(externalID: "zoo.zoe")?.many("child_ids").isEmpty == true)
        }
    }

    @Test func `rows are known to the expressions of later files`() throws {
        let manifest = TemporaryAddons.manifest(depends: ["base"], "'data': ['zoo.species.csv', 'zoo.xml']")
        let file =
            "<record id=\"tom\" model=\"zoo.animal\"><field name=\"name\">Tom</field>"
            + "<field name=\"species_id\" eval=\"cat\"/></record>"
        let files = manifest.merging(["zoo.species.csv": "id,name\ncat,Cat\n", "zoo.xml": Park.file(file)]) { $1 }
        try withLoad(["zoo": files]) { load in
            let tom = try load.install().record(externalID: "zoo.tom")
            #expect(try tom?.one("species_id")?.text("name") == "Cat")
        }
    }

    @Test func `later rows refer to earlier ones, and the last of two equal ids counts`() throws {
        try withAnimals("id,name,parent_id:id\nmother,Kit,\nchild,Tom,mother\nmother,Kitty,\n") { load in
            let child = try #require(try load.install().record(externalID: "zoo.child"))
            #expect(try child.one("parent_id")?.text("name") == "Kitty")
        }
    }

    @Test func `a record is written by its database id`() throws {
        try withLoad([
            "zoo": TemporaryAddons.manifest(depends: ["base"], "'data': ['zoo.species-1.csv', 'zoo.species-2.csv']")
                .merging(["zoo.species-1.csv": "name\nCat\n", "zoo.species-2.csv": ".id,id,legs\n1,cat,4\n"]) { $1 }
        ]) { load in
            let cat = try #require(try load.install().record(externalID: "zoo.cat"))
            #expect(try cat.text("name") == "Cat")
            #expect(try cat.integer("legs") == 4)
        }
    }

    @Test func `a file of an unknown model is refused`() throws {
        try withZoo(csv: "zoo.dragon.csv", "id,name\na,A\n") { load in
            #expect(throws: LoadError.unknownModel("zoo.dragon", at: .init(file: "zoo/zoo.dragon.csv", line: 1))) {
                try load.install()
            }
        }
    }

    @Test func `rows are created together`() throws {
        let rows = (1...300).map { "s\($0),Species \($0),\($0)\n" }
        try withZoo(csv: "zoo.species.csv", "id,name,legs\n" + rows.joined()) { load in
            let environment = try load.install()
            #expect(try environment.search("zoo.species").count == 300)
            #expect(load.transaction.statements < 60)
        }
    }
}
