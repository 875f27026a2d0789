import ORM
import PostgreSQL
import SQL
import Synchronization
import TestSupport
import Testing
import Values

/// Function fields that are kept in columns, and those computed together.
@Suite struct StoredFunctionTests {
    /// What was computed, in order; a test looks only at entries with the name of its own order.
    private static let journal = Mutex<[String]>([])

    private static func note(_ text: String, _ orders: Records) throws {
        let names = try orders.map { try $0.text("name") ?? "" }.sorted { $0.key < $1.key }.map(\.value)
        journal.withLock { $0.append(text + " " + names.joined(separator: ",")) }
    }

    private static func entries(of name: String) -> [String] {
        journal.withLock { journal in
            let own = journal.filter { $0.hasSuffix(name) }
            journal.removeAll { $0.hasSuffix(name) }
            return own
        }
    }

    private static let totals = ComputationGroup("totals") { orders, fields in
        try note(fields.sorted().joined(separator: "+"), orders)
        return try orders.map { order in
            let prices = try order.many("line_ids").map { try $0.float("price") }
            return ["total": .float(prices.values.reduce(0, +)), "lines": .integer(prices.count)]
        }
    }

    private static let ordersOfLines: @Sendable (Records) throws -> [RecordID] = { lines in
        try lines.compactMap { try $0.one("order_id")?.id }
    }

    private static let fromLines = Computation.Store.triggered([
        .init(on: "shop.line", fields: ["price", "order_id"], records: ordersOfLines)
    ])

    private static func computed(_ name: FieldName, on trigger: Computation.Trigger) -> Field {
        .computed(
            name, name, .integer,
            get: { orders in
                try note(name, orders)
                return orders.map { _ in 1 }
            },
            store: .triggered([trigger]))
    }

    private static let shop = AddonModels(
        "shop",
        definitions: [
            .introducing("shop.order") { model in
                model.fields = [
                    .char("name", "Name", size: 16), .char("note", "Note", size: 16),
                    .many2one("customer_id", "Customer", to: "shop.customer"),
                    .one2many("line_ids", "Lines", of: "shop.line", inverse: "order_id"),
                    .computedTogether("total", "Total", .float(nil), by: totals, store: fromLines),
                    .computedTogether("lines", "Number of lines", .integer, by: totals, store: fromLines),
                    .related("city", "City", .char(16), through: "customer_id", "city", store: .always),
                    computed("late", on: .init(on: "shop.order", fields: ["note"], priority: 20) { $0.ids }),
                    computed("early", on: .init(on: "shop.order", fields: ["note"], priority: 5) { $0.ids }),
                    computed("seldom", on: .init(on: "shop.line", fields: ["price"], hours: 1, records: ordersOfLines)),
                ]
            },
            .introducing("shop.line") { model in
                model.nameField = "order_id"
                model.fields = [
                    .many2one("order_id", "Order", to: "shop.order", onDelete: .cascade), .float("price", "Price"),
                ]
            },
            .introducing("shop.customer") { model in
                model.fields = [.char("name", "Name", size: 16), .char("city", "City", size: 16)]
            },
        ])

    @Test func `fields of one group are computed in one go and kept by one statement`() throws {
        try withScratchDatabase(models: [Self.shop]) { database in
            try database.run { environment in
                let lines: Value = [[0, 0, ["price": 1.5]], [0, 0, ["price": 2.5]]]
                let order = try environment.create("shop.order", ["name": "group", "line_ids": lines])
                #expect(try order.float("total") == 4)
                #expect(try order.integer("lines") == 2)
                _ = Self.entries(of: "group")
                let line = try #require(try order.many("line_ids").first)
                let before = environment.transaction.statements
                try line.write(["price": 10.0])
                // The line's UPDATE, the way to its order before and after it, the order, its lines and their prices, the
                // order's UPDATE, and the question whether it is old enough for the field with hours.
                let fresh = try environment.record("shop.order", order.id)
                let spent = environment.transaction.statements - before
                #expect(Self.entries(of: "group") == ["lines+total group"])
                #expect(spent == 8)
                #expect(try fresh.float("total") == 12.5)
                #expect(try environment.search("shop.order", [["total", ">", 12]]).ids == [order.id])
            }
        }
    }

    @Test func `lower priorities are computed first`() throws {
        try withScratchDatabase(models: [Self.shop]) { database in
            try database.run { environment in
                let order = try environment.create("shop.order", ["name": "priority"])
                _ = Self.entries(of: "priority")
                try order.write(["note": "x"])
                #expect(Self.entries(of: "priority") == ["early priority", "late priority"])
            }
        }
    }

    @Test func `a field with hours is left alone while its record is young`() throws {
        try withScratchDatabase(models: [Self.shop]) { database in
            try database.run { environment in
                let order = try environment.create(
                    "shop.order", ["name": "hours", "line_ids": [[0, 0, ["price": 1]]]])
                #expect(!Self.entries(of: "hours").contains("seldom hours"))
                try environment.rows(
                    "UPDATE shop_order SET create_date = now() - interval '2 hours', write_date = NULL")
                try #require(try order.many("line_ids").first).write(["price": 2.0])
                #expect(Self.entries(of: "hours").contains("seldom hours"))
            }
        }
    }

    @Test func `a stored related field is a column of its own`() throws {
        try withScratchDatabase(models: [Self.shop]) { database in
            try database.run { environment in
                let customer = try environment.create("shop.customer", ["name": "C", "city": "Ulm"])
                let order = try environment.create(
                    "shop.order", ["name": "related", "customer_id": .integer(customer.id)])
                #expect(try order.text("city") == "Ulm")
                try customer.write(["city": "Bern"])
                // Stored `always` follows its own record alone.
                #expect(try environment.record("shop.order", order.id).text("city") == "Ulm")
                #expect(try environment.search("shop.order", [["city", "=", "Ulm"]]).ids == [order.id])
                try order.write(["city": "Wien"])
                #expect(try environment.record("shop.customer", customer.id).text("city") == "Wien")
                #expect(try environment.record("shop.order", order.id).text("city") == "Wien")
            }
        }
    }

    @Test func `the context can leave stored values to the caller`() throws {
        try withScratchDatabase(models: [Self.shop]) { database in
            try database.run { environment in
                let quiet = environment.adding(["no_store_function": true])
                let order = try quiet.create("shop.order", ["name": "quiet"])
                #expect(try order.value("early") == 0 || order.value("early").isAbsent)
                #expect(Self.entries(of: "quiet").isEmpty)
            }
        }
    }
}
