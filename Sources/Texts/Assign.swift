extension Words {
    /// Who looks after whom: look-up, reasons, and the outlet's assignment.
    static let assign: [String: Phrase] = [
        "owner.title": Phrase("客户管户经理查询", "Owner look-up"),
        "owner.ask": Phrase("查询", "Look up"),
        "owner.since": Phrase("自", "since"),
        "owner.nobody": Phrase("无管户经理", "No owner"),
        "owner.nobody-anywhere": Phrase(
            "全行没有管户经理。", "Nobody in the bank owns this customer."),
        "owner.as-of": Phrase("数据时点", "As of"),
        "owner.never-synced": Phrase(
            "尚未同步，仅本网点数据", "never synced: this outlet's own knowledge"),
        "owner.pending-here": Phrase("本网点待发送主张", "Own unsent claims"),
        "owner.why": Phrase("归属依据", "Why?"),
        "owner.open-customer": Phrase("打开客户", "Open the customer"),

        "ownership.title": Phrase("归属依据", "Why this owner"),
        "ownership.because": Phrase("依据", "Because"),
        "ownership.rule": Phrase("决定规则", "Deciding rule"),
        "ownership.record": Phrase("结算记录", "Settlement record"),
        "ownership.rules-version": Phrase("规则版本", "rules"),
        "ownership.digest": Phrase("决定摘要", "Decision digest"),
        "ownership.undecided": Phrase(
            "一级分行尚未结算，目前没有决定。",
            "The first-tier branch has not settled this yet, so there is no decision."),
        "ownership.claims": Phrase("全部主张", "Every claim"),
        "ownership.claims-withheld": Phrase(
            "本网点不是当事网点，也未服务该客户，只能核对摘要和签名。",
            "This outlet neither claims nor serves the customer: it can check the digest and signature only."
        ),
        "ownership.own": Phrase("本网点", "here"),
        "ownership.unknown": Phrase(
            "没有这个客户号的归属记录。", "Nothing is known of this number."),
        "ownership.objection": Phrase("如何提出异议", "How to object"),
        "ownership.objection-how": Phrase(
            "主张未胜出的网点可在本页提出异议，其他网点可申请调入，须写明理由；对方网点主管 5 个工作日内答复，逾期自动上报一级分行裁定。裁定后 90 天内，没有新证据不再受理。天数以一级分行参数为准。",
            "An outlet whose claim did not win objects on this page, any other requests a transfer, each with a reason. The other outlet's supervisor has 5 working days to answer; then it goes up by itself for a ruling. For 90 days a ruling is not raised again without new evidence. The first-tier branch's parameters may set other numbers of days."
        ),

        "pending.title": Phrase("待指派客户", "Awaiting assignment"),
        "pending.tab-pending": Phrase("待指派", "Awaiting"),
        "pending.tab-elsewhere": Phrase("他网点管户", "Owned elsewhere"),
        "pending.to": Phrase("指派给", "Assign to"),
        "pending.whom": Phrase("指派哪些客户", "Whom"),
        "pending.chosen": Phrase("勾选的客户", "Those ticked"),
        "pending.whole": Phrase("全部待指派 {count} 户", "All {count} awaiting"),
        "pending.whole-tier": Phrase("全部{tier} {count} 户", "All {count}: {tier}"),
        "pending.evenly": Phrase("多人时如何分配", "Among several, evenly by"),
        "pending.suggested-first": Phrase("先给建议的原管户经理", "Suggested former owners first"),
        "pending.preview": Phrase("预览", "Preview"),
        "evenly.count": Phrase("户数", "count"),
        "evenly.assets": Phrase("金融资产", "assets"),
        "evenly.tier": Phrase("各等级户数", "tier"),
        "suggestion.recent-owner": Phrase("原管户经理，90 天内回流", "former owner, back within 90 days"),
        "suggestion.recent-owner-until": Phrase(
            "原管户经理，至 {date}，90 天内回流", "owner until {date}, back within 90 days"),
        "suggestion.last-owner": Phrase("原管户经理", "former owner"),
        "suggestion.last-owner-until": Phrase("原管户经理，至 {date}", "owner until {date}"),
        "suggestion.lightest-book": Phrase("管户最少", "lightest book"),
        "pending.manager": Phrase(
            "{name}（{staff}）· 管户 {book} 户", "{name} ({staff}), {book} [book|customer|customers]"),
        "pending.manager-full": Phrase(
            "{name}（{staff}）· 管户 {book} 户，已满",
            "{name} ({staff}), {book} [book|customer|customers]: full"),
        "pending.cap": Phrase(
            "每人以 {cap} 户为宜，超出仍可指派。", "Up to {cap} each is advised; more is possible."),
        "pending.all": Phrase("全选", "Choose all"),
        "pending.days": Phrase("{days} 天", "{days} d"),
        "pending.none": Phrase("没有待指派客户。", "Nobody awaits assignment."),
        "pending.help": Phrase(
            "范围：在本网点开户、一级分行内无管户经理的目标客户；潜力、留置客户不在此列。",
            "Targets with an account at this outlet whom nobody in the first-tier branch owns; potential and retained customers are not listed."
        ),
        "elsewhere.title": Phrase("他网点管户", "Owned elsewhere"),
        "elsewhere.outlet": Phrase("管户网点", "Owner's outlet"),
        "elsewhere.request": Phrase("申请调入", "Request transfer"),
        "elsewhere.none": Phrase("没有由他网点管户的客户。", "No customer is owned elsewhere."),
        "elsewhere.help": Phrase(
            "在本网点开户、由其他网点管户的目标客户，只显示管户网点和管户经理。",
            "Targets with an account here whom another outlet owns; only outlet and manager are shown."
        ),

        "preview.title": Phrase("指派预览", "Assignment preview"),
        "preview.summary": Phrase(
            "{count} 户分给 {managers} 位客户经理，按{rule}均分；业务日期 {date}。尚未指派。",
            "{count} [count|customer|customers] for {managers} [managers|manager|managers], evenly by {rule}, dated {date}. Nobody is assigned yet."
        ),
        "preview.refusals": Phrase("不能指派 {count} 户。", "Not possible: {count}."),
        "preview.caution": Phrase(
            "有 {count} 位客户经理将超过建议的管户数，仍可指派。",
            "{count} [count|manager|managers] would have more customers than is advised. It is possible all the same."
        ),
        "preview.books": Phrase("各客户经理管户", "The managers' books"),
        "preview.before": Phrase("现有户数", "Customers now"),
        "preview.after": Phrase("指派后", "Then"),
        "preview.assets-before": Phrase("现有金融资产（元）", "Assets now (¥)"),
        "preview.assets-after": Phrase("指派后（元）", "Then (¥)"),
        "preview.over": Phrase("超过 {cap} 户", "more than {cap}"),
        "preview.customers": Phrase("客户", "Customers"),
        "preview.goes-to": Phrase("指派给", "Goes to"),
        "preview.confirm": Phrase("确认指派", "Confirm"),

        "assign.done-to": Phrase("{customer}：已指派给 {manager}", "{customer}: assigned to {manager}"),
        "assign.would": Phrase("{customer}：将指派给 {manager}", "{customer}: would go to {manager}"),
        "assign.book": Phrase(
            "{manager}：管户 {before} → {after}",
            "{manager}: {before} [before|customer|customers] before, {after} after"
        ),
        "assign.over-cap": Phrase(
            "注意：{manager} 管户 {count} 户，超过建议的 {cap} 户。",
            "Note: {manager} now looks after {count} [count|customer|customers], more than the {cap} that are advised."
        ),
        "assign.book-over": Phrase(
            "{manager}：管户 {before} → {after}，超过建议的 {cap} 户",
            "{manager}: {before} [before|customer|customers] before, {after} after; more than {cap} is not advised"
        ),
        "pending.line": Phrase(
            "{customer}：{tier}，本网点金融资产 {assets}，已等待 {days} 天；建议 {manager}（{why}）",
            "{customer}: {tier}, assets here {assets}, {days} [days|day|days] waiting; suggested {manager} ({why})"
        ),
        "elsewhere.line": Phrase(
            "{customer}：由 {outlet} 的 {manager} 管户（{state}）",
            "{customer}: looked after by {manager} at {outlet} ({state})"),

        "assignment.title": Phrase("指派结果", "Assignment result"),
        "assignment.summary": Phrase(
            "已指派给 {manager}：{count} 户。", "Assigned to {manager}: {count}."),
        "assignment.entered": Phrase(
            "{name}（{staff}）办理，业务日期 {date}。", "Entered by {name} ({staff}), dated {date}."),
        "assignment.refusals": Phrase("未办理 {count} 户。", "Not assigned: {count}."),
        "assignment.nothing-chosen": Phrase(
            "没有选择客户或客户经理；请返回勾选后再指派。",
            "No customer or no manager was chosen. Go back, choose, and assign again."),
        "assignment.back": Phrase("返回待指派客户", "Back to the list"),
        "assignment.provisional": Phrase(
            "已指派，暂定；一级分行结算后确认。",
            "Assigned, provisionally: final when the first-tier branch settles it."),
        "assignment.contested": Phrase(
            "已指派，但另有网点主张；由一级分行结算。",
            "Assigned, but another outlet claims the customer too: the first-tier branch settles it."
        ),
        "assignment.confirmed": Phrase("已指派并确认。", "Assigned and confirmed."),
        "assignment.unowned": Phrase(
            "已登记，尚未形成管户。", "Recorded; nobody owns the customer yet."),
        "result.done": Phrase("已办理", "Done"),
        "result.refused": Phrase("未办理", "Not done"),
    ]
}
