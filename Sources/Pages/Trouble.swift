package import Bank
package import HTTPTypes

/// Why a request gets no page: what went wrong in one sentence, and what the reader can do.
package struct Trouble: Error, Sendable {
    package let status: HTTPResponse.Status
    package let title: Text
    package let sentence: Text
    package let advice: Text?

    package init(_ status: HTTPResponse.Status, title: Text, sentence: Text, advice: Text? = nil) {
        self.status = status
        self.title = title
        self.sentence = sentence
        self.advice = advice
    }

    /// The rules said no; the sentence says why and the advice what to do instead.
    package static func refused(_ sentence: Text, advice: Text? = nil) -> Trouble {
        Trouble(
            .unprocessableContent, title: Text("trouble.refused"), sentence: sentence,
            advice: advice)
    }

    /// Someone else was faster: what the form was about has changed.
    package static func conflict(_ sentence: Text) -> Trouble {
        Trouble(
            .conflict, title: Text("trouble.conflict"), sentence: sentence,
            advice: Text("trouble.conflict-advice"))
    }

    /// The world failed under the program: the disk, above all.
    package static func failed(_ sentence: Text) -> Trouble {
        Trouble(
            .serviceUnavailable, title: Text("trouble.failed"), sentence: sentence,
            advice: Text("trouble.failed-advice"))
    }

    package static let signedOut = named("signed-out", .unauthorized)
    package static let forbidden = named("forbidden", .forbidden)
    package static let forged = named("forged", .forbidden)
    package static let notFound = named("not-found", .notFound)
    package static let tooLarge = named("too-large", .contentTooLarge)
    package static let malformed = named("malformed", .badRequest)
    package static let internalError = named("internal", .internalServerError)

    /// What the rules refused, in the sentence that the table of texts has for it.
    package init(_ refusal: Refusal) {
        switch refusal.reason {
        case .notAllowed: self = .forbidden
        case .unknownCustomer: self = .notFound
        default: self = .refused(Text(refusal.key, refusal.facts))
        }
    }

    private static func named(_ name: String, _ status: HTTPResponse.Status) -> Trouble {
        Trouble(
            status, title: Text("trouble.\(name)"), sentence: Text("trouble.\(name)-sentence"),
            advice: Text("trouble.\(name)-advice"))
    }
}

/// The page that shows a trouble.
package struct TroublePage: Page {
    package static let template = "trouble"

    package let title: Text
    package let sentence: Text
    package let advice: Text?
    /// The way back in, where nobody is signed in.
    package let needsLogIn: Bool

    package init(_ trouble: Trouble, isSignedIn: Bool) {
        title = trouble.title
        sentence = trouble.sentence
        advice = trouble.advice
        needsLogIn = !isSignedIn
    }
}
