internal import ORM
internal import Values

/// The wizard that looks for addons on the server's disk.
enum AddonListUpdate {
    static let definition = ModelDefinition.introducing("base.module.update", transient: true) { model in
        model.title = "Update Module"
        model.fields = [
            .integer("update", "Number of modules updated", readonly: true),
            .integer("add", "Number of modules added", readonly: true),
            .selection("state", "state", ["init": "init", "done": "done"], readonly: true, default: "init"),
            .wizardPicture,
        ]
        model.remote = [
            .method("update_module", writes: true, ["ids", .context]) { wizards, _ in
                let environment = wizards.environment
                try environment.check(.write, on: environment.registry.model("ir.module.module"))
                let change = try environment.registry.ports.addons.updateList(in: environment)
                try wizards.write([
                    "update": .integer(change.updated), "add": .integer(change.added), "state": "done",
                ])
                return false
            },
            AddonWindow.opening,
        ]
    }
}

/// The list of all addons as a window.
enum AddonWindow {
    /// A wizard's last button.
    static let opening = RemoteMethod.method("action_module_open", writes: false, ["ids", .context]) { _, _ in
        [
            "domain": "[]", "name": "Modules", "view_type": "form", "view_mode": "tree,form",
            "res_model": "ir.module.module", "view_id": false, "type": "ir.actions.act_window",
        ]
    }
}
