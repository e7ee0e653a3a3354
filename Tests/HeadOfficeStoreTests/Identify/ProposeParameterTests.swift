import Bank
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// Rule parameters are proposed by one person and approved by another (R7).
struct ProposeParameterTests {
    private let outlets: ThreeOutlets
    private var bank: BankStore { outlets.bank }

    init() throws {
        outlets = try ThreeOutlets()
    }

    private func line(
        _ value: String, from: String = "2025-03-10", scope: ParameterSetting.Scope = .bank
    ) -> ParameterSetting {
        ParameterSetting(name: "tgt_min", scope: scope, value: value, effectiveFrom: day(from))
    }

    @Test func `a value that another person approves reaches the outlets and counts from its date`()
        throws
    {
        try outlets.close("2025-03-06", [.wulin: "60000"])
        try outlets.exchange()

        let proposal = try bank.propose(line("50000"), because: "竞争", by: .hal)
        try outlets.exchange()
        try outlets.close("2025-03-09", at: [.wulin])
        #expect(try outlets[.wulin].standings(by: "t").map(\.standing.pool) == [.potential])
        #expect(try bank.approveParameter(proposal.number, by: .amy).state == .approved)
        try outlets.exchange()
        try outlets.close("2025-03-11", at: [.wulin])

        let standing = try #require(try outlets[.wulin].standings(by: "t").first?.standing)
        #expect(standing.pool == .target)
        #expect(standing.poolSince == day("2025-03-10"))
    }

    @Test func `a value that comes after its date was closed counts from the next close on`() throws
    {
        try outlets.close("2025-03-06", [.wulin: "60000"])
        try outlets.exchange()
        let proposal = try bank.propose(line("50000"), because: "竞争", by: .hal)
        _ = try bank.approveParameter(proposal.number, by: .amy)

        // The outlet has no line and closes on.
        try outlets.close("2025-03-12", at: [.wulin])
        try outlets.exchange()
        #expect(try outlets[.wulin].standings(by: "t").map(\.standing.pool) == [.potential])
        try outlets.close("2025-03-13", at: [.wulin])

        let standing = try #require(try outlets[.wulin].standings(by: "t").first?.standing)
        #expect(standing.pool == .target)
        #expect(standing.poolSince == day("2025-03-13"))
    }

    @Test func `nobody approves what they proposed`() throws {
        let proposal = try bank.propose(line("50000"), because: "竞争", by: .hal)

        #expect(throws: Refusal(.approverIsProposer, ["staff": "hal", "number": "1"])) {
            try bank.approveParameter(proposal.number, by: .hal)
        }
        #expect(try bank.parameters(by: "t").settings == [])
    }

    @Test func `a closed date is refused, also where it was closed after the proposal`() throws {
        try outlets.close("2025-03-06", at: [.wulin])
        try outlets.exchange()
        #expect(
            throws: Refusal(
                .effectiveInClosedPeriod, ["date": "2025-03-06", "closed": "2025-03-06"])
        ) {
            try bank.propose(line("50000", from: "2025-03-06"), because: "竞争", by: .hal)
        }
        let proposal = try bank.propose(
            line("50000", from: "2025-03-07", scope: .firstTier(.zhejiang)), because: "竞争",
            by: .fay)

        try outlets.close("2025-03-07", at: [.xihu])
        try outlets.exchange()

        #expect(
            throws: Refusal(
                .effectiveInClosedPeriod, ["date": "2025-03-07", "closed": "2025-03-07"])
        ) {
            try bank.approveParameter(proposal.number, by: .amy)
        }
        // The other branch has closed nothing.
        #expect(throws: Never.self) {
            try bank.propose(
                line("50000", from: "2025-03-07", scope: .firstTier(.jiangsu)), because: "竞争",
                by: .hal)
        }
    }

    @Test func `one value of a scope and date, until it is refused`() throws {
        let first = try bank.propose(line("50000"), because: "竞争", by: .hal)
        let overlaps = Refusal(
            .parameterOverlaps, ["name": "tgt_min", "scope": "bank", "date": "2025-03-10"])

        #expect(throws: overlaps) {
            try bank.propose(line("60000"), because: "更正", by: .hal)
        }
        #expect(try bank.refuseParameter(first.number, by: .amy).state == .refused)
        #expect(throws: Refusal(.proposalDecided, ["number": "1"])) {
            try bank.approveParameter(first.number, by: .amy)
        }
        let second = try bank.propose(line("60000"), because: "更正", by: .hal)
        _ = try bank.approveParameter(second.number, by: .amy)
        #expect(throws: overlaps) {
            try bank.propose(line("70000"), because: "更正", by: .hal)
        }
    }

    @Test(
        arguments: [
            (.ada, .firstTier(.zhejiang)), (.eve, .bank), (.fay, .bank),
            (.fay, .firstTier(.jiangsu)), (.amy, .bank),
        ] as [(StaffID, ParameterSetting.Scope)])
    func `who may not propose for a scope is refused`(
        staff: StaffID, scope: ParameterSetting.Scope
    ) {
        #expect(throws: Refusal(.notAllowed, ["staff": staff.rawValue])) {
            try bank.propose(line("50000", scope: scope), because: "竞争", by: staff)
        }
    }

    @Test func `who may not approve is refused, and the proposer may take it back`() throws {
        let proposal = try bank.propose(line("50000"), because: "竞争", by: .hal)

        #expect(throws: Refusal(.notAllowed, ["staff": "fay"])) {
            try bank.approveParameter(proposal.number, by: .fay)
        }
        #expect(throws: Refusal(.notAllowed, ["staff": "fay"])) {
            try bank.refuseParameter(proposal.number, by: .fay)
        }
        #expect(try bank.refuseParameter(proposal.number, by: .hal).decidedBy == .hal)
    }

    @Test func `every proposal is kept with who made it and who decided`() throws {
        let refused = try bank.propose(line("50000"), because: " 竞争 ", by: .hal)
        _ = try bank.refuseParameter(refused.number, by: .amy)
        let approved = try bank.propose(line("60000"), because: "更正", by: .hal)
        _ = try bank.approveParameter(approved.number, by: .amy)
        _ = try bank.propose(line("70000", from: "2025-04-01"), because: "二期", by: .hal)

        let (settings, proposals) = try bank.parameters(by: "t")

        #expect(settings == [line("60000")])
        #expect(proposals.map(\.number) == [1, 2, 3])
        #expect(proposals.map(\.state) == [.refused, .approved, .proposed])
        #expect(proposals.map(\.reason) == ["竞争", "更正", "二期"])
        #expect(proposals.map(\.decidedBy) == [.amy, .amy, nil])
    }

    @Test func `without a reason, or of a proposal that there is not, is refused`() {
        #expect(throws: Refusal(.reasonMissing)) {
            try bank.propose(line("50000"), because: " ", by: .hal)
        }
        #expect(throws: Refusal(.unknownProposal, ["number": "9"])) {
            try bank.approveParameter(9, by: .amy)
        }
        #expect(throws: Refusal(.unknownFirstTier, ["unit": "77"])) {
            try bank.propose(line("50000", scope: .firstTier("77")), because: "竞争", by: .hal)
        }
    }
}
