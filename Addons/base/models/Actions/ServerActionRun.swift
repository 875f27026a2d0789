public import ORM
public import Values

/// One call of `ir.actions.server.run`: carries out actions on the record the context names (contract/views.md §7).
///
/// Everything happens with the caller's rights. Actions that run one another are bounded in depth and number.
struct ServerActionRun {
    private var environment: Environment
    private var depth = 0
    private var steps = 0

    private static let depthLimit = 20
    private static let stepLimit = 10_000

    init(environment: Environment) { self.environment = environment }

    /// Carries out actions in their order, until one has an answer for the client.
    ///
    /// - Returns: That answer: an action, or the answers of several; false when there is none.
    mutating func carryOut(_ actions: Records) throws -> Value {
        guard depth < Self.depthLimit else {
            throw UserError("Error", "Server actions that run one another go deeper than \(Self.depthLimit) levels.")
        }
        depth += 1
        defer { depth -= 1 }
        let ordered = try environment.records("ir.actions.server").search(
            SearchRequest([["id", "in", .list(actions.ids.map { .integer($0) })]]))
        for action in ordered {
            steps += 1
            guard steps <= Self.stepLimit else {
                throw UserError("Error", "One call runs at most \(Self.stepLimit) server actions.")
            }
            let object = try object(of: action)
            guard try value(of: action.text("condition") ?? "True", object).isTruthy else { continue }
            if let answer = try carryOut(action, on: object) { return answer }
        }
        return false
    }

    /// nil lets the next action come.
    private mutating func carryOut(_ action: Record, on object: Record?) throws -> Value? {
        switch try action.text("state") {
        case "client_action": return try clientAction(action)
        case "code":
            throw UserError("Error", "Server actions with Python code are not supported yet: write the others instead.")
        case "email", "sms":
            throw UserError("Error", "This server cannot send mails and short messages yet.")
        case "other": return try others(action)
        case "dummy", nil: return nil
        case let kind:
            guard let object else { throw ORMError.missingKey("active_id") }
            try carryOut(action, of: kind, on: object)
            return nil
        }
    }

    /// What cannot be done without a record.
    private mutating func carryOut(_ action: Record, of kind: String?, on object: Record) throws {
        switch kind {
        case "trigger": try sendSignal(action, from: object)
        case "loop": try loop(action, over: object)
        case "object_write": try write(action, from: object)
        case "object_create": try create(action, from: object)
        case "object_copy": try copy(action, from: object)
        default: break
        }
    }

    // MARK: - What the context names

    /// The record the action is for; from the menu there is none.
    private func object(of action: Record) throws -> Record? {
        guard let id = environment.context["active_id"].recordID else { return nil }
        return try environment.record(modelName(action, "model_id") ?? "", id)
    }

    private func modelName(_ action: Record, _ field: FieldName) throws -> ModelName? {
        // The names of models are no secret.
        guard let model = try action.one(field) else { return nil }
        return try environment.superuser.record("ir.model", model.id).text("model")
    }

    private func fieldName(_ action: Record, _ field: FieldName) throws -> FieldName? {
        guard let field = try action.one(field) else { return nil }
        return try environment.superuser.record("ir.model.fields", field.id).text("name")
    }

    private func value(of expression: String, _ object: Record?) throws -> Value {
        try RecordExpression(parsing: expression).value(
            names: ["context": .dictionary(environment.context.values), "uid": .integer(environment.uid)],
            records: object.map { ["object": $0] } ?? [:])
    }

    // MARK: - Kinds

    private func clientAction(_ action: Record) throws -> Value {
        guard let target = try action.one("action_id"), let kind = try target.text("type") else {
            throw UserError("Error", "Please specify an action to launch !")
        }
        return try environment.read(action: target.id, kind: kind)
    }

    private func sendSignal(_ action: Record, from object: Record) throws {
        guard let model = try modelName(action, "wkf_model_id"), let signal = try action.text("trigger_name"),
            let field = try fieldName(action, "trigger_obj_id"), let id = try object.value(field).recordID
        else {
            throw UserError("Error", "A trigger needs a signal, a model and a field that leads to a record.")
        }
        try environment.check(.write, on: environment.registry.model(model))
        try environment.records(model, [id]).send(signal: signal)
    }

    /// Each of the other actions, on the first of the selected records.
    private mutating func others(_ action: Record) throws -> Value {
        let selected = environment.context["active_ids"].list?.first?.recordID
        let first = selected ?? environment.context["active_id"].recordID
        var answers: [Value] = []
        for child in try action.many("child_ids") {
            let answer = try within(active: first) { try $0.carryOut(child.alone) }
            if answer.isTruthy { answers.append(answer) }
        }
        return .list(answers)
    }

    private mutating func loop(_ action: Record, over object: Record) throws {
        guard let inner = try action.one("loop_action") else { return }
        let ids = try value(of: action.text("expression") ?? "[]", object).list ?? []
        for id in ids { _ = try within(active: id.recordID) { try $0.carryOut(inner.alone) } }
    }

    private mutating func within<Answer>(
        active id: RecordID?, _ body: (inout ServerActionRun) throws -> Answer
    ) rethrows -> Answer {
        let outer = environment
        environment = outer.adding(["active_id": id.map { .integer($0) } ?? false])
        defer { environment = outer }
        return try body(&self)
    }

    // MARK: - Records

    /// What the action's lines fill in, by field.
    private func values(_ action: Record, from object: Record) throws -> FieldValues {
        var values: FieldValues = [:]
        for line in try action.many("fields_lines") {
            guard let field = try fieldName(line, "col1") else { continue }
            let text = try line.text("value") ?? ""
            values[field] = try line.text("type") == "equation" ? value(of: text, object) : .text(text)
        }
        return values
    }

    private func write(_ action: Record, from object: Record) throws {
        let values = try values(action, from: object)
        let model = try modelName(action, "srcmodel_id")
        guard let expression = try action.text("write_id"), !expression.isEmpty else {
            return try environment.record(model ?? object.model.name, object.id).write(values)
        }
        guard let model else { throw ORMError.badValue("'NoneType' object has no attribute 'write'") }
        let target = try value(of: expression, object)
        guard let id = target.recordID ?? target.list?.first?.recordID else {
            throw UserError(
                "Error", "The expression for the record to write gives no id: \(target.pythonText.prefix(80))")
        }
        try environment.record(model, id).write(values)
    }

    private func create(_ action: Record, from object: Record) throws {
        guard let model = try modelName(action, "srcmodel_id") else {
            throw UserError("Error", "Please say which kind of record the action shall create.")
        }
        let created = try environment.create(model, values(action, from: object))
        guard let field = try fieldName(action, "record_id") else { return }
        try object.write([field: .integer(created.id)])
    }

    private func copy(_ action: Record, from object: Record) throws {
        guard let reference = try action.text("copy_object").flatMap({ ActionReference($0) }) else {
            throw UserError("Error", "Please say which record the action shall copy.")
        }
        _ = try RemoteCall(
            "copy", of: reference.model, in: environment.registry,
            positional: [
                .integer(reference.id), .dictionary(values(action, from: object)),
                .dictionary(environment.context.values),
            ]
        ).run(in: environment)
    }
}

extension Environment {
    /// All that clients read of an action of any kind.
    public func read(action id: RecordID, kind: ModelName) throws -> Value {
        let action = try records(kind, [id]).read()
        guard let values = action.dictionaries().first else { return false }
        return .dictionary(values)
    }
}
