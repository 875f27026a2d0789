internal import ORM
internal import Values

/// Something that happened with a partner.
enum PartnerEvent {
    static let definition = ModelDefinition.introducing("res.partner.event") { model in
        model.order = "date desc"
        model.fields = [
            .char("name", "Events", size: 64, required: true),
            .text("description", "Description"),
            .many2one("partner_id", "Partner", to: "res.partner", index: .yes),
            .datetime("date", "Date", default: .now).with { $0.size = 16 },
            .many2one("user_id", "User", to: "res.users", default: .caller),
        ]
    }
}
