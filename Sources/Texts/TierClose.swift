extension Words {
    /// The first-tier branch's close, and what it decided otherwise afterwards.
    static let tierClose: [String: Phrase] = [
        "tier-close.progress": Phrase("一级分行 {unit} 已日终 {date}", "{unit}: closed {date}"),
        "tier-close.day": Phrase(
            "{unit} {date}：检视客户 {customers}，潜力 +{potentialIn}/-{potentialOut}，目标 +{targetIn}/-{targetOut}{late}",
            "{unit} {date}: {customers} [customers|customer|customers] looked at, potential +{potentialIn}/-{potentialOut}, target +{targetIn}/-{targetOut}{late}"
        ),
        "tier-close.late": Phrase(
            "；{outlets} 未报送，沿用以前的数据", "; earlier figures of {outlets}, which have not delivered"),
        "tier-close.again": Phrase(
            "{unit}：因数据迟到或更正，对 {customers} 位客户重新日终。",
            "{unit}: {customers} [customers|customer|customers] closed again after late or corrected figures."
        ),
        "tier-close.differences": Phrase(
            "已日终日期的结果有 {count} 处变化；请用 headoffice differences 查看。",
            "{count} [count|decision|decisions] on closed dates came out otherwise. See headoffice differences."
        ),
        "tier-close.exits": Phrase(
            "{count} 位客户退出目标客户，管户关系已解除。",
            "{count} [count|customer|customers] left the target pool and [count|is|are] nobody's now."
        ),
        "tier-close.failed": Phrase(
            "定时日终未完成：{fault}", "The timed close did not come to its end: {fault}"),
        "owner.standing": Phrase(
            "一级分行口径：{pool}（自 {since}），等级 {tier}，日终至 {date}",
            "By the first-tier branch: {pool} since {since}, tier {tier}, closed through {date}"),
        "tier-customers.not-closed": Phrase(
            "该一级分行尚未日终。", "The first-tier branch has closed no date yet."),
        "tier-customers.count": Phrase(
            "{unit}：客户 {count} 位{late}",
            "{unit}: {count} [count|customer|customers]{late}"),
        "differences.none": Phrase("没有待查看的差异。", "No differences are open."),
        "differences.unknown": Phrase("已无此客户", "not known any more"),
        "differences.line": Phrase(
            "第 {number} 号（{unit}）：客户 {customer}，{from} 至 {through}：原为{then}，现为{now}（{cause}，网点 {outlets}）",
            "No. {number} ({unit}): customer {customer}, {from} to {through}: was {then}, is {now} ({cause}, outlets {outlets})"
        ),
        "differences.title": Phrase("日终差异", "Differences"),
        "differences.open": Phrase("待查看", "Open"),
        "differences.seen": Phrase("已查看", "Seen"),
        "differences.mark": Phrase("标为已查看", "Mark as seen"),
        "differences.all": Phrase("全选", "Choose all"),
        "differences.dates": Phrase("业务日期", "Business dates"),
        "differences.then": Phrase("原结果", "Decided then"),
        "differences.now": Phrase("现结果", "Decided now"),
        "differences.cause": Phrase("原因、网点", "Cause, outlets"),
        "differences.found": Phrase("发现时间", "Found at"),
        "differences.nothing-chosen": Phrase(
            "请先勾选要标记的差异。", "Choose the differences to mark first."),
        "differences.help": Phrase(
            "已日终日期的数据迟到或更正后，重新日终得出的不同结果。管户主张、结算记录和已冻结的月份不变；请核对是否需要调整管户。",
            "What closing again decided otherwise on closed dates, after late or corrected figures. Claims, settlements and frozen months stay as they are: see whether anything follows for the owners."
        ),
        "flash.differences-seen": Phrase("已标为已查看。", "Marked as seen."),
        "difference.late": Phrase("数据迟到", "late figures"),
        "difference.corrected": Phrase("数据更正", "corrected figures"),
    ]
}
