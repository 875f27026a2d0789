import ORM
import Synchronization
import TestSupport
import Testing
import Values

@testable import AddonLoader

@Suite struct AssertAndWorkflowTests {
    private static let tom =
        "<record id=\"tom\" model=\"zoo.animal\"><field name=\"name\">Tom</field><field name=\"age\">3</field>"
        + "<field name=\"weight\">1.5</field></record>"

    @Test(arguments: [
        "<test expr=\"name\">Tom</test>", "<test expr=\"age == 3\"/>", "<test expr=\"floatEqual(weight, 1.50001)\"/>",
        "<test expr=\"id == ref('tom')\"/>", "<test expr=\"len(child_ids) == 0 and not species_id.name\"/>",
    ])
    func `what holds is passed over`(test: String) throws {
        try withZoo(Self.tom + "<assert model=\"zoo.animal\" id=\"tom\">\(test)</assert>") { load in
            _ = try load.install()
            #expect(!load.messages.contains { $0.contains("assertion") })
        }
    }

    @Test(arguments: [
        ("id=\"tom\" string=\"He is four\"", "<test expr=\"age\">4</test>", "\"He is four\" failed!\n xmltag: <test"),
        // What is expected is text: a number never is.
        ("id=\"tom\"", "<test expr=\"age\">3</test>", "expected value: '3'\n obtained value: 3"),
        ("id=\"tom\"", "<test expr=\"age &gt; 3\"/>", "expected value: True\n obtained value: False"),
        ("search=\"[]\" count=\"2\"", "", "Incorrect search count:\n expected count: 2\n obtained count: 1"),
    ])
    func `what does not hold stops the installation`(attributes: String, test: String, message: String) throws {
        try withZoo(Self.tom + "\n<assert model=\"zoo.animal\" \(attributes)>\(test)</assert>") { load in
            let error = try #require(throws: LoadError.self) { try load.install() }
            #expect(error.description.hasPrefix("zoo/zoo.xml:4: Severe assertion failure: assertion "), "\(error)")
            #expect(error.description.contains(message), "\(error)")
        }
    }

    @Test(arguments: ["debug", "info", "warning"])
    func `a lesser failure is told in the log`(severity: String) throws {
        let tag = "<assert model=\"zoo.animal\" search=\"[]\" count=\"2\" severity=\"\(severity)\"/>"
        try withZoo(Self.tom + tag) { load in
            _ = try load.install()
            #expect(load.messages.contains { $0.hasPrefix("\(severity): assertion \"unknown\" failed!") })
        }
    }

    @Test func `protected assertions are not made again`() throws {
        let tag = "</data><data noupdate=\"1\"><assert model=\"zoo.animal\" search=\"[]\" count=\"1\"/>"
        try withZoo(Self.tom + tag) { load in
            let installed = try load.install()
            _ = try installed.create("zoo.animal", ["name": "Kit"])
            _ = try load.upgrade()
            try load.folder.write(
                Park.file(Self.tom + tag.replacing("=\"1\">", with: "=\"0\">")), to: "zoo.xml", of: "zoo")
            #expect(throws: LoadError.self) { try load.upgrade() }
        }
    }

    /// The signals that a file sends, as `signal model name of the caller`.
    private func signals(_ tags: String, _ body: (Load, () -> [String]) throws -> Void) throws {
        let workflows = NotedWorkflows()
        try withZoo(tags) { load in
            var load = load
            load.workflows = workflows
            try body(load) { workflows.signals }
        }
    }

    @Test func `a signal reaches the record that is named or found`() throws {
        let tags = """
            <workflow model="zoo.animal" action="feed" ref="tom"/>
            <workflow model="zoo.animal" action="wash"><value eval="tom"/></workflow>
            <workflow model="zoo.animal" action="brush">
                <value model="zoo.animal" search="[('name', '=', 'Tom')]"/>
            </workflow>
            <workflow model="zoo.animal" action="lose">
                <value model="zoo.animal" search="[('name', '=', 'Nobody')]"/>
            </workflow>
            """
        try signals(Self.tom + tags) { load, signals in
            _ = try load.install()
            #expect(
                signals() == ["feed", "wash", "brush"].map { "\($0) zoo.animal Tom 1" })
        }
    }

    @Test func `protected signals are not sent again`() throws {
        let tags = "</data><data noupdate=\"1\"><workflow model=\"zoo.animal\" action=\"feed\" ref=\"tom\"/>"
        try signals(Self.tom + tags) { load, signals in
            _ = try load.install()
            _ = try load.upgrade()
            #expect(signals().count == 1)
        }
    }

    @Test(arguments: [
        ("<workflow model=\"zoo.animal\" action=\"a\"/>", "You must define a child node if you dont give a ref"),
        ("<workflow model=\"zoo.dragon\" action=\"a\" ref=\"x\"/>", "there is no model zoo.dragon"),
        ("<workflow model=\"zoo.animal\" action=\"a\" ref=\"x\"/>", "external id zoo.x is not known"),
        ("<assert model=\"zoo.animal\" id=\"x\"/>", "external id zoo.x is not known"),
        ("<assert model=\"zoo.animal\"/>", "an assertion names either an id or a search"),
        ("<assert model=\"zoo.animal\" search=\"[]\" severity=\"mild\"/>", "there is no severity mild"),
        ("<assert model=\"zoo.animal\" search=\"[]\"><test/></assert>", "element <test> needs the attribute expr"),
        ("<assert model=\"zoo.animal\" search=\"[]\"><test expr=\"(\"/></assert>", "cannot read ("),
    ])
    func `what these tags cannot do is refused with file and line`(tag: String, message: String) throws {
        try withZoo(tag) { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(error?.description.hasPrefix("zoo/zoo.xml:3: \(message)") == true, "\(String(describing: error))")
        }
    }
}
