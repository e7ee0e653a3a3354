extension Words {
    /// The rule parameters: what each means, its values, and who changes them.
    static let parameters: [String: Phrase] = [
        "parameters.title": Phrase("规则参数", "Parameters"),
        "parameters.one": Phrase("规则参数 {name}", "Parameter {name}"),
        "parameters.open": Phrase("待审批的提议", "Open proposals"),
        "parameters.none-open": Phrase("没有待审批的提议。", "Nothing waits for approval."),
        "parameters.number": Phrase("编号", "No."),
        "parameters.parameter": Phrase("参数", "Parameter"),
        "parameters.scope": Phrase("适用范围", "For"),
        "parameters.bank": Phrase("全行", "The bank"),
        "parameters.as-bank": Phrase("同全行", "as the bank"),
        "parameters.value": Phrase("取值", "Value"),
        "parameters.from": Phrase("生效日", "From"),
        "parameters.reason": Phrase("原因", "Reason"),
        "parameters.proposer": Phrase("提议人", "Proposed by"),
        "parameters.decider": Phrase("审批人", "Decided by"),
        "parameters.decide": Phrase("审批", "Decide"),
        "parameters.approve": Phrase("同意", "Approve"),
        "parameters.refuse": Phrase("否决", "Refuse"),
        "parameters.take-back": Phrase("撤回", "Take back"),
        "parameters.propose": Phrase("提议新取值", "Propose a value"),
        "parameters.propose-help": Phrase(
            "提议须由他人审批；生效日须在已日终日期之后。批准后随下次同步下发到各网点。",
            "Somebody else has to approve it. It takes effect on a date that nobody has closed yet, and reaches the outlets with their next exchange."
        ),
        "parameters.default": Phrase("默认值", "By default"),
        "parameters.admitted": Phrase("允许范围", "Admitted"),
        "parameters.bounds": Phrase("{least} 至 {most}", "{least} to {most}"),
        "parameters.loaded": Phrase("来自机构文件", "of the organisation file"),
        "parameters.set-by": Phrase(
            "{proposer} 提议，{approver} 批准", "proposed by {proposer}, approved by {approver}"),
        "parameters.in-force-on": Phrase("以下为该业务日期的有效取值：", "In force on business date"),
        "parameters.history": Phrase("历史与提议", "History and proposals"),
        "parameters.no-history": Phrase(
            "从未设置，一直使用默认值。", "Never set: the default has always held."),
        "parameters.back": Phrase("返回参数一览", "All parameters"),
        "parameters.help": Phrase(
            "全行取值由总行分析员提议，一级分行取值由一级分行主管提议，须由他人审批；一级分行取值优先于全行取值。已日终的日期不受影响。",
            "An analyst proposes for the bank, a first-tier supervisor for their branch, and somebody else approves. A branch's value wins over the bank's. Closed dates stay as they are."
        ),
        "flash.parameter-proposed": Phrase(
            "提议已提交，待他人审批。", "Proposed: somebody else has to approve it."),
        "flash.parameter-approved": Phrase(
            "已批准，将随下次同步下发。", "Approved: outlets get it with their next exchange."),
        "flash.parameter-refused": Phrase("提议已结束。", "The proposal is ended."),
        "proposal.loaded": Phrase("机构文件", "Loaded"),
        "proposal.proposed": Phrase("待审批", "Open"),
        "proposal.approved": Phrase("已批准", "Approved"),
        "proposal.refused": Phrase("已否决", "Refused"),

        "parameter-group.potential": Phrase("潜力客户", "Potential customers"),
        "parameter-group.target": Phrase("目标客户", "Target customers"),
        "parameter-group.average": Phrase("日均口径", "The average"),
        "parameter-group.tier": Phrase("客户等级", "Tiers"),
        "parameter-group.weight": Phrase("金融资产折算", "What counts as financial assets"),
        "parameter-group.ownership": Phrase("客户分配", "Assignment and disputes"),

        "value.yuan": Phrase("{amount} 元", "¥{amount}"),
        "value.months": Phrase("{count} 个月", "{count} [count|month|months]"),
        "value.days": Phrase("{count} 天", "{count} [count|day|days]"),
        "value.customers": Phrase("{count} 户", "{count} [count|customer|customers]"),
        "value.weight": Phrase("余额 × {weight}", "balance × {weight}"),
        "value.yes": Phrase("是", "yes"),
        "value.no": Phrase("否", "no"),
        "choice.calendar_month": Phrase("自然月", "calendar month"),
        "choice.rolling_month": Phrase("任意连续一个月", "any month"),
        "choice.daily_run": Phrase("连续每日", "every day of the months"),
        "choice.month_points": Phrase("各月末", "the months' ends"),
        "choice.ytd": Phrase("自然年日均", "the year so far"),
        "choice.rolling_365": Phrase("最近 365 天", "the last 365 days"),
        "choice.since_open": Phrase("开户以来", "since the customer came"),
        "choice.reset": Phrase("年初清零", "begins anew in January"),
        "choice.carry_until_month": Phrase(
            "{month} 月底前可沿用上年末", "last year's counts through month {month}"),

        "parameter-meaning.pot_min": Phrase(
            "任一账户余额达到此数即为潜力客户（R1、R2）",
            "One account of this balance makes a customer potential (R1, R2)"),
        "parameter-meaning.pot_inclusive": Phrase(
            "恰好等于此数是否算达到（R1）", "Whether the balance itself is enough (R1)"),
        "parameter-meaning.pot_exit_window": Phrase(
            "退出潜力所看的一个月：自然月或任意一个月（R2）",
            "The month without an account at the line: the calendar's or any (R2)"),
        "parameter-meaning.tgt_min": Phrase(
            "金融资产或日均达到此数即为目标客户（R3、R4）",
            "Financial assets or their average that make a target (R3, R4)"),
        "parameter-meaning.tgt_exit_months": Phrase(
            "连续低于目标线多少个月后退出（R4）", "Months below the line after which a target leaves (R4)"),
        "parameter-meaning.tgt_exit_mode": Phrase(
            "这几个月按每日计，还是只看月末（R4）",
            "Whether every day of those months counts or their ends alone (R4)"),
        "parameter-meaning.manual_exempt": Phrase(
            "手工增加的目标客户低于目标线时是否保留（R4、R6）",
            "Whether targets added by hand stay below the line (R4, R6)"),
        "parameter-meaning.aad_method": Phrase(
            "日均金融资产按哪些天计算", "The days that the average of financial assets is over"),
        "parameter-meaning.january_policy": Phrase(
            "年初几个月是否沿用上年末的日均",
            "Whether last year's average still counts in the first months of a year"),
        "parameter-meaning.downgrade_grace_months": Phrase(
            "低于本级下限后，再保留几个月末（R5）",
            "Months' ends below the tier's floor that a tier outlives (R5)"),
        "parameter-meaning.tier_gold": Phrase("金卡级日均下限（R5）", "Least average of the gold tier (R5)"),
        "parameter-meaning.tier_platinum": Phrase(
            "白金卡级日均下限（R5）", "Least average of the platinum tier (R5)"),
        "parameter-meaning.tier_diamond": Phrase(
            "钻石卡级日均下限（R5）", "Least average of the diamond tier (R5)"),
        "parameter-meaning.weight_deposit": Phrase(
            "存款余额的折算", "How much a deposit's balance counts"),
        "parameter-meaning.weight_loan": Phrase("贷款余额的折算", "How much a loan's balance counts"),
        "parameter-meaning.weight_fund": Phrase("基金余额的折算", "How much a fund's balance counts"),
        "parameter-meaning.weight_bond": Phrase("国债余额的折算", "How much a bond's balance counts"),
        "parameter-meaning.weight_wealth": Phrase(
            "理财产品余额的折算", "How much a wealth product's balance counts"),
        "parameter-meaning.weight_other": Phrase(
            "其他余额的折算", "How much any other balance counts"),
        "parameter-meaning.settlement_wait": Phrase(
            "网点没有消息时，主张等待几个营业日后结算",
            "Business days after which claims settle although an outlet is silent"),
        "parameter-meaning.dispute_wait": Phrase(
            "申请或异议几个工作日未答复即上报",
            "Working days after which an unanswered request or objection goes up"),
        "parameter-meaning.ruling_rest": Phrase(
            "裁定后几天内无新证据不再受理",
            "Days for which a ruling is not raised again without new evidence"),
        "parameter-meaning.book_cap": Phrase(
            "每名客户经理管户超过此数时，指派给出提示",
            "Customers per manager above which assignment warns"),
    ]
}
