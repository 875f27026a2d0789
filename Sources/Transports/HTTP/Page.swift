internal import NIOCore
internal import NIOHTTP1

/// An answer of HTTP itself, before or instead of that of a call.
struct Page {
    let status: HTTPResponseStatus
    let type: String?
    let body: ByteBuffer
    /// Whether the connection ends with it.
    let closes: Bool
    /// The body is gzip.
    var isPacked = false

    /// A line of plain text.
    static func plain(_ status: HTTPResponseStatus, _ text: String, closes: Bool = false) -> Page {
        Page(status: status, type: "text/plain", body: ByteBuffer(string: text), closes: closes)
    }

    /// A small page for a person who came with a browser.
    static func error(_ status: HTTPResponseStatus, _ message: String) -> Page {
        let text = message.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        let html = """
            <!DOCTYPE html>
            <title>\(status.code) \(status.reasonPhrase)</title>
            <h1>\(status.code) \(status.reasonPhrase)</h1>
            <p>\(text)</p>

            """
        return Page(status: status, type: "text/html", body: ByteBuffer(string: html), closes: true)
    }

    static let options = Page(status: .ok, type: nil, body: ByteBuffer(), closes: false)
}
