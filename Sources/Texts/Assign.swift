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
        "pending.choose": Phrase("请选择客户经理", "Choose a manager"),
        "pending.manager": Phrase(
            "{name}（{staff}）· 管户 {book} 户", "{name} ({staff}), {book} [book|customer|customers]"),
        "pending.manager-full": Phrase(
            "{name}（{staff}）· 管户 {book} 户，已满",
            "{name} ({staff}), {book} [book|customer|customers]: full"),
        "pending.cap": Phrase(
            "每人以 {cap} 户为宜，超出仍可指派。", "Up to {cap} each is advised; more is possible."),
        "pending.assign": Phrase("指派", "Assign"),
        "pending.all": Phrase("全选", "Choose all"),
        "pending.days": Phrase("{days} 天", "{days} d"),
        "pending.none": Phrase("没有待指派客户。", "Nobody awaits assignment."),
        "pending.help": Phrase(
            "范围：在本网点开户、一级分行内无管户经理的目标客户；潜力、留置客户不在此列。",
            "Targets with an account at this outlet whom nobody in the first-tier branch owns; potential and retained customers are not listed."
        ),
        "elsewhere.title": Phrase("他网点管户", "Owned elsewhere"),
        "elsewhere.outlet": Phrase("管户网点", "Owner's outlet"),
        "elsewhere.none": Phrase("没有由他网点管户的客户。", "No customer is owned elsewhere."),
        "elsewhere.help": Phrase(
            "在本网点开户、由其他网点管户的目标客户，只显示管户网点和管户经理。",
            "Targets with an account here whom another outlet owns; only outlet and manager are shown."
        ),

        "assignment.title": Phrase("指派结果", "Assignment result"),
        "assignment.summary": Phrase(
            "已指派给 {manager}：{count} 户。", "Assigned to {manager}: {count}."),
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
