extension Words {
    /// Targets by hand, and who holds a card above their tier.
    static let targets: [String: Phrase] = [
        "nav.group-identify": Phrase("客户识别", "Identification"),

        "targets.title": Phrase("手工增加目标客户", "Targets by hand"),
        "targets.number": Phrase("客户号", "Customer number"),
        "targets.add": Phrase("增加客户", "Add a customer"),
        "targets.check": Phrase("核对条件", "Check"),
        "targets.help": Phrase(
            "适用于尚未达标的优质客户，如政府部门要员、企业老总。客户须在本网点有正常的活期账户；增加后即由您管户，当日日终后成为目标客户，日终前可撤销。",
            "For good customers who do not qualify yet: office holders, heads of enterprises. They need a demand account in order at this outlet. They are yours at once and a target after the day's close; until then it can be taken back."
        ),
        "targets.code": Phrase("原因类别", "Kind of reason"),
        "targets.reason": Phrase("原因", "Reason"),
        "targets.effective": Phrase(
            "{date} 日终后生效；管户关系立即建立。",
            "Takes effect after the close of {date}; the customer is yours at once."),
        "targets.confirm": Phrase("确认增加", "Add"),
        "targets.not-eligible": Phrase(
            "有条件不符合，不能增加。", "Not every condition holds, so the customer cannot be added."),
        "targets.leaving": Phrase("将退出的手工目标客户", "About to leave"),
        "targets.leaves": Phrase("退出日终", "Leaves at the close of"),
        "targets.days": Phrase("还有 {days} 天", "in {days} [days|day|days]"),
        "targets.leaving-help": Phrase(
            "低于目标线满规定月数即退出；网点主管续期后重新计算。",
            "Whoever stays below the line for the months of the rule leaves; a supervisor's renewal begins them anew."
        ),
        "targets.renew": Phrase("续期", "Renew"),
        "targets.list": Phrase("增加记录", "Additions"),
        "targets.by": Phrase("经办", "Entered by"),
        "targets.date": Phrase("生效日终", "At the close of"),
        "targets.cancel": Phrase("撤销", "Take back"),
        "targets.none": Phrase("没有手工增加的记录。", "Nothing was added by hand."),
        "targets.entry": Phrase("手工增加为目标客户", "Add as a target by hand"),
        "targets.keep": Phrase("查看退出日期、办理续期", "See when they leave, renew"),
        "targets.pending-until": Phrase(
            "已手工增加，{date} 日终后成为目标客户。",
            "Added by hand: a target after the close of {date}."),

        "below.title": Phrase("未达标客户", "Below standard"),
        "below.card": Phrase("卡级", "Card"),
        "below.tier": Phrase("现等级", "Tier now"),
        "below.months": Phrase("未达标月数", "Months below"),
        "below.gap": Phrase("距该级下限（元）", "To the floor (¥)"),
        "below.none": Phrase(
            "没有持卡级别高于现等级的客户。", "Nobody holds a card above their tier."),
        "below.help": Phrase(
            "持有有效贵宾卡、而现等级低于卡级的客户。月数从首次低于卡级的月末算起；差额为零的，下次月末即可恢复等级。",
            "Customers with an active VIP card above their tier. Months count from the month's end that put them below. Where nothing is missing, the next month's end raises the tier."
        ),
        "below.line": Phrase(
            "{customer}：持有{card}，现等级为{tier}，自 {since} 起未达标 {months} 个月末；年日均 {average} 元，差 {gap} 元",
            "{customer}: {card} card, tier now {tier}, below since {since} ({months} [months|month's end|months' ends]); year average ¥{average}, ¥{gap} missing"
        ),

        "check.met": Phrase("符合", "holds"),
        "check.not-met": Phrase("不符合", "does not hold"),
        "reason-code.official": Phrase("政府部门要员", "Office holder"),
        "reason-code.executive": Phrase("企业负责人", "Head of an enterprise"),
        "reason-code.introduced": Phrase("重要客户引荐", "Introduced by a customer"),
        "reason-code.other": Phrase("其他", "Other"),
        "addition.pending": Phrase("待日终", "waits for the close"),
        "addition.done": Phrase("已生效", "in effect"),
        "addition.failed": Phrase("未生效", "failed"),
        "addition.cancelled": Phrase("已撤销", "taken back"),
        "leaving.week": Phrase("7 天内", "within 7 days"),
        "leaving.month": Phrase("30 天内", "within 30 days"),
        "leaving.later": Phrase("未到预警", "later"),
        "targets.no-customer-number": Phrase(
            "这不是客户号；请输入客户号。", "That is no customer number. Type the customer's number."),
        "flash.customer-merged": Phrase(
            "该客户号已由 CIF 合并，现显示合并后的客户。",
            "CIF merged that number: this is the customer now."),
        "flash.target-added": Phrase(
            "已增加：现由您管户，日终后成为目标客户。",
            "Added: the customer is yours, and a target after the close."),
        "flash.target-cancelled": Phrase("已撤销。", "Taken back."),
        "flash.target-renewed": Phrase(
            "已续期，下次日终起重新计算。", "Renewed: the months begin anew at the next close."),
    ]
}
