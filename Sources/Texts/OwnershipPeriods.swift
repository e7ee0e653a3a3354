package import Bank

extension Words {
    /// Who looked after a customer before, and look-ups by other keys than the customer number.
    static let periods: [String: Phrase] = [
        "period.title": Phrase("管户沿革", "Who looked after the customer"),
        "period.line": Phrase(
            "{from} 至 {to}：网点 {outlet}，{manager}；经由：{reason}（{staff}）{record}{ending}",
            "{from} to {to}: outlet {outlet}, {manager}; by: {reason} ({staff}){record}{ending}"),
        "period.brief": Phrase(
            "{from} 至 {to}：网点 {outlet}，{manager}{record}{ending}",
            "{from} to {to}: outlet {outlet}, {manager}{record}{ending}"),
        "period.now": Phrase("今", "now"),
        "period.unknown": Phrase("不详", "not known here"),
        "period.record": Phrase("，结算记录 {number}", ", settlement record {number}"),
        "period.provisional": Phrase("，暂定", ", provisional"),
        "period.ending": Phrase("；终止：{reason}", "; ended by: {reason}"),
        "period.former": Phrase(
            "曾由 {manager}（{outlet}）管户，{since} 至 {until}；终止：{reason}",
            "Formerly looked after by {manager} at {outlet}, {since} to {until}; ended by: {reason}"
        ),

        "key.label": Phrase(
            "客户号、证件号、卡号、账号、手机号，或姓名加证件后四位",
            "Customer, identity, card, account or mobile number, or a name and the last four"),
        "key.help": Phrase(
            "可查本一级分行任意客户，离线也可查。须完整输入一项；姓名须加空格和证件号后四位（如：王小明 002X）。每次查询均有记录，查无此人也有。",
            "Any customer of the first-tier branch, offline too. Give one of them whole; a name with a space and the last four of the identity number (such as 王小明 002X). Each look-up is recorded, also one that finds nobody."
        ),
        "key.help-bank": Phrase(
            "可查全行任意客户。须完整输入一项；姓名须加空格和证件号后四位。每次查询均有记录，查无此人也有。",
            "Any customer of the bank. Give one of them whole; a name with a space and the last four of the identity number. Each look-up is recorded, also one that finds nobody."
        ),
        "key.usage": Phrase(
            "请给出一个号码，或者同时给出 --name 和 --last4。",
            "Give one key, or --name and --last4 together."),
        "key.nobody": Phrase("查无此人，无管户经理", "Nobody with this key is known: no owner"),
        "key.nobody-known": Phrase(
            "本节点知道本网点的客户和本一级分行有管户的客户；其他客户请在线路恢复后向总行查询。",
            "This node knows the outlet's own customers and the first-tier branch's owned ones. For any other ask head office when the line is back."
        ),
        "query.line": Phrase(
            "证件 {id}，手机 {mobile}，{pool}，等级 {tier}，贵宾卡 {card}（业务日期 {date}，网点口径）",
            "identity {id}, mobile {mobile}, {pool}, tier {tier}, VIP card {card} (business date {date}, as this outlet finds it)"
        ),
        "query.line-first-tier": Phrase(
            "证件 {id}，手机 {mobile}，{pool}，等级 {tier}，贵宾卡 {card}（总行应答，业务日期 {date}，一级分行口径）",
            "identity {id}, mobile {mobile}, {pool}, tier {tier}, VIP card {card} (head office's answer: business date {date}, as the first-tier branch's close finds it)"
        ),
        "query.card": Phrase("贵宾卡", "VIP card"),
        "query.card-true": Phrase("有效", "active"),
        "query.card-false": Phrase("无有效卡", "none active"),
        "query.no-more": Phrase("总行也没有更多资料。", "Head office knows no more."),
        "query.nobody-anywhere": Phrase(
            "总行在本一级分行内也查无此人；账号和卡号只能查到有管户的客户。",
            "Nor does head office know anybody with it in the first-tier branch; by an account or card it finds customers who have an owner."
        ),
        "query.unanswered": Phrase(
            "总行未应答，以上为本节点所知；请在线路恢复后再查。",
            "Head office did not answer; this is what the node knows. Ask when the line is back."),
        "query.not-answered": Phrase(
            "总行未答复本次查询，以上为本节点所知；请稍后再查，仍无答复请联系管理员。",
            "Head office did not answer this; this is what the node knows. Ask again later, and tell the administrator if it stays so."
        ),
        "query.shut-out": Phrase(
            "总行已停止受理本节点，以上为本节点所知；请联系管理员。",
            "Head office has shut this node out; this is what the node knows. Tell the administrator."
        ),
        "query.more": Phrase(
            "符合的客户不止这些；请改用完整证件号查询。",
            "More customers have this key than are shown. Give the whole identity number."),
        "query.source": Phrase("应答方", "Answered by"),
        "query.by-head-office": Phrase("总行（一级分行口径）", "Head office, for the first-tier branch"),
        "query.by-node": Phrase("本网点节点", "This outlet's node"),
        "query.elsewhere": Phrase(
            "非本网点客户：客户池和等级请在线路恢复后向总行查询。",
            "No customer of this outlet: for the pool and tier ask head office when the line is back."
        ),
        "key.nobody-line": Phrase(
            "查无此人：无管户经理。{asOf}", "Nobody with this key is known here: no owner. {asOf}"),
    ]
}

extension OwnershipHistory.Period {
    /// One sentence about it.
    ///
    /// - Parameters:
    ///   - outlet: what the outlet is called.
    ///   - people: names of staff by number, as far as they are known.
    package func sentence(
        in language: Language, outlet: String? = nil, people: [StaffID: String] = [:]
    ) -> String {
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            Words.say(key, in: language, values)
        }
        func name(_ staff: StaffID?) -> String? { staff.map { people[$0] ?? $0.rawValue } }
        return say(
            claim == nil ? "period.brief" : "period.line",
            [
                "from": from.description,
                "to": to?.description ?? say(isOver ? "period.unknown" : "period.now"),
                "outlet": outlet ?? self.outlet.rawValue,
                "manager": name(manager) ?? say("owner.awaiting"),
                "reason": reason.map { say("claim.\($0.rawValue)") } ?? say("period.unknown"),
                "staff": name(enteredBy) ?? say("period.unknown"),
                "record": record.map { say("period.record", ["number": String($0)]) }
                    ?? say("period.provisional"),
                "ending": ending.map {
                    say("period.ending", ["reason": say("claim.\($0.rawValue)")])
                }
                    ?? "",
            ])
    }
}

extension FormerOwner {
    /// - Parameters:
    ///   - outlet: what the outlet is called.
    ///   - name: the manager's.
    package func sentence(
        in language: Language, outlet: String? = nil, name: String? = nil
    ) -> String {
        func say(_ key: String, _ values: [String: String] = [:]) -> String {
            Words.say(key, in: language, values)
        }
        return say(
            "period.former",
            [
                "manager": name ?? manager?.rawValue ?? say("owner.awaiting"),
                "outlet": outlet ?? self.outlet.rawValue, "since": since.description,
                "until": until?.description ?? say("period.unknown"),
                "reason": ending.map { say("claim.\($0.rawValue)") } ?? say("period.unknown"),
            ])
    }
}
