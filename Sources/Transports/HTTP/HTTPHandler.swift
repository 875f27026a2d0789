internal import NIOCore
internal import NIOHTTP1
internal import Services

/// One connection: collects a request, sends it to the desk, writes the answer (contract/wire.md §2). Requests that
/// follow each other on the connection wait for the one before.
final class HTTPHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case idle
        case reading(HTTPRequestHead, ByteBuffer)
        /// What comes now is thrown away: the request was refused.
        case refused
        case waiting(HTTPRequestHead)
    }

    private let desk: CallDesk
    private let bodyLimit: Int
    /// What the body that is read or worked on takes of the memory for all of them.
    private let share: BodyBudget.Share
    private var state = State.idle
    /// When the connection last began to wait for its client.
    private var since = NIODeadline.now()
    private var watch: RepeatedTask?

    /// How long a request may take to arrive whole.
    private static let patience = TimeAmount.minutes(5)
    /// How long a connection may stay open with nothing on it.
    private static let idleLimit = TimeAmount.minutes(20)

    init(desk: CallDesk, bodyLimit: Int, budget: BodyBudget) {
        self.desk = desk
        self.bodyLimit = bodyLimit
        share = BodyBudget.Share(of: budget)
    }

    // MARK: - Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(var part): collect(&part, context)
        case .end: finish(context)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        // Who sends on without reading the answers would have them pile up here.
        guard context.channel.isWritable else {
            state = .refused
            context.close(promise: nil)
            return
        }
        since = .now()
        if let page = RequestCheck.refusal(of: head, bodyLimit: bodyLimit) {
            state = .refused
            write(page, to: head, context)
            return
        }
        if head.headers.first(name: "Expect")?.lowercased() == "100-continue" {
            context.writeAndFlush(wrapOutboundOut(.head(.init(version: .http1_1, status: .continue))), promise: nil)
        }
        // Room is made as the body arrives, not as the head promises.
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        let room = min(max(0, length), BodyBudget.smallSize)
        state = .reading(head, context.channel.allocator.buffer(capacity: room))
    }

    private func collect(_ part: inout ByteBuffer, _ context: ChannelHandlerContext) {
        guard case .reading(let head, var buffer) = state else { return }
        guard buffer.readableBytes + part.readableBytes <= bodyLimit else {
            refuse(head, RequestCheck.tooLarge(bodyLimit), context)
            return
        }
        // Taken out of the state while it grows, so that it is not copied.
        state = .idle
        buffer.writeBuffer(&part)
        guard share.grow(to: buffer.capacity) else {
            refuse(head, RequestCheck.memoryIsSpent, context)
            return
        }
        state = .reading(head, buffer)
    }

    /// Lets go of what there is of the body.
    private func refuse(_ head: HTTPRequestHead, _ page: Page, _ context: ChannelHandlerContext) {
        state = .refused
        share.release()
        write(page, to: head, context)
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard case .reading(let head, let buffer) = state else {
            if case .refused = state { state = .idle }
            return
        }
        if head.method == .OPTIONS {
            state = .idle
            share.release()
            write(.options, to: head, context)
            return
        }
        state = .waiting(head)
        let order = CallOrder(
            service: String(head.uri.dropFirst(RequestCheck.prefix.count)), body: buffer,
            isPacked: RequestCheck.isPacked(head), acceptsGzip: RequestCheck.acceptsGzip(head),
            address: context.remoteAddress?.ipAddress ?? "local")
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        desk.take(order, on: loop) { answer in
            bound.value.0.share.release()
            guard answer.delay > 0 else {
                bound.value.0.answer(answer, bound.value.1)
                return
            }
            loop.scheduleTask(in: .milliseconds(answer.delay)) { bound.value.0.answer(answer, bound.value.1) }
        }
    }

    // MARK: - Answering

    private func answer(_ answer: CallDesk.Answer, _ context: ChannelHandlerContext) {
        guard case .waiting(let head) = state, context.channel.isActive else { return }
        state = .idle
        since = .now()
        let page = Page(
            status: .ok, type: "text/xml", body: answer.bytes, closes: false, isPacked: answer.isPacked)
        write(page, to: head, context)
    }

    private func write(_ page: Page, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let keepsAlive = head.isKeepAlive && !page.closes
        var headers = HTTPHeaders()
        headers.reserveCapacity(6)
        headers.add(name: "Server", value: "Apus/\(ServerVersion.own)")
        headers.add(name: "Date", value: HTTPDate.now())
        if let type = page.type { headers.add(name: "Content-type", value: type) }
        if page.isPacked { headers.add(name: "Content-Encoding", value: "gzip") }
        headers.add(name: "Content-length", value: String(page.body.readableBytes))
        if head.method == .OPTIONS, page.status == .ok { headers.add(name: "Allow", value: "OPTIONS, POST") }
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
        if keepsAlive {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            return
        }
        let channel = context.channel
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }

    // MARK: - The connection itself

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        // One timer a connection that looks now and then costs less than one a request.
        watch = context.eventLoop.scheduleRepeatedTask(initialDelay: .minutes(1), delay: .minutes(1)) { _ in
            bound.value.0.closeIfQuiet(bound.value.1)
        }
    }

    private func closeIfQuiet(_ context: ChannelHandlerContext) {
        let quiet = NIODeadline.now() - since
        switch state {
        // A call that takes long is no idle connection.
        case .waiting: return
        case .reading where quiet > Self.patience: context.close(promise: nil)
        case .idle where quiet > Self.idleLimit, .refused where quiet > Self.patience: context.close(promise: nil)
        default: return
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        watch?.cancel()
        // A call under way still has its body.
        if case .waiting = state {} else { share.release() }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
