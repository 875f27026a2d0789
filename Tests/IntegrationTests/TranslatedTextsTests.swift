import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// Labels, options and messages in several languages (contract/orm.md §7, contract/addons.md §11).
@Suite struct TranslatedTextsTests {
    private func add(_ kind: String, _ name: String, _ source: String, _ text: String, to environment: Environment)
        throws
    {
        try environment.create(
            "ir.translation",
            [
                "type": .text(kind), "name": .text(name), "src": .text(source), "value": .text(text), "lang": "fr_FR",
                "res_id": 0,
            ])
    }

    private func description(
        of field: String, in model: String, _ environment: Environment
    ) throws -> [String: Value] {
        let fields = try environment.call(model, "fields_get", [.text(field)], .dictionary(environment.context.values))
        return fields.dictionary?[field]?.dictionary ?? [:]
    }

    @Test func `labels, helps and options are told in the caller's language`() throws {
        try DemoDatabase.visit { environment in
            try add("field", "res.lang,direction", "an older label", "Sens", to: environment)
            try add("help", "res.lang,code", "", "Langue et pays", to: environment)
            try add("selection", "res.lang,direction", "Right-to-Left", "De droite à gauche", to: environment)
            let french = environment.adding(["lang": "fr_FR"])
            let direction = try description(of: "direction", in: "res.lang", french)
            #expect(direction["string"] == "Sens")
            #expect(direction["selection"] == [["ltr", "Left-to-Right"], ["rtl", "De droite à gauche"]])
            #expect(try description(of: "code", in: "res.lang", french)["help"] == "Langue et pays")
            #expect(try description(of: "direction", in: "res.lang", environment)["string"] == "Direction")
        }
    }

    @Test func `the message of a broken check is told in the caller's language`() throws {
        try DemoDatabase.visit { environment in
            let message = "Error ! You can not create recursive Menu."
            try add("constraint", "ir.ui.menu", message, "Menu récursif", to: environment)
            let menu = try environment.create("ir.ui.menu", ["name": "Loop"])
            let french = environment.adding(["lang": "fr_FR"])
            let error = #expect(throws: ValidationFailure.self) {
                try environment.transaction.savepoint {
                    try french.record("ir.ui.menu", menu.id).write(["parent_id": .integer(menu.id)])
                }
            }
            #expect(error?.failures.map(\.message) == ["Menu récursif"])
        }
    }

    @Test func `changed and deleted translations are told at once`() throws {
        try DemoDatabase.own { database in
            func label() throws -> Value? {
                try database.run { environment in
                    try description(of: "code", in: "res.lang", environment.adding(["lang": "fr_FR"]))["string"]
                }
            }
            #expect(try label() == "Locale Code")
            try database.run { try add("field", "res.lang,code", "", "Code", to: $0) }
            #expect(try label() == "Code")
            try database.run { try $0.search("ir.translation").write(["value": "Sigle"]) }
            #expect(try label() == "Sigle")
            try database.run { try $0.search("ir.translation").unlink() }
            #expect(try label() == "Locale Code")
        }
    }

    @Test func `labels are read and written language by language`() throws {
        try DemoDatabase.visit { environment in
            func labels(_ fields: Value) throws -> Value {
                try environment.call("res.lang", "read_string", false, ["fr_FR", "en_US"], fields)
            }
            let before = try labels(["direction", "no_such"])
            let direction: Value = ["code": "en_US", "direction": "Direction"]
            #expect(before == ["fr_FR": ["code": "fr_FR", "direction": "Direction"], "en_US": direction])
            for label: Value in ["Nom", "Nom propre"] {
                try environment.call("res.lang", "write_string", false, ["fr_FR"], ["name": label])
            }
            let after = try labels(["name"])
            let name: Value = ["code": "en_US", "name": "Name"]
            #expect(after == ["fr_FR": ["code": "fr_FR", "name": "Nom propre"], "en_US": name])
            #expect(
                try description(of: "name", in: "res.lang", environment.adding(["lang": "fr_FR"]))["string"]
                    == "Nom propre")
            #expect(try environment.records("ir.translation").count() == 1)
        }
    }

    @Test func `a language that goes takes its translations along`() throws {
        try DemoDatabase.visit { environment in
            let language = try environment.create("res.lang", ["name": "French", "code": "fr_FR", "active": false])
            try add("field", "res.lang,code", "", "Code", to: environment)
            try language.alone.unlink()
            #expect(try environment.records("ir.translation").count([["lang", "=", "fr_FR"]]) == 0)
            let french = environment.adding(["lang": "fr_FR"])
            #expect(try description(of: "code", in: "res.lang", french)["string"] == "Locale Code")
        }
    }

    @Test func `a language without texts costs nothing, whatever it is called`() throws {
        try DemoDatabase.visit { environment in
            _ = try description(of: "code", in: "res.lang", environment.adding(["lang": "xx_0"]))
            let before = environment.transaction.statements
            _ = try description(of: "code", in: "res.lang", environment.adding(["lang": "xx_1"]))
            #expect(environment.transaction.statements == before)
        }
    }
}
