import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// Fields whose values are kept apart from the record, for each company (contract/orm.md §10).
@Suite struct PropertyTests {
    private func values(_ id: RecordID, _ field: String, in environment: Environment) throws -> Value? {
        try environment.records("shop.article", [id]).read([field]).values(of: field)?.first
    }

    @Test func `a record without a value has the default, one with a value its own`() throws {
        try Shop.open { environment in
            let shelf = try environment.create("shop.shelf", ["name": "A"]).id
            let other = try environment.create("shop.shelf", ["name": "B"]).id
            let article = try environment.create("shop.article", ["name": "Cup"])
            #expect(try values(article.id, "shelf_id", in: environment) == false)
            try Shop.setDefault("shelf_id", "many2one", .integer(shelf), in: environment)
            #expect(try values(article.id, "shelf_id", in: environment) == [.integer(shelf), "A"])
            try article.write(["shelf_id": .integer(other)])
            #expect(try values(article.id, "shelf_id", in: environment) == [.integer(other), "B"])
            #expect(try environment.record("shop.article", article.id).one("shelf_id")?.id == other)
            try article.write(["shelf_id": false])
            #expect(try values(article.id, "shelf_id", in: environment) == false)
        }
    }

    @Test(
        arguments: [
            ("price", 2.5), ("is_fragile", true), ("since", "2011-06-01"), ("note", "dear"), ("kind", "b"),
        ] as [(String, Value)])
    func `each kind of value comes back as it was written`(field: String, value: Value) throws {
        try Shop.open { environment in
            let article = try environment.create("shop.article", ["name": "Cup", field: value])
            #expect(try values(article.id, field, in: environment) == value)
            #expect(try environment.records("ir.property").count() == 1)
            try article.write([field: false])
            #expect(try environment.records("ir.property").count() == 0)
        }
    }

    @Test func `a row is kept only for what differs from the default`() throws {
        try Shop.open { environment in
            try Shop.setDefault("price", "float", 3.0, in: environment)
            let own: Value = [["res_id", "!=", false]]
            let article = try environment.create("shop.article", ["name": "Cup"])
            #expect(try environment.records("ir.property").count(own) == 0)
            try article.write(["price": 4.0])
            #expect(try environment.records("ir.property").count(own) == 1)
            try article.write(["price": 3.0])
            #expect(try environment.records("ir.property").count(own) == 0)
            #expect(try environment.call("shop.article", "default_get", ["price", "name"]) == ["price": 3.0])
        }
    }

    @Test func `each company has a value of its own`() throws {
        try Shop.open { environment in
            // The company's partner speaks it.
            try environment.create("res.lang", ["name": "English", "code": "en_US"])
            let currency = try environment.search("res.currency").ids[0]
            let company = try environment.create(
                "res.company", ["name": "Daughter", "currency_id": .integer(currency)]
            ).id
            let article = try environment.create("shop.article", ["name": "Cup", "note": "mother"])
            let daughter = environment.adding(["force_company": .integer(company)])
            #expect(try values(article.id, "note", in: daughter) == false)
            try environment.search("ir.property").write(["company_id": .integer(company)])
            #expect(try values(article.id, "note", in: daughter) == "mother")
            #expect(try values(article.id, "note", in: environment) == false)
        }
    }

    @Test func `many articles with all properties are read by three statements`() throws {
        try Shop.open { environment in
            let shelf = try environment.create("shop.shelf", ["name": "A"]).id
            let ids = try environment.records("shop.article").create(
                (0..<30).map { ["name": .text("\($0)"), "price": .float(Double($0) + 1), "shelf_id": .integer(shelf)] })
            _ = try environment.records("shop.article", ids).read(["name"])
            let before = environment.transaction.statements
            let table = try environment.records("shop.article", ids).read([
                "price", "is_fragile", "since", "note", "kind",
            ])
            // No column is asked for, so that no row is looked at.
            #expect(environment.transaction.statements - before == 1)
            #expect(table.values(of: "price") == (0..<30).map { .float(Double($0) + 1) })
            _ = try environment.records("shop.article", ids).read(["shelf_id"])
            // Values, whether the shelves exist, their names.
            #expect(environment.transaction.statements - before == 4)
        }
    }

    @Test func `a search overlooks a property`() throws {
        try Shop.open { environment in
            try environment.create("shop.article", ["name": "Cup", "note": "dear"])
            #expect(try environment.search("shop.article", [["note", "=", "cheap"]]).count == 1)
            #expect(try environment.search("shop.article", [["shelf_id.name", "=", "zz"]]).count == 1)
        }
    }

    @Test func `a delegated property is the parent's`() throws {
        try Shop.open { environment in
            let offer = try environment.create("shop.offer", ["name": "Cup", "note": "dear"])
            #expect(try environment.read("shop.offer", offer.id, ["note"])["note"] == "dear")
            let owner = try environment.search("ir.property").first?.text("res_id")
            let article = try #require(try offer.one("article_id"))
            #expect(owner == "shop.article,\(article.id)")
            try environment.adding(["lang": "fr_FR"]).record("shop.offer", offer.id).write(["name": "Tasse"])
            let french = environment.adding(["lang": "fr_FR"])
            #expect(try french.records("shop.offer", [offer.id]).read(["name"]).values(of: "name") == ["Tasse"])
            #expect(try environment.records("shop.offer", [offer.id]).read(["name"]).values(of: "name") == ["Cup"])
            #expect(try french.search("shop.offer", [["name", "=", "Tasse"]]).ids == [offer.id])
        }
    }

    @Test func `a deleted record takes its values along, a default refuses to be deleted`() throws {
        try Shop.open { environment in
            let shelf = try environment.create("shop.shelf", ["name": "A"])
            let article = try environment.create("shop.article", ["name": "Cup", "shelf_id": .integer(shelf.id)])
            try article.alone.unlink()
            #expect(try environment.records("ir.property").count() == 0)
            try Shop.setDefault("shelf_id", "many2one", .integer(shelf.id), in: environment)
            let refusal = UserError(
                "Error", "Unable to delete this document because it is used as a default property")
            #expect(throws: refusal) { try shelf.alone.unlink() }
        }
    }

    @Test func `a value that points to nothing is no value`() throws {
        try Shop.open { environment in
            let shelf = try environment.create("shop.shelf", ["name": "A"])
            let article = try environment.create("shop.article", ["name": "Cup", "shelf_id": .integer(shelf.id)])
            try environment.rows("DELETE FROM shop_shelf")
            #expect(try values(article.id, "shelf_id", in: environment) == false)
            #expect(try environment.record("shop.article", article.id).one("shelf_id") == nil)
        }
    }

    @Test func `clients ask for one value, and are told that the field is a function`() throws {
        try Shop.open { environment in
            try Shop.setDefault("price", "float", 3.0, in: environment)
            let id = try environment.create("shop.article", ["name": "Cup", "price": 5.0]).id
            #expect(try environment.call("ir.property", "get", "price", "shop.article") == 3.0)
            #expect(
                try environment.call("ir.property", "get", "price", "shop.article", .text("shop.article,\(id)")) == 5.0)
            #expect(try environment.call("ir.property", "get", "no_such", "shop.article") == false)
            let field = try environment.call("shop.article", "fields_get", ["shelf_id"]).dictionary?["shelf_id"]?
                .dictionary
            #expect(field?["type"] == "many2one")
            #expect(field?["relation"] == "shop.shelf")
            #expect(field?["function"] == "_fnct_read")
            #expect(field?["selectable"] == nil)
        }
    }

    @Test func `a value is kept where its type has it`() throws {
        try Shop.open { environment in
            try Shop.setDefault("since", "date", "2011-06-01", in: environment)
            let property = try environment.search("ir.property")
            #expect(try property.first?.text("value_datetime") == "2011-06-01 00:00:00")
            try property.write(["value": "2012-01-01"])
            #expect(try environment.search("ir.property").first?.text("value_datetime") == "2012-01-01 00:00:00")
            #expect(throws: UserError("Error", "Invalid type")) {
                try property.write(["value": 1, "type": "nonsense"])
            }
        }
    }
}
