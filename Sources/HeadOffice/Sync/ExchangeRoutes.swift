import Bank
import HTTPTypes
package import HeadOfficeStore
package import Hummingbird
import Logging
import NIOSSL
package import Pages
import Sync
import Vault

/// Answers the nodes' messages under `/v1`: no session and no form, a node shows its certificate
/// in the handshake.
///
/// Every answer is a compressed document of our own content type, errors too, so that a proxy's
/// page is never taken for one.
package struct ExchangeRoutes: Sendable {
    private let store: BankStore
    private let desk: PushDesk
    private let gate = Gate()
    /// A node has one conversation; a line that broke may have left a message behind.
    private let turns = Turns<UnitCode>(mostWaiting: 4)
    /// Each reads all that an outlet ever sent: one at a time, or they leave no core for anybody. Who
    /// would wait for long comes again: a comparison can, and what else a node has to say cannot.
    private let comparisons = Turns<String>(mostWaiting: 2)
    /// One node does not fill the places of all.
    private let comparing = Turns<UnitCode>(mostWaiting: 0)
    /// Beside the conversation, since somebody waits for the answer: one of a node at a time.
    private let queries = Turns<UnitCode>(mostWaiting: 4)
    private let queryGate = QueryGate()
    /// One at a time of all nodes: they leave the cores to the exchanges.
    private let allQueries = Turns<String>(mostWaiting: 50)

    package init(_ store: BankStore) {
        self.store = store
        desk = PushDesk(store)
    }

    package func add(to router: Router<PageContext>) {
        let anybody: @Sendable ([UInt8]?) -> Void = { _ in }
        on(router, Message.authorityPath, limit: Message.largestQuestion, known: anybody) {
            body, _ in try await offLoop { try authority(body) }
        }
        on(router, Message.enrolmentPath, limit: Message.largestQuestion, known: anybody) {
            body, _ in try await offLoop { try enrol(body) }
        }
        on(
            router, Message.renewalPath, limit: Message.largestQuestion,
            known: store.renewing(showing:)
        ) { body, node in try await offLoop { try renew(body, node) } }
        on(router, Message.helloPath, limit: Message.largestQuestion, known: node) {
            [store, gate, turns] body, node in
            // Before anything else is done for it: a herd costs little while it waits.
            if let milliseconds = gate.wait(for: node.outlet) {
                throw ComeLater(milliseconds: milliseconds)
            }
            return try await turns.take(node.outlet) {
                try await offLoop { try store.answer(body, at: Message.helloPath, from: node) }
            }
        }
        on(router, Message.pushPath, limit: Message.largestQuestion, known: node) {
            [desk, turns] body, node in
            let part = try Part(message: body)
            return try await turns.take(node.outlet) {
                try await desk.receive(part, from: node).json
            }
        }
        for path in [
            Message.pullPath, Message.reviewPath, Message.recoveryPath, Message.recordsPath,
            Message.offerPath, Message.snapshotPath,
        ] {
            on(router, path, limit: Message.largestQuestion, known: node) {
                [store, turns] body, node in
                try await turns.take(node.outlet) {
                    try await offLoop { try store.answer(body, at: path, from: node) }
                }
            }
        }
        on(router, Message.queryPath, limit: Message.largestQuestion, known: node) {
            [store, queries, queryGate, allQueries] body, node in
            try queryGate.enter(node.outlet)
            return try await queries.take(node.outlet) {
                try await allQueries.take("") {
                    try await offLoop { try store.answer(body, at: Message.queryPath, from: node) }
                }
            }
        }
        on(router, Message.digestPath, limit: Message.largestQuestion, known: node) {
            [store, turns, comparisons, comparing] body, node in
            // The outlet's own turn last: what it says meanwhile waits for no other outlet's scan.
            try await comparing.take(node.outlet) {
                try await comparisons.take("") {
                    try await turns.take(node.outlet) {
                        try await offLoop {
                            try store.answer(body, at: Message.digestPath, from: node)
                        }
                    }
                }
            }
        }
    }

    /// Nothing of a body is taken apart before it is known who sent it, and no more than `limit`.
    ///
    /// - Parameter sender: from the certificate that was shown in the handshake, whoever's it is.
    private func on<Sender: Sendable>(
        _ router: Router<PageContext>, _ path: String, limit: Int,
        known sender: @escaping @Sendable ([UInt8]?) throws -> Sender,
        _ answer: @escaping @Sendable ([UInt8], Sender) async throws -> JSONValue
    ) {
        router.post(RouterPath(path)) { request, context in
            let status: HTTPResponse.Status
            let json: JSONValue
            do {
                let certificate = try await context.shownCertificate()
                let sender = try await offLoop { try sender(certificate) }
                let body = try await collect(request, limit: limit)
                json = try await answer(body, sender)
                status = .ok
            } catch let later as ComeLater {
                json = later.json
                status = HTTPResponse.Status(code: ExchangeError.busy.status)
            } catch let error as WrongFirstTier {
                json = error.json
                status = HTTPResponse.Status(code: ExchangeError.wrongFirstTier.status)
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

    private func node(_ certificate: [UInt8]?) throws -> EnrolledNode {
        try store.node(showing: certificate)
    }

    private func authority(_ body: [UInt8]) throws -> JSONValue {
        _ = try read(body) { $0 }
        return store.authorityReply().json
    }

    private func enrol(_ body: [UInt8]) throws -> JSONValue {
        try store.enrol(try read(body, EnrolmentRequest.init(json:))).json
    }

    private func renew(_ body: [UInt8], _ node: RenewingNode) throws -> JSONValue {
        try store.renew(try read(body, RenewalRequest.init(json:)), for: node).json
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

extension PageContext {
    /// What the other side showed in the TLS handshake and holds the key of, DER; nil for nothing.
    ///
    /// NB: not verified by TLS, so that whoever shows a wrong one is told what is wrong with it.
    fileprivate func shownCertificate() async throws -> [UInt8]? {
        // A connection without TLS has shown nothing.
        guard let channel,
            let certificate = try? await channel.nioSSL_peerCertificate().get()
        else { return nil }
        return try certificate.toDERBytes()
    }
}
