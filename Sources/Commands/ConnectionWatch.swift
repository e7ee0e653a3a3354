import NIOCore
import NIOHTTPTypes
import NIOSSL

/// Closes its connection where the other side takes longer than it may over its handshake, its
/// requests or its answers, however often a byte of them comes.
///
/// Between requests the server's own idle time counts, which goes by whole parts of a request, and
/// for a stranger a shorter one.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let doorway: Doorway
    /// As which it was let in; nil before and after.
    private var guest: Doorway.Guest?
    /// Whether it has shown whose it is; nil before its first request, by which the handshake is done.
    private var isKnown: Bool?
    private var isAnswered = false
    private var asking: Scheduled<Void>?
    private var answering: Scheduled<Void>?
    private var answerBytes = 0

    init(_ doorway: Doorway) {
        self.doorway = doorway
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { _ = begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        // One that is not let in stays dead for all behind this.
        if begin(context) { context.fireChannelActive() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            asking?.cancel()
            asking = close(context, in: doorway.limits.request)
            isAnswered = false
            if isKnown == nil { isKnown = shows(context) }
        case .body:
            break
        case .end:
            asking?.cancel()
            asking = nil
            if let guest, isKnown != true { doorway.hasAsked(guest) }
            // A refusal does not wait for all of what it refuses.
            if isAnswered { allowIdling(context) }
        }
        context.fireChannelRead(data)
    }

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        switch unwrapOutboundIn(data) {
        case .head:
            answerBytes = 0
            allowTaking(context)
            context.write(data, promise: promise)
        case .body(let bytes):
            let before = secondsToTake
            answerBytes += bytes.readableBytes
            // A small answer's time is that from its head on.
            if secondsToTake > before { allowTaking(context) }
            context.write(data, promise: promise)
        case .end:
            let taken = promise ?? context.eventLoop.makePromise()
            let timer = answering
            taken.futureResult.whenComplete { _ in timer?.cancel() }
            isAnswered = true
            allowIdling(context)
            context.write(data, promise: taken)
        }
    }

    private func begin(_ context: ChannelHandlerContext) -> Bool {
        guard guest == nil else { return true }
        let channel = context.channel
        let guest = doorway.enter(channel.remoteAddress?.ipAddress ?? "") {
            channel.eventLoop.execute { Self.cut(channel) }
        }
        guard let guest else {
            context.close(promise: nil)
            return false
        }
        self.guest = guest
        asking = close(context, in: doorway.limits.firstRequest)
        return true
    }

    private func end() {
        asking?.cancel()
        answering?.cancel()
        if let guest { doorway.leave(guest) }
        guest = nil
    }

    /// Whether it has shown a certificate by which it is known.
    private func shows(_ context: ChannelHandlerContext) -> Bool {
        // A connection without TLS has shown nothing.
        guard let guest,
            let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate(),
            let bytes = try? certificate.toDERBytes()
        else { return false }
        return doorway.knows(guest, showing: bytes)
    }

    /// Closes without TLS's farewell, for which the other side could let its place wait; a plain
    /// connection has no such handler.
    private static func cut(_ channel: any Channel) {
        let tls = try? channel.pipeline.syncOperations.context(handlerType: NIOSSLHandler.self)
        if let tls { tls.close(promise: nil) } else { channel.close(promise: nil) }
    }

    /// The time for what is answered so far to be taken.
    private func allowTaking(_ context: ChannelHandlerContext) {
        answering?.cancel()
        answering = close(context, in: doorway.limits.answer + .seconds(Int64(secondsToTake)))
    }

    private var secondsToTake: Int { answerBytes / doorway.limits.answerBytesPerSecond }

    /// A stranger's time until the next request begins.
    private func allowIdling(_ context: ChannelHandlerContext) {
        guard isKnown != true, asking == nil else { return }
        asking = close(context, in: doorway.limits.idleOfStrangers)
    }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }
}
