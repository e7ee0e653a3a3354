import Bank
import CBaseline
import Certificates
import Foundation
import Glibc
import HeadOfficeStore
import Sealing
import Sync
import Vault

/// Head office's own program, serving a directory over mutual TLS as it would in service.
final class HeadOfficeProcess {
    /// The machine's clock: certificates are compared with it.
    static let world = World(
        now: { Int64(Date.now.timeIntervalSince1970 * 1000) },
        randomBytes: { Sealing.randomBytes($0) })

    let path: String
    let url: String
    let port: Int
    private var process: Process?

    /// Not started yet.
    init(_ organisation: Organisation, _ workspace: Workspace) throws {
        path = workspace.next("head-office")
        port = Int(cbaseline_free_port())
        url = "https://127.0.0.1:\(port)"
        try BankStore.create(
            path: path, credential: path + ".key", organisation: organisation, world: Self.world,
            actor: "os:bench")
    }

    /// One-time tokens; before it is started, since the directory has one owner.
    func tokens(for outlets: [UnitCode]) throws -> [UnitCode: EnrolmentToken] {
        let store = try BankStore(path: path, credential: path + ".key", world: Self.world)
        return try Dictionary(
            uniqueKeysWithValues: outlets.map { ($0, try store.invite($0, by: "os:bench")) })
    }

    /// Comes back when it answers.
    func start() throws {
        let process = try Program.headOffice.process(
            ["serve", "--port", String(port), "--data", path], endsWithThis: true)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        // One line says that it is ready; nothing is said if it is not.
        let said = pipe.fileHandleForReading.availableData
        guard !said.isEmpty else { throw HerdError.notStarted(Program.headOffice.path) }
    }

    /// As a power cut would.
    func kill() {
        guard let process else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    func settle() throws {
        try Program.headOffice.run([
            "settle", "--first-tier", HerdBranch.firstTier.rawValue, "--now", "--as",
            HerdBranch.judge.rawValue, "--reason", "bench", "--data", path,
        ])
    }

    /// Seconds of CPU since it was started.
    var cpu: Double { process.map { cbaseline_cpu_of($0.processIdentifier) } ?? 0 }
    /// Resident now, and at its most; MiB.
    var memory: (now: Double, peak: Double) {
        guard let process else { return (0, 0) }
        func mebibytes(_ name: String) -> Double {
            Double(cbaseline_status_of(process.processIdentifier, name)) / 1024
        }
        return (mebibytes("VmRSS"), mebibytes("VmHWM"))
    }
}

enum HerdError: Error, CustomStringConvertible {
    case notStarted(String)
    case failed(String)

    var description: String {
        switch self {
        case .notStarted(let path): "\(path) did not start"
        case .failed(let what): what
        }
    }
}

/// The product's programs, which lie beside this one.
struct Program {
    static let headOffice = Program("headoffice")
    static let node = Program("branchnode")

    let path: String

    private init(_ name: String) {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        path = URL(filePath: own ?? CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: name).path(percentEncoded: false)
    }

    /// - Parameter endsWithThis: whether it is killed where this process is.
    func process(_ arguments: [String], endsWithThis: Bool = false) throws -> Process {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw HerdError.notStarted(path)
        }
        let process = Process()
        process.executableURL = URL(filePath: endsWithThis ? "/usr/bin/setpriv" : path)
        process.arguments =
            (endsWithThis ? ["--pdeathsig", "KILL", path] : []) + arguments
        process.standardInput = FileHandle.nullDevice
        return process
    }

    func run(_ arguments: [String]) throws {
        let process = try process(arguments)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw HerdError.failed("\(path) \(arguments.first ?? "") did not end well")
        }
    }
}
