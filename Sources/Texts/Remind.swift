package import Bank

extension Words {
    /// The day's page and the kinds of reminder.
    static let remind: [String: Phrase] = [
        "today.title": Phrase("今日", "Today"),
        "today.reminders": Phrase("提醒", "Reminders"),
        "today.no-reminders": Phrase("今天没有待办提醒。", "Nothing is due today."),
        "today.my-book": Phrase("我的目标客户", "My target customers"),
        "today.outlet-book": Phrase("本网点管户目标客户", "Targets owned by this outlet"),
        "today.awaiting": Phrase("待指派客户", "Awaiting assignment"),
        "today.none-awaiting": Phrase("全部目标客户均已指派。", "Every target has an owner."),
        "today.assign": Phrase("去指派", "Assign"),

        "reminder.done": Phrase("办结", "Done"),
        "reminder.assigned": Phrase("新指派", "Assigned to you"),
        "reminder.assigned-sentence": Phrase(
            "{by} 已将该客户指派给您管户，请尽快联系。",
            "{by} assigned the customer to you: get in touch soon."),
        "reminder.claim-lost": Phrase("主张未胜出", "Claim not won"),
        "reminder.claim-lost-sentence": Phrase(
            "一级分行已结算，管户归网点 {outlet}，依据：{rule}；全部理由和异议办法见归属依据。",
            "The first-tier branch settled it for outlet {outlet}, by: {rule}. The ownership page gives every reason and says how to object."
        ),
        "reminder.claim-late": Phrase("主张迟到", "Claim too late"),
        "reminder.claim-late-sentence": Phrase(
            "提交前该客户已另行结算；您的主张已转为调入申请。",
            "The customer had been settled before; your claim became a transfer request."),
        "reminder.claim-refused": Phrase("主张不予受理", "Claim refused"),
        "reminder.claim-refused-sentence": Phrase(
            "一级分行未受理该主张：{inadmissible}；详见归属依据。",
            "The first-tier branch did not admit the claim: {inadmissible}. See the ownership page."
        ),
        "reminder.claim-confirmed": Phrase("管户已确认", "Ownership confirmed"),
        "reminder.claim-confirmed-sentence": Phrase(
            "一级分行已结算，管户归本网点，依据：{rule}。",
            "The first-tier branch settled it: the customer is this outlet's, by: {rule}."),
        "reminder.ownership-lost": Phrase("管户已转出", "No longer your customer"),
        "reminder.ownership-lost-sentence": Phrase(
            "该客户自此由 {to} 管户，经由：{claim}；理由和异议办法见归属依据。",
            "From now on {to} looks after the customer, by: {claim}. The ownership page gives the reasons and says how to object."
        ),
        "reminder.ownership-lost-to-nobody": Phrase(
            "该客户的管户关系已解除，转入待指派，经由：{claim}；理由和异议办法见归属依据。",
            "You no longer look after the customer, who awaits assignment, by: {claim}. The ownership page gives the reasons and says how to object."
        ),
        "reminder.left-target": Phrase("已退出目标客户", "Left the target pool"),
        "reminder.left-target-sentence": Phrase(
            "该客户自 {since} 起退出目标客户，不再在管户名单内；{days} 天内再次成为目标客户的，建议由原管户经理管户。",
            "From {since} on the customer is no target and no longer in the book. Whoever comes back within {days} days has the former manager suggested."
        ),
        "reminder.transfer-requested": Phrase("他网点申请调入", "Transfer requested"),
        "reminder.transfer-requested-sentence": Phrase(
            "网点 {outlet} 申请将该客户调给 {manager}；请网点主管在 {until} 前同意或拒绝，逾期自动上报一级分行。",
            "Outlet {outlet} asks for the customer for {manager}. The outlet supervisor agrees or refuses before {until}; then it goes to the first-tier branch by itself."
        ),
        "reminder.objection-raised": Phrase("他网点提出异议", "Objection raised"),
        "reminder.objection-raised-sentence": Phrase(
            "网点 {outlet} 对管户提出异议，要求由 {manager} 管户；请网点主管在 {until} 前同意或拒绝，逾期自动上报一级分行。",
            "Outlet {outlet} objects and wants the customer for {manager}. The outlet supervisor agrees or refuses before {until}; then it goes to the first-tier branch by itself."
        ),
        "reminder.dispute-answered": Phrase("申请或异议有进展", "News of a request or objection"),
        "reminder.dispute-answered-sentence": Phrase(
            "{outlet}：{answer}；意见见归属依据。",
            "{outlet}: {answer}. The ownership page has the opinion."),
        "reminder.dispute-went-up": Phrase("逾期未答复，已上报", "Unanswered: gone up"),
        "reminder.dispute-went-up-sentence": Phrase(
            "网点 {outlet} 对网点 {asked} 的申请或异议逾期未答复，已自动上报一级分行裁定；双方理由见归属依据。",
            "Outlet {asked} did not answer outlet {outlet} in time, so the first-tier branch will rule. The ownership page has what both said."
        ),
        "reminder.addition-failed": Phrase("手工增加未生效", "Addition failed"),
        "reminder.addition-failed-sentence": Phrase(
            "日终时客户在本网点已无正常的活期账户，手工增加未生效，管户关系已解除。",
            "At the close the customer had no demand account in order here: no target, and no longer yours."
        ),
        "reminder.addition-merged": Phrase(
            "日终前 CIF 已将客户 {merged} 并入 {into}，手工增加未生效，对 {merged} 的管户关系已解除；如需增加，请用客户号 {into} 办理。",
            "CIF merged customer {merged} into {into} before the close: no target by this addition, and {merged} is no longer yours. To add the customer by hand, use {into}."
        ),
        "reminder.target-leaving": Phrase("目标客户将退出", "Target about to leave"),
        "reminder.target-leaving-sentence": Phrase(
            "手工增加的目标客户将于 {date} 日终退出；如需保留，请网点主管办理续期。",
            "Added by hand, the customer leaves the targets at the close of {date}. A supervisor may renew them."
        ),
        "reminder.customer-merged": Phrase("客户号已合并", "Customer numbers merged"),
        "reminder.customer-merged-sentence": Phrase(
            "CIF 已将客户 {merged} 并入该客户。{merged} 由 {owner} 管户，该客户由 {other} 管户；请商定一人并指派；两网点各有管户人的，日终自动提出调入申请，不能一致时由一级分行裁定。",
            "CIF merged customer {merged} into this one. {merged} is owned by {owner}, this one by {other}. Agree on one of them and assign; between two outlets the close requests the transfer automatically, and the first-tier branch rules where you cannot agree."
        ),
        "reminder.customer-merged-into-unowned": Phrase(
            "CIF 已将客户 {merged} 并入该客户。{merged} 由 {owner} 管户，该客户尚无人管户；请确定管户人并指派。",
            "CIF merged customer {merged} into this one. {merged} is owned by {owner}, this one by nobody. Decide whose the customer is and assign."
        ),
        "reminder.customer-merged-no-manager": Phrase(
            "CIF 已将客户 {merged} 并入该客户。{merged} 由 {owner} 管户，该客户由 {other} 管户。调入申请只能为客户经理提出，{merged} 现无客户经理管户，日终不会自动提出；如要调入，请先将 {merged} 移交本网点一名客户经理，或由网点主管为其申请。",
            "CIF merged customer {merged} into this one. {merged} is owned by {owner}, this one by {other}. A transfer is to a manager alone, and none has {merged}: the close requests nothing. To have the customer, hand {merged} over to a manager of this outlet, or request the transfer for one."
        ),
        "reminder.move-incomplete": Phrase("移交未全部办理", "Move not carried out whole"),
        "reminder.move-incomplete-sentence": Phrase(
            "第 {number} 号移交单：已移交 {done} 户，未办理 {refused} 户；原因见移交单，请另行处理。",
            "Move no. {number}: {done} moved, {refused} not. The receipt gives the reasons; see to the others."
        ),
        "reminder.deputy-named": Phrase("代管", "Standing in"),
        "reminder.deputy-named-sentence": Phrase(
            "{from} 至 {through} 由您代 {manager} 管理其客户。",
            "From {from} through {through} you stand in for {manager}."),
        "reminder.follow-up": Phrase("跟进", "Follow-up"),
        "reminder.follow-up-sentence": Phrase(
            "{contact} 联系时约定跟进；办结后请补记营销记录。",
            "Agreed at the contact of {contact}. Add a marketing record when it is done."),
        "due.overdue": Phrase("已逾期", "Overdue"),
        "due.today": Phrase("今天", "Today"),
        "due.ahead": Phrase("将到期", "Ahead"),
    ]
}

extension Reminder {
    /// The key of its sentence; where nobody looks after the customer there is one of its own, and
    /// where their number is no more or no manager has it.
    package var sentenceKey: String {
        switch kind {
        case .ownershipLost where facts["to"] == "–": "reminder.ownership-lost-to-nobody"
        case .customerMerged where facts["other"] == "–": "reminder.customer-merged-into-unowned"
        case .customerMerged where facts["manager"] == "–": "reminder.customer-merged-no-manager"
        case .additionFailed where facts["into"] != nil: "reminder.addition-merged"
        default: "reminder.\(kind.rawValue)-sentence"
        }
    }
}
