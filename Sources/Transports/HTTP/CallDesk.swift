internal import Logging
internal import Metrics
internal import NIOCore
internal import Services
internal import Values
internal import XMLRPC

/// What each worker thread keeps between calls.
struct CallBench {
    let decoder: CallDecoder
    var encoder = ResponseEncoder()

    init(_ limits: DecodingLimits) { decoder = CallDecoder(limits: limits) }
}

/// Takes the bytes of a call to a worker and brings the bytes of its answer back to the event loop.
final class CallDesk: Sendable {
    private let services: RPCServices
    private let workers: WorkerPool<CallBench>
    private let logger: Logger

    init(services: RPCServices, workers: WorkerPool<CallBench>, logger: Logger) {
        self.services = services
        self.workers = workers
        self.logger = logger
    }

    /// The answer's bytes, and how many milliseconds they are to be held back.
    struct Answer: Sendable {
        let bytes: ByteBuffer
        let delay: Int64
    }

    /// Runs a call and hands its answer to `completion` on the event loop; exactly once.
    func take(
        _ body: ByteBuffer, for service: String, from address: String, on loop: any EventLoop,
        completion: @escaping @Sendable (Answer) -> Void
    ) {
        let isTaken = workers.submit { [services, logger] bench in
            let start = Timestamp.seconds
            let answer = Self.answer(body, service, address, services, &bench)
            let elapsed = Timestamp.seconds - start
            Timer(label: "apus_call_seconds", dimensions: [("service", service)]).recordSeconds(elapsed)
            logger.trace("call", metadata: ["service": "\(service)", "milliseconds": "\(elapsed * 1000)"])
            loop.execute { completion(answer) }
        }
        if isTaken { return }
        Counter(label: "apus_calls_refused").increment()
        var encoder = ResponseEncoder()
        let fault = RPCServices.overloadedFault
        encoder.fault(code: fault.code, string: fault.string)
        completion(Answer(bytes: encoder.withBytes { ByteBuffer(bytes: $0) }, delay: 0))
    }

    private static func answer(
        _ body: ByteBuffer, _ service: String, _ address: String, _ services: RPCServices, _ bench: inout CallBench
    ) -> Answer {
        bench.encoder.reset()
        let call: MethodCall
        do {
            call = try body.withUnsafeReadableBytes { bytes throws(DecodingError) in try bench.decoder.decode(bytes) }
        } catch {
            let fault = Fault.marshalling("<class 'xml.parsers.expat.ExpatError'>", error.description)
            bench.encoder.fault(code: fault.code, string: fault.string)
            return Answer(bytes: bench.encoder.withBytes { ByteBuffer(bytes: $0) }, delay: 0)
        }
        var held = 0.0
        services.run(ServiceRequest(service: service, call: call, address: address)) { outcome, delay in
            held = delay
            encode(outcome, with: &bench.encoder)
        }
        return Answer(bytes: bench.encoder.withBytes { ByteBuffer(bytes: $0) }, delay: Int64(held * 1000))
    }

    private static func encode(_ outcome: ServiceOutcome, with encoder: inout ResponseEncoder) {
        switch outcome {
        case .fault(let fault): encoder.fault(code: fault.code, string: fault.string)
        case .result(let result):
            do {
                try encoder.response(result)
            } catch {
                encoder.reset()
                let fault = Fault.marshalling("<type 'exceptions.OverflowError'>", error.description)
                encoder.fault(code: fault.code, string: fault.string)
            }
        }
    }
}
