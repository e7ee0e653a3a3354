package import Bank

extension Words {
    /// The sentences of a trace, rendered from a decision's codes and values.
    static let trace: [String: Phrase] = [
        "trace.unowned": Phrase("此前无人管户。", "Nobody owned the customer before."),
        "trace.previous": Phrase(
            "此前的管户依据主张 {claim}。", "The owner before was so by claim {claim}."),
        "trace.claim": Phrase(
            "{outlet} 于 {date} 主张由 {manager} 管户（{kind}，编号 {claim}）。",
            "{outlet} claimed the customer for {manager} on {date} ({kind}, claim {claim})."),
        "trace.ending": Phrase(
            "{outlet} 于 {date} 提出{kind}（编号 {claim}）。",
            "{outlet} entered on {date}: {kind} (claim {claim})."),
        "trace.refused": Phrase(
            "主张 {claim} 不予受理：{reason}。", "Claim {claim} was refused: {reason}."),
        "trace.late": Phrase(
            "主张 {claim} 所依据的管户已另行结算，迟到，转为调入申请。",
            "Claim {claim} was late: the customer had been settled otherwise. It becomes a transfer request."
        ),
        "trace.corrected": Phrase(
            "主张 {claim} 所附证据与总行数据不符，以总行数据为准。",
            "The evidence of claim {claim} differs from head office's figures, which count."),
        "trace.answered": Phrase(
            "主张 {claim} 的调入申请已有答复（{answer}），不再参与比较。",
            "The transfer request of claim {claim} had its answer ({answer}), so it was not compared."
        ),
        "trace.level": Phrase(
            "比较「{rule}」：{values}，不分先后。", "Compared by \"{rule}\": {values}: level."),
        "trace.decided": Phrase("比较「{rule}」：{values}。", "Compared by \"{rule}\": {values}."),
        "trace.compared-privately": Phrase("比较「{rule}」。", "Compared by \"{rule}\"."),
        "trace.value": Phrase("{outlet} 为 {value}", "{outlet} {value}"),
        "trace.yes": Phrase("有", "yes"),
        "trace.no": Phrase("无", "no"),
        "trace.nothing": Phrase("无", "none"),
        "trace.owner": Phrase(
            "因此由 {outlet} 的 {manager} 管户，依据：{rule}。",
            "So {manager} at {outlet} is the owner, by: {rule}."),
        "trace.nobody": Phrase("因此无人管户，依据：{rule}。", "So nobody owns the customer, by: {rule}."),
        "trace.undisclosed": Phrase(
            "主张和比较只向服务该客户的网点显示。",
            "The claims and what was compared are shown to the outlets that serve the customer."),
        "inadmissible.not-target": Phrase("不是目标客户", "the customer is not a target"),
        "inadmissible.no-account": Phrase("在该网点没有账户", "no account at the outlet"),
        "inadmissible.manager-inactive": Phrase(
            "客户经理不在岗或不属于该网点", "the manager is not active at the outlet"),
        "inadmissible.not-its-to-give": Phrase("无权作此主张", "it was not the author's to give"),
    ]

    /// Why the owner is the owner, in plain sentences. The amounts are for supervisors: without
    /// `showsAmounts` the sentences say what was compared and who came first.
    package static func sentences(
        of decision: JSONValue, claims: [ClaimID: Claim], in language: Language,
        showsAmounts: Bool = true
    ) -> [String] {
        TraceTeller(decision, claims, language, showsAmounts).sentences
    }
}

private struct TraceTeller {
    private let decision: JSONValue
    private let claims: [ClaimID: Claim]
    private let language: Language
    private let showsAmounts: Bool

    init(
        _ decision: JSONValue, _ claims: [ClaimID: Claim], _ language: Language,
        _ showsAmounts: Bool
    ) {
        self.decision = decision
        self.claims = claims
        self.language = language
        self.showsAmounts = showsAmounts
    }

    var sentences: [String] {
        [beginning] + considered + corrected + refused + late + answered + comparisons + [end]
    }

    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        Words.say(key, in: language, values)
    }

    /// The first eight digits of a claim's name tell it apart well enough for a reader.
    private func short(_ id: String) -> String { String(id.prefix(8)) }

    private var beginning: String {
        decision["previous"]?.string.map { say("trace.previous", ["claim": short($0)]) }
            ?? say("trace.unowned")
    }

    private var considered: [String] {
        (decision["considered"]?.array ?? []).compactMap(\.string).compactMap { id in
            guard let claim = claims[ClaimID(id)] else { return nil }
            return say(
                claim.kind.gives ? "trace.claim" : "trace.ending",
                [
                    "claim": short(id), "date": claim.businessDate.description,
                    "kind": say("claim.\(claim.kind.rawValue)"),
                    "manager": claim.manager?.rawValue ?? say("owner.awaiting"),
                    "outlet": (claim.outlet ?? claim.author).rawValue,
                ])
        }
    }

    /// Claims that are compared by other evidence than they carry.
    private var corrected: [String] {
        (decision["considered"]?.array ?? []).compactMap(\.string).filter { id in
            guard let claim = claims[ClaimID(id)], claim.kind.gives,
                let counted = decision["evidence"]?[id].flatMap(Evidence.init(json:))
            else { return false }
            return counted != claim.evidence
        }.map { say("trace.corrected", ["claim": short($0)]) }
    }

    private var refused: [String] {
        sorted(decision["refused"]).map { id, reason in
            say("trace.refused", ["claim": short(id), "reason": say("inadmissible.\(reason)")])
        }
    }

    private var late: [String] {
        sorted(decision["outcomes"]).filter { $0.1 == "late" }
            .filter { decision["answered"]?[$0.0] == nil }
            .map { say("trace.late", ["claim": short($0.0)]) }
    }

    private var answered: [String] {
        sorted(decision["answered"]).map { id, answer in
            say("trace.answered", ["claim": short(id), "answer": say("answer.\(answer)")])
        }
    }

    private var comparisons: [String] {
        let list = decision["comparisons"]?.array ?? []
        return list.enumerated().map { index, comparison in
            let rule = comparison["rule"]?.string ?? ""
            let name = say("rule.\(rule)")
            guard showsAmounts || rule != Decision.Rule.holdings.rawValue else {
                return say("trace.compared-privately", ["rule": name])
            }
            let values = (comparison["values"]?.object ?? [:]).sorted { $0.key < $1.key }.map {
                say(
                    "trace.value",
                    [
                        "outlet": claims[ClaimID($0.key)]?.outlet?.rawValue ?? short($0.key),
                        "value": shown($0.value.string, by: rule),
                    ])
            }
            return say(
                index == list.count - 1 ? "trace.decided" : "trace.level",
                [
                    "rule": name,
                    "values": values.joined(separator: language == .chinese ? "，" : ", "),
                ]
            )
        }
    }

    private func shown(_ value: String?, by rule: String) -> String {
        guard let value else { return say("trace.nothing") }
        switch Decision.Rule(rawValue: rule) {
        case .holdings: return Int64(value).map { HalfFen($0).rounded.grouped } ?? value
        case .ruling, .activeCard: return say("trace.\(value)")
        case .claimID: return short(value)
        default: return value
        }
    }

    private var end: String {
        let code = decision["rule"]?.string ?? ""
        let kind = Decision.decidingClaim(decision, Array(claims.values))?.kind
        let rule = say("rule.\(Decision.Rule(rawValue: code)?.code(by: kind) ?? code)")
        guard let owner = decision["owner"], let outlet = owner["outlet"]?.string else {
            return say("trace.nobody", ["rule": rule])
        }
        return say(
            "trace.owner",
            [
                "manager": owner["manager"]?.string ?? say("owner.awaiting"), "outlet": outlet,
                "rule": rule,
            ])
    }

    private func sorted(_ object: JSONValue?) -> [(String, String)] {
        (object?.object ?? [:]).compactMap { entry in entry.value.string.map { (entry.key, $0) } }
            .sorted { $0.0 < $1.0 }
    }
}
