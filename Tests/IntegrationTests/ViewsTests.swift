import ORM
import Testing
import Values
import XMLTree

/// The views, menus and actions of the addons fit their models.
@Suite struct ViewsTests {
    /// What is wrong with an element and all within, seen as part of a view of a model.
    private func faults(in element: Element, of model: Model, _ registry: Registry) throws -> [String] {
        var faults: [String] = []
        for child in element.children {
            guard child.name == "field", let name = child["name"] else {
                if let fault = fault(ofButton: child, model, registry) { faults.append(fault) }
                // The nodes and arrows of a diagram are records of other models.
                let inner = try child["object"].map { try registry.model($0) } ?? model
                faults += try self.faults(in: child, of: inner, registry)
                continue
            }
            guard name == "id" || Model.logColumns.contains(name) || model.field(name) != nil else {
                faults.append("line \(child.line): \(model.name) has no field \(name)")
                continue
            }
            if let call = child["on_change"] {
                let method = String(call.prefix { $0 != "(" })
                if !isRemote(method, model, registry) { faults.append("\(model.name) has no method \(method)") }
            }
            // What stands in a field is a view of its target, but for an extension: that says what to put beside it.
            let target = child["position"] == nil ? model.field(name)?.kind.target : nil
            let inner = target.flatMap { registry.models[$0] } ?? model
            faults += try self.faults(in: child, of: inner, registry)
        }
        return faults
    }

    private func fault(ofButton element: Element, _ model: Model, _ registry: Registry) -> String? {
        guard element.name == "button", element["type"] == "object" else { return nil }
        let name = element["name"] ?? ""
        return isRemote(name, model, registry) ? nil : "line \(element.line): \(model.name) has no method \(name)"
    }

    /// Whether clients may call it; that the arguments do not fit comes later.
    private func isRemote(_ method: String, _ model: Model, _ registry: Registry) -> Bool {
        do {
            _ = try RemoteCall(method, of: model.name, in: registry, positional: [])
            return true
        } catch ORMError.arguments {
            return true
        } catch {
            return false
        }
    }

    @Test func `every view names fields and methods its model has`() throws {
        try DemoDatabase.visit { environment in
            let views = try environment.search("ir.ui.view")
            #expect(views.count > 20)
            for view in views {
                let name = try view.text("name") ?? ""
                let model = try #require(environment.registry.models[try view.text("model") ?? ""], "\(name)")
                let document = try Document(parsing: try view.text("arch") ?? "", file: name)
                let faults = try faults(in: document.root, of: model, environment.registry)
                #expect(faults.isEmpty, "\(name): \(faults)")
                #expect(try view.one("inherit_id") != nil || document.root.name == view.text("type"), "\(name)")
            }
        }
    }

    /// The names of the fields that a view shows itself, without those of views within.
    private func shown(in element: Element) -> Set<String> {
        element.children.reduce(into: []) { names, child in
            if child.name == "field", let name = child["name"] { names.insert(name) }
            if child.name != "field" || child["position"] != nil { names.formUnion(shown(in: child)) }
        }
    }

    /// What a client's expression may name besides fields.
    private static let constants: Set<String> = ["context", "True", "False", "None"]

    /// The fields that on-changes are handed though the view does not show them: clients know no others.
    private func unshownArguments(in element: Element, besides fields: Set<String>) -> [String] {
        element.children.flatMap { child -> [String] in
            let isView = ["form", "tree"].contains(child.name)
            let visible = isView ? shown(in: child) : fields
            let call = child["on_change"]?.split { "(,) ".contains($0) }.dropFirst().map(String.init) ?? []
            return call.filter { !visible.contains($0) && !Self.constants.contains($0) }
                + unshownArguments(in: child, besides: visible)
        }
    }

    @Test func `an on-change is handed fields that its view shows`() throws {
        try DemoDatabase.visit { environment in
            for view in try environment.search("ir.ui.view", [["inherit_id", "=", false]]) {
                let name = try view.text("name") ?? ""
                let root = try Document(parsing: try view.text("arch") ?? "", file: name).root
                #expect(unshownArguments(in: root, besides: shown(in: root)).isEmpty, "\(name)")
            }
        }
    }

    @Test func `every search view groups by fields that are there`() throws {
        try DemoDatabase.visit { environment in
            var groups = 0
            for view in try environment.search("ir.ui.view", [["type", "=", "search"]]) {
                let model = try environment.registry.model(try view.text("model") ?? "")
                for match in try (view.text("arch") ?? "").matches(of: #/'group_by'\s*:\s*'(\w+)'/#) {
                    groups += 1
                    let name = String(match.1)
                    #expect(Model.logColumns.contains(name) || model.field(name) != nil, "\(model.name): \(name)")
                }
            }
            #expect(groups > 20)
        }
    }

    @Test func `what a window action searches and fills in is there`() throws {
        try DemoDatabase.visit { environment in
            for action in try environment.search("ir.actions.act_window") {
                let name = try action.text("name") ?? ""
                let model = try environment.registry.model(try action.text("res_model") ?? "")
                let context = try action.text("context") ?? ""
                for match in context.matches(of: #/["']default_(\w+)["']/#) {
                    #expect(model.field(String(match.1)) != nil, "\(name): \(match.1)")
                }
                let searches = try environment.search(
                    "ir.ui.view", [["model", "=", .text(model.name)], ["type", "=", "search"]])
                let arch = try searches.map { try $0.text("arch") ?? "" as String }.values.joined()
                for match in context.matches(of: #/["']search_default_(\w+)["']/#) {
                    #expect(arch.contains("name=\"\(match.1)\""), "\(name): \(match.1)")
                }
            }
        }
    }

    @Test func `every menu that opens something opens an action that is there`() throws {
        try DemoDatabase.visit { environment in
            let menus = try environment.search("ir.ui.menu")
            var opening = 0
            for menu in menus {
                guard let text = try menu.text("action") else { continue }
                opening += 1
                let parts = text.split(separator: ",")
                let id = try #require(parts.last.flatMap { Int($0) }, "\(text)")
                #expect(try environment.records(String(parts[0]), [id]).exist(), "\(text)")
            }
            #expect(opening > 20)
        }
    }

    @Test func `every window action shows a model that is there, in views of that model`() throws {
        try DemoDatabase.visit { environment in
            for action in try environment.search("ir.actions.act_window") {
                let name = try action.text("name") ?? ""
                let model = try action.text("res_model") ?? ""
                #expect(environment.registry.models[model] != nil, "\(name)")
                if let view = try action.one("view_id") {
                    #expect(try view.text("model") == model, "\(name)")
                }
            }
        }
    }

    @Test func `every external id stands for a record that is there`() throws {
        try DemoDatabase.visit { environment in
            let names = try environment.search("ir.model.data")
            var ids: [String: Set<Int>] = [:]
            for name in names { ids[try name.text("model") ?? "", default: []].insert(try name.integer("res_id")) }
            #expect(names.count > 500)
            for (model, ids) in ids {
                guard environment.registry.models[model] != nil else {
                    Issue.record("there is no model \(model)")
                    continue
                }
                #expect(try environment.records(model, ids.sorted()).exist(), "\(model)")
            }
        }
    }
}
