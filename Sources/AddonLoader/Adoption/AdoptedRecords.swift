internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values
internal import XMLTree

/// Which records of our data files a database that OpenERP made has already, and which of the others it shall get.
///
/// Its menus, windows, views and its business records are its owner's. So nothing is added that would change how one of
/// them looks, no right is given that its owner has not given, and nothing comes back that he has taken away.
final class AdoptedRecords {
    /// What becomes of a record.
    enum Verdict {
        case known(RecordID)
        case new
        case unwanted(String)
    }

    private let environment: Environment
    private var indexes: [ModelName: [NaturalKey: [[String?]: RecordID]]] = [:]
    /// The highest ids of what was there before, by model.
    private let highest: [ModelName: RecordID]
    /// The models that were there before.
    private let models: Set<ModelName>
    /// Those of them with a view.
    private let shown: Set<ModelName>
    /// What the database does not get, with the reasons.
    private(set) var leftOut: [LoadError] = []

    /// To be made before anything is added.
    init(in environment: Environment) throws {
        self.environment = environment
        let results = try environment.transaction.pipeline([
            "SELECT coalesce(max(\"id\"), 0) FROM \"ir_model\"", "SELECT coalesce(max(\"id\"), 0) FROM \"ir_ui_view\"",
            "SELECT DISTINCT \"model\" FROM \"ir_ui_view\"", "SELECT \"model\" FROM \"ir_model\"",
            "SELECT coalesce(max(\"id\"), 0) FROM \"ir_actions\"",
        ])
        highest = [
            "ir.model": results[0].integer(0, 0) ?? 0, "ir.ui.view": results[1].integer(0, 0) ?? 0,
            "ir.actions": results[4].integer(0, 0) ?? 0,
        ]
        shown = Set(results[2].texts(column: 0).compactMap(\.self))
        models = Set(results[3].texts(column: 0).compactMap(\.self))
    }

    func leaveOut(_ error: LoadError) { leftOut.append(error) }

    /// - Parameter values: A new view of a model that has some comes after them.
    func verdict(on values: inout FieldValues, of model: Model) throws -> Verdict {
        for key in NaturalKey.all(of: model) {
            if let cells = key.cells(of: values), let id = try index(of: key, model)[cells] { return .known(id) }
        }
        switch model.name {
        case "ir.ui.view":
            if isOld("ir.ui.view", values["inherit_id"]) {
                return .unwanted("it would change a view that is the database's own")
            }
            if shown.contains(values["model"]?.text ?? "") { values["priority"] = 100 }
        case "ir.actions.act_window.view":
            if isOld("ir.actions", values["act_window_id"]) {
                return .unwanted("it would change a window that is the database's own")
            }
        case "ir.model.access", "ir.rule":
            if isOld("ir.model", values["model_id"]) {
                return .unwanted("the rights on this model are the database's own")
            }
        case let name where !models.contains(name) || name.hasPrefix("ir.") || name == "res.groups": break
        default:
            // A stage, a country: whoever has taken it away does not want it back.
            return .unwanted("the database has records of its own")
        }
        return .new
    }

    private func isOld(_ model: ModelName, _ id: Value?) -> Bool {
        id?.integer.map { $0 <= highest[model, default: 0] } ?? false
    }

    /// The records that are there by the key, from one statement for each key of a model.
    private func index(of key: NaturalKey, _ model: Model) throws -> [[String?]: RecordID] {
        if let known = indexes[model.name]?[key] { return known }
        let columns = key.columns.map { name -> SQL in "\(column: name)::text" }
        let result = try environment.rows(
            "SELECT \"id\", \(columns.joined(by: ", ")) FROM \(table: model.table) ORDER BY \"id\" DESC")
        var index: [[String?]: RecordID] = [:]
        // Of several the first made wins.
        for row in 0..<result.rowCount {
            guard let id = result.integer(row, 0) else { continue }
            index[key.columns.indices.map { result.text(row, $0 + 1) }] = id
        }
        indexes[model.name, default: [:]][key] = index
        return index
    }
}

extension LoadContext {
    /// Tags that do something instead of describing a record: the database's own server has done it long ago.
    private static let acts: Set<String> = ["delete", "function", "ir_set", "assert", "workflow"]

    /// Whether there is nothing to do for a tag in an adoption. A record that is there is met and left as it is.
    func isSettled(_ element: Element) throws -> Bool {
        if mode != .adopt { return false }
        if Self.acts.contains(element.name) { return true }
        guard let id = element["id"], !id.isEmpty else { return true }
        let (module, name) = ExternalIDBook.split(id, in: addon.name)
        guard let entry = try book.entry(module, name) else { return false }
        meet(module, name, entry.id)
        return true
    }

    /// Runs something for a tag or a row. In an adoption, one that is refused, names what was left out, or what the
    /// database has as something else, is left out, too.
    func leavingOut(_ body: () throws -> Void) throws {
        guard let adoption else { return try body() }
        do {
            try body()
        } catch let error as LoadError {
            switch error {
            case .unresolvedReference, .wrongModel, .refused: adoption.leaveOut(error)
            default: throw error
            }
        }
    }
}
