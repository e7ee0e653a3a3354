import Bank
import Foundation
import Store
import Sync
import TestSupport
import Testing

/// A later head office's parameter does not stop the sync of a node that has no such rule yet.
struct LaterParameterTests {
    private func organisation(_ name: String, _ value: String) throws -> JSONValue {
        let organisation = Organisation.made(parameters: [
            ParameterSetting(
                name: name, scope: .bank, value: value, effectiveFrom: day("2025-01-01")),
            ParameterSetting(
                name: "tgt_min", scope: .bank, value: "50000", effectiveFrom: day("2025-01-01")),
        ])
        return try JSONValue(
            reading: Array(try JSONEncoder().encode(organisation.scoped(to: .zhejiang))))
    }

    private func delta(_ organisation: JSONValue) -> Delta {
        Delta(
            through: 0, hasMore: false, organisationVersion: 7, organisation: organisation,
            claims: [], settled: [])
    }

    @Test
    func `an organisation with a parameter of a later version is taken, and its others count`()
        throws
    {
        let outlets = try ThreeOutlets()
        let store = outlets[.wulin]

        try store.apply(delta(try organisation("moon_phase", "full")))
        try outlets.close("2025-03-06", [.wulin: "60000"])

        #expect(try store.organisationVersion() == 7)
        #expect(try store.standings(by: "t").map(\.standing.pool) == [.target])
    }

    @Test func `one with a value that a known parameter does not admit is not`() throws {
        let store = try ThreeOutlets()[.wulin]

        #expect(throws: UntrustedDelta.organisation) {
            try store.apply(delta(try organisation("tgt_exit_months", "-5")))
        }
    }
}
