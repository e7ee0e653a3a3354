import FoundationEssentials
import HTTPTypes
package import Hummingbird
import Sealing

/// The style sheets, script and drawings of the pages, read once; nothing else is ever served.
package struct PageAssets: Sendable {
    private let files: [String: File]

    private struct File: Sendable {
        let type: String
        let bytes: ByteBuffer
        let tag: String
    }

    private static let own = [
        "branchnode.css": "text/css; charset=utf-8",
        "branchnode.js": "text/javascript; charset=utf-8",
        "select.svg": "image/svg+xml",
        "mark.svg": "image/svg+xml",
    ]

    /// Bootstrap comes from Debian's package and is served from where the package put it.
    package init(
        library: PageLibrary,
        bootstrap: String = "/usr/share/javascript/bootstrap5/css/bootstrap.min.css"
    ) throws {
        var files: [String: File] = [:]
        for (name, type) in Self.own {
            files[name] = try Self.read("\(library.assets)/\(name)", type: type)
                .orThrow(ResourcesError.missing("\(library.assets)/\(name)"))
        }
        files["bootstrap.min.css"] = try Self.read(bootstrap, type: "text/css; charset=utf-8")
            .orThrow(ResourcesError.missingPackage(file: bootstrap, package: "libjs-bootstrap5"))
        self.files = files
    }

    package var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self).get("assets/:name") { request, context in
            guard let file = files[try context.parameters.require("name")] else {
                throw Trouble.notFound
            }
            // Asked again each time and answered by its tag: an upgrade shows at once.
            var headers: HTTPFields = [.eTag: file.tag, .cacheControl: "no-cache"]
            guard request.headers[.ifNoneMatch] != file.tag else {
                return Response(status: .notModified, headers: headers)
            }
            headers[.contentType] = file.type
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.bytes))
        }
    }

    private static func read(_ path: String, type: String) -> File? {
        guard let contents = FileManager.default.contents(atPath: path) else { return nil }
        let bytes = Array(contents)
        return File(
            type: type, bytes: ByteBuffer(bytes: bytes), tag: "\"\(Digest.sha256(bytes))\"")
    }
}

extension Optional {
    fileprivate func orThrow(_ error: ResourcesError) throws -> Wrapped {
        guard let self else { throw error }
        return self
    }
}
