internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import Services

/// One connection: collects a request, sends it to the desk, writes the answer (contract/wire.md §2). Requests that
/// follow each other on the connection wait for the one before.
final class HTTPHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case idle
        case reading(HTTPRequestHead, ByteBuffer, deadline: Scheduled<Void>)
        /// What comes now is thrown away: the request was refused.
        case refused
        case waiting(HTTPRequestHead)
    }

    private let desk: CallDesk
    private let bodyLimit: Int
    private var state = State.idle
    /// How long a request may take to arrive whole.
    private static let patience = TimeAmount.minutes(5)

    init(desk: CallDesk, bodyLimit: Int) {
        self.desk = desk
        self.bodyLimit = bodyLimit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(var part): collect(&part, context)
        case .end: finish(context)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        if let page = RequestCheck.refusal(of: head, bodyLimit: bodyLimit) {
            state = .refused
            write(page, to: head, context)
            return
        }
        if head.headers.first(name: "Expect")?.lowercased() == "100-continue" { invite(context) }
        let channel = context.channel
        let deadline = context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        let buffer = context.channel.allocator.buffer(capacity: min(length, 1 << 20))
        state = .reading(head, buffer, deadline: deadline)
    }

    /// Tells a client that waits to send its body. Goes out behind the compressor, which takes each head for that of
    /// the answer.
    private func invite(_ context: ChannelHandlerContext) {
        let head = HTTPServerResponsePart.head(.init(version: .http1_1, status: .continue))
        let pipeline = context.pipeline.syncOperations
        guard let outward = try? pipeline.context(handlerType: NIOHTTPRequestDecompressor.self) else { return }
        outward.writeAndFlush(NIOAny(head), promise: nil)
    }

    private func collect(_ part: inout ByteBuffer, _ context: ChannelHandlerContext) {
        guard case .reading(let head, var buffer, let deadline) = state else { return }
        guard buffer.readableBytes + part.readableBytes <= bodyLimit else {
            deadline.cancel()
            state = .refused
            write(
                .plain(.payloadTooLarge, "The request is larger than \(bodyLimit) bytes.", closes: true), to: head,
                context)
            return
        }
        // Taken out of the state while it grows, so that it is not copied.
        state = .idle
        buffer.writeBuffer(&part)
        state = .reading(head, buffer, deadline: deadline)
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard case .reading(let head, let buffer, let deadline) = state else {
            if case .refused = state { state = .idle }
            return
        }
        deadline.cancel()
        if head.method == .OPTIONS {
            state = .idle
            write(.options, to: head, context)
            return
        }
        state = .waiting(head)
        let service = String(head.uri.dropFirst(RequestCheck.prefix.count))
        let address = context.remoteAddress?.ipAddress ?? "local"
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        desk.take(buffer, for: service, from: address, on: loop) { answer in
            guard answer.delay > 0 else {
                bound.value.0.answer(answer.bytes, bound.value.1)
                return
            }
            loop.scheduleTask(in: .milliseconds(answer.delay)) { bound.value.0.answer(answer.bytes, bound.value.1) }
        }
    }

    private func answer(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        guard case .waiting(let head) = state, context.channel.isActive else { return }
        state = .idle
        write(Page(status: .ok, type: "text/xml", body: bytes, closes: false), to: head, context)
    }

    private func write(_ page: Page, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let keepsAlive = head.isKeepAlive && !page.closes
        var headers = HTTPHeaders()
        headers.add(name: "Server", value: "Apus/\(ServerVersion.own)")
        headers.add(name: "Date", value: HTTPDate.now())
        if let type = page.type { headers.add(name: "Content-type", value: type) }
        headers.add(name: "Content-length", value: String(page.body.readableBytes))
        if page.status == .ok, head.method == .OPTIONS { headers.add(name: "Allow", value: "OPTIONS, POST") }
        if !keepsAlive {
            headers.add(name: "Connection", value: "close")
        } else if head.version.minor == 0 {
            headers.add(name: "Connection", value: "keep-alive")
        }
        let response = HTTPResponseHead(version: .http1_1, status: page.status, headers: headers)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if head.method != .HEAD, page.body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(page.body))), promise: nil)
        }
        let channel = context.channel
        let written = context.eventLoop.makePromise(of: Void.self)
        if !keepsAlive { written.futureResult.whenComplete { _ in channel.close(promise: nil) } }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }

    // MARK: - What goes wrong on the way

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            // A call that takes long is no idle connection.
            if case .waiting = state { return }
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .reading(_, _, let deadline) = state { deadline.cancel() }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .reading(let head, _, let deadline) = state, error is NIOHTTPDecompression.DecompressionError {
            deadline.cancel()
            state = .refused
            write(
                .plain(.payloadTooLarge, "The request cannot be unpacked within the limit.", closes: true), to: head,
                context)
            return
        }
        context.close(promise: nil)
    }
}
