internal import Values

/// Standard methods that fewer clients call: groups, transfer, and what views and dialogs ask for (contract/orm.md §6).
enum FurtherMethods {
    static let all = grouping

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
}
