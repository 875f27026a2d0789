internal import Compression
internal import Logging
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

/// A call as it came in, still as bytes.
struct CallOrder: Sendable {
    let service: String
    let body: ByteBuffer
    /// The body is gzip.
    let isPacked: Bool
    /// The client takes gzip for an answer.
    let acceptsGzip: Bool
    let address: String
}

/// Takes the bytes of a call to a worker and brings the bytes of its answer back to the event loop.
final class CallDesk: Sendable {
    private let services: RPCServices
    private let workers: WorkerPool<CallBench>
    private let bodyLimit: Int

    /// The original packs answers from this size on (contract/wire.md §2).
    private static let packedSize = 1400

    init(services: RPCServices, workers: WorkerPool<CallBench>, bodyLimit: Int) {
        self.services = services
        self.workers = workers
        self.bodyLimit = bodyLimit
    }

    /// The answer's bytes, and how many milliseconds they are to be held back.
    struct Answer: Sendable {
        let bytes: ByteBuffer
        let isPacked: Bool
        let delay: Int64
    }

    /// Runs a call and hands its answer to `completion` on the event loop; exactly once.
    func take(_ order: CallOrder, on loop: any EventLoop, completion: @escaping @Sendable (Answer) -> Void) {
        let isTaken = workers.submit { [self] bench in
            let answer = answer(order, &bench)
            loop.execute { completion(answer) }
        }
        if isTaken { return }
        var encoder = ResponseEncoder()
        let fault = RPCServices.overloadedFault
        encoder.fault(code: fault.code, string: fault.string)
        completion(Answer(bytes: encoder.withBytes { ByteBuffer(bytes: $0) }, isPacked: false, delay: 0))
    }

    private func answer(_ order: CallOrder, _ bench: inout CallBench) -> Answer {
        bench.encoder.reset()
        let call: MethodCall
        do {
            call = try decoded(order, bench.decoder)
        } catch {
            let fault = Fault.marshalling("<class 'xml.parsers.expat.ExpatError'>", "\(error)")
            bench.encoder.fault(code: fault.code, string: fault.string)
            return finished(order, bench, delay: 0)
        }
        var held = 0.0
        services.run(ServiceRequest(service: order.service, call: call, address: order.address)) { outcome, delay in
            held = delay
            Self.encode(outcome, with: &bench.encoder)
        }
        return finished(order, bench, delay: held)
    }

    private func decoded(_ order: CallOrder, _ decoder: CallDecoder) throws -> MethodCall {
        try order.body.withUnsafeReadableBytes { bytes in
            guard order.isPacked else { return try decoder.decode(bytes) }
            let plain = try Gzip.unpacked(bytes, limit: bodyLimit)
            return try plain.withUnsafeBytes { try decoder.decode($0) }
        }
    }

    private func finished(_ order: CallOrder, _ bench: CallBench, delay: Double) -> Answer {
        bench.encoder.withBytes { bytes in
            if order.acceptsGzip, bytes.count > Self.packedSize, let packed = Gzip.packed(bytes, level: 4) {
                return Answer(bytes: ByteBuffer(bytes: packed), isPacked: true, delay: Int64(delay * 1000))
            }
            return Answer(bytes: ByteBuffer(bytes: bytes), isPacked: false, delay: Int64(delay * 1000))
        }
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
