import Bank
import GRDB
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing

// What is admitted of claims, and what is set apart and comes again.

extension ReceiveTests {
    @Test(arguments: [(100, 0), (101, 1)])
    func `an outlet has no more open claims on a customer than go into one delta`(
        count: Int64, setApart: Int
    ) throws {
        let claims = (0..<count).map { TableRows.claim(.forged(holdings: $0)) }
        let batch = try batch().changing("claim") { rows in
            claims.dropFirst().reduce(claims.first ?? rows) { rows, claim in
                rows.appending(claim.values.map { $0[0] })
            }
        }

        #expect(try receive(batch).setApart.count == setApart)
    }

    @Test func `what depends on a record that is set apart is too, and what does not arrives`()
        throws
    {
        let wulin = outlets[.wulin]
        try outlets.talk(.wulin).push()
        let poison = try wulin.addContact(
            with: .wang, by: .tom, way: .call, note: "poison",
            followUpOn: BusinessDay(daysSinceEpoch: 400_000))
        try outlets.talk(.wulin).push()
        #expect(try office.dump()["quarantine"].count > 0)

        _ = try wulin.addContact(with: .wang, by: .tom, way: .call, note: "fine")
        try outlets.talk(.wulin).push()
        #expect(try wulin.quarantine().count == 1)
        #expect(try office.dump()["contact"].count == 1)

        _ = try wulin.addContact(with: .wang, by: .tom, way: .call, note: "more")
        let amending = try batch(.records).changing("contact") {
            $0.setting("amends", to: .string(poison.id))
        }
        #expect(
            try receive(amending).setApart.map(\.code)
                == [ExchangeError.dependsOnSetApart.rawValue])
        #expect(try office.dump()["contact"].count == 1)
    }

    @Test func `a record that comes again and can be applied is set apart no more`() throws {
        let bad = try batch(.records).changing("standing") { $0.setting("pool", to: "gone") }
        let reply = try receive(bad)
        #expect(try office.dump()["quarantine"].count > 0)

        // The same rows once more, as they should be.
        let checkpoint = reply.acknowledgement.checkpoint
        let good = try batch(.records).with {
            $0.number = 2
            $0.after = checkpoint.sequence
            $0.through = checkpoint.sequence
            $0.previous = checkpoint.hash
        }
        #expect(try receive(good).setApart == [])

        let tables = try office.dump()
        #expect(tables["standing"].count == 1)
        #expect(tables["quarantine"].count == 0)
    }

    /// Wulin's claim as a later version would have written it.
    private func laterClaim() throws -> (batch: TestBatch, name: ClaimID) {
        var name: ClaimID = ""
        let batch = try batch().changing("claim") { rows in
            guard let column = rows.columns.firstIndex(of: "content"),
                let text = rows.values[column].first?.string,
                var content = try? JSONValue(reading: Array(text.utf8)).object
            else { return rows }
            content["channel"] = "phone"
            let later = JSONValue.object(content)
            name = ClaimID(Digest.sha256(later.canonicalBytes).hex)
            return rows.setting("id", to: JSONValue(name))
                .setting("content", to: .string(later.description))
        }
        return (batch, name)
    }

    @Test func `a claim of a later version goes on to the outlets as its author named it`() throws {
        let (batch, name) = try laterClaim()

        #expect(try receive(batch).setApart == [])

        let delta = try outlets.talk(.wulin).delta()
        let arrived = try #require(
            Delta(json: try JSONValue(reading: delta.json.canonicalBytes)))
        #expect(arrived.claims.map(\.claim.id) == [name])
        #expect(arrived.claims.first?.claim.content["channel"] == "phone")
    }

    @Test func `a claim of which a part was lost stops nobody, and is whole when it comes again`()
        throws
    {
        let (batch, name) = try laterClaim()
        let checkpoint = try receive(batch).acknowledgement.checkpoint
        // As version 0.1.0 kept it.
        let tier = try DatabaseQueue(
            path: office.directory.path + "/office/first-tier-\(UnitCode.zhejiang).sqlite")
        try tier.write {
            try $0.execute(
                sql: "UPDATE claim SET content = replace(content, '\"channel\":\"phone\",', '')")
        }
        #expect(try outlets.talk(.wulin).delta().claims.isEmpty)

        let again = batch.with {
            $0.number = 2
            $0.after = checkpoint.sequence
            $0.through = checkpoint.sequence
            $0.previous = checkpoint.hash
        }
        #expect(try receive(again).setApart == [])

        #expect(try outlets.talk(.wulin).delta().claims.map(\.claim.id) == [name])
    }
}
