import Glibc
import Synchronization

/// Passes connections on to a server and counts what goes over them, both ways. A class, since its
/// threads share it.
final class CountingRelay: Sendable {
    private struct State: Sendable {
        var connections = 0
        var bytes = 0
        var open: [Int32] = []
        /// Whatever comes over the connections that are open is swallowed.
        var isDeaf: Set<Int32> = []
    }

    let port: Int
    private let listener: Int32
    private let target: UInt16
    private let state = Mutex(State())

    var connections: Int { state.withLock { $0.connections } }
    /// At the sockets, TLS and all.
    var bytes: Int { state.withLock { $0.bytes } }

    init(to target: Int) {
        self.target = UInt16(target)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in.loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) {
            let place = $0.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return bind(listener, place, size) | listen(listener, 8)
                | getsockname(listener, place, &size)
        }
        precondition(status == 0, "the test's relay cannot listen")
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        inThread { self.accept() }
    }

    func begin() {
        state.withLock { state in
            state.connections = 0
            state.bytes = 0
        }
    }

    /// Closes what is open.
    func cut() {
        for descriptor in state.withLock({ $0.open }) {
            shutdown(descriptor, Int32(SHUT_RDWR))
        }
    }

    /// What is open stays so, and nothing comes over it any more.
    func swallow() {
        state.withLock { $0.isDeaf = Set($0.open) }
    }

    func stop() {
        cut()
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        while true {
            let node = Glibc.accept(listener, nil, nil)
            guard node >= 0 else { return }
            let office = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in.loopback(port: target)
            let status = withUnsafeBytes(of: &address) {
                connect(
                    office, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                    socklen_t(MemoryLayout<sockaddr_in>.size))
            }
            guard status == 0 else {
                close(node)
                close(office)
                continue
            }
            state.withLock { state in
                state.connections += 1
                state.open += [node, office]
            }
            inThread { self.passOn(from: node, to: office) }
            inThread { self.passOn(from: office, to: node) }
        }
    }

    private func passOn(from source: Int32, to sink: Int32) {
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            let isDeaf = state.withLock { state in
                state.bytes += count
                return state.isDeaf.contains(source)
            }
            if isDeaf { continue }
            guard send(sink, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        // NB: never closed, so that no number is given out twice while the relay lives.
        for descriptor in [source, sink] { shutdown(descriptor, Int32(SHUT_RDWR)) }
        state.withLock { $0.open.removeAll { $0 == source || $0 == sink } }
    }

    private func inThread(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                if let context {
                    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                }
                return nil
            }, Unmanaged.passRetained(Work(body)).toOpaque())
        pthread_detach(thread)
    }

    private final class Work {
        let body: () -> Void

        init(_ body: @escaping () -> Void) {
            self.body = body
        }
    }
}

extension sockaddr_in {
    static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }
}
