import Bank
import GRDB
import Sealing
package import Sync
import Vault

/// How far this node has come with the snapshot that it fetches.
package struct SnapshotProgress: Sendable {
    package enum Need: Hashable, Sendable {
        /// The hashes of the chunks, from this one on.
        case hashes(from: Int)
        case chunk(Int)
        /// All is here, and is to be applied.
        case nothing
    }

    package let head: SnapshotHead
    package let need: Need
}

extension BranchStore {
    /// Nil where none is under way.
    package func snapshotProgress() throws -> SnapshotProgress? {
        try read { try $0.snapshotProgress() }
    }

    /// Begins on the snapshot that head office named; goes on where it is the one under way. What is
    /// here already stays, also over the end of the process.
    package func begin(_ head: SnapshotHead) throws {
        let underWay = try snapshotProgress()?.head
        guard underWay != head else { return }
        // The same rows, taken again later: what is here of them stays.
        if underWay?.root == head.root, underWay?.chunks == head.chunks {
            return try write { db in
                try db.execute(
                    prepared: "UPDATE incomingSnapshot SET head = ?",
                    arguments: [head.json.description])
            }
        }
        if underWay != nil { try write { try $0.forgetSnapshot() } }
        // Also those that a process which ended had yet to drop.
        try dropChunks()
        try write { db in
            try db.execute(
                prepared: "INSERT INTO incomingSnapshot (id, head, hashes) VALUES (1, ?, ?)",
                arguments: [head.json.description, Blob([])])
        }
    }

    /// Head office will have this node pull after all.
    package func dropSnapshot() throws {
        guard try snapshotProgress() != nil else { return }
        try write { try $0.forgetSnapshot() }
        try dropChunks()
    }

    /// What head office gave as a snapshot is none, or comes damaged again and again: this node
    /// pulls instead, until it has everything.
    package func distrustSnapshot() throws {
        try dropSnapshot()
        try write { try $0.execute(prepared: "UPDATE line SET distrustsSnapshots = 1") }
    }

    package func distrustsSnapshots() throws -> Bool {
        try read {
            try Bool.fetchOne($0, prepared: "SELECT distrustsSnapshots FROM line") ?? false
        }
    }

    /// Some at a time, since they are much to write.
    private func dropChunks() throws {
        while try write({ try $0.dropSomeChunks() }) {}
    }

    /// Keeps more of the chunks' hashes. False where all together are not what the root says: then
    /// nothing is kept of the snapshot.
    package func keep(_ more: SnapshotHashes, from: Int) throws -> Bool {
        let isKept = try write { db in
            guard let progress = try db.snapshotProgress(), progress.need == .hashes(from: from)
            else { return false }
            let hashes = try db.snapshotHashes() + more.hashes.flatMap(\.bytes)
            let count = hashes.count / Digest.size
            let isChecked =
                count == progress.head.chunks && Digest.sha256(hashes) == progress.head.root
            guard isChecked || count < progress.head.chunks else {
                try db.forgetSnapshot()
                return false
            }
            try db.execute(
                prepared: "UPDATE incomingSnapshot SET hashes = ?, isChecked = ?",
                arguments: [Blob(hashes), isChecked])
            return true
        }
        if !isKept { try dropChunks() }
        return isKept
    }

    /// Keeps a chunk, where it is the one that its hash names. False where it was damaged on the
    /// way: it alone is fetched again.
    package func keep(_ chunk: SnapshotChunk, _ number: Int) throws -> Bool {
        guard try read({ try $0.snapshotHash(of: number) }) == Digest.sha256(chunk.bytes) else {
            return false
        }
        let sealed = secrets.seal(bytes: chunk.bytes, "incomingChunk", String(number), "content")
        try write { db in
            try db.execute(
                prepared: "INSERT OR IGNORE INTO incomingChunk (number, content) VALUES (?, ?)",
                arguments: [number, sealed])
        }
        return true
    }

    /// Applies the snapshot that is here, in slices, and goes on after it: whoever lacks a customer's
    /// rows gets them, and what came down before and is no longer there goes. What this node wrote
    /// itself stays, whether it was sent or not.
    ///
    /// Nil where a chunk was damaged on this disk meanwhile, which is then fetched again.
    package func applySnapshot() throws -> Applied? {
        guard let head = try snapshotProgress()?.head else { return nil }
        do {
            return try apply(head)
        } catch is WireError, is ExchangeError {
            try distrustSnapshot()
            throw UntrustedDelta.snapshot
        } catch let error as UntrustedDelta {
            try distrustSnapshot()
            throw error
        }
    }

    private func apply(_ head: SnapshotHead) throws -> Applied? {
        let done = try read {
            try String.fetchOne($0, prepared: "SELECT appliedThrough FROM incomingSnapshot")
        }
        var applied = Applied()
        var reader = SnapshotReader(size: Int64(head.chunks) * Part.size)
        for number in 0..<head.chunks {
            guard let bytes = try chunk(number) else {
                try write { db in
                    try db.execute(
                        prepared: "DELETE FROM incomingChunk WHERE number = ?", arguments: [number])
                }
                return nil
            }
            try reader.read(bytes) { applied += try apply($0, of: head, after: done ?? "") }
        }
        try reader.finish { applied += try apply($0, of: head, after: done ?? "") }
        try write { db in
            try db.execute(
                prepared: "UPDATE line SET pulledThrough = max(pulledThrough, ?)",
                arguments: [head.through])
            try db.forgetSnapshot()
        }
        try dropChunks()
        return applied
    }

    /// A chunk as it came; nil where it is not what it was.
    private func chunk(_ number: Int) throws -> [UInt8]? {
        try read { db in
            let content = try Blob.fetchOne(
                db, prepared: "SELECT content FROM incomingChunk WHERE number = ?",
                arguments: [number])
            guard let content,
                let bytes = try? secrets.openBytes(
                    content, "incomingChunk", String(number), "content"),
                try db.snapshotHash(of: number) == Digest.sha256(bytes)
            else { return nil }
            return bytes
        }
    }

    /// - Parameter done: the customer number through which an earlier process has applied it.
    private func apply(
        _ page: SnapshotPage, of head: SnapshotHead, after done: String
    ) throws -> Applied {
        if let through = page.through, CustomerNumber(through) <= CustomerNumber(done) {
            return Applied()
        }
        let customers = try read { db in
            try verify(db, claims: page.claims, settled: page.settled, steps: page.steps)
            return try rows(of: page, head, db)
        }.filter { done.isEmpty || $0.customer > CustomerNumber(done) }
        guard !customers.isEmpty else { return Applied() }
        var applied = try writeInSlices(customers, rows: \.count) { db, customer in
            try db.remove(customer.surplus, of: customer.customer, lastRecord: head.lastRecord)
            try apply(customer.rows, db)
            if !customer.surplus.isEmpty {
                try refresh(db, about: customer.customer)
            }
        } closing: { db, count in
            try db.execute(
                prepared: "UPDATE incomingSnapshot SET appliedThrough = ?",
                arguments: [customers[count - 1].customer])
        }
        applied.claims = page.claims.count
        applied.settled = page.settled.count
        return applied
    }

    private func rows(
        of page: SnapshotPage, _ head: SnapshotHead, _ db: Database
    ) throws -> [SnapshotCustomer] {
        var all: [CustomerNumber: SnapshotCustomer] = [:]
        var nobody = SnapshotCustomer("", [:])
        func change(_ customer: CustomerNumber, _ body: (inout SnapshotCustomer) -> Void) throws {
            // A row outside its page would be taken for one that is missing in another.
            guard customer > CustomerNumber(page.after),
                page.through.map({ customer <= CustomerNumber($0) }) != false
            else { throw UntrustedDelta.snapshot }
            body(&all[customer, default: SnapshotCustomer(customer, page.attestations)])
        }
        for claim in page.claims {
            try change(claim.claim.customer) { $0.rows.claims.append(claim) }
        }
        for settled in page.settled {
            try change(settled.record.customer) { $0.rows.settled.append(settled) }
        }
        for step in page.steps { try change(step.customer) { $0.rows.steps.append(step) } }
        for record in page.records {
            // What is about no customer comes on the first page, before all of them.
            guard let customer = record.customer.map(CustomerNumber.init(_:)) else {
                guard page.after.isEmpty else { throw UntrustedDelta.snapshot }
                nobody.rows.records.append(record)
                continue
            }
            try change(customer) { $0.rows.records.append(record) }
        }
        for (customer, surplus) in try db.surplus(
            of: page, lastRecord: head.lastRecord, node.outlet)
        {
            try change(customer) { $0.surplus = surplus }
        }
        return (nobody.count == 0 ? [] : [nobody]) + all.values.sorted { $0.customer < $1.customer }
    }
}

/// A customer's rows in a snapshot, and what is here of the customer and not in it.
private struct SnapshotCustomer {
    let customer: CustomerNumber
    var rows = ReceivedRows(end: 0)
    var surplus = ReceivedSurplus()

    init(_ customer: CustomerNumber, _ attestations: [String: String]) {
        self.customer = customer
        rows.attestations = attestations
    }

    var count: Int { rows.count + surplus.count }
}

extension Database {
    /// Its chunks are nobody's then.
    fileprivate func forgetSnapshot() throws {
        try execute(prepared: "DELETE FROM incomingSnapshot")
    }

    /// Whether there were any.
    fileprivate func dropSomeChunks() throws -> Bool {
        let before = totalChangesCount
        try withoutOverwriting {
            try execute(
                prepared: """
                    DELETE FROM incomingChunk
                    WHERE number IN (SELECT number FROM incomingChunk LIMIT 64)
                    """)
        }
        return totalChangesCount > before
    }

    fileprivate func snapshotProgress() throws -> SnapshotProgress? {
        let row = try Row.fetchOne(
            self, prepared: "SELECT head, isChecked, length(hashes) AS bytes FROM incomingSnapshot")
        guard let row else { return nil }
        guard let json = try? JSONValue(reading: Array((row.value("head") as String).utf8)),
            let head = SnapshotHead(json: json)
        else { throw StoreError.damaged("incomingSnapshot") }
        guard try row.value("isChecked") else {
            return SnapshotProgress(
                head: head, need: .hashes(from: try (row.value("bytes") as Int) / Digest.size))
        }
        return SnapshotProgress(
            head: head,
            need: try missingChunk(of: head).map(SnapshotProgress.Need.chunk) ?? .nothing)
    }

    /// The first chunk that is not here.
    private func missingChunk(of head: SnapshotHead) throws -> Int? {
        let count = try Int.fetchOne(self, prepared: "SELECT count(*) FROM incomingChunk") ?? 0
        guard count < head.chunks else { return nil }
        // They come in their order, so a gap is where one was damaged here.
        let isGapless =
            try Int.fetchOne(self, prepared: "SELECT max(number) FROM incomingChunk") ?? -1
            == count - 1
        if isGapless { return count }
        let here = Set(try Int.fetchAll(self, prepared: "SELECT number FROM incomingChunk"))
        return (0..<head.chunks).first { !here.contains($0) }
    }

    fileprivate func snapshotHashes() throws -> [UInt8] {
        try Blob.fetchOne(self, prepared: "SELECT hashes FROM incomingSnapshot")?.bytes ?? []
    }

    fileprivate func snapshotHash(of number: Int) throws -> Digest? {
        try Blob.fetchOne(
            self, prepared: "SELECT substr(hashes, ?, ?) FROM incomingSnapshot WHERE isChecked = 1",
            arguments: [number * Digest.size + 1, Digest.size]
        ).flatMap { Digest(bytes: $0.bytes) }
    }
}
