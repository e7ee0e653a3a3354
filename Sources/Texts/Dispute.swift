extension Words {
    /// Transfer requests, objections and rulings: their states, steps, pages and forms.
    static let dispute: [String: Phrase] = [
        "dispute.raised": Phrase("已提出，待上送", "Raised, not sent yet"),
        "dispute.with-counter-party": Phrase("待对方网点答复", "With the counter-party"),
        "dispute.at-first-tier": Phrase("待一级分行裁定", "At the first-tier branch"),
        "dispute.closed": Phrase("已结", "Closed"),
        "ending.consented": Phrase("对方同意", "The counter-party agreed"),
        "ending.refused": Phrase("对方拒绝", "The counter-party refused"),
        "ending.withdrawn": Phrase("已撤回", "Withdrawn"),
        "ending.ruled": Phrase("一级分行已裁定", "The first-tier branch ruled"),
        "ending.barred": Phrase(
            "裁定后未满期限且无新证据，不予受理", "Too soon after a ruling, with nothing new"),
        "ending.lapsed": Phrase("归属已变，不再需要", "No longer needed: ownership has changed"),
        "step.requested": Phrase("申请调入", "Requested a transfer"),
        "step.objected": Phrase("提出异议", "Objected"),
        "step.consented": Phrase("同意调出", "Agreed"),
        "step.refused": Phrase("拒绝调出", "Refused"),
        "step.withdrawn": Phrase("撤回", "Withdrew"),
        "step.escalated": Phrase("上报一级分行", "Took it to the first-tier branch"),
        "step.went-up": Phrase("逾期未答复，自动上报", "Went up by itself, unanswered"),
        "step.merged": Phrase(
            "客户号已合并，原号归本网点管户，自动申请调入",
            "Requested automatically: CIF merged a number that this outlet looks after into this one"
        ),
        "step.ruled": Phrase("裁定", "Ruled"),
        "answer.requested": Phrase("申请调入", "asks for a transfer"),
        "answer.objected": Phrase("提出异议", "objects"),
        "answer.consented": Phrase("同意调出", "agreed"),
        "answer.refused": Phrase("已拒绝", "refused"),
        "answer.withdrawn": Phrase("已撤回", "withdrawn"),
        "answer.escalated": Phrase("已上报一级分行", "taken to the first-tier branch"),
        "answer.ruled": Phrase("一级分行已裁定", "the first-tier branch ruled"),

        "disputes.title": Phrase("争议裁定", "Disputes"),
        "disputes.none": Phrase("没有未结的申请或异议。", "No request or objection is open."),
        "disputes.help": Phrase(
            "对方网点拒绝异议、申请人上报或逾期未答复的，由一级分行主管裁定；也可随时裁定。",
            "The first-tier supervisor rules where an objection was refused, a refusal was taken up or nobody answered in time; ruling sooner is possible."
        ),
        "disputes.closed": Phrase("已结", "Closed"),
        "disputes.open": Phrase("未结", "Open"),
        "dispute.title": Phrase("争议", "Dispute"),
        "dispute.applicant": Phrase("申请方", "Applicant"),
        "dispute.counter-party": Phrase("对方", "Counter-party"),
        "dispute.waiting": Phrase("等待工作日", "Working days waiting"),
        "dispute.goes-up": Phrase("自动上报日", "Goes up by itself on"),
        "dispute.history": Phrase("经过", "History"),
        "dispute.opinion": Phrase("意见", "Opinion"),
        "dispute.new-evidence": Phrase("新证据", "New evidence"),
        "dispute.evidence": Phrase("双方证据", "Evidence of both sides"),
        "dispute.card": Phrase("有效贵宾卡或已批准签约", "Active card or enrolment"),
        "dispute.demand": Phrase("最早活期账户", "Earliest demand account"),
        "dispute.began": Phrase("主张业务日期", "Business date of the claim"),
        "dispute.rule": Phrase("裁定", "Rule"),
        "dispute.to": Phrase("归属网点", "To outlet"),
        "dispute.to-manager": Phrase("客户经理（可不填，待指派）", "Manager (may be left for the outlet)"),
        "dispute.ruled": Phrase("已裁定并结算。", "Ruled and settled."),
        "dispute.by-late-claim": Phrase("迟到的主张转为调入申请", "A late claim became this request"),
        "dispute.awaiting": Phrase("（由网点指派）", "(the outlet assigns)"),
        "column.applicant": Phrase("申请网点", "Applicant"),
        "column.counter-party": Phrase("对方网点", "Counter-party"),
        "column.days-waiting": Phrase("等待（工作日）", "Waiting (working days)"),

        "object.title": Phrase("异议与调入", "Objections and transfers"),
        "object.request": Phrase("申请调入", "Request a transfer"),
        "object.object": Phrase("提出异议", "Object"),
        "object.accept": Phrase("同意调出", "Agree"),
        "object.refuse": Phrase("拒绝", "Refuse"),
        "object.withdraw": Phrase("撤回", "Withdraw"),
        "object.escalate": Phrase("上报一级分行", "Take it to the first-tier branch"),
        "object.release": Phrase("解除管户", "Release the customer"),
        "object.reason": Phrase("理由（必填）", "Reason (required)"),
        "object.opinion": Phrase("意见（必填）", "Opinion (required)"),
        "object.for": Phrase("调给", "For"),
        "object.none": Phrase(
            "本网点没有关于该客户的申请或异议。",
            "This outlet has no request or objection about the customer."),
        "flash.dispute-requested": Phrase("已提出申请。", "The request was made."),
        "flash.dispute-objected": Phrase("已提出异议。", "The objection was made."),
        "flash.dispute-consented": Phrase("已同意，客户调出。", "Agreed: the customer goes over."),
        "flash.dispute-refused": Phrase("已拒绝。", "Refused."),
        "flash.dispute-withdrawn": Phrase("已撤回。", "Withdrawn."),
        "flash.dispute-escalated": Phrase("已上报一级分行。", "Taken to the first-tier branch."),
        "flash.dispute-ruled": Phrase("已裁定并结算。", "Ruled and settled."),
        "flash.released": Phrase("已解除管户。", "Released."),

        "release.done": Phrase("已解除管户：{customer}", "Released: {customer}"),
        "transfer.done": Phrase(
            "客户 {customer}：{step}；{state}", "Customer {customer}: {step}; {state}"),
        "adjudicate.done": Phrase(
            "客户 {customer}：裁定由 {owner} 管户，结算第 {number} 号，结案 {closed} 件。",
            "Customer {customer}: ruled for {owner}, settlement no. {number}, {closed} [closed|dispute|disputes] closed."
        ),
        "disputes.line": Phrase(
            "客户 {customer}：{applicant} 对 {asked}，{step}；{state}，{days} 个工作日",
            "Customer {customer}: {applicant} and {asked}, {step}; {state}, {days} working [days|day|days]"
        ),
        "dry-run.head": Phrase(
            "演算，未写入：将结算 {due} 位客户，已结算中将易手 {changes} 位。",
            "Dry run, nothing written: {due} [due|customer|customers] would be settled, {changes} settled [changes|one|ones] would change hands."
        ),
        "dry-run.line": Phrase(
            "客户 {customer}：{now} → {then}（{rule}）", "Customer {customer}: {now} → {then} ({rule})"),
    ]
}
