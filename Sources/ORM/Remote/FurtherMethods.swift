internal import Values

/// Standard methods that fewer clients call: groups, transfer, and what views and dialogs ask for (contract/orm.md §6).
enum FurtherMethods {
    static let all = grouping + transferring + telling + retired

    // MARK: - Groups

    private static let grouping = [
        StandardMethods.method(
            "read_group",
            [
                "domain", "fields", "groupby", .optional("offset", 0), .optional("limit"), .context,
                .optional("orderby", false),
            ]
        ) { handle, arguments in
            let by = arguments["groupby"]
            let levels = by.text.map { $0.isEmpty ? [] : [$0] } ?? StandardMethods.fieldNames(by)
            let request = GroupRequest(
                arguments["domain"], fields: StandardMethods.fieldNames(arguments["fields"]), by: levels,
                offset: arguments["offset"].integer ?? 0, limit: StandardMethods.limit(arguments["limit"]),
                order: arguments["orderby"].text, tellsRest: by.list != nil)
            return .value(.list(try handle.readGroup(request).map { .dictionary($0) }))
        },
        StandardMethods.method(
            "distinct_field_get",
            ["field", "value", .optional("args"), .optional("offset", 0), .optional("limit")]
        ) { handle, arguments in
            let field = arguments["field"].plainText
            let domain = arguments["args"].isTruthy ? arguments["args"] : []
            let request = SearchRequest(
                .list((domain.list ?? []) + [[.text(field), "ilike", .text(arguments["value"].plainText)]]),
                offset: arguments["offset"].integer ?? 0, limit: StandardMethods.limit(arguments["limit"]))
            return .value(.list(try handle.search(request).read([field]).values(of: field) ?? []))
        },
    ]

    // MARK: - Export and import

    private static let transferring = [
        StandardMethods.method("export_data", ["ids", "fields_to_export", .context]) { handle, arguments in
            let ids = try RecordIDs.list(arguments["ids"], of: handle.model)
            let columns = StandardMethods.fieldNames(arguments["fields_to_export"])
            let rows = try handle.other(ids).export(columns)
            return .value(["datas": .list(rows.map { .list($0) })])
        },
        StandardMethods.method(
            "import_data", writes: true,
            [
                "fields", "datas", .optional("mode", "init"), .optional("current_module", ""),
                .optional("noupdate", false), .context, .optional("filename"),
            ]
        ) { handle, arguments in
            // The file's name only told where to go on after an interruption; here a call is done whole or not at all.
            let request = try ImportRequest(
                columns: StandardMethods.fieldNames(arguments["fields"]), rows: arguments["datas"],
                createsUnnamed: arguments["mode"] == "init",
                module: arguments["current_module"].isTruthy ? arguments["current_module"].plainText : "",
                isNoUpdate: arguments["noupdate"].isTruthy)
            return .value(try handle.importRows(request).value)
        },
        StandardMethods.method("get_xml_id", ["ids", .context]) { handle, arguments in
            let ids = try RecordIDs.list(arguments["ids"], of: handle.model)
            let names = try handle.environment.registry.ports.externalIDs.names(of: handle.other(ids))
            let pairs = ids.distinct.map { (String($0), Value.text(names[$0]?.first ?? "")) }
            return .value(.dictionary(Dictionary(uniqueKeysWithValues: pairs)))
        },
    ]

    // MARK: - What views and dialogs ask for

    private static let telling = [
        StandardMethods.method("check_recursion", ["ids", .context, .optional("parent")]) { handle, arguments in
            let ids = try RecordIDs.list(arguments["ids"], of: handle.model)
            let parent = arguments["parent"].text ?? handle.model.parentField
            guard let field = handle.model.ownField(parent), field.hasColumn,
                case .many2one(handle.model.name, _) = field.kind
            else { throw ORMError.missingKey(parent) }
            try handle.environment.check(.read, on: handle.model)
            return .value(.boolean(try handle.other(ids).isAcyclic(along: parent)))
        },
        StandardMethods.method("get_invalid_fields", []) { handle, _ in
            let environment = handle.environment
            let fields = environment.registry.invalidFields.last(of: handle.model.name, for: environment.uid)
            return .value(.list(fields.map { .text($0) }))
        },
        StandardMethods.method("log", writes: true, ["id", "message", .optional("secondary", false), .context]) {
            handle, arguments in
            guard let id = arguments["id"].recordID ?? arguments["id"].list?.first?.recordID else {
                throw ORMError.badValue("\(arguments["id"].pythonText) is no record to log about")
            }
            let record = Record(id: id, in: handle.other([id]))
            return .value(
                .integer(try record.log(arguments["message"].plainText, secondary: arguments["secondary"].isTruthy)))
        },
    ]

    // MARK: - What is gone

    private static let retired = [
        StandardMethods.method("perm_write", ["ids", "fields", .optional("type"), .context]) { _, _ in
            throw ORMError.removedMethod
        }
    ]
}
