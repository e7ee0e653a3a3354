import Bank
import HTTPTypes
package import HeadOfficeStore
package import Hummingbird
import Logging
import Sync
import Vault

/// Answers the nodes' messages under `/v1`: no session and no form, a node shows its key.
///
/// Every answer is a compressed document of our own content type, errors too, so that a proxy's
/// page is never taken for one.
package struct ExchangeRoutes: Sendable {
    private let store: BankStore
    private let desk: PushDesk
    private let gate = Gate()

    package init(_ store: BankStore) {
        self.store = store
        desk = PushDesk(store)
    }

    package func add<Context: RequestContext>(to router: Router<Context>) {
        on(router, Message.enrolmentPath, limit: Message.largestQuestion, known: { _ in }) {
            body, _ in try enrol(body)
        }
        for path in [
            Message.helloPath, Message.pushPath, Message.pullPath, Message.reviewPath,
            Message.recoveryPath,
        ] {
            on(router, path, limit: Message.largestQuestion, known: node) { [store] body, node in
                try store.answer(body, at: path, from: node)
            }
        }
    }

    /// Nothing of a body is taken apart before it is known who sent it, and no more than `limit`.
    private func on<Context: RequestContext, Sender: Sendable>(
        _ router: Router<Context>, _ path: String, limit: Int,
        known sender: @escaping @Sendable (HTTPFields) throws -> Sender,
        _ answer: @escaping @Sendable ([UInt8], Sender) throws -> JSONValue
    ) {
        router.post(RouterPath(path)) { request, context in
            let status: HTTPResponse.Status
            let json: JSONValue
            do {
                let sender = try await offLoop { try sender(request.headers) }
                let body = try await collect(request, limit: limit)
                json = try await offLoop { try answer(body, sender) }
                status = .ok
            } catch {
                let refusal = error as? ExchangeError ?? .internalError
                if refusal == .internalError {
                    context.logger.error(
                        "exchange failed",
                        metadata: ["path": "\(path)", "type": "\(type(of: error))"])
                }
                json = refusal.json
                status = HTTPResponse.Status(code: refusal.status)
            }
            return Response(
                status: status,
                headers: [.contentType: Message.contentType, .contentEncoding: "zstd"],
                body: ResponseBody(
                    byteBuffer: ByteBuffer(bytes: Zstd.compress(json.canonicalBytes))))
        }
    }

    /// The body taken apart, within its bound before and after.
    private func collect(_ request: Request, limit: Int) async throws -> [UInt8] {
        guard request.headers[.contentType] == Message.contentType else {
            throw ExchangeError.malformed
        }
        // Over the bound; or the line broke, and then nobody reads the answer.
        guard let body = try? await request.body.collect(upTo: limit) else {
            throw ExchangeError.tooLarge
        }
        do {
            return try Zstd.decompress(Array(body.readableBytesView), limit: limit)
        } catch ZstdError.tooLarge {
            throw ExchangeError.tooLarge
        } catch {
            throw ExchangeError.malformed
        }
    }

    /// The node that shows its key, or the refusal.
    private func node(_ headers: HTTPFields) throws -> EnrolledNode {
        let bearer = "Bearer "
        guard let name = HTTPField.Name(Message.outletHeader), let outlet = headers[name],
            let shown = headers[.authorization], shown.hasPrefix(bearer)
        else { throw ExchangeError.notEnrolled }
        return try store.node(
            of: UnitCode(outlet), accessKey: String(shown.dropFirst(bearer.count)))
    }

    private func enrol(_ body: [UInt8]) throws -> JSONValue {
        try store.enrol(try read(body, EnrolmentRequest.init(json:))).json
    }

    private func read<Value>(
        _ body: [UInt8], _ make: (JSONValue) -> Value?
    ) throws -> Value {
        guard let json = try? JSONValue(reading: body) else { throw ExchangeError.malformed }
        guard json["protocol"]?.int == Message.version else {
            throw ExchangeError.unsupportedVersion
        }
        guard let value = make(json) else { throw ExchangeError.malformed }
        return value
    }
}
