import ORM
import PostgreSQL
import Testing
import Values

@testable import AddonLoader

@Suite struct XMLRecordTests {
    struct Case: CustomTestStringConvertible {
        let field: String, tag: String, value: Value
        var testDescription: String { tag }
    }

    @Test(arguments: [
        Case(field: "notes", tag: "<field name=\"notes\"> two\nlines &amp; more</field>", value: " two\nlines & more"),
        Case(field: "notes", tag: "<field name=\"notes\"/>", value: false),
        Case(field: "notes", tag: "<field name=\"notes\"><![CDATA[a<b]]></field>", value: "a<b"),
        Case(field: "age", tag: "<field name=\"age\"> 7 </field>", value: 7),
        Case(field: "age", tag: "<field name=\"age\" type=\"int\">-3</field>", value: -3),
        Case(field: "age", tag: "<field name=\"age\" eval=\"2 * 3 + len('ab')\"/>", value: 8),
        Case(field: "weight", tag: "<field name=\"weight\">1.5</field>", value: 1.5),
        Case(field: "born", tag: "<field name=\"born\">2010-04-01 08:30:00</field>", value: "2010-04-01"),
        Case(field: "tame", tag: "<field name=\"tame\" eval=\"False\"/>", value: false),
        Case(field: "tame", tag: "<field name=\"tame\">False</field>", value: true),
        Case(field: "diet", tag: "<field name=\"diet\">plants</field>", value: "plants"),
        Case(field: "species_id", tag: "<field name=\"species_id\" ref=\"cat\"/>", value: 1),
        Case(field: "species_id", tag: "<field name=\"species_id\" ref=\"zoo.dog\"/>", value: 2),
        Case(field: "species_id", tag: "<field name=\"species_id\" ref=\"null\"/>", value: false),
        Case(field: "species_id", tag: "<field name=\"species_id\" eval=\"ref('zoo.dog')\"/>", value: 2),
        Case(field: "species_id", tag: "<field name=\"species_id\" eval=\"dog\"/>", value: 2),
        Case(
            field: "age", tag: "<field name=\"age\" model=\"zoo.species\" eval=\"obj(dog).legs + 1\"/>", value: 5),
        Case(
            field: "notes", tag: "<field name=\"notes\" model=\"zoo.species\" eval=\"obj(ref('zoo.cat')).name\"/>",
            value: "Cat"),
        Case(
            field: "species_id", tag: "<field name=\"species_id\" search=\"[('name', '=', 'Dog')]\"/>", value: 2),
        Case(
            field: "species_id", tag: "<field name=\"species_id\" search=\"[('name', '=', 'Ant')]\"/>", value: false),
        Case(field: "home", tag: "<field name=\"home\" ref=\"dog\"/>", value: "zoo.species,2"),
        Case(field: "rival_ids", tag: "<field name=\"rival_ids\" eval=\"[(6, 0, [cat, dog])]\"/>", value: [1, 2]),
        Case(
            field: "rival_ids", tag: "<field name=\"rival_ids\" search=\"[('legs', '=', 4)]\"/>", value: [1, 2]),
        Case(field: "picture", tag: "<field name=\"picture\">aGk=</field>", value: "aGk="),
        Case(field: "picture", tag: "<field name=\"picture\" file=\"note.txt\"/>", value: "aGk="),
        Case(field: "notes", tag: "<field name=\"notes\" file=\"note.txt\"/>", value: "hi"),
        Case(
            field: "notes", tag: "<field name=\"notes\" type=\"xml\"><form a=\"%(dog)d\">50%%</form></field>",
            value: "<?xml version=\"1.0\"?>\n<form a=\"2\">50%</form>"),
        Case(
            field: "notes", tag: "<field name=\"notes\" type=\"xml\"><a/><b/></field>",
            value: "<?xml version=\"1.0\"?>\n<data><a/><b/></data>"),
    ])
    func `a field's value is read`(_ example: Case) throws {
        let species = """
            <record id="cat" model="zoo.species"><field name="name">Cat</field><field name="legs">4</field></record>
            <record id="dog" model="zoo.species"><field name="name">Dog</field><field name="legs">4</field></record>
            """
        let files = zoo(
            "\(species)<record id=\"it\" model=\"zoo.animal\"><field name=\"name\">It</field>\(example.tag)</record>")
        try withLoad(["zoo": files.merging(["note.txt": "hi"]) { $1 }]) { load in
            let record = try load.install().record(externalID: "zoo.it")
            let value = try #require(record).value(example.field)
            #expect(
                value.isAbsent ? example.value.isAbsent || example.value == value : value == example.value, "\(value)")
        }
    }

    @Test func `markup is stored in ASCII`() throws {
        let record =
            "<record id=\"v\" model=\"ir.ui.view\"><field name=\"name\">V</field>"
            + "<field name=\"arch\" type=\"xml\"><form string=\"Café\"/></field></record>"
        try withZoo(record) { load in
            let view = try #require(try load.install().record(externalID: "zoo.v"))
            let text = try #require(try view.text("arch"))
            #expect(text.utf8.allSatisfy { $0 < 0x80 })
            #expect(text.contains("Caf&#"))
        }
    }

    struct Refusal: CustomTestStringConvertible {
        let tag: String, message: String
        var testDescription: String { message }
    }

    @Test(arguments: [
        Refusal(tag: "<record model=\"zoo.dragon\"/>", message: "there is no model zoo.dragon"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"wings\">2</field></record>",
            message: "model zoo.animal has no field wings"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"species_id\" ref=\"unicorn\"/></record>",
            message: "external id zoo.unicorn is not known (is its addon in 'depends'?)"),
        Refusal(tag: "\n<recrod model=\"zoo.animal\"/>", message: "did not expect element <recrod> there"),
        Refusal(tag: "\n<workflow model=\"zoo.animal\"/>", message: "element <workflow> needs the attribute action"),
        Refusal(
            tag: "\n<record model=\"zoo.animal\" nam=\"x\"/>", message: "invalid attribute nam for element <record>"),
        Refusal(tag: "\n<record id=\"x\"/>", message: "element <record> needs the attribute model"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<value name=\"age\"/></record>",
            message: "did not expect element <value> there"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"age\">old</field></record>",
            message: "\"old\" is no integer for age"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"age\" eval=\"years\"/></record>",
            message: "cannot evaluate years"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"notes\" type=\"html\">x</field></record>",
            message: "there is no type html of a field"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"notes\" type=\"xml\"><a b=\"5%\"/></field></record>",
            message: "a percent sign is written %% here"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"notes\">x<b/></field></record>",
            message: "did not expect element <b> there"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"weight\">0x10</field></record>",
            message: "\"0x10\" is no number for weight"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"notes\" type=\"xml\"/></record>",
            message: "a field of type xml needs an element"),
        Refusal(
            tag: "<record model=\"zoo.animal\">\n<field name=\"age\" eval=\"ref('ant')\"/></record>",
            message: "external id zoo.ant is not known"),
        Refusal(
            tag: "\n<record id=\"farm.x\" model=\"zoo.animal\"/>",
            message: "The ID \"farm.x\" refers to an uninstalled module"),
        Refusal(
            tag: "\n<record model=\"zoo.animal\"><field name=\"species_id\" search=\"[('wings', '=', 2)]\"/></record>",
            message: ""),
    ])
    func `what cannot be loaded is refused with file and line`(_ example: Refusal) throws {
        let line = example.tag.contains("\n") ? 4 : 3
        try withZoo(example.tag) { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(
                error?.description.hasPrefix("zoo/zoo.xml:\(line): \(example.message)") == true,
                "\(String(describing: error))")
        }
    }

    @Test func `a record the database refuses is named`() throws {
        try withZoo(
            """
            <record id="a" model="zoo.species"><field name="name">Cat</field></record>
            <record id="b" model="zoo.species"><field name="name">Cat</field></record>
            """
        ) { load in
            let error = #expect(throws: LoadError.self) {
                try load.transaction.savepoint { () throws in _ = try load.install() }
            }
            #expect(error?.description.hasPrefix("zoo/zoo.xml:4: record zoo.b: ") == true)
        }
    }

    @Test func `broken markup is told with its place`() throws {
        try withZoo("\n<record model=\"&nothing;\"/>") { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(error?.description.contains("zoo/zoo.xml:4") == true, "\(String(describing: error))")
        }
    }

    @Test func `an id of another model is refused`() throws {
        try withZoo(
            """
            <record id="x" model="zoo.species"><field name="name">Cat</field></record>
            <record id="x" model="zoo.animal"><field name="name">Tom</field></record>
            """
        ) { load in
            #expect(
                throws: LoadError.wrongModel(
                    "zoo.x", found: "zoo.species", expected: "zoo.animal", at: .init(file: "zoo/zoo.xml", line: 4))
            ) { try load.install() }
        }
    }

    @Test func `records of one kind are created together`() throws {
        let tags = (1...60).map { number in
            "<record id=\"s\(number)\" model=\"zoo.species\"><field name=\"name\">S \(number)</field>"
                + "<field name=\"legs\" eval=\"2 + 2\"/></record>"
        }
        try withZoo(tags.joined(separator: "\n")) { load in
            let environment = try load.install()
            #expect(try environment.search("zoo.species").count == 60)
            #expect(load.transaction.statements < 60)
        }
    }

    @Test func `a record within another one is named after it`() throws {
        try withZoo("<record id=\"ann\" model=\"zoo.keeper\"><field name=\"name\">Ann</field></record>") { load in
            let environment = try load.install()
            let keeper = try #require(try environment.record(externalID: "zoo.ann"))
            #expect(try environment.record(externalID: "zoo.ann_res_groups")?.id == keeper.one("group_id")?.id)
        }
    }
}
