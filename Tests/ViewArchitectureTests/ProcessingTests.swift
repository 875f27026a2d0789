import Testing
import ViewArchitecture

/// What a caller sees of a view.
@Suite struct ProcessingTests {
    private let processor = ViewProcessor { field, model in
        ["line_ids": "line", "partner_id": "partner"][field].flatMap { model == "line" ? nil : $0 }
    }

    private func process(
        _ text: String, _ answers: ViewAnswers = ViewAnswers(), translate: ViewProcessor.Translation? = nil
    ) throws -> ProcessedView {
        processor.process(
            try Architecture(parsing: text, name: "view"), of: "order", answers: answers, translate: translate)
    }

    @Test func `an element for groups of others becomes invisible and stays`() throws {
        let text = #"<form><field name="a" groups="base.x,base.y" attrs="{}"/><field name="b" groups="base.z"/></form>"#
        var answers = ViewAnswers()
        answers.memberships = ["base.z"]
        let view = try process(text, answers)
        #expect(view.text == #"<form><field name="a" invisible="1"/><field name="b"/></form>"#)
        #expect(view.fields.map(\.name) == ["a", "b"])
    }

    @Test func `views within a field are taken out, with fields of their own`() throws {
        let view = try process(
            """
            <form><field name="line_ids" colspan="4"><tree string="L"><field name="note"/></tree>\
            <form><field name="note"/><field name="price"/></form><filter string="F"/></field></form>
            """)
        #expect(view.text == #"<form><field name="line_ids" colspan="4"><filter string="F"/></field></form>"#)
        let field = try #require(view.fields.first)
        #expect(view.fields.count == 1)
        #expect(field.views["tree"]?.text == #"<tree string="L"><field name="note"/></tree>"#)
        #expect(field.views["form"]?.fields.map(\.name) == ["note", "price"])
        #expect(field.views["form"]?.fields.map(\.model) == ["line", "line"])
    }

    @Test func `a relation to choose from is told with the domain of the view`() throws {
        let view = try process(
            """
            <form><field name="partner_id" widget="selection" domain="[('a','=',1)]" required="0"/>\
            <field name="state" widget="selection"/></form>
            """)
        #expect(view.fields[0].choice?.domain == "[('a','=',1)]")
        #expect(view.fields[0].choice?.isOptional == true)
        #expect(view.fields[1].choice == nil)
    }

    @Test func `a field that comes twice is told once, with all that is known of it`() throws {
        let view = try process(
            #"<form><field name="partner_id" widget="selection"/><field name="partner_id"/><field name="a"/></form>"#)
        #expect(view.fields.map(\.name) == ["partner_id", "a"])
        #expect(view.fields[0].choice != nil)
    }

    @Test func `a calendar's dates and colour are told, and are no elements`() throws {
        let view = try process(
            #"<calendar date_start="day" color="user_id" date_delay="hours"><field name="user_id"/></calendar>"#)
        #expect(view.fields.map(\.name) == ["day", "hours", "user_id"])
        #expect(view.fields.map(\.isElement) == [false, false, true])
    }

    @Test func `the nodes and arrows of a diagram show fields of their own models`() throws {
        let view = try process(
            """
            <diagram><node object="step"><field name="kind"/></node>\
            <arrow object="edge" source="from" destination="to"><field name="signal"/></arrow></diagram>
            """)
        #expect(view.fields.map { "\($0.model).\($0.name)" } == ["step.kind", "edge.signal"])
    }

    @Test func `buttons of workflows are closed to those who may not send their signal`() throws {
        let text =
            #"<form><button name="go"/><button name="stop" type="workflow"/><button name="x" type="object"/></form>"#
        var answers = ViewAnswers()
        answers.barredSignals = [.init("stop", of: "order")]
        #expect(
            try process(text, answers).text == """
                <form><button name="go" readonly="0"/><button name="stop" type="workflow" readonly="1"/>\
                <button name="x" type="object"/></form>
                """)
        answers.barredSignals = nil
        #expect(try process(text, answers).text == text)
    }

    @Test func `labels are translated by the model of their view, helps are not`() throws {
        let view = try process(
            """
            <form string="One"><button name="b" type="object" string="Two" confirm="Sure?" help="Help"/>\
            <field name="line_ids"><tree string="Three"><field name="n" sum="Total"/></tree></field></form>
            """
        ) { "\($1):\($0)" }
        #expect(
            view.text == """
                <form string="order:One"><button name="b" type="object" string="order:Two" confirm="order:Sure?" \
                help="Help"/><field name="line_ids"/></form>
                """)
        #expect(
            view.fields[0].views["tree"]?.text
                == #"<tree string="line:Three"><field name="n" sum="line:Total"/></tree>"#)
    }

    @Test func `a title of the moment takes the place of the written one`() throws {
        var answers = ViewAnswers()
        answers.titles = [.init("tree", of: "line"): "Now"]
        let view = try process(
            #"<form string="A"><field name="line_ids"><tree string="B"/><form string="C"/></field></form>"#, answers)
        #expect(view.text.hasPrefix(#"<form string="A">"#))
        #expect(view.fields[0].views["tree"]?.text == #"<tree string="Now"/>"#)
        #expect(view.fields[0].views["form"]?.text == #"<form string="C"/>"#)
    }

    @Test func `questions ask for all that answers are for`() throws {
        let view = try Architecture(
            parsing: """
                <form groups="base.a"><button name="go"/><button name="x" type="object"/><field name="line_ids" \
                groups="base.b,base.c"><tree><button name="inner" type="workflow"/></tree></field></form>
                """, name: "view")
        let questions = processor.questions(view, of: "order")
        #expect(questions.groups == ["base.a", "base.b,base.c"])
        #expect(questions.signals == [.init("go", of: "order"), .init("inner", of: "line")])
        #expect(questions.titles == [.init("form", of: "order"), .init("tree", of: "line")])
    }

    @Test func `tabs go, other characters stay as they are`() throws {
        let view = try process("<form string=\"Größe &amp; mehr\">\n\t<label string=\"&quot;x&quot;\"/></form>")
        #expect(view.text == "<form string=\"Größe &amp; mehr\">\n<label string=\"&quot;x&quot;\"/></form>")
    }
}
