import ORM
import Testing

@testable import BaseAddon

@Suite struct DefinitionsTests {
    @Test func `the addon's models make a registry by themselves`() throws {
        let registry = try Registry(addons: [Base.addon], ports: Base.ports())
        #expect(try registry.model("res.users").field("password")?.hasColumn == false)
        #expect(try registry.model("ir.actions.act_window").parentTable == "ir_actions")
    }

    @Test func `every field that holds a password is computed, so that no search or order reaches it`() throws {
        let users = try Registry(addons: [Base.addon], ports: Base.ports()).model("res.users")
        for name in ["password", "new_password"] {
            #expect(users.field(name)?.isFunction == true)
            #expect(users.field(name)?.attributes.readonly == false)
        }
    }
}
