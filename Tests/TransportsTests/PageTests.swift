import NIOCore
import NIOHTTP1
import Testing

@testable import Transports

@Suite struct PageTests {
    @Test func `a page shows a message as text`() {
        let page = Page.error(.notFound, "<b> & 'x'")
        #expect(String(buffer: page.body).contains("<p>&lt;b&gt; &amp; 'x'</p>"))
        #expect(String(buffer: page.body).contains("<title>404 Not Found</title>"))
        #expect(page.closes)
    }

    @Test func `a line of text says what it is and leaves the connection open`() {
        let page = Page.plain(.notFound, "No such page")
        #expect(page.type == "text/plain")
        #expect(!page.closes && !page.isPacked)
    }
}
