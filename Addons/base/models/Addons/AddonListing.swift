internal import Foundation
internal import ORM
internal import Values

/// What else clients ask about addons (contract/base-addon.md §5).
enum AddonListing {
    static let methods: [RemoteMethod] = [
        .modelMethod("update_list", writes: true, [.context]) { environment, _ in
            try environment.check(.write, on: environment.registry.model("ir.module.module"))
            let change = try environment.registry.ports.addons.updateList(in: environment)
            return [.integer(change.updated), .integer(change.added)]
        },
        .modelMethod("list_web", writes: false, [.context]) { environment, _ in
            let names = try webAddons(environment)
            let disk = environment.registry.ports.addons.addonsOnDisk()
            return .list(names.map { [.text($0), .text(disk[$0]?.version ?? "")] })
        },
        .modelMethod("get_web", writes: false, ["names", .context]) { environment, arguments in
            let wanted = Set(arguments["names"].list?.compactMap(\.text) ?? [])
            let store = environment.registry.ports.addons
            let disk = store.addonsOnDisk()
            return .list(
                try webAddons(environment).filter(wanted.contains).map { name in
                    [
                        "name": .text(name), "version": .text(disk[name]?.version ?? ""),
                        "depends": .list((disk[name]?.depends ?? []).map { .text($0) }),
                        "content": .text(try store.webPart(of: name).map { Data($0).base64EncodedString() } ?? ""),
                    ]
                })
        },
        // Certificates are looked at when an addon is installed.
        .method("check", writes: false, ["ids", .context]) { _, _ in false },
        // Addons come from the server's disk alone: there is no address to fetch one from.
        .method("download", writes: false, ["ids", .optional("download", true), .context]) { _, _ in [] },
    ]

    /// Installed addons with a part for the web client.
    private static func webAddons(_ environment: Environment) throws -> [String] {
        let states = AddonRecord.presentStates.sorted().map { Value.text($0) }
        let found = try environment.superuser.search(
            "ir.module.module", [["web", "=", true], ["state", "in", .list(states)]], order: "name")
        return try found.map { try $0.text("name") ?? "" }
    }
}
