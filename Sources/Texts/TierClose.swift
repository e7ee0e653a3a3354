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
            "{unit}：因数据迟到或更正，重新日终客户 {customers} 位。",
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
        "differences.none": Phrase("没有待查看的差异。", "No differences are open."),
        "differences.unknown": Phrase("已无此客户", "not known any more"),
        "differences.line": Phrase(
            "第 {number} 号（{unit}）：客户 {customer}，{from} 至 {through}：原为{then}，现为{now}（{cause}，网点 {outlets}）",
            "No. {number} ({unit}): customer {customer}, {from} to {through}: was {then}, is {now} ({cause}, outlets {outlets})"
        ),
        "difference.late": Phrase("数据迟到", "late figures"),
        "difference.corrected": Phrase("数据更正", "corrected figures"),
    ]
}
