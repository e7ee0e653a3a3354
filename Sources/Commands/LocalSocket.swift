import Bank
import Glibc
package import Hummingbird
package import Logging
import Vault

/// Where the process that serves a directory answers its other commands; only its owner can open it.
package enum LocalSocket {
    private static let largestErrand = 1024 * 1024

    /// A server at the directory's socket that gives each errand to `handle`.
    package static func application(
        for directory: String, logger: Logger,
        onRunning: @escaping @Sendable () -> Void = {},
        _ handle: @escaping @Sendable (Errand) async -> Errand.Result
    ) -> some ApplicationProtocol {
        let socket = DataDirectory.socket(of: directory)
        // A process that was killed leaves its socket behind; the lock says that it is gone.
        DataDirectory.remove(socket)
        let router = Router()
        router.post("\(Errand.path)") { request, _ -> Response in
            let body = try await request.body.collect(upTo: largestErrand)
            guard let json = try? JSONValue(reading: Array(body.readableBytesView)),
                let errand = Errand(json: json)
            else { return Response(status: .badRequest) }
            let result = await handle(errand)
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: result.json.canonicalBytes)))
        }
        return Application(
            router: router,
            configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socket)),
            onServerRunning: { _ in
                chmod(socket, 0o600)
                onRunning()
            },
            logger: logger)
    }
}
