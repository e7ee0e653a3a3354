import NIOCore
import NIOHTTPTypes

/// Closes its connection where the other side takes longer than it may over its handshake, its
/// requests or its answers, however often a byte of them comes.
///
/// Between requests the server's own idle time counts, which goes by whole parts of a request.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let doorway: Doorway
    /// As which it was let in; nil before and after.
    private var address: String?
    private var hasAsked = false
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
        case .body:
            break
        case .end:
            asking?.cancel()
            asking = nil
            if let address, !hasAsked {
                hasAsked = true
                doorway.hasAsked(address)
            }
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
            answerBytes += bytes.readableBytes
            allowTaking(context)
            context.write(data, promise: promise)
        case .end:
            let taken = promise ?? context.eventLoop.makePromise()
            let timer = answering
            taken.futureResult.whenComplete { _ in timer?.cancel() }
            context.write(data, promise: taken)
        }
    }

    private func begin(_ context: ChannelHandlerContext) -> Bool {
        guard address == nil else { return true }
        let address = context.channel.remoteAddress?.ipAddress ?? ""
        guard doorway.enter(address) else {
            context.close(promise: nil)
            return false
        }
        self.address = address
        asking = close(context, in: doorway.limits.firstRequest)
        return true
    }

    private func end() {
        asking?.cancel()
        answering?.cancel()
        if let address { doorway.leave(address, hasAsked: hasAsked) }
        address = nil
    }

    /// The time for what is answered so far to be taken.
    private func allowTaking(_ context: ChannelHandlerContext) {
        let limits = doorway.limits
        let seconds = answerBytes / limits.answerBytesPerSecond
        answering?.cancel()
        answering = close(context, in: limits.answer + .seconds(Int64(seconds)))
    }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }
}
