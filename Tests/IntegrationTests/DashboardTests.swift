import ORM
import Testing
import Values
import XMLTree

/// Dashboards, their menus, notes and figures.
@Suite struct DashboardTests {
    private func board(_ environment: Environment, lines: [String] = ["left", "right"]) throws -> Record {
        let action = Value.integer(try environment.demo("base.action_partner_form"))
        return try environment.create(
            "board.board",
            [
                "name": "Mine & <yours>",
                "line_ids": .list(
                    lines.map {
                        [0, 0, ["name": "List", "position": .text($0), "action_id": action, "height": 200]]
                    }),
            ])
    }

    private func actions(of board: Record) throws -> [String: Int] {
        let view = try #require(try board.alone.refreshed.first?.one("view_id"))
        let document = try Document(parsing: view.text("arch") ?? "", file: "board")
        #expect(document.root["string"] == (try board.alone.refreshed.first?.text("name")))
        let columns = try #require(document.root.children.first).children
        return Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.children.count) })
    }

    @Test(arguments: [1, DemoDatabase.demoUser])
    func `a view shows a dashboard's actions, and follows its lines`(user: Int) throws {
        try DemoDatabase.visit { environment in
            try environment.record("res.users", DemoDatabase.demoUser)
                .write(["groups_id": [[4, .integer(environment.demo("base.group_user"))]]])
            let caller = environment.with(uid: user)
            let board = try board(caller)
            #expect(try actions(of: board) == ["child1": 1, "child2": 1])
            let line = try #require(try board.many("line_ids").first)
            try board.write(["name": "Ours", "line_ids": [[2, .integer(line.id)]]])
            #expect(try actions(of: board) == ["child1": 0, "child2": 1])
            let copy = try caller.record("board.board", board.copy())
            #expect(try copy.one("view_id")?.id != board.alone.refreshed.first?.one("view_id")?.id)
        }
    }

    @Test func `a menu leads to a dashboard, one without actions gets none`() throws {
        try DemoDatabase.visit { environment in
            let board = try board(environment)
            let context: [String: Value] = ["active_id": .integer(board.id)]
            let inBoard = environment.adding(context)
            let wizard = try inBoard.create(
                "board.menu.create",
                ["menu_name": "My Board", "menu_parent_id": .integer(environment.demo("base.menu_reporting"))])
            try inBoard.call("board.menu.create", "board_menu_create", [.integer(wizard.id)], .dictionary(context))
            let menu = try #require(try environment.search("ir.ui.menu", [["name", "=", "My Board"]]).first)
            let action = try #require(
                try environment.search("ir.actions.act_window", [["name", "=", "My Board"]]).first)
            #expect(try menu.value("action") == .text("ir.actions.act_window,\(action.id)"))
            #expect(try action.one("view_id")?.id == board.alone.refreshed.first?.one("view_id")?.id)
            let empty = try self.board(environment, lines: [])
            #expect(throws: UserError("User Error!", "Please Insert Dashboard View(s) !")) {
                try environment.call("board.menu.create", "view_init", [], ["active_id": .integer(empty.id)])
            }
        }
    }

    @Test func `notes are of the kinds there are`() throws {
        try DemoDatabase.visit { environment in
            try environment.create("board.note.type", ["name": "Warning"])
            let note = try environment.create("board.note", ["name": "Mind the gap", "type": "Warning"])
            #expect(try note.one("user_id")?.id == environment.uid)
            #expect(throws: ORMError.self) { try environment.create("board.note", ["name": "x", "type": "No"]) }
        }
    }

    @Test func `what happened is counted by day and model`() throws {
        try DemoDatabase.visit { environment in
            let before = try environment.search("res.log.report", [["res_model", "=", "res.bank"]]).count
            try environment.create("res.log", ["name": "x", "res_model": "res.bank", "res_id": 1])
            let lines = try environment.search("res.log.report", [["res_model", "=", "res.bank"]])
            #expect(lines.count == before + 1)
            #expect(try lines.first?.integer("nbr") == 1)
        }
    }
}
