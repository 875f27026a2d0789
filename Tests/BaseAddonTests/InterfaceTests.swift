import ORM
import Testing

@testable import BaseAddon

@Suite struct InterfaceTests {
    struct Case: CustomTestStringConvertible {
        let listed: [ShownView], modes: [String], own: ShownView?, expected: [ShownView]
        var testDescription: String { modes.joined(separator: ",") }
    }

    static func view(_ id: Int?, _ kind: String) -> ShownView { ShownView(id: id, kind: kind) }

    @Test(arguments: [
        Case(listed: [], modes: ["tree", "form"], own: nil, expected: [view(nil, "tree"), view(nil, "form")]),
        Case(
            listed: [], modes: ["tree", "form"], own: view(188, "tree"),
            expected: [view(188, "tree"), view(nil, "form")]),
        Case(
            listed: [view(4, "tree"), view(5, "form")], modes: ["tree", "form"], own: view(9, "tree"),
            expected: [view(4, "tree"), view(5, "form")]),
        Case(
            listed: [view(4, "tree")], modes: ["tree", "form", "graph"], own: view(9, "graph"),
            expected: [view(4, "tree"), view(9, "graph"), view(nil, "form")]),
        Case(
            listed: [], modes: ["form"], own: view(9, "calendar"), expected: [view(9, "calendar"), view(nil, "form")]),
    ])
    func `a window offers its views in order`(_ example: Case) {
        #expect(WindowAction.views(listed: example.listed, modes: example.modes, own: example.own) == example.expected)
    }

    @Test(arguments: [
        ("Sales", "Sales(1)"), ("Sales(1)", "Sales(2)"), ("A (b)", "A (b)(1)"), ("(9)", "(10)"), ("", "(1)"),
    ])
    func `a copied menu is numbered`(name: String, expected: String) { #expect(Menu.copiedName(name) == expected) }

    @Test func `an action is named by model and id`() throws {
        let action = try #require(ActionReference("ir.actions.act_window,12"))
        #expect(action.model == "ir.actions.act_window" && action.id == 12)
    }

    @Test(arguments: ["", "x", "x,", "x,0", "x,-1", ",5", "x,5,6", "x,y"])
    func `other texts name no action`(_ text: String) { #expect(ActionReference(text) == nil) }

    @Test func `no icon is offered twice`() throws {
        guard case .fixed(let icons) = Selection.menuIcons else {
            Issue.record("the icons are a fixed list")
            return
        }
        #expect(Set(icons.map(\.key)).count == icons.count)
    }

    @Test func `a long record name is shortened with dots`() {
        #expect(Attachment.shortened("Ann") == "Ann")
        let shortened = Attachment.shortened(String(repeating: "é", count: 200))
        #expect(shortened.unicodeScalars.count == 128 && shortened.hasSuffix("é..."))
    }
}
