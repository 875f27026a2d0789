internal import Foundation
internal import Logging
internal import ORM
internal import Values
internal import XMLTree

/// `<menuitem>`: an entry of the menu with the action behind it (contract/addons.md §5, menuitem).
struct MenuTag {
    let element: Element
    let context: LoadContext
    let isNoUpdate: Bool

    private static let actionModels = [
        "act_window": "ir.actions.act_window", "wizard": "ir.actions.wizard", "url": "ir.actions.url",
        "report.xml": "ir.actions.report.xml", "server": "ir.actions.server",
    ]

    func load() throws {
        try element.check(
            attributes: [
                "id", "name", "parent", "action", "type", "icon", "web_icon", "web_icon_hover", "sequence", "groups",
                "string", "menu",
            ])
        let menus = try context.environment.registry.model("ir.ui.menu")
        var values: FieldValues = [:]
        var parent: Value = false
        if let name = element["parent"], !name.isEmpty {
            parent = .integer(try context.resolve(name, at: element.place).id)
        }
        values["parent_id"] = parent
        let action = try self.action()
        if let name = try element["name"] ?? Self.name(of: action) { values["name"] = .text(name) }
        if element["parent"] == nil, let path = element["name"], path.contains("/") {
            try split(path, into: &values)
        }
        // Without a word in the file a new entry has the model's own values, and an old one keeps what it has.
        if let sequence = try number(element["sequence"]) { values["sequence"] = sequence }
        if let icon = try element["icon"] ?? action.map({ try icon(of: $0) }) { values["icon"] = .text(icon) }
        for key in ["web_icon", "web_icon_hover"] {
            guard let file = element[key] else { continue }
            values[key] = .text("\(context.addon.name),\(file)")
            // Only entries at the top are shown with an image. One without a file has none, as in the original.
            if parent == false, let content = try? context.addon.contents(of: file) {
                values[key + "_data"] = .text(Data(content).base64EncodedString())
            }
        }
        if let groups = element["groups"] {
            values["groups_id"] = try GroupList(text: groups, context: context).value(at: element.place)
        }
        if let action { values["action"] = .text("\(action.model.name),\(action.id)") }
        // Rows that are there are written even where records would be protected.
        let upsert = RecordUpsert(
            context: context, model: menus, externalID: try element.externalID(in: context), isNoUpdate: isNoUpdate,
            isProtected: false, forcesCreation: true, place: element.place)
        try upsert.run { values }
    }

    /// Only windows and wizards give their names to an entry.
    private static func name(of action: Record?) throws -> String? {
        guard let action, ["ir.actions.act_window", "ir.actions.wizard"].contains(action.model.name) else { return nil }
        return try action.text("name")
    }

    private func action() throws -> Record? {
        guard let name = element["action"] else { return nil }
        let type = element["type"] ?? "act_window"
        let entry = try context.resolve(name, at: element.place)
        guard let model = Self.actionModels[type] else {
            throw LoadError.malformed("there is no kind of action \(type)", at: element.place)
        }
        guard entry.model == model else {
            throw LoadError.wrongModel(name, found: entry.model, expected: model, at: element.place)
        }
        return try context.environment.record(model, entry.id)
    }

    private func number(_ text: String?) throws -> Value? {
        guard let text else { return nil }
        guard let number = Int(text) else {
            throw LoadError.malformed("\"\(text)\" is no sequence number", at: element.place)
        }
        return .integer(number)
    }

    /// A path of names from the top; what is missing on the way is made.
    private func split(_ path: String, into values: inout FieldValues) throws {
        let names = path.replacing("\\/", with: "\u{0}").split(separator: "/")
            .map { $0.replacing("\u{0}", with: "/") }
        try context.flush()
        var parent: Value = false
        for name in names.dropLast() {
            let environment = context.environment
            let found = try environment.search(
                "ir.ui.menu", [["name", "=", .text(String(name))], ["parent_id", "=", parent]], limit: 1)
            if let menu = found.first {
                parent = .integer(menu.id)
                continue
            }
            context.logger.warning("Warning no ID for submenu \(name) of menu \(path) !")
            let menu = try environment.create("ir.ui.menu", ["name": .text(String(name)), "parent_id": parent])
            parent = .integer(menu.id)
        }
        values["parent_id"] = parent
        values["name"] = .text(String(names.last ?? ""))
    }

    /// What the entry shows when the file does not say.
    private func icon(of action: Record) throws -> String {
        guard action.model.name == "ir.actions.act_window" else {
            return [
                "ir.actions.report.xml": "STOCK_PASTE", "ir.actions.url": "STOCK_JUMP_TO",
                "ir.actions.wizard": "STOCK_EXECUTE",
            ][action.model.name] ?? "STOCK_NEW"
        }
        if try action.text("target") == "new" { return "STOCK_EXECUTE" }
        if try action.text("view_type") == "tree" { return "STOCK_INDENT" }
        let first =
            try action.one("view_id")?.text("type")
            ?? action.text("view_mode")?.split(separator: ",").first.map(String.init)
        return ["tree": "STOCK_JUSTIFY_FILL", "graph": "terp-graph", "calendar": "terp-calendar"][first ?? ""]
            ?? "STOCK_NEW"
    }
}
