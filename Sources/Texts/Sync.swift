extension Words {
    /// The outlet's line, and head office's view of outlets and nodes.
    static let sync: [String: Phrase] = [
        "sync.title": Phrase("同步", "Sync"),
        "sync.now": Phrase("立即同步", "Sync now"),
        "sync.head-office": Phrase("总行地址", "Head office"),
        "sync.last-error": Phrase("最近一次失败", "Last failure"),
        "sync.watermark": Phrase("水位", "Watermark"),
        "sync.skew": Phrase("时钟偏差", "Clock skew"),
        "sync.compared": Phrase("最近比对", "Last comparison"),
        "sync.equal": Phrase("双方一致", "both sides are equal"),
        "sync.differed": Phrase("曾不一致，已修复", "differed, and was mended"),
        "sync.timed-close": Phrase("自动日终", "Timed close"),
        "timer.well": Phrase("正常", "went well"),
        "sync.record": Phrase("记录", "Record"),
        "sync.reason": Phrase("原因", "Reason"),
        "sync.since": Phrase("时间", "Since"),
        "sync.quarantine-help": Phrase(
            "记录仍在本网点。由管理员用 branchnode quarantine retry 重发，或用 discard --reason 放弃。",
            "The records are still here. An operator sends them again (branchnode quarantine retry) or gives up (discard --reason)."
        ),
        "apart.column": Phrase(
            "列 {column} 的值不被总行接受", "head office does not admit the value of {column}"),
        "apart.inadmissible": Phrase(
            "该记录不被总行接受（无权提交，或内容不符）",
            "head office does not admit the record: it is not this outlet's to send, or not what it has to be"
        ),
        "apart.depends-on-set-apart": Phrase(
            "依赖另一笔已隔离的记录；请先处理那一笔",
            "it depends on a record that was set apart: mend that one first"),
        "apart.other": Phrase("总行未能处理（{code}）", "head office could not apply it ({code})"),
        "sync.alone": Phrase(
            "本节点未接入总行，独立运行。", "This node has no head office and works alone."),

        "view.title": Phrase("全行视图", "Bank view"),
        "view.by-pool": Phrase("客户池（户）", "By pool"),
        "view.by-tier": Phrase("目标客户等级（户）", "Targets by tier"),
        "view.closed": Phrase("最近日终", "Closed through"),
        "view.contact": Phrase("最近联系", "Last contact"),
        "view.sum": Phrase("合计", "Sum"),
        "view.persons": Phrase("去重 {count} 人", "{count} distinct [count|person|persons]"),
        "view.bank-persons": Phrase(
            "全行去重客户 {count} 人。", "Distinct persons in the whole bank: {count}."),
        "view.closed-all": Phrase("一级分行日终至 {date}", "closed through {date}"),
        "view.closed-late": Phrase(
            "一级分行日终至 {date}；{outlets} 沿用以前的数据",
            "closed through {date}, with earlier figures of {outlets}"),
        "view.none": Phrase("还没有网点数据。", "No outlet has reported yet."),
        "view.help": Phrase(
            "合计为各网点户数之和；同一客户在多个网点开户时重复计算，去重人数按客户号识别。",
            "The sum adds the outlets; who holds accounts at several is counted at each. Distinct persons are told apart by customer number."
        ),
        "contact.heard": Phrase("{moment}", "{moment}"),
        "contact.silent": Phrase("自 {moment} 起未知", "unknown since {moment}"),
        "contact.never": Phrase("从未联系", "never heard of"),

        "nodes.title": Phrase("网点节点", "Nodes"),
        "nodes.enrolment": Phrase("接入状态", "Enrolment"),
        "nodes.epoch": Phrase("纪元", "Epoch"),
        "nodes.lag": Phrase("滞后", "Lag"),
        "nodes.pending": Phrase("待发送", "To send"),
        "nodes.skew": Phrase("时钟偏差", "Clock skew"),
        "nodes.unknown": Phrase("未知", "unknown"),
        "nodes.none": Phrase("没有网点。", "No outlets."),
        "nodes.help": Phrase(
            "滞后和待发送以总行最近收到的为准；失联网点显示“自何时起未知”，不显示为零。",
            "Lag and the number to send are as head office last heard; a silent node reads “unknown since”, never zero."
        ),
        "was.in-step": Phrase("双方一致", "both sides were in step"),
        "was.restored": Phrase("节点由备份恢复", "the node came out of a backup"),
        "was.suspected-copy": Phrase(
            "疑为副本，已隔离待查", "taken for a copy and fenced; see to it"),
        "was.office-restored": Phrase("总行由备份恢复", "head office came out of a backup"),
        "was.corrupted": Phrase(
            "进度不符，可能损坏", "the position shown was not head office's: perhaps damaged"),

        "enrolment.none": Phrase("未接入", "Not enrolled"),
        "enrolment.enrolled": Phrase("已接入", "Enrolled"),
        "enrolment.revoked": Phrase("已注销", "Revoked"),
        "enrolment.fenced": Phrase("已隔离", "Fenced"),
        "span.seconds": Phrase("{count} 秒", "{count} s"),
        "span.minutes": Phrase("{count} 分钟", "{count} min"),
        "span.hours": Phrase("{count} 小时", "{count} h"),
        "span.days": Phrase("{count} 天", "{count} d"),
    ]
}
