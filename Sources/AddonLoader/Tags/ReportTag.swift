internal import Foundation
internal import ORM
internal import Values
internal import XMLTree

/// `<report>`: a report that is offered beside the records of a model (contract/addons.md §5, report).
struct ReportTag {
    let element: Element
    let context: LoadContext
    let isNoUpdate: Bool

    /// Texts that become fields as they are.
    private static let texts = [
        "rml": "report_rml", "file": "report_rml", "sxw": "report_sxw", "xml": "report_xml", "xsl": "report_xsl",
        "report_type": "report_type", "attachment": "attachment",
    ]
    private static let flags = ["auto", "header", "multi", "attachment_use"]

    func load() throws {
        try element.check(
            attributes: Set(Self.texts.keys).union(Self.flags).union([
                "id", "string", "model", "name", "menu", "keyword", "groups",
            ]), required: ["string", "model", "name"])
        for attribute in ["string", "model", "name"] where element[attribute]?.isEmpty != false {
            throw LoadError.malformed("Attribute \(attribute) of report is empty !", at: element.place)
        }
        let title = element["string"] ?? ""
        var values: FieldValues = [
            "name": .text(title), "model": .text(element["model"] ?? ""), "report_name": .text(element["name"] ?? ""),
        ]
        for (attribute, field) in Self.texts {
            if let text = element[attribute] { values[field] = .text(text) }
        }
        for flag in Self.flags {
            if let text = element[flag] { values[flag] = .boolean(XMLDataFile.flag(text, default: true)) }
        }
        if let file = element["sxw"], !file.isEmpty {
            let content = try context.located(at: element.place, externalID: element["id"]) {
                try contents(of: file)
            }
            values["report_sxw_content"] = .text(Data(content).base64EncodedString())
        }
        try ActionRecord(element: element, context: context, isNoUpdate: isNoUpdate).load(
            "ir.actions.report.xml", values, title: title, keyword: "client_print_multi")
    }

    /// Templates are named from the folder of the addons on.
    private func contents(of file: String) throws -> [UInt8] {
        let own = context.addon.name + "/"
        guard file.hasPrefix(own) else { throw LoadError.malformed("File not found : \(file)", at: element.place) }
        do {
            return try context.addon.contents(of: String(file.dropFirst(own.count)))
        } catch is LoadError {
            throw LoadError.malformed("File not found : \(file)", at: element.place)
        }
    }
}

/// `<wizard>`: a wizard of the old kind that is offered beside the records of a model (contract/addons.md §5, wizard).
struct WizardTag {
    let element: Element
    let context: LoadContext
    let isNoUpdate: Bool

    func load() throws {
        try element.check(
            attributes: [
                "id", "string", "name", "model", "multi", "menu", "keyword", "groups", "client_action_multi",
            ], required: ["id", "string", "name"])
        let title = element["string"] ?? ""
        var values: FieldValues = ["name": .text(title), "wiz_name": .text(element["name"] ?? "")]
        if let model = element["model"] { values["model"] = .text(model) }
        if let text = element["multi"] { values["multi"] = .boolean(XMLDataFile.flag(text, default: true)) }
        try ActionRecord(element: element, context: context, isNoUpdate: isNoUpdate).load(
            "ir.actions.wizard", values, title: title, keyword: "client_action_multi")
    }
}

/// What `<report>` and `<wizard>` have in common: the record of an action, and the offer of it.
private struct ActionRecord {
    let element: Element
    let context: LoadContext
    let isNoUpdate: Bool

    func load(_ model: ModelName, _ values: FieldValues, title: String, keyword: String) throws {
        var values = values
        if let groups = element["groups"] {
            values["groups_id"] = try GroupList(text: groups, context: context).value(at: element.place)
        }
        let actions = try context.environment.registry.model(model)
        for name in values.keys.sorted() where actions.field(name) == nil {
            throw LoadError.unknownField(name, of: model, at: element.place)
        }
        let externalID = try element.externalID(in: context)
        try RecordUpsert(
            context: context, model: actions, externalID: externalID, isNoUpdate: isNoUpdate, isProtected: false,
            forcesCreation: true, place: element.place
        ).run { values }
        // Without an external id there is no telling which record it is.
        guard let externalID else { return }
        let offer = ActionOffer(
            context: context, action: try context.resolve(externalID, at: element.place), name: title,
            key2: element["keyword"] ?? keyword, model: element["model"], same: "value")
        if XMLDataFile.flag(element["menu"], default: true) {
            try offer.store()
        } else if context.mode == .update {
            try offer.remove()
        }
    }
}
