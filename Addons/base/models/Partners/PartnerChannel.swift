internal import ORM
internal import Values

/// The way a contact came about: phone, web site. The model's name is OpenERP's.
enum PartnerChannel {
    static let definition = ModelDefinition.introducing("res.partner.canal") { model in
        model.title = "Channels"
        model.order = "name"
        model.fields = [
            .char("name", "Channel Name", size: 64, required: true),
            .boolean("active", "Active", default: true),
        ]
    }
}
