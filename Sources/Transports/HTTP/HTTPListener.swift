public import Logging
public import ServiceLifecycle
public import Services
internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1
internal import NIOPosix
internal import XMLRPC

/// Serves XML-RPC over HTTP on one address. The event loop reads and writes; decoding, the call and encoding happen on
/// a worker, one hand-off there and one back.
public struct HTTPListener: Service {
    /// Where to listen and what to bear.
    public struct Settings: Sendable {
        public var interface = "127.0.0.1"
        /// 0 takes a free one.
        public var port = 8069
        /// A larger body is answered with 413.
        public var bodyLimit = 64 << 20
        /// What larger bodies of all connections together may take, in bytes; a further one is answered with 503.
        public var bodyMemory = 256 << 20
        /// Calls that run at the same time, each with a database connection.
        public var workers = 8
        /// Calls that may wait for a worker; a further one gets a fault.
        public var queueLimit = 256
        /// A further connection is closed at once.
        public var connectionLimit = 2_000

        public init() {}
    }

    private let settings: Settings
    private let services: RPCServices
    private let logger: Logger
    private let didBind: @Sendable (_ address: String, _ port: Int) -> Void

    /// - Parameter didBind: Told once when the address is taken, with the port that was chosen.
    public init(
        _ settings: Settings, services: RPCServices, logger: Logger,
        didBind: @escaping @Sendable (_ address: String, _ port: Int) -> Void
    ) {
        self.settings = settings
        self.services = services
        self.logger = logger
        self.didBind = didBind
    }

    /// Listens until a graceful shutdown; calls under way are answered before it ends.
    ///
    /// - Throws: `ListenerError` when the address cannot be had.
    public func run() async throws {
        let limits = DecodingLimits(bodyBytes: settings.bodyLimit)
        let workers = WorkerPool(threads: settings.workers, queueLimit: settings.queueLimit) { CallBench(limits) }
        let desk = CallDesk(services: services, workers: workers, bodyLimit: settings.bodyLimit)
        // One loop is enough: it only reads and writes, and a second one costs wake-ups.
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        try await serve(desk, on: loops)
        workers.stop(within: 10)
        try await loops.shutdownGracefully()
    }

    private static let longestFarewell = TimeAmount.seconds(20)

    /// Accepts connections until all is quiet. What hangs on the loop is let go of before the loop ends.
    private func serve(_ desk: CallDesk, on loops: MultiThreadedEventLoopGroup) async throws {
        let settings = self.settings
        let gate = ConnectionGate(limit: settings.connectionLimit)
        let budget = BodyBudget(bytes: settings.bodyMemory)
        let quiescing = ServerQuiescingHelper(group: loops)
        let bootstrap = ServerBootstrap(group: loops)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.configure(channel, settings: settings, desk: desk, gate: gate, budget: budget)
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)

        let channel: any Channel
        do {
            channel = try await bootstrap.bind(host: settings.interface, port: settings.port).get()
        } catch {
            throw ListenerError(error, interface: settings.interface, port: settings.port)
        }
        let port = channel.localAddress?.port ?? settings.port
        logger.info("listening", metadata: ["interface": "\(settings.interface)", "port": "\(port)"])
        didBind(settings.interface, port)

        let isQuiet = channel.eventLoop.makePromise(of: Void.self)
        try await withGracefulShutdownHandler {
            try await channel.closeFuture.get()
        } onGracefulShutdown: {
            quiescing.initiateShutdown(promise: isQuiet)
            // A request that never ends must not hold up the rest; whatever is open then is closed with the loop.
            channel.eventLoop.scheduleTask(in: Self.longestFarewell) { isQuiet.succeed(()) }
        }
        try await isQuiet.futureResult.get()
    }

    private static func configure(
        _ channel: any Channel, settings: Settings, desk: CallDesk, gate: ConnectionGate, budget: BodyBudget
    ) throws {
        guard gate.enter(channel) else { throw ChannelError.connectTimeout(.zero) }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline()
        try pipeline.addHandler(HTTPHandler(desk: desk, bodyLimit: settings.bodyLimit, budget: budget))
    }
}
