internal import ORM
internal import Values

/// What wizards tell the client to do next.
enum WizardAnswer {
    /// To close the window.
    static let close: Value = ["type": "ir.actions.act_window_close"]

    /// To show the wizard's own window again, on the same record.
    static func again(_ wizards: Records) -> Value {
        [
            "type": "ir.actions.act_window", "res_model": .text(wizards.model.name), "view_type": "form",
            "view_mode": "form", "view_id": false, "target": "new",
            "res_id": wizards.ids.first.map { .integer($0) } ?? false,
        ]
    }
}

extension Field {
    /// The picture that clients show beside a wizard; there is none.
    static let wizardPicture = Field.computed("config_logo", "Image", .binary, get: { _ in [:] })
        .called("_get_image_fn")
}
