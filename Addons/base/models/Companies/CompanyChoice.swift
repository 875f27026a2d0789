public import ORM
public import Values

internal import PostgreSQL
internal import SQL

/// Says for which company new records of a model are meant, when it is another one than their author's.
enum CompanyChoice {
    static let definition = ModelDefinition.introducing("multi_company.default") { model in
        model.title = "Default multi company"
        model.order = "company_id,sequence,id"
        model.fields = [
            .integer("sequence", "Sequence", default: 100),
            .char("name", "Name", size: 256, required: true, help: "What the rule is for."),
            .many2one(
                "company_id", "Main Company", to: "res.company", required: true, help: "For users of this company."),
            .many2one(
                "company_dest_id", "Default Company", to: "res.company", required: true, help: "The records' company."),
            .many2one("object_id", "Object", to: "ir.model", required: true, help: "The records' model."),
            .char(
                "expression", "Expression", size: 256, required: true, default: "True",
                help: "A Python expression over user and context. The first rule for which it holds is taken."),
            .many2one("field_id", "Field", to: "ir.model.fields", help: "For this field alone."),
        ]
        model.overrides.copy = { rule, values, inherited in
            let name = try rule.text("name") ?? ""
            return try inherited(["name": .text(name + " (copy)")].merging(values) { $1 })
        }
    }

    /// The company for a field of a new record: that of the first rule that holds, else the caller's own. One statement,
    /// unless a rule looks at the caller.
    static func company(of model: ModelName, field: FieldName, in environment: Environment) throws -> RecordID? {
        let result = try environment.rows(
            """
            SELECT "u"."company_id", "r"."expression", "r"."company_dest_id" FROM "res_users" AS "u" \
            LEFT JOIN ("multi_company_default" AS "r" JOIN "ir_model" AS "m" ON "m"."id" = "r"."object_id" \
            LEFT JOIN "ir_model_fields" AS "f" ON "f"."id" = "r"."field_id") \
            ON "r"."company_id" = "u"."company_id" AND "m"."model" = \(model) \
            AND ("r"."field_id" IS NULL OR "f"."name" = \(field)) \
            WHERE "u"."id" = \(environment.uid) ORDER BY "r"."sequence", "r"."id"
            """)
        for row in 0..<result.rowCount {
            guard let expression = result.text(row, 1), let company = result.integer(row, 2) else { continue }
            let holds = try RecordExpression(parsing: expression).value(
                names: ["context": .dictionary(environment.context.values)],
                records: ["user": try environment.superuser.record("res.users", environment.uid)])
            if holds.isTruthy { return company }
        }
        return result.rowCount > 0 ? result.integer(0, 0) : nil
    }
}

extension Default {
    /// What a model's field `company_id` starts with: what the rules say, else the company the caller works for.
    public static func company(of model: ModelName, field: FieldName = "company_id") -> Default {
        .computed { environment in
            try CompanyChoice.company(of: model, field: field, in: environment).map { .integer($0) } ?? false
        }
    }
}
