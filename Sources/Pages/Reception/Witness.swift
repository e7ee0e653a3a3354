import Bank
import Hummingbird

/// Sees every refusal for want of a right on its way out and has it written down: who asked, and
/// for which customer.
struct Witness: RouterMiddleware {
    let remember: @Sendable (_ refused: Session, _ subject: String?) async throws -> Void

    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            if Self.isRefusal(error), let session = context.session {
                let number: CustomerNumber? = try? context.identity("number")
                try await remember(session, number?.rawValue ?? context.endpointPath)
            }
            throw error
        }
    }

    private static func isRefusal(_ error: any Error) -> Bool {
        (error as? Trouble)?.status == .forbidden || (error as? Refusal)?.reason == .notAllowed
    }
}
