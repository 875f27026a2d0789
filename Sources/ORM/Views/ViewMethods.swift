internal import Values

/// The methods by which clients ask for views (contract/views.md §2).
enum ViewMethods {
    static let all = [
        StandardMethods.method(
            "fields_view_get",
            [
                .optional("view_id"), .optional("view_type", "form"), .context, .optional("toolbar", false),
                .optional("submenu", false),
            ]
        ) { handle, arguments in
            var request = request(arguments)
            request.wantsToolbar = arguments["toolbar"].isTruthy
            request.wantsSubmenu = arguments["submenu"].isTruthy
            return .value(try handle.fieldsView(request).value)
        },
        StandardMethods.method(
            "view_header_get", [.optional("view_id"), .optional("view_type", "form"), .context]
        ) { handle, arguments in
            .value(try handle.viewTitle(request(arguments)).map { .text($0) } ?? false)
        },
    ]

    /// Something that is no id names no view.
    private static func request(_ arguments: Arguments) -> ViewRequest {
        let id = arguments["view_id"].recordID.flatMap { $0 > 0 && Int32(exactly: $0) != nil ? $0 : nil }
        let type = arguments["view_type"]
        return ViewRequest(type.isTruthy ? type.plainText : "form", viewID: id)
    }
}
