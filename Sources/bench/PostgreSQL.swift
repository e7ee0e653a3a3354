import Bank
import CBaseline
import Foundation
import Glibc

/// Two clusters of PostgreSQL 15 on this machine, one of which follows the other by logical
/// replication, with the settings that Debian ships but for their durability, which is full.
final class PostgreSQL {
    /// PostgreSQL will not run as root.
    private static let user = "postgres"
    private static let binaries = "/usr/lib/postgresql/15/bin"
    private static let table = """
        CREATE TABLE contact (
            outlet TEXT NOT NULL, version BIGINT NOT NULL, id TEXT NOT NULL,
            customer TEXT NOT NULL, staff TEXT NOT NULL, way TEXT NOT NULL,
            date BIGINT NOT NULL, note BYTEA NOT NULL, follow_up_on BIGINT, amends TEXT,
            at BIGINT NOT NULL, PRIMARY KEY (outlet, id));
        CREATE INDEX ON contact (customer, date);
        """

    private let directory: String
    private var commands = 0
    private let ports = (publisher: cbaseline_free_port(), subscriber: cbaseline_free_port())

    /// Why it cannot be measured on this machine; nil where it can.
    static var obstacle: String? {
        guard FileManager.default.isExecutableFile(atPath: binaries + "/postgres") else {
            return "PostgreSQL 15 is not installed"
        }
        guard getuid() != 0 || getpwnam(user) != nil else {
            return "PostgreSQL does not run as root, and there is no user \(user)"
        }
        return nil
    }

    init() throws {
        directory = "/tmp/bench-postgresql-\(getpid())"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false)
        if getuid() == 0, let owner = getpwnam(Self.user) {
            chown(directory, owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
    }

    func start() throws {
        for (name, port) in [("publisher", ports.publisher), ("subscriber", ports.subscriber)] {
            let path = "\(directory)/\(name)"
            try run(["\(Self.binaries)/initdb", "-D", path, "-U", Self.user, "-A", "trust"])
            try run([
                "\(Self.binaries)/pg_ctl", "start", "-w", "-D", path, "-l", path + ".log", "-o",
                "-p \(port) -k \(directory) -c listen_addresses=127.0.0.1 -c wal_level=logical",
            ])
            try ask(port, Self.table)
        }
        try ask(
            ports.publisher, "CREATE PUBLICATION contacts FOR TABLE contact WITH (publish='insert')"
        )
        try ask(
            ports.subscriber,
            """
            CREATE SUBSCRIPTION contacts
            CONNECTION 'host=127.0.0.1 port=\(ports.publisher) user=\(Self.user)'
            PUBLICATION contacts WITH (copy_data = false, synchronous_commit = on)
            """)
    }

    func stop() {
        for name in ["publisher", "subscriber"] {
            _ = try? run([
                "\(Self.binaries)/pg_ctl", "stop", "-w", "-m", "immediate", "-D",
                "\(directory)/\(name)",
            ])
        }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// What it takes to bring the rows over, from the moment that the subscriber asks for them.
    ///
    /// - Parameter path: the rows, as `COPY` reads them.
    func replicate(_ path: String, count: Int) throws -> Timing {
        try ask(ports.subscriber, "ALTER SUBSCRIPTION contacts DISABLE")
        for port in [ports.publisher, ports.subscriber] { try ask(port, "TRUNCATE contact") }
        chmod(path, 0o644)
        try ask(ports.publisher, "COPY contact FROM '\(path)'")
        let (cpu, wall) = (try cpu(), cbaseline_wall())
        try ask(ports.subscriber, "ALTER SUBSCRIPTION contacts ENABLE")
        // Until the subscriber has said that it has them on its disk.
        try ask(
            ports.publisher,
            """
            DO $$ BEGIN
                WHILE EXISTS (
                    SELECT 1 FROM pg_replication_slots
                    WHERE confirmed_flush_lsn < pg_current_wal_flush_lsn())
                LOOP PERFORM pg_sleep(0.005); END LOOP;
            END $$
            """)
        let timing = Timing(cpu: try self.cpu() - cpu, wall: cbaseline_wall() - wall)
        let arrived = try ask(ports.subscriber, "SELECT count(*) FROM contact")
        guard arrived == String(count) else {
            throw HerdError.failed("PostgreSQL brought over \(arrived) rows of \(count)")
        }
        return timing
    }

    /// Of every process of both clusters.
    private func cpu() throws -> Double {
        try ["publisher", "subscriber"].reduce(0) { total, name in
            let text = try String(
                contentsOfFile: "\(directory)/\(name)/postmaster.pid", encoding: .utf8)
            guard let line = text.split(separator: "\n").first, let pid = Int32(line) else {
                throw HerdError.failed("PostgreSQL does not run")
            }
            return total + cbaseline_cpu_of(pid)
        }
    }

    @discardableResult
    private func ask(_ port: Int32, _ sql: String) throws -> String {
        try run([
            "\(Self.binaries)/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h",
            directory, "-p", String(port), "-U", Self.user, "-d", "postgres", "-c", sql,
        ])
    }

    @discardableResult
    private func run(_ command: [String]) throws -> String {
        commands += 1
        let output = "\(directory)/output-\(commands)"
        defer { try? FileManager.default.removeItem(atPath: output) }
        let words = (getuid() == 0 ? ["runuser", "-u", Self.user, "--"] : []) + command
        let quoted = words.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }
        // NB: not by Foundation, which waits until nobody has its socket any more: a cluster keeps
        // open what it was started with.
        let status = cbaseline_run_command(
            "cd / && \(quoted.joined(separator: " ")) > '\(output)' 2>&1 < /dev/null")
        let said = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard status == 0 else { throw HerdError.failed("\(command[0]): \(said)") }
        return said.split(separator: "\n").first.map(String.init) ?? ""
    }
}
