import ORM
import PostgreSQL
import Testing
import Values

/// What holds for every model, whoever wrote it.
@Suite struct EveryModelTests {
    @Test(arguments: DemoTemplate.modelNames)
    func `clients read, describe and name the first records`(model: String) throws {
        try DemoDatabase.visit { environment in
            let ids = try environment.call(model, "search", [], 0, 5)
            let count = try #require(ids.list).count
            #expect(try environment.call(model, "search_count", []).integer ?? 0 >= count)
            let rows = try #require(try environment.call(model, "read", ids, []).list)
            #expect(rows.count == count)
            let fields = try #require(try environment.call(model, "fields_get").dictionary)
            for row in rows {
                let names = Set(try #require(row.dictionary).keys)
                #expect(names.subtracting(["id"]).isSubset(of: fields.keys))
            }
            #expect(try environment.call(model, "name_get", ids).list?.count == count)
            #expect(try environment.call(model, "perm_read", ids).list?.count ?? 0 >= count)
            #expect(try environment.call(model, "name_search", "", [], "ilike", [:], 5).list != nil)
        }
    }

    @Test(arguments: DemoTemplate.modelNames)
    func `every field has a type and a label, every selection a list of options`(model: String) throws {
        try DemoDatabase.visit { environment in
            let fields = try #require(try environment.call(model, "fields_get").dictionary)
            for (name, description) in fields {
                let description = try #require(description.dictionary)
                #expect(description["type"]?.text?.isEmpty == false, "\(name)")
                #expect(description["string"]?.text?.isEmpty == false, "\(name)")
                if description["type"] == "selection" {
                    #expect(description["selection"]?.list != nil, "\(name)")
                }
                if let target = description["relation"]?.text {
                    #expect(environment.registry.models[target] != nil, "\(name)")
                }
            }
        }
    }

    @Test(arguments: DemoTemplate.modelNames)
    func `a record of defaults alone is made or refused`(model: String) throws {
        try DemoDatabase.visit { environment in
            let names = Value.list(try environment.registry.model(model).fieldNames.map { .text($0) })
            let defaults = try environment.call(model, "default_get", names)
            #expect(defaults.dictionary != nil)
            do {
                let id = try #require(try environment.call(model, "create", defaults).integer)
                #expect(try environment.read(model, id, [])["id"] == .integer(id))
            } catch let error as PostgreSQLError {
                guard let message = error.serverMessage else { throw error }
                // A rule of the table was broken: a column that must be filled, a name that is taken.
                #expect(message.sqlState.hasPrefix("23"), "\(message)")
            } catch is UserError, is ValidationFailure, is ORMError {
                // Said in words.
            }
        }
    }

    @Test(arguments: DemoTemplate.modelNames)
    func `somebody has been given rights`(model: String) throws {
        try DemoDatabase.visit { environment in
            if try environment.registry.model(model).isTransient { return }
            let lines = try environment.search("ir.model.access", [["model_id.model", "=", .text(model)]])
            #expect(!lines.isEmpty)
        }
    }

    @Test(arguments: DemoTemplate.modelNames)
    func `relations lead to a model that knows the way back`(model: String) throws {
        try DemoDatabase.visit { environment in
            for field in try environment.registry.model(model).fields {
                guard let name = field.kind.target else { continue }
                let target = try #require(environment.registry.models[name], "\(field.name)")
                if case .one2many(_, let inverse) = field.kind, !field.isFunction {
                    #expect(target.field(inverse) != nil, "\(field.name)")
                }
            }
        }
    }

    @Test(arguments: DemoTemplate.modelNames)
    func `the catalogue describes the model and all its fields`(model: String) throws {
        try DemoDatabase.visit { environment in
            #expect(try environment.search("ir.model", [["model", "=", .text(model)]]).count == 1)
            let fields = try environment.search("ir.model.fields", [["model", "=", .text(model)]])
            let described = Set(try fields.map { try $0.text("name") ?? "" as String }.values)
            let own = try environment.registry.model(model).fields.map(\.name)
            #expect(Set(own).subtracting(described).isEmpty)
        }
    }
}
