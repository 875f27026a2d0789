internal import Values

/// The methods every model has for clients (contract/orm.md §4-7), with their parameters' names in OpenERP.
enum StandardMethods {
    static let byName = Dictionary(
        uniqueKeysWithValues: (reading + searching + writing + describing + FieldTexts.methods + FurtherMethods.all
            + ViewMethods.all)
            .map { ($0.name, $0) })

    static func method(
        _ name: String, writes: Bool = false, _ signature: Signature,
        _ body: @escaping @Sendable (Records, Arguments) throws -> MethodResult
    ) -> RemoteMethod {
        RemoteMethod(name, writes: writes, signature: signature, body: .standard(body))
    }

    // MARK: - Reading

    private static let reading = [
        method("read", ["ids", .optional("fields"), .context]) { handle, arguments in
            let ids = try RecordIDs(arguments["ids"], of: handle.model)
            let fields = fieldNames(arguments["fields"])
            if handle.model.isTransient {
                let records = TransientRecords(records: handle.other(ids.ids))
                if ids.isSingle { try records.useAll(.read) }
                let rows = try records.read(fields)
                return .value(ids.isSingle ? rows[0] : .list(rows))
            }
            // Something that names no field, such as a bare text, asks for the ids alone (contract/orm.md §4).
            let table = try handle.other(ids.ids).read(
                fields.isEmpty && arguments["fields"].isTruthy ? ["id"] : fields)
            return ids.isSingle ? .record(table) : .table(table)
        },
        method("name_get", ["ids", .context]) { handle, arguments in
            // An absent value asks for nothing, as False did.
            .value(try handle.other(RecordIDs.list(arguments["ids"], of: handle.model)).namesInOrder())
        },
        method("perm_read", ["ids", .context, .optional("details", true)]) { handle, arguments in
            let records = handle.other(try RecordIDs(arguments["ids"], of: handle.model).ids)
            if handle.model.isTransient {
                return .value(
                    try TransientRecords(records: records).permissions(details: arguments["details"].isTruthy))
            }
            return .value(try PermissionReader(records: records, details: arguments["details"].isTruthy).read())
        },
        method("exists", ["ids", .context]) { handle, arguments in
            .value(.boolean(try handle.other(RecordIDs(arguments["ids"], of: handle.model).ids).exist()))
        },
    ]

    // MARK: - Searching

    private static let searching = [
        method(
            "search",
            [
                "args", .optional("offset", 0), .optional("limit"), .optional("order"), .context,
                .optional("count", false),
            ]
        ) { handle, arguments in
            let domain = arguments["args"]
            if arguments["count"].isTruthy { return .value(.integer(try handle.count(domain))) }
            let request = SearchRequest(
                domain, offset: arguments["offset"].integer ?? 0, limit: limit(arguments["limit"]),
                order: arguments["order"].text)
            return .value(.list(try handle.searchIDs(request).map { .integer($0) }))
        },
        method("search_count", ["args", .context]) { handle, arguments in
            .value(.integer(try handle.count(arguments["args"])))
        },
        method(
            "name_search",
            [
                .optional("name", ""), .optional("args"), .optional("operator", "ilike"), .context,
                .optional("limit", 100),
            ]
        ) { handle, arguments in
            let query = NameQuery(
                arguments["name"].isTruthy ? arguments["name"].plainText : "",
                domain: arguments["args"].isTruthy ? arguments["args"] : [],
                comparison: arguments["operator"].text ?? "ilike", limit: limit(arguments["limit"]))
            return .value(.list(try handle.nameSearch(query).map { [.integer($0.id), .text($0.name)] }))
        },
    ]

    // MARK: - Writing

    private static let writing = [
        method("create", writes: true, ["vals", .context]) { handle, arguments in
            // A list of dictionaries makes as many records, and their ids come in its order.
            if let rows = arguments["vals"].list {
                return .value(.list(try handle.create(rows.map(values)).map { .integer($0) }))
            }
            return .value(.integer(try handle.create([values(arguments["vals"])])[0]))
        },
        method("write", writes: true, ["ids", "vals", .context]) { handle, arguments in
            let ids = try RecordIDs.list(arguments["ids"], of: handle.model)
            try handle.other(ids).write(values(arguments["vals"]))
            // A transient record's write answers its id (contract/orm.md §13).
            return .value(handle.model.isTransient ? ids.last.map { .integer($0) } ?? true : true)
        },
        method("unlink", writes: true, ["ids", .context]) { handle, arguments in
            let ids = try RecordIDs.list(arguments["ids"], of: handle.model)
            try handle.other(ids).unlink()
            return .value(true)
        },
        method("copy", writes: true, ["id", .optional("default"), .context]) { handle, arguments in
            .value(.integer(try one(handle, arguments).copy(values(arguments["default"]))))
        },
        method("copy_data", ["id", .optional("default"), .context]) { handle, arguments in
            .value(.dictionary(try one(handle, arguments).copyValues(values(arguments["default"]))))
        },
        method("default_get", ["fields_list", .context]) { handle, arguments in
            let defaults = try handle.defaultValues(fieldNames(arguments["fields_list"]))
            return .value(.dictionary(defaults))
        },
    ]

    // MARK: - Describing

    private static let describing = [
        method("fields_get", [.optional("fields"), .context]) { handle, arguments in
            let names = arguments["fields"].isTruthy ? fieldNames(arguments["fields"]) : nil
            return .value(.dictionary(try FieldDescription.all(names, of: handle)))
        },
        method("fields_get_keys", [.context]) { handle, _ in
            .value(.list(handle.model.fieldNames.map { .text($0) }))
        },
    ]

    // MARK: - Arguments

    static func fieldNames(_ value: Value) -> [FieldName] { value.list?.compactMap(\.text) ?? [] }

    static func limit(_ value: Value) -> Int? {
        guard let limit = value.integer, limit != 0 else { return nil }
        return limit
    }

    static func values(_ value: Value) throws -> FieldValues {
        if value.isAbsent { return [:] }
        guard let values = value.dictionary else {
            throw ORMError.badValue("\(value.pythonTypeName) object has no attribute 'copy'")
        }
        return values
    }

    private static func one(_ handle: Records, _ arguments: Arguments) throws -> Record {
        let ids = try RecordIDs(arguments["id"], of: handle.model).ids
        guard let id = ids.first, ids.count == 1 else {
            throw ORMError.badValue("copy takes one record, not \(ids.count)")
        }
        return Record(id: id, in: handle.other([id]))
    }
}
