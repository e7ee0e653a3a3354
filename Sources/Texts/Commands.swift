extension Words {
    /// What the two programs print.
    static let commands: [String: Phrase] = [
        "program.no-directory": Phrase(
            "未指定数据目录；请用 --data 目录 或环境变量 {variable}。",
            "No data directory. Give --data DIR or set {variable}."),
        "program.not-while-serving": Phrase(
            "节点服务期间不能执行此命令；请先停止服务。",
            "This cannot be done while the directory is being served. Stop the server first."),
        "program.outcome-unknown": Phrase(
            "服务进程没有答复；操作可能已完成，请先查询再重试。",
            "The serving process gave no answer. The command may have been carried out: look before you repeat it."
        ),
        "program.internal-error": Phrase(
            "内部错误（{type}）；未作任何更改，请报告管理员。",
            "Internal error ({type}). Nothing was changed; tell the administrator."),
        "program.unreadable-file": Phrase(
            "无法读取文件 {path}。", "The file {path} cannot be read."),
        "program.invalid-date": Phrase(
            "“{text}”不是形如 2025-03-31 的日期。", "\"{text}\" is not a date such as 2025-03-31."),
        "program.no-resources": Phrase(
            "找不到页面模板 {path}；请把 BranchNode_Pages.resources 放在程序旁边。",
            "The pages' templates are not at {path}. Put BranchNode_Pages.resources beside the program."
        ),
        "program.no-package": Phrase(
            "找不到 {path}；请安装：apt-get install {package}",
            "{path} is not there. Install it: apt-get install {package}"),
        "program.port-taken": Phrase(
            "端口 {port} 已被占用；请用 --port 另选，0 为任选。",
            "Port {port} is taken. Choose another with --port; 0 picks one."),

        "store.not-initialised": Phrase(
            "{path} 中没有数据；请先运行 init。", "There is nothing in {path}. Run init first."),
        "store.already-initialised": Phrase(
            "{path} 中已有数据；请另选目录。",
            "{path} holds data already. Choose another directory."),
        "store.database-missing": Phrase(
            "缺少数据库 {path}，与之相属的文件仍在；请用 restore 从备份恢复，不要重新 init。",
            "The database {path} is missing; what belongs to it is still there. Restore a backup (`restore`); do not make a new one."
        ),
        "store.in-use": Phrase(
            "{path} 正被另一进程使用；请等待其结束，或先停止它。",
            "{path} is in use by another process. Wait until it ends, or stop it."),
        "store.not-a-directory": Phrase(
            "{path} 不是可读取的目录。", "{path} is not a directory that can be read."),
        "store.file-exists": Phrase(
            "{path} 已存在，未作覆盖；请另取文件名，或先移走它。",
            "{path} is there already and was left as it is. Choose another name, or move it away."),
        "store.damaged": Phrase(
            "数据已损坏（{path}）；请停止使用并从备份恢复。",
            "The data is damaged ({path}). Stop using it and restore a backup."),
        "store.newer-schema": Phrase(
            "{path} 由更新版本的程序建立；请用该版本打开。",
            "{path} was made by a newer version of the program. Use that version."),
        "store.disk-full": Phrase(
            "磁盘已满（{path}）；未完成的步骤没有改动任何数据，腾出空间后重试。",
            "The disk is full ({path}). The step that failed changed nothing; free some space and try again."
        ),
        "store.restore-unfinished": Phrase(
            "{path} 的恢复中途停止，数据不完整；请重新执行 restore。",
            "A restore of {path} was cut off, so the data is incomplete. Run restore again."),
        "store.key-file-missing": Phrase(
            "找不到密钥文件 {path}；请用 --key-file 指定。",
            "The key file {path} is missing. Name it with --key-file."),
        "store.key-file-open": Phrase(
            "密钥文件 {path} 可被他人读取；请设为仅属主可读（chmod 600）。",
            "The key file {path} can be read by others. Make it its owner's alone (chmod 600)."),
        "store.key-file-malformed": Phrase(
            "{path} 不是密钥文件。", "{path} is not a key file."),
        "store.keys-closed": Phrase(
            "密钥文件打不开 {path}；请核对密钥文件是否属于该目录。",
            "The key file does not open {path}. See that it belongs to this directory."),
        "store.key-ring-missing": Phrase(
            "缺少 {path}；请从保存的副本放回，没有它数据与备份都打不开。",
            "{path} is missing. Put back the copy that was kept; without it neither data nor backups open."
        ),
        "store.key-ring-damaged": Phrase(
            "{path} 已损坏；请用保存的副本替换，没有它数据与备份都打不开。",
            "{path} is damaged. Put back the copy that was kept; without it neither data nor backups open."
        ),
        "store.failed": Phrase(
            "读写 {path} 失败：{cause}。", "Reading or writing {path} failed: {cause}."),

        "import.taken": Phrase("{date} 已导入（序号 {sequence}）", "{date} taken (sequence {sequence})"),
        "import.already-taken": Phrase(
            "{date} 先前已导入，无变化（序号 {sequence}）",
            "{date} was taken before, nothing changed (sequence {sequence})"),
        "import.reopened": Phrase(
            "{date} 已更正（序号 {sequence}），自该日起重新日终",
            "{date} corrected (sequence {sequence}); closed again from that date"),
        "import.refused": Phrase(
            "{directory}：拒收，未作任何更改，问题 {count} 处：",
            "{directory}: refused, nothing of it was taken, {count} [count|fault|faults]:"),
        "import.not-a-directory": Phrase(
            "{path} 不是数据文件目录。", "{path} is not a directory of extracts."),
        "import.progress": Phrase("已导入 {done}/{all}", "{done} of {all} taken"),
        "import.nothing": Phrase("目录中没有数据文件。", "There is no extract in the directory."),
        "timer.refused": Phrase(
            "{directory}：拒收，问题 {count} 处；用 import 命令可查看。",
            "{directory}: refused, {count} [count|fault|faults]; the import command says which."),
        "timer.failed": Phrase("自动日终失败。", "The timed close failed."),
        "close.nothing": Phrase("没有需要日终的日期。", "There is nothing to close."),
        "close.progress": Phrase(
            "正在日终 {date}（{number}/{all}）", "closing {date}, date {number} of {all}"),
        "close.day": Phrase(
            "{date}{estimated}：账户 {accounts}，潜力 +{potentialIn}/-{potentialOut}，目标 +{targetIn}/-{targetOut}",
            "{date}{estimated}: {accounts} [accounts|account|accounts], potential +{potentialIn}/-{potentialOut}, target +{targetIn}/-{targetOut}"
        ),
        "close.estimated": Phrase("（估计）", " (estimated)"),

        "customer.line": Phrase(
            "客户 {customer}：{pool}（自 {since}），等级 {tier}，金融资产 {assets}，年日均 {average}（{days} 天），截至 {date}，{by}",
            "Customer {customer}: {pool} since {since}, tier {tier}, financial assets {assets}, year's average {average} over {days} [days|day|days], as of {date}, {by}"
        ),
        "customer.account": Phrase(
            "  {category}/{subcategory} {number}：{balance}",
            "  {category}/{subcategory} {number}: {balance}"),
        "customers.line": Phrase(
            "{count} 位客户，账户 {accounts}，余额 {balance}，截至 {date}",
            "{count} [count|customer|customers], {accounts} [accounts|account|accounts], balance {balance}, as of {date}"
        ),
        "owner.line": Phrase(
            "客户 {customer}：由 {outlet} 的 {manager} 管户，自 {since}（{state}）。{asOf}",
            "Customer {customer}: looked after by {manager} at {outlet} since {since} ({state}). {asOf}"
        ),
        "owner.nobody-line": Phrase(
            "客户 {customer}：无人管户。{asOf}", "Customer {customer}: no owner. {asOf}"),
        "owner.awaiting": Phrase("（待指派）", "(awaiting assignment)"),
        "owner.as-of-line": Phrase("截至 {instant}。", "As of {instant}."),
        "owner.as-of-never": Phrase("尚未与总行同步。", "Never synced with head office."),
        "owner.first-tier": Phrase("一级分行 {unit}：", "First-tier branch {unit}: "),
        "ownership.no-claims": Phrase("没有主张。", "There is no claim."),
        "ownership.withheld": Phrase(
            "本网点不服务该客户，不显示主张；决定摘要 {digest}。",
            "This outlet does not serve the customer, so claims are not shown; decision digest {digest}."
        ),
        "assign.done": Phrase("{customer}：已指派", "{customer}: assigned"),
        "contact.done": Phrase(
            "已记录：{customer}，{date}", "Recorded: {customer}, {date}"),
        "reminders.none": Phrase("没有到期提醒。", "Nothing is due."),
        "reminders.line": Phrase(
            "{due} {kind} 客户 {customer}：{sentence}", "{due} {kind}, customer {customer}: {sentence}"
        ),
        "sync.done": Phrase(
            "同步完成：发送 {batches} 批，收到主张 {claims} 条、结算 {settlements} 条。",
            "Synced: {batches} [batches|batch|batches] sent, {claims} [claims|claim|claims] and {settlements} [settlements|settlement|settlements] received."
        ),
        "sync.mended": Phrase(
            "比对发现双方不一致；已重发 {count} 行。",
            "The two sides differed; {count} [count|row was|rows were] sent again."),
        "sync.compared-equal": Phrase("已比对，双方一致。", "Compared: both sides are equal."),
        "sync.put-off": Phrase(
            "总行繁忙，比对推迟到下次同步。",
            "Head office was too busy to compare; that is done at the next sync."),
        "sync.quarantined": Phrase(
            "总行未能处理 {count} 笔，已隔离；请用 branchnode quarantine list 查看。",
            "{count} [count|transaction|transactions] that head office could not apply [count|is|are] quarantined. See branchnode quarantine list."
        ),
        "verdict.in-step": Phrase("双方一致。", "Both sides are in step."),
        "verdict.restored": Phrase(
            "总行认出本节点由备份恢复；已启用新纪元，取回 {records} 条记录。",
            "Head office recognised this node as restored: a new epoch began and {records} [records|record|records] came back."
        ),
        "verdict.suspected-copy": Phrase(
            "疑为副本，已隔离待查。", "Taken for a copy and fenced; see to it."),
        "verdict.office-restored": Phrase(
            "总行由备份恢复；已重新发送其缺少的数据。",
            "Head office was restored from a backup: what it lacked was sent again."),
        "verdict.corrupted": Phrase("进度不符，可能损坏。", "The position shown is not head office's."),
        "quarantine.none": Phrase("隔离区为空。", "Nothing is quarantined."),
        "quarantine.line": Phrase(
            "{id}  {record} {key}：{reason}（{at}）", "{id}  {record} {key}: {reason} ({at})"),
        "quarantine.retried": Phrase(
            "将随下次同步重发 {count} 笔。", "{count} will be sent again with the next exchange."),
        "quarantine.discarded": Phrase(
            "已放弃发送 {count} 笔；记录仍留在本网点。",
            "Gave up sending {count}; the records stay at this outlet."),
        "readmit.done": Phrase(
            "网点 {outlet} 的节点可重新接入；其下次联系将启用新纪元。",
            "The node of {outlet} may come in again; its next contact begins a new epoch."),
        "status.alone": Phrase("未接入总行", "on its own, without a head office"),
        "status.never": Phrase("已登记，尚未同步", "enrolled, never synced"),
        "status.online": Phrase("在线", "online"),
        "status.offline": Phrase("离线（{failure}）", "offline ({failure})"),
        "status.timed-close": Phrase(
            "自动日终（{instant}）：{finding}", "Timed close ({instant}): {finding}"),
        "status.skew": Phrase(
            "时钟：与总行相差 {seconds} 秒（总行减本机）",
            "Clock: head office's less this one's is {seconds} s"),
        "status.verdict": Phrase("最近比对结论：{verdict}", "Last unusual compare: {verdict}"),
        "status.digest": Phrase(
            "摘要比对：{instant}，{finding}", "Digests compared: {instant}, {finding}"),
        "status.schema": Phrase(
            "数据库版本 {schema}；水位 {watermark}", "Schema {schema}; watermark {watermark}"),
        "status.disk-full": Phrase(
            "磁盘已满：只能登录和查询，录入、同步和导出须等腾出空间。",
            "The disk is full: people can log in and look, and nothing else is taken until there is room."
        ),
        "status.line": Phrase(
            "网点 {outlet}（一级分行 {firstTier}）：{condition}；待发送 {pending}；最近联系 {contact}；已日终 {closed}；数据完整性 {integrity}",
            "Outlet {outlet} (first-tier branch {firstTier}): {condition}; {pending} to send; last contact {contact}; closed through {closed}; integrity {integrity}"
        ),
        "status.unverified": Phrase(
            "未经验证的决定：{count}；总行未发来其依据的全部主张，请用 verify 查看。",
            "Unverified decisions: {count}. Head office has not sent all the claims that they name; see verify."
        ),
        "init.done": Phrase(
            "已建立 {path}；密钥文件 {key}，请与数据分开保管。",
            "Made {path}; its key file is {key}: keep the two apart."),
        "init.invalid-organisation": Phrase(
            "机构文件 {path} 不能使用：", "The organisation file {path} cannot be used:"),
        "init.not-json": Phrase("不是可读的 JSON。", "It is not readable JSON."),
        "init.not-an-outlet": Phrase(
            "机构文件中没有网点 {outlet}。", "The organisation has no outlet {outlet}."),
        "init.one-of": Phrase(
            "请给出 --org 文件，或 --head-office 地址与 --token 令牌。",
            "Give --org FILE, or --head-office URL with --token TOKEN."),
        "enrol.done": Phrase(
            "网点 {outlet} 已重新登记，证书有效期至 {through}。",
            "Outlet {outlet} is enrolled again; its certificate is good until {through}."),
        "enrol.no-line": Phrase(
            "无法连接总行 {address}：没有线路，或地址有误。令牌仍然有效，请核对后重新执行。",
            "Head office cannot be reached at {address}: there is no line, or the address is wrong. The token is still good: check both and run this again."
        ),
        "enrol.no-answer": Phrase(
            "{address} 没有完整应答，未完成登记；请重新执行。如提示令牌已使用，请重新申请。",
            "There was no whole answer from {address}, so nothing was enrolled here. Run this again; if the token counts as used then, ask for another."
        ),
        "enrol.has-node": Phrase(
            "注意：网点 {outlet} 已有节点；另一节点一旦出示此令牌，原节点即失效。",
            "Mind: outlet {outlet} has a node. Another node that shows this token takes its place."),
        "enrol.token-malformed": Phrase(
            "这不是完整的令牌；请原样复制 headoffice enrol 的输出。",
            "This is no whole token. Copy what `headoffice enrol` printed as it is."),
        "enrol.hours": Phrase("有效时间为 1 至 720 小时。", "A token is good for 1 to 720 hours."),
        "target.added": Phrase(
            "客户 {customer} 自即刻起由 {staff} 管户，{date} 日终后成为目标客户。",
            "Customer {customer} is {staff}'s from now on, and a target after the close of {date}."),
        "target.met": Phrase("符合：{condition}", "yes: {condition}"),
        "target.not-met": Phrase("不符合：{condition}——{why}", "no: {condition} - {why}"),
        "target.cancelled": Phrase(
            "已撤销客户 {customer} 的手工增加。", "The addition of customer {customer} is taken back."),
        "target.renewed": Phrase(
            "客户 {customer} 已续期，自 {date} 日终起重新计算。",
            "Customer {customer} is renewed: the months below begin anew at the close of {date}."),
        "condition.role": Phrase("本网点的客户经理或主管", "a manager or supervisor of this outlet"),
        "condition.demand-account": Phrase(
            "客户在本网点有正常的活期账户", "the customer has a demand account opened here, in order"),
        "condition.not-target": Phrase("客户不是目标客户", "the customer is no target"),
        "condition.unowned": Phrase(
            "客户在一级分行内无人管户", "nobody in the first-tier branch owns the customer"),
        "condition.none-pending": Phrase(
            "没有待生效的手工增加", "no other addition waits for the close"),
        "history.pool": Phrase(
            "{from} 至 {to}：{pool}（{cause}）", "{from} to {to}: {pool} ({cause})"),
        "history.tier": Phrase("{from} 至 {to}：{tier}", "{from} to {to}: {tier}"),
        "history.voided": Phrase(
            "已被更正：{date} {pool}，{tier}（{at} 作废）",
            "corrected since: {date} {pool}, {tier} (void from {at})"),
        "history.now": Phrase("今", "now"),
        "cause.known": Phrase("首次日终", "first close"),
        "cause.R1": Phrase("账户余额达标", "an account at the line"),
        "cause.R2": Phrase("一个月未达标", "a month below the line"),
        "cause.R3": Phrase("金融资产或年日均达标", "assets or their average at the line"),
        "cause.R4": Phrase("连续数月未达标", "months below the line"),
        "cause.R6": Phrase("手工增加", "added by hand"),
        "cause.R3+R6": Phrase("达标并手工增加", "at the line, and added by hand"),
        "parameter.known": Phrase(
            "{name}：默认 {default}，允许 {admits}", "{name}: by default {default}, admits {admits}"),
        "parameter.loaded": Phrase(
            "{name} = {value}（{scope}），自 {date} 起；来自机构文件",
            "{name} = {value} ({scope}) from {date}; of the organisation file"),
        "parameter.proposed": Phrase(
            "第 {number} 号：{name} = {value}（{scope}），自 {date} 起；{proposer} 提议，待审批。原因：{reason}",
            "No. {number}: {name} = {value} ({scope}) from {date}; proposed by {proposer}, not approved yet. Why: {reason}"
        ),
        "parameter.approved": Phrase(
            "第 {number} 号：{name} = {value}（{scope}），自 {date} 起；{proposer} 提议，{decider} 审批通过。原因：{reason}",
            "No. {number}: {name} = {value} ({scope}) from {date}; proposed by {proposer}, approved by {decider}. Why: {reason}"
        ),
        "parameter.refused": Phrase(
            "第 {number} 号：{name} = {value}（{scope}），自 {date} 起；{proposer} 提议，{decider} 否决。原因：{reason}",
            "No. {number}: {name} = {value} ({scope}) from {date}; proposed by {proposer}, refused by {decider}. Why: {reason}"
        ),
        "revoke.done": Phrase(
            "网点 {outlet} 的节点已停用，自下次联系起生效。",
            "The node of outlet {outlet} is shut out from its next contact on."),
        "password.done": Phrase("已设置 {staff} 的密码。", "The password of {staff} is set."),
        "serve.ready": Phrase("服务地址 {address}", "Serving at {address}"),
        "serve.invalid-host": Phrase(
            "--host 中有不能用作主机名的内容：{names}",
            "Among the --host options is what cannot be a host's name: {names}"),
        "settle.done": Phrase("结算 {count} 位客户。", "{count} [count|customer|customers] settled."),
        "settle.line": Phrase(
            "第 {number} 号：客户 {customer} → {owner}（{rule}）",
            "No. {number}: customer {customer} → {owner} ({rule})"),
        "settle.nobody": Phrase("无人管户", "nobody"),
        "view.closed-through": Phrase("；一级分行日终至 {date}", "; closed through {date}"),
        "view.closed-but-late": Phrase(
            "；一级分行日终至 {date}，{outlets} 沿用以前的数据",
            "; closed through {date} with earlier figures of {outlets}"),
        "view.list": Phrase(
            "customers — 各网点按客户池和等级统计，含一级分行合计",
            "customers — by pool and tier per outlet, with the sum per first-tier branch"),
        "view.line": Phrase(
            "{unit} {name}：留置 {retained}，潜力 {potential}，目标 {target}；金 {gold}，白金 {platinum}，钻石 {diamond}；账户 {accounts}，余额 {balance}；{date}",
            "{unit} {name}: retained {retained}, potential {potential}, target {target}; gold {gold}, platinum {platinum}, diamond {diamond}; {accounts} [accounts|account|accounts], {balance}; {date}"
        ),
        "view.sum-line": Phrase("合计", "sum"),
        "view.persons-line": Phrase(
            "去重客户：留置 {retained}，潜力 {potential}，目标 {target}",
            "persons: retained {retained}, potential {potential}, target {target}"),
        "nodes.line": Phrase(
            "{outlet} {name}：{contact}，待发送 {pending}，已日终 {closed}，批次 {batch}",
            "{outlet} {name}: {contact}, {pending} to send, closed through {closed}, batch {batch}"),
        "nodes.set-apart": Phrase(
            "总行未收下的记录：{count}；请查看 headoffice quarantine list --outlet {outlet}，并在该网点用 branchnode quarantine 处理。",
            "records that head office did not take: {count}; see headoffice quarantine list --outlet {outlet}, and branchnode quarantine there"
        ),
        "nodes.handed-over": Phrase(
            "隔离期间交来的批次：{count}，未采用；请查看 headoffice quarantine list --outlet {outlet}。",
            "batches handed over while fenced, none applied: {count}; see headoffice quarantine list --outlet {outlet}"
        ),
        "kept.set-apart": Phrase(
            "{outlet}  {record} {key}：{reason}；同一笔共 {rows} 行（{at}）",
            "{outlet}  {record} {key}: {reason}; {rows} [rows|row|rows] set apart with it ({at})"),
        "kept.handed-over": Phrase(
            "{outlet}  节点 {node} 隔离期间交来 {lane} 第 {number} 批：{records}；留存 {kept}/{parts} 部分（{at}）",
            "{outlet}  node {node}, fenced, handed over batch {number} of {lane}: {records}; {kept} of {parts} [parts|part|parts] kept ({at})"
        ),
        "kept.discarded": Phrase("；网点已放弃（{at}）", "; given up at the outlet ({at})"),
        "kept.unknown": Phrase("未知种类", "of an unknown kind"),
        "nodes.clock": Phrase(
            "时钟与总行相差 {seconds} 秒；请校准。",
            "its clock is {seconds} s from head office's; set it right"),
        "nodes.closed": Phrase("已撤并", "closed"),
        "nodes.not-enrolled": Phrase("未登记", "not enrolled"),
        "nodes.revoked": Phrase("已于 {instant} 停用", "shut out since {instant}"),
        "nodes.never-heard": Phrase("从未联系", "never heard"),
        "nodes.heard": Phrase("最近联系 {instant}", "last heard {instant}"),

        "organisation.duplicate-unit": Phrase("机构 {unit} 重复", "unit {unit} stands twice"),
        "organisation.unknown-parent": Phrase(
            "机构 {unit} 的上级不存在", "the parent of unit {unit} is not there"),
        "organisation.outside-first-tier": Phrase(
            "网点 {unit} 不属于任何一级分行", "outlet {unit} is under no first-tier branch"),
        "organisation.duplicate-staff": Phrase("工号 {staff} 重复", "staff {staff} stands twice"),
        "organisation.unknown-unit": Phrase(
            "工号 {staff} 的机构不存在", "the unit of staff {staff} is not there"),
        "organisation.named-like-unit": Phrase(
            "工号 {staff} 与机构号相同；请改用其他工号",
            "staff {staff} has a unit's code; give another staff number"),
        "organisation.unknown-parameter": Phrase(
            "没有参数 {name}", "there is no parameter {name}"),
        "organisation.parameter-overlaps": Phrase(
            "参数 {name} 自 {date} 起在同一范围内有两个取值", "{name} has two values of one scope from {date}"),
        "organisation.fixed-unit": Phrase(
            "总行和一级分行不能增减或改动：{unit}",
            "head office and first-tier branches can be neither added nor taken away: {unit}"),
        "organisation.no-longer-outlet": Phrase(
            "网点 {unit} 不能改为其他层级", "outlet {unit} cannot become a unit of another level"),
        "organisation.no-administrator": Phrase(
            "总行没有在岗的系统管理员", "no administrator would be active at head office"),
        "organisation.owns-customers": Phrase(
            "{outlet} 的工号 {staff} 仍管户 {count} 位客户；请网点主管先移交（branchnode book hand-over），同步结算后再停用或调动",
            "{staff} at {outlet} looks after {count} [count|customer|customers]: their supervisor hands the book over (branchnode book hand-over), and it is synced and settled, before they leave or move"
        ),
        "organisation.outlet-owns-customers": Phrase(
            "网点 {outlet} 仍有 {count} 位待指派客户；请先划转再撤并",
            "{count} [count|customer awaits|customers await] assignment at outlet {outlet}: move them before it closes or moves"
        ),
        "organisation.node-would-move": Phrase(
            "网点 {outlet} 将划归另一一级分行，但其节点尚未停用：请先让节点把数据送完（headoffice nodes），再停用该节点（headoffice revoke）",
            "outlet {outlet} would come under another first-tier branch while its node may still speak: let it deliver what it has (headoffice nodes), then shut it out (headoffice revoke)"
        ),
        "organisation.loaded": Phrase(
            "已载入，版本 {version}：新增机构 {opened}，撤并 {closed}；新增人员 {added}，停用 {ended}。各节点下次同步时取得。",
            "Loaded as version {version}. Units: {opened} new, {closed} closed. Staff: {added} new, {ended} inactive. Nodes get it with their next exchange."
        ),
        "organisation.unchanged": Phrase(
            "文件与现行机构相同，未作更改。", "The file is what is in force already; nothing was changed."),
        "organisation.outlet-moved": Phrase(
            "注意：网点 {unit} 划归另一一级分行，须在该分行重新建立节点。",
            "Mind: outlet {unit} comes under another first-tier branch. Make a new node for it there."
        ),
        "organisation.overtaken": Phrase(
            "注意：载入时仍有一次结算按原机构完成。{fault}。",
            "Mind: a settlement went by the organisation before while this one was loaded. {fault}."
        ),
        "organisation.parameters-stay": Phrase(
            "文件中的参数未采用；参数保持不变。",
            "The file's parameters were not taken; parameters stay as they are."),
        "organisation.parameter-out-of-range": Phrase(
            "参数 {name} 的值 {value} 超出范围", "parameter {name}: {value} is out of range"),
    ]
}
