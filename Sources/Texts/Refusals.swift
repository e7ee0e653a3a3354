extension Words {
    /// Why the rules said no and what to do instead, one sentence each.
    static let refusals: [String: Phrase] = [
        "refusal.unknown-customer": Phrase(
            "这里没有客户号 {customer}；请核对号码，或用管户经理查询。",
            "Customer {customer} is not known here. Check the number, or use the owner look-up."),
        "refusal.unknown-staff": Phrase(
            "没有工号 {staff}；请核对。", "There is no staff number {staff}. Check it."),
        "refusal.not-fenced": Phrase(
            "{outlet} 没有被隔离的节点，无需准入。请用 headoffice nodes 查看。",
            "No node of {outlet} is shut out, so none is to be let in. See headoffice nodes."),
        "refusal.unknown-unit": Phrase(
            "没有这个机构号；请核对。", "There is no such unit. Check the code."),
        "refusal.not-a-strong-key": Phrase(
            "请完整输入客户号、证件号、卡号、账号或手机号之一，或姓名加证件号后四位；只凭姓名不能查询。",
            "Give a whole customer, identity, card, account or mobile number, or a name with the last four characters of the identity number. A name alone finds nobody."
        ),
        "refusal.not-an-outlet": Phrase(
            "机构 {unit} 不是网点；请给出网点号。",
            "Unit {unit} is no outlet. Give the code of an outlet."),
        "refusal.inactive-staff": Phrase(
            "工号 {staff} 已停用；请选择在岗人员。", "{staff} is no longer active. Choose someone who is."),
        "refusal.not-allowed": Phrase(
            "工号 {staff} 无权办理；请由有相应岗位权限的人员办理。",
            "{staff} may not do this. Ask somebody whose role permits it."),
        "refusal.not-a-manager": Phrase(
            "工号 {staff} 不是客户经理；请选择客户经理。",
            "{staff} is not a relationship manager. Choose one."),
        "refusal.manager-elsewhere": Phrase(
            "客户经理 {staff} 属于机构 {outlet}；只能指派给本网点的客户经理。",
            "{staff} belongs to unit {outlet}. Assign to a manager of this outlet."),
        "refusal.not-target": Phrase(
            "客户 {customer} 不是目标客户，不能指派；如确属优质客户，可手工增加。",
            "Customer {customer} is not a target, so there is nothing to assign. Add by hand if the customer merits it."
        ),
        "refusal.already-owned": Phrase(
            "客户 {customer} 已由网点 {outlet} 的 {manager} 管户；如需调入，请提出调入申请。",
            "Customer {customer} is owned by {manager} at outlet {outlet}. Request a transfer instead."
        ),
        "refusal.owned-here": Phrase(
            "客户 {customer} 已由本网点 {manager} 管户；无需再次指派。",
            "Customer {customer} is already looked after by {manager} of this outlet; nothing to assign."
        ),
        "refusal.claimed-elsewhere": Phrase(
            "网点 {outlet} 的 {manager} 已主张客户 {customer}，待一级分行结算；可提出调入申请。",
            "{manager} at outlet {outlet} has claimed customer {customer} and it is not settled. You may request a transfer."
        ),
        "refusal.no-account-here": Phrase(
            "客户 {customer} 在本网点没有账户，不能由本网点管户。",
            "Customer {customer} has no account at this outlet, so it cannot own the customer."),
        "refusal.nothing-closed": Phrase(
            "还没有完成任何日终；请先导入数据并日终。", "No day is closed yet. Import extracts and close a day first."),
        "refusal.date-not-after-closed": Phrase(
            "该业务日期已日终；请选择之后的日期。", "That date is closed already. Choose a later one."),
        "refusal.date-beyond-extracts": Phrase(
            "日期 {date} 晚于最近的数据文件（{latest}）；请先导入数据。",
            "{date} is after the latest extract ({latest}). Import it first."),
        "refusal.date-beyond-delivered": Phrase(
            "日期 {date} 晚于各网点已报送的最近日期（{latest}）；请待网点日终并同步后再办理。",
            "{date} is after the latest date that an outlet delivered ({latest}). Wait until one has closed it and synced."
        ),
        "refusal.unknown-difference": Phrase(
            "没有第 {number} 号差异；请用 headoffice differences 查看。",
            "There is no difference number {number}. See headoffice differences."),
        "refusal.empty-text": Phrase("必填内容为空；请填写。", "A required text is empty. Fill it in."),
        "refusal.text-too-long": Phrase(
            "内容超过 {most} 字；请缩短。", "The text is longer than {most} characters. Shorten it."),
        "refusal.weak-password": Phrase(
            "密码须为 10–128 位，含大写、小写、数字、符号中的三种，且不含工号。",
            "A password has 10 to 128 characters of three kinds (capital, small, digit, sign) and not the staff number."
        ),
        "refusal.follow-up-past": Phrase(
            "跟进日已过；请选择 {date} 或之后的日期。",
            "The follow-up date has passed. Choose {date} or a later one."),
        "refusal.invalid-mobile": Phrase(
            "不是手机号码；应为 1 开头的 11 位数字。",
            "That is no mobile number. It has eleven digits and begins with 1."),
        "refusal.marketing-refused": Phrase(
            "客户 {customer} 拒收营销信息，不得发送短信或微信；可当面或电话服务。",
            "Customer {customer} refused marketing messages: no SMS or WeChat. Serve in person or by phone."
        ),
        "refusal.marketing-contested": Phrase(
            "客户 {customer} 管户有争议，结算前暂停发送营销信息。",
            "Several outlets claim customer {customer}: marketing messages pause until it is settled."
        ),
        "refusal.field-by-itself": Phrase(
            "营销意愿请用 profile refuse 或 profile agree 登记。",
            "What the customer said of marketing messages is noted with profile refuse or profile agree."
        ),
        "refusal.unknown-reminder": Phrase(
            "没有这条提醒，或已办结。", "There is no such reminder, or it is done already."),
        "refusal.no-node": Phrase(
            "网点 {outlet} 没有登记节点。", "No node of outlet {outlet} is enrolled."),
        "refusal.no-head-office": Phrase(
            "本节点未接入总行，无法办理。", "This node has no head office, so this cannot be done."),
        "refusal.unknown-first-tier": Phrase(
            "没有这个一级分行；请核对机构号。", "There is no such first-tier branch. Check the code."),
        "refusal.token-unknown": Phrase(
            "接入令牌无效；请向总行重新申请。", "The enrolment token is not known. Ask head office for another."),
        "refusal.token-used": Phrase(
            "接入令牌已使用；请向总行重新申请。",
            "The enrolment token was used already. Ask head office for another."),
        "refusal.token-expired": Phrase(
            "接入令牌已过期；请向总行重新申请。", "The enrolment token has expired. Ask head office for another."),
        "refusal.token-for-another-outlet": Phrase(
            "接入令牌属于另一网点；请核对网点号。",
            "The enrolment token is another outlet's. Check the outlet code."),
        "refusal.invalid-extract": Phrase(
            "数据文件有误，整批未导入；请按所列问题更正后重发。",
            "The extract has faults, so none of it was taken in. Correct what is listed and send it again."
        ),
        "refusal.invalid-organisation": Phrase(
            "机构文件有误，未载入；请按所列问题更正。",
            "The organisation file has faults and was not loaded. Correct what is listed."),
        "refusal.unknown-view": Phrase(
            "没有这个视图；不带名称运行可列出全部。", "There is no such view. Run without a name to list them."),
        "refusal.reason-missing": Phrase(
            "须写明原因。", "A reason is required."),
        "refusal.not-owned-here": Phrase(
            "客户 {customer} 不由本网点管户，不能办理。",
            "Customer {customer} is not looked after by this outlet, so this is not yours to do."),
        "refusal.nobody-owns": Phrase(
            "客户 {customer} 目前无人管户；可直接指派。",
            "Nobody owns customer {customer}. Assign the customer instead."),
        "refusal.request-open": Phrase(
            "本网点对客户 {customer} 已有未结的申请或异议；请等待答复，或先撤回。",
            "This outlet has an open request or objection about customer {customer}. Wait for the answer, or withdraw it."
        ),
        "refusal.no-request": Phrase(
            "客户 {customer} 没有可办理的申请或异议。",
            "There is no request or objection about customer {customer} that this could answer."),
        "refusal.several-requests": Phrase(
            "客户 {customer} 有多个网点申请（{outlets}）；请指明网点。",
            "Several outlets ask for customer {customer} ({outlets}). Say which one."),
        "refusal.nothing-to-object-to": Phrase(
            "本网点对客户 {customer} 没有未胜出的主张；可提出调入申请。",
            "This outlet has no claim on customer {customer} that was decided against it. Request a transfer instead."
        ),
        "refusal.ruled-recently": Phrase(
            "一级分行已就客户 {customer} 作出裁定，{until} 前没有新证据不再受理；如有新证据，请写明。",
            "The first-tier branch has ruled on customer {customer}. Until {until} it is raised again only with new evidence: say what is new."
        ),
        "refusal.applicant-is-approver": Phrase(
            "工号 {staff} 是申请的当事人，不能由其答复或裁定；请由他人办理。",
            "{staff} is a party to the request and cannot answer or rule on it. Somebody else has to."
        ),
        "refusal.outlet-elsewhere": Phrase(
            "机构 {outlet} 不是该一级分行的网点。",
            "Unit {outlet} is no outlet of this first-tier branch."),
        "refusal.outlet-closed": Phrase(
            "网点 {outlet} 已撤并，不能办理。", "Outlet {outlet} is closed, so this cannot be done."),
        "refusal.no-account-there": Phrase(
            "客户 {customer} 在网点 {outlet} 没有账户，不能裁定由其管户。",
            "Customer {customer} has no account at outlet {outlet}, so the outlet cannot have the customer."
        ),
        "refusal.unknown-order": Phrase(
            "顺序中的规则无效或重复；可用：{rules}。",
            "The order names a rule that there is not, or one twice. There are: {rules}."),
        "refusal.unknown-field": Phrase(
            "没有这项资料。", "There is no such field."),
        "refusal.office-recovering": Phrase(
            "总行由备份恢复，尚未收到以下网点的数据：{outlets}。请待其同步后再进行；确需立即进行，可用 settle --now 并说明理由，不再等待。",
            "Head office came out of a backup and has not heard these outlets since: {outlets}. Go on when they have synced; where it cannot wait, settle --now with a reason goes on without them."
        ),
        "refusal.no-demand-account": Phrase(
            "客户 {customer} 在本网点没有正常的活期账户，不能手工增加；请先开立活期账户。",
            "Customer {customer} has no demand account in order that was opened at this outlet. Open one first."
        ),
        "refusal.already-target": Phrase(
            "客户 {customer} 已是目标客户；如无人管户，可直接指派。",
            "Customer {customer} is a target already. Assign the customer if nobody owns them."),
        "refusal.addition-pending": Phrase(
            "客户 {customer} 已手工增加，待日终生效；可先撤销。",
            "Customer {customer} is added already and becomes a target at the day's close. Cancel that first."
        ),
        "refusal.no-addition": Phrase(
            "客户 {customer} 没有待生效的手工增加；日终后不能撤销。",
            "No addition of customer {customer} waits for the close; after it there is nothing to cancel."
        ),
        "refusal.not-by-hand": Phrase(
            "客户 {customer} 不是手工增加的目标客户，无需续期。",
            "Customer {customer} is no target by hand, so there is nothing to renew."),
        "refusal.customer-merged": Phrase(
            "CIF 已将客户 {customer} 并入 {into}；请用新客户号办理。",
            "CIF merged customer {customer} into {into}. Use that number."),
        "refusal.unknown-parameter": Phrase(
            "没有参数 {name}；请用 headoffice parameter list 查看。",
            "There is no parameter {name}. See headoffice parameter list."),
        "refusal.parameter-out-of-range": Phrase(
            "参数 {name} 不能为 {value}；允许：{admitted}。",
            "{name} cannot be {value}. It admits: {admitted}."),
        "refusal.parameter-overlaps": Phrase(
            "参数 {name}（{scope}）自 {date} 起已有取值或待审批的提议；请选择其他日期，或先否决该提议。",
            "{name} ({scope}) already has a value or an open proposal from {date}. Choose another date, or refuse that proposal first."
        ),
        "refusal.effective-in-closed-period": Phrase(
            "生效日 {date} 已日终（至 {closed}）；请选择之后的日期。",
            "{date} is closed already (through {closed}). Choose a later date."),
        "refusal.tiers-out-of-order": Phrase(
            "自 {date} 起各级下限不再逐级升高（金卡、白金卡、钻石卡）；请先调整其他级别。",
            "From {date} the floors of gold, platinum and diamond would no longer rise. Change the others first."
        ),
        "refusal.approver-is-proposer": Phrase(
            "第 {number} 号提议由 {staff} 本人提出，须由他人审批。",
            "{staff} proposed number {number}. Somebody else has to approve it."),
        "refusal.unknown-proposal": Phrase(
            "没有第 {number} 号提议；请用 headoffice parameter list 查看。",
            "There is no proposal number {number}. See headoffice parameter list."),
        "refusal.proposal-decided": Phrase(
            "第 {number} 号提议已有结果，不能再办理。",
            "Proposal number {number} is decided already."),
        "refusal.unknown-quarantine": Phrase(
            "隔离区没有编号为 {id} 的记录；请用 quarantine list 查看。",
            "Nothing is quarantined under {id}. See quarantine list."),
    ]
}
