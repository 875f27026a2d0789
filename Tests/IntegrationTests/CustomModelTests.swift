import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// Models and fields that people make with records.
@Suite struct CustomModelTests {
    private func modelID(_ model: ModelName, _ environment: Environment) throws -> Value {
        .integer(try #require(try environment.search("ir.model", [["model", "=", .text(model)]]).ids.first))
    }

    private func makeField(
        _ name: String, _ kind: String, on model: ModelName, _ more: FieldValues = [:], _ environment: Environment
    ) throws -> RecordID {
        let values: FieldValues = [
            "name": .text(name), "field_description": .text(name), "ttype": .text(kind),
            "model_id": try modelID(model, environment),
        ]
        return try environment.create("ir.model.fields", values.merging(more) { $1 }).id
    }

    @Test func `a model made with its fields works within the same call`() throws {
        try DemoDatabase.visit { environment in
            try environment.call(
                "ir.model", "create",
                [
                    "name": "Pet", "model": "x_pet", "state": "manual",
                    "field_id": [
                        [0, 0, ["name": "x_name", "field_description": "Name", "ttype": "char"]],
                        [
                            0, 0,
                            [
                                "name": "x_mother", "field_description": "Mother", "ttype": "many2one",
                                "relation": "x_pet",
                            ],
                        ],
                        [
                            0, 0,
                            [
                                "name": "x_young", "field_description": "Young", "ttype": "one2many",
                                "relation": "x_pet", "relation_field": "x_mother",
                            ],
                        ],
                    ],
                ], ["manual": true])
            let mother = try environment.call(
                "x_pet", "create", ["x_name": "Ella", "x_young": [[0, 0, ["x_name": "Tim"]]]])
            let young = try environment.call("x_pet", "search", [["x_mother.x_name", "=", "Ella"]])
            #expect(try environment.call("x_pet", "name_get", young).list?.first?.list?.last == "Tim")
            #expect(try environment.read("x_pet", mother.integer ?? 0, ["x_young"])["x_young"] == young)
            #expect(try environment.registry.model("x_pet").title == "Pet")
        }
    }

    struct Kind: CustomTestStringConvertible {
        let kind: String, written: Value, read: Value
        var more: FieldValues = [:]
        var testDescription: String { kind }
    }

    @Test(arguments: [
        Kind(kind: "char", written: "abcdef", read: "abcd", more: ["size": 4]),
        Kind(kind: "text", written: "a\nb", read: "a\nb"), Kind(kind: "integer", written: 7, read: 7),
        Kind(kind: "integer_big", written: 7_000_000_000, read: 7_000_000_000),
        Kind(kind: "float", written: 2.5, read: 2.5), Kind(kind: "date", written: "2011-06-01", read: "2011-06-01"),
        Kind(kind: "datetime", written: "2011-06-01 08:00:00", read: "2011-06-01 08:00:00"),
        Kind(kind: "boolean", written: true, read: true), Kind(kind: "binary", written: "QUJD", read: "QUJD"),
        Kind(kind: "selection", written: "b", read: "b", more: ["selection": "[('a','Apple'),('b','Birne')]"]),
        Kind(
            kind: "reference", written: "res.country,1", read: "res.country,1",
            more: ["selection": "[('res.country','Country')]"]),
        Kind(
            kind: "many2one", written: 1, read: [1, "Administrator"],
            more: ["relation": "res.users", "on_delete": "cascade"]),
        Kind(kind: "many2many", written: [[6, 0, [1]]], read: [1], more: ["relation": "res.users"]),
    ])
    func `a field of each kind is added to a model of an addon`(_ example: Kind) throws {
        try DemoDatabase.visit { environment in
            _ = try makeField("x_new", example.kind, on: "res.partner", example.more, environment)
            let partner = try environment.create("res.partner", ["name": "New", "x_new": example.written])
            #expect(try environment.read("res.partner", partner.id, ["x_new"])["x_new"] == example.read)
        }
    }

    @Test func `a many2many has the original's table`() throws {
        try DemoDatabase.visit { environment in
            _ = try makeField("x_fans", "many2many", on: "res.partner", ["relation": "res.users"], environment)
            let columns = try environment.rows(
                """
                SELECT attname FROM pg_attribute WHERE attrelid = 'x_res_users_res_partner_x_fans_rel'::regclass \
                AND attnum > 0 ORDER BY attnum
                """)
            #expect(columns.texts(column: 0) == ["id1", "id2"])
        }
    }

    @Test func `a field is renamed with its column, and grows`() throws {
        try DemoDatabase.visit { environment in
            let id = try makeField("x_old", "char", on: "res.partner", ["size": 3], environment)
            let partner = try environment.create("res.partner", ["name": "New", "x_old": "abc"])
            try environment.record("ir.model.fields", id).write(["name": "x_new", "size": 8])
            #expect(try environment.read("res.partner", partner.id, ["x_old", "x_new"])["x_new"] == "abc")
            try environment.record("res.partner", partner.id).write(["x_new": "abcdefghij"])
            #expect(try environment.read("res.partner", partner.id, ["x_new"])["x_new"] == "abcdefgh")
        }
    }

    @Test func `a required field that is removed leaves its column, which asks for nothing`() throws {
        try DemoDatabase.visit { (environment) throws in
            try environment.create("ir.model", ["name": "Pet", "model": "x_pet"])
            let id = try makeField("x_must", "integer", on: "x_pet", ["required": true], environment)
            #expect(throws: PostgreSQLError.self) {
                try environment.transaction.savepoint { try environment.create("x_pet", [:]) }
            }
            try environment.record("ir.model.fields", id).alone.unlink()
            try environment.create("x_pet", [:])
            let column = try environment.rows(
                "SELECT 1 FROM pg_attribute WHERE attrelid = 'x_pet'::regclass AND attname = 'x_must'")
            #expect(column.rowCount == 1)
        }
    }

    @Test func `a model is removed, its table stays`() throws {
        try DemoDatabase.visit { (environment) throws in
            let model = try environment.create("ir.model", ["name": "Pet", "model": "x_pet"])
            #expect(environment.registry.models["x_pet"] != nil)
            try model.alone.unlink()
            #expect(throws: ORMError.unknownModel("x_pet")) { try environment.create("x_pet", [:]) }
            #expect(try environment.rows("SELECT to_regclass('x_pet')").text(0, 0) == "x_pet")
        }
    }

    struct Refusal: CustomTestStringConvertible {
        let testDescription: String
        let values: FieldValues, message: String
    }

    @Test(arguments: [
        Refusal(
            testDescription: "name", values: ["name": "shoe", "ttype": "char"],
            message: "Custom fields must have a name that starts with 'x_' !"),
        Refusal(
            testDescription: "relation", values: ["name": "x_shoe", "ttype": "many2one", "relation": "no.such"],
            message: "Model no.such does not exist!"),
    ])
    func `a field that makes no sense is refused in the original's words`(_ example: Refusal) throws {
        try DemoDatabase.visit { (environment) throws in
            let refused = #expect(throws: UserError.self) {
                let name = example.values["name"]?.text ?? "", kind = example.values["ttype"]?.text ?? ""
                _ = try makeField(name, kind, on: "res.partner", example.values, environment)
            }
            #expect(refused?.message == example.message)
        }
    }

    @Test(
        arguments: [
            ["name": "x_a b", "ttype": "char"], ["name": "x_s", "ttype": "selection", "selection": "no list"],
            ["name": "x_l", "ttype": "one2many", "relation": "res.users", "relation_field": "x_none"],
        ] as [FieldValues])
    func `a field that no model can have is refused`(values: FieldValues) throws {
        try DemoDatabase.visit { (environment) throws in
            _ = #expect(throws: UserError.self) {
                let name = values["name"]?.text ?? "", kind = values["ttype"]?.text ?? ""
                _ = try makeField(name, kind, on: "res.partner", values, environment)
            }
        }
    }

    @Test(arguments: ["pet", "x_pet-shop", "x_größe"])
    func `a model's name begins with x_ and is plain`(name: String) throws {
        try DemoDatabase.visit { (environment) throws in
            let refused = #expect(throws: ValidationFailure.self) {
                try environment.create("ir.model", ["name": "Pet", "model": .text(name)])
            }
            #expect(
                refused?.failures.first?.message
                    == "The Object name must start with x_ and not contain any special character !")
        }
    }

    @Test func `what addons have declared is neither changed nor removed`() throws {
        try DemoDatabase.visit { (environment) throws in
            let model = try environment.search("ir.model", [["model", "=", "res.partner"]])
            #expect(throws: UserError("Error", "You can not remove the model 'Partner' !")) { try model.unlink() }
            let field = try environment.search(
                "ir.model.fields", [["model", "=", "res.partner"], ["name", "=", "ref"]])
            #expect(throws: UserError("Error", "You cannot remove the field 'ref' !")) { try field.unlink() }
            let refused = #expect(throws: UserError.self) { try field.write(["size": 3]) }
            #expect(refused?.message.hasPrefix("Properties of base fields cannot be altered") == true)
        }
    }

    @Test func `kind and model of a custom field stay`() throws {
        try DemoDatabase.visit { (environment) throws in
            let field = try environment.record(
                "ir.model.fields", makeField("x_shoe", "char", on: "res.partner", [:], environment))
            let users = try modelID("res.users", environment)
            for values in [["ttype": "integer"], ["model_id": users]] as [FieldValues] {
                #expect(throws: UserError.self) { try field.write(values) }
            }
            try field.write(["ttype": "char", "field_description": "Shoe"])
        }
    }

    @Test func `a field whose target is gone keeps nothing closed`() throws {
        try DemoDatabase.visit { environment in
            let pets = try environment.create("ir.model", ["name": "Pet", "model": "x_pet"])
            _ = try makeField("x_pet_id", "many2one", on: "res.partner", ["relation": "x_pet"], environment)
            try pets.alone.unlink()
            #expect(try environment.call("res.partner", "fields_get", ["x_pet_id"]) == [:])
            #expect(environment.registry.misfits.count == 1)
        }
    }
}
