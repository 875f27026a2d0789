import Testing
import XMLTree

/// Changing a tree in place.
@Suite struct EditingTests {
    private func document(_ text: String) throws -> Document { try Document(parsing: text, file: "test.xml") }

    @Test func `attributes keep their places, new ones come last`() throws {
        let root = try document(#"<a x="1" y="2" z="3"/>"#).root
        root.set("y", to: "<&\">")
        root.set("x", to: nil)
        root.set("w", to: "4")
        root.set("none", to: nil)
        #expect(root.serialized() == #"<a y="&lt;&amp;&quot;&gt;" z="3" w="4"/>"#)
    }

    @Test(arguments: [
        (Element.Place.within, "<r>\n<a><o/><n/>t<m/></a> <b/></r>"), (.before, "<r>\n<n/>t<m/><a><o/></a> <b/></r>"),
        (.after, "<r>\n<a><o/></a><n/>t<m/> <b/></r>"), (.instead, "<r>\n<n/>t<m/><b/></r>"),
    ])
    func `copies come where they are told to`(place: Element.Place, result: String) throws {
        let root = try document("<r>\n<a><o/></a> <b/></r>").root
        let target = try #require(root.children.first)
        let source = try document("<s> <n/>t<m/></s>").root
        #expect(target.insert(contentOf: source, place))
        #expect(root.serialized() == result)
        #expect(source.serialized() == "<s> <n/>t<m/></s>")
    }

    @Test func `the outermost element is replaced by the first child alone`() throws {
        let document = try document("<r><a/></r>")
        let old = document.root
        #expect(old.insert(contentOf: try self.document("<s><n x=\"1\"/><m/></s>").root, .instead))
        #expect(document.root.serialized() == #"<n x="1"/>"#)
        #expect(old.children.map(\.name) == ["a"])
        #expect(!document.root.insert(contentOf: try self.document("<s/>").root, .instead))
        #expect(!document.root.insert(contentOf: try self.document("<s><n/></s>").root, .after))
        #expect(document.root.serialized() == #"<n x="1"/>"#)
    }

    @Test func `what was taken out stays readable, and what it held can be taken out of it`() throws {
        let document = try document("<r><a><b><c/></b></a> <d/></r>")
        let element = try #require(document.root.children.first)
        let inner = try #require(element.children.first)
        element.remove()
        #expect(document.root.serialized() == "<r><d/></r>")
        inner.remove()
        #expect(element.serialized() == "<a/>")
        #expect(inner.serialized() == "<b><c/></b>")
        document.root.remove()
        #expect(document.root.name == "r")
    }

    @Test func `XPath sees what has changed`() throws {
        let root = try document("<r><a/></r>").root
        root.append("b")?.set("x", to: "1")
        #expect(try root.xpath("//b[@x='1']").count == 1)
        root.children.first?.remove()
        #expect(try root.xpath("//a").isEmpty)
    }
}
