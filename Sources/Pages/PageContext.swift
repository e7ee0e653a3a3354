package import Bank
package import Hummingbird
package import NIOCore
package import Texts

/// What is known about one request to a page, filled in by the middlewares on its way.
package struct PageContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Where the request came from, for the lock-out by source.
    package let source: String
    /// The connection it came by; nil where there is none.
    package let channel: (any Channel)?
    package var language: Language = .chinese
    package var session: Session?
    /// The fields of a posted form; empty for any other request.
    package var form = Form()
    /// The text to show once, left by the request before.
    package var flash: Text?

    /// No form of ours comes near 1 MiB, so whatever is larger is not one.
    package static let bodyMaximum = 1 << 20

    /// Bytes; no number or code of the bank's, and no reminder's name, is longer.
    package static let identityMaximum = 128

    package init(source: ApplicationRequestContextSource) {
        self.init(
            source.channel.remoteAddress?.ipAddress ?? "local", storage: .init(source: source),
            channel: source.channel)
    }

    package init(
        _ source: String, storage: CoreRequestContextStorage, channel: (any Channel)? = nil
    ) {
        self.source = source
        self.channel = channel
        coreContext = storage
    }

    package var maxUploadSize: Int { Self.bodyMaximum }

    /// The number or code that stands in the request's path.
    package func identity<Subject>(_ name: String) throws(Trouble) -> ID<Subject> {
        let text = coreContext.parameters.get(name).flatMap { Form.decoded($0.utf8) }
        guard let text, !text.isEmpty, text.utf8.count <= Self.identityMaximum else {
            throw .notFound
        }
        return ID(text)
    }

    /// Who is signed in, whatever they may do.
    package func signedIn() throws(Trouble) -> Session {
        guard let session else { throw .signedOut }
        return session
    }

    /// Who is signed in, where some role of theirs reaches at least so far.
    package func session(
        for function: Function, atLeast reach: Reach = .own
    ) throws(Trouble) -> Session {
        let session = try signedIn()
        guard session.reach(for: function) >= reach else { throw .forbidden }
        return session
    }
}
