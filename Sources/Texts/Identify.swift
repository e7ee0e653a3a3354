extension Words {
    /// What is wrong with an extract, one sentence a fault.
    static let identify: [String: Phrase] = [
        "why.retained": Phrase(
            "没有账户余额达到 {line} 元（最大 {largest} 元）。",
            "No account holds ¥{line}: the largest holds ¥{largest}."),
        "why.potential-by-account": Phrase(
            "有账户余额 {largest} 元，达到 {line} 元。",
            "An account holds ¥{largest}, at or above ¥{line}."),
        "why.potential-by-average": Phrase(
            "账户余额最大 {largest} 元，但日均金融资产 {average} 元，达到 {line} 元。",
            "The largest account holds ¥{largest}, but the average of assets is ¥{average}, at or above ¥{line}."
        ),
        "why.potential-for-now": Phrase(
            "自 {last} 后没有账户达到 {line} 元；如仍无，{until} 日终退回留置。",
            "No account held ¥{line} after {last}; if none does, retained from the close of {until}."
        ),
        "why.target-by-assets": Phrase(
            "金融资产 {assets} 元，达到 {line} 元（日均 {average} 元）。",
            "Assets are ¥{assets}, at or above ¥{line} (average ¥{average})."),
        "why.target-by-average": Phrase(
            "日均金融资产 {average} 元，达到 {line} 元（日终 {assets} 元）。",
            "The average of assets is ¥{average}, at or above ¥{line} (at the close ¥{assets})."),
        "why.target-by-hand": Phrase("{date} 日终手工增加。", "Added by hand at the close of {date}."),
        "why.target-below": Phrase(
            "自 {since} 起，金融资产（{assets} 元）和日均（{average} 元）均低于 {line} 元；如不回升，{until} 日终退出目标。",
            "Since {since} both assets (¥{assets}) and their average (¥{average}) are below ¥{line}; unless either rises, no target from the close of {until}."
        ),
        "why.target-below-at-months-ends": Phrase(
            "自 {since} 起，金融资产（{assets} 元）和日均（{average} 元）均低于 {line} 元；连续 {months} 个月末日均不达标即退出目标。",
            "Since {since} both assets (¥{assets}) and their average (¥{average}) are below ¥{line}; no target once the average is below at {months} months' ends in a row."
        ),
        "why.target-exempt": Phrase(
            "自 {since} 起，金融资产（{assets} 元）和日均（{average} 元）均低于 {line} 元；手工增加，不退出。",
            "Since {since} both assets (¥{assets}) and their average (¥{average}) are below ¥{line}; added by hand, so the customer stays."
        ),
        "why.graded": Phrase(
            "{tier}：{date} 月末日均 {average} 元，下限 {floor} 元。",
            "{tier}: the average at the close of {date} was ¥{average}, the floor is ¥{floor}."),
        "why.kept-by-grace": Phrase(
            "{tier}：{date} 月末日均 {average} 元，低于下限 {floor} 元，{months} 个月末的宽限期内保留。",
            "{tier}: the average at the close of {date} was ¥{average}, below the floor of ¥{floor}; kept for {months} [months|month's end|months' ends] of grace."
        ),
        "why.not-graded-yet": Phrase(
            "尚未分层；{date} 月末首次分层。", "No tier yet: graded first at the close of {date}."),
        "why.below-tiers": Phrase(
            "未评级：{date} 月末日均 {average} 元，低于最低下限 {floor} 元。",
            "No tier: the average at the close of {date} was ¥{average}, the lowest floor is ¥{floor}."
        ),
        "decided.by-outlet": Phrase("网点口径", "as this outlet finds it"),
        "decided.by-first-tier": Phrase("一级分行口径", "as the first-tier branch decided"),
        "decided.first-tier": Phrase(
            "由一级分行按全部网点数据判定。",
            "Decided by the first-tier branch from all its outlets' figures."),
        "decided.provisional": Phrase(
            "暂定：一级分行以本网点数据完成 {date} 日终后为准。",
            "Provisional until the first-tier branch has closed {date} with this outlet's figures."
        ),
        "decided.some-provisional": Phrase(
            "标“暂定”者：一级分行以本网点数据完成 {date} 日终后为准。",
            "Where it says provisional: until the first-tier branch has closed {date} with this outlet's figures."
        ),
        "decided.mark": Phrase("暂定", "provisional"),
        "fault.at-line": Phrase("{file} 第 {line} 行：", "{file} line {line}: "),
        "fault.in-file": Phrase("{file}：", "{file}: "),
        "fault.more": Phrase("……另有 {count} 处", "… and {count} more"),
        "fault.manifest-unreadable": Phrase("清单缺失或不可读", "the manifest is missing or unreadable"),
        "fault.manifest-field": Phrase("清单项 {field} 缺失或有误", "{field} is missing or wrong"),
        "fault.file-missing": Phrase("文件缺失", "the file is missing"),
        "fault.file-unreadable": Phrase("文件读取失败", "the file cannot be read"),
        "fault.wrong-hash": Phrase("文件校验值与清单不符", "its hash is not the manifest's"),
        "fault.wrong-row-count": Phrase(
            "行数与清单不符：应为 {expected}，实为 {found}",
            "{found} [found|row|rows], the manifest says {expected}"),
        "fault.wrong-sum": Phrase(
            "余额合计与清单不符：应为 {expected}，实为 {found}",
            "the balances add up to {found}, the manifest says {expected}"),
        "fault.column-missing": Phrase("缺少列 {column}", "the column {column} is missing"),
        "fault.not-utf8": Phrase("不是 UTF-8 编码", "it is not UTF-8"),
        "fault.broken-row": Phrase("行格式有误", "the row is broken"),
        "fault.wrong-field-count": Phrase(
            "列数有误：应为 {expected}，实为 {found}", "{found} [found|field|fields], {expected} expected"),
        "fault.invalid-field": Phrase("列 {column} 的内容有误", "the field {column} is not valid"),
        "fault.unknown-file": Phrase(
            "清单列出未知文件 {name}", "the manifest names an unknown file {name}"),
        "fault.another-outlet": Phrase(
            "属于网点 {found}，本节点为 {expected}", "it is of outlet {found}, this node serves {expected}"),
        "fault.another-first-tier": Phrase(
            "属于一级分行 {found}，本节点为 {expected}",
            "it is of first-tier branch {found}, this node is of {expected}"),
        "fault.older-sequence": Phrase(
            "序号 {sequence} 早于已导入的 {latest}",
            "sequence {sequence} is older than {latest}, which was taken"),
        "fault.other-content": Phrase(
            "序号 {sequence} 已导入，内容不同；更正须用更大的序号",
            "sequence {sequence} was taken with other content; a correction takes a higher sequence"
        ),
        "fault.duplicate-row": Phrase("重复的行", "the row stands twice"),
        "fault.unknown-customer": Phrase("客户 {customer} 未知", "customer {customer} is not known"),
        "fault.unknown-account": Phrase("账户未知", "the account is not known"),
        "fault.account-changed": Phrase(
            "账户的类别或币种与先前不同", "the account's category or currency is not what it was"),
        "fault.account-of-another-customer": Phrase(
            "账户属于客户 {owner}，不能改属客户 {customer}；客户号合并须由 CIF 在 merged_into 中告知",
            "the account is customer {owner}'s and cannot become {customer}'s; CIF says in merged_into which numbers it merged"
        ),
        "fault.future-date": Phrase(
            "业务日期 {date} 尚未到来（本机日期 {today}）；若本机日期有误，请先校正",
            "its business date {date} has not come yet (today is {today} by this machine's clock; set the clock if it is wrong)"
        ),
        "fault.merged-in-circle": Phrase(
            "客户 {customer} 并入 {into}，而 {into} 已并入 {customer}",
            "customer {customer} is merged into {into}, which itself was merged into {customer}"),
        "fault.merged-elsewhere": Phrase(
            "客户 {customer} 已并入 {before}，不能再并入 {into}",
            "customer {customer} was merged into {before} before and cannot be merged into {into}"),
        "fault.account-of-another-source": Phrase(
            "账户属于来源 {source}", "the account belongs to source {source}"),
        "fault.negative-balance": Phrase(
            "{category} 账户余额为负", "a {category} account has a negative balance"),
        "fault.listed-before": Phrase(
            "被替换的数据文件所带来的 {accounts} 个账户不在其中；已不存在的账户请仍列出并填写销户日期",
            "{accounts} [accounts|account|accounts] that the replaced extract brought [accounts|is|are] not in it; an account that is no more is sent as closed"
        ),
    ]
}
