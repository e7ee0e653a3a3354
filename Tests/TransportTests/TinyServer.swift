import Glibc
import Synchronization

/// A server that says what it is told to, whatever it is asked: one thread, one connection at a
/// time. A class, since the thread shares it.
final class TinyServer: Sendable {
    /// What it does with one request of a connection.
    enum Answer: Sendable {
        /// Sends the bytes and waits for the next request.
        case reply(String)
        /// Sends the bytes and closes.
        case last(String)
        /// Says nothing until the other side leaves.
        case silence
    }

    struct Seen: Sendable {
        var connections = 0
        var requests: [String] = []

        var bytes: Int { requests.reduce(0) { $0 + $1.utf8.count } }
    }

    let endpoint: Int32
    /// Of the loopback address; 0 for a Unix socket.
    let port: Int
    private let state = Mutex(Seen())

    var seen: Seen { state.withLock { $0 } }
    var url: String { "http://127.0.0.1:\(port)" }

    /// Answers the requests one after the other, over all connections, and the last answer again.
    convenience init(_ answers: Answer...) {
        self.init(socketPath: nil, answers)
    }

    init(socketPath: String?, _ answers: [Answer]) {
        if let socketPath {
            endpoint = Self.unixSocket(socketPath)
            port = 0
        } else {
            (endpoint, port) = Self.loopback()
        }
        precondition(listen(endpoint, 8) == 0, "the test's server cannot listen")
        start(answers)
    }

    private static func unixSocket(_ path: String) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        bind(descriptor, &address)
        return descriptor
    }

    private static func loopback() -> (Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        bind(descriptor, &address)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutableBytes(of: &address) {
            _ = getsockname(
                descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func bind<Address>(_ descriptor: Int32, _ address: inout Address) {
        let size = socklen_t(MemoryLayout<Address>.size)
        let status = withUnsafeBytes(of: &address) {
            Glibc.bind(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), size)
        }
        precondition(status == 0, "the test's server finds no address")
    }

    func stop() {
        shutdown(endpoint, Int32(SHUT_RDWR))
    }

    private func start(_ answers: [Answer]) {
        let work = Work { self.serve(answers) }
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                if let context {
                    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                }
                return nil
            }, Unmanaged.passRetained(work).toOpaque())
        pthread_detach(thread)
    }

    private final class Work {
        let body: () -> Void

        init(_ body: @escaping () -> Void) {
            self.body = body
        }
    }

    private func serve(_ answers: [Answer]) {
        defer { close(endpoint) }
        while true {
            let connection = accept(endpoint, nil, nil)
            guard connection >= 0 else { return }
            state.withLock { $0.connections += 1 }
            converse(connection, answers)
            close(connection)
        }
    }

    private func converse(_ connection: Int32, _ answers: [Answer]) {
        while let request = readRequest(connection) {
            let number = state.withLock {
                $0.requests.append(request)
                return $0.requests.count
            }
            switch answers[min(number, answers.count) - 1] {
            case .reply(let text):
                write(text, to: connection)
            case .last(let text):
                write(text, to: connection)
                return
            case .silence:
                _ = readSome(connection)
                return
            }
        }
    }

    /// Headers and as many bytes of a body as they announce; nil when the other side left.
    private func readRequest(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let length = text[..<end.lowerBound].split(separator: "\r\n")
                    .first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.split(separator: " ")[1]) }
                if text[end.upperBound...].utf8.count >= length ?? 0 { return text }
            }
            guard let more = readSome(connection) else { return nil }
            bytes += more
        }
    }

    private func readSome(_ connection: Int32) -> [UInt8]? {
        var block = [UInt8](repeating: 0, count: 65_536)
        let count = read(connection, &block, block.count)
        return count > 0 ? Array(block[..<count]) : nil
    }

    private func write(_ text: String, to connection: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
