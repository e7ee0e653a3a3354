extension Words {
    /// The moves of managers' books, and deputies during leave.
    static let bookMoves: [String: Phrase] = [
        "refusal.receivers-do-not-fit": Phrase(
            "接收人不符：整批移交选一人，拆分移交选两人以上且不重复。",
            "That does not say to whom. One manager gets a whole hand-over, two or more different ones a split."
        ),
        "refusal.receiver-is-giver": Phrase(
            "工号 {staff} 是移出人，不能同时接收；请另选客户经理。",
            "{staff} has these customers already. Choose another manager."),
        "refusal.nobody-chosen": Phrase(
            "没有选择客户；请勾选客户，或移交整个管户。",
            "No customer was chosen. Choose some, or move the whole book."),
        "refusal.book-empty": Phrase(
            "工号 {staff} 没有本网点的管户客户，无需移交。",
            "{staff} looks after nobody of this outlet; there is nothing to move."),
        "refusal.book-not-empty": Phrase(
            "工号 {staff} 仍管户 {count} 位客户，不能停用或调出；请先办理移交（branchnode book hand-over {staff} --to 工号），或收回待指派池。",
            "{staff} looks after {count} [count|customer|customers] and cannot leave or move. Hand the book over first (branchnode book hand-over {staff} --to STAFF), or recall it."
        ),
        "refusal.book-unsettled": Phrase(
            "工号 {staff} 已无管户客户，但总行尚未结算 {count} 位客户的移交；请同步，待结算后再停用或调出。",
            "The book of {staff} is empty here, but head office has not settled {count} [count|customer|customers] of it. Sync, and wait for the settlement."
        ),
        "refusal.not-their-customer": Phrase(
            "客户 {customer} 已不由 {staff} 管户，未作变动。",
            "Customer {customer} is no longer looked after by {staff}, so nothing was changed."),
        "refusal.effective-date-past": Phrase(
            "生效日已过；请选择 {date} 或之后的日期。",
            "The effective date has passed. Choose {date} or a later one."),
        "refusal.unknown-move": Phrase(
            "没有第 {number} 号移交单；请用 branchnode book list 查看。",
            "There is no move number {number}. See branchnode book list."),
        "refusal.move-ended": Phrase(
            "第 {number} 号移交单已办结或已撤销，不能更改、提交或撤销；需要时请重新制单。",
            "Move number {number} has ended: it cannot be changed, submitted or called off. Make a new one if needed."
        ),
        "refusal.move-waiting": Phrase(
            "第 {number} 号移交单已提交，待生效，不能更改；可先撤销，再重新制单。",
            "Move number {number} is submitted and waits for its date, so it cannot be changed. Call it off and make a new one."
        ),
        "refusal.moves-overlap": Phrase(
            "工号 {staff} 的第 {number} 号移交单尚未办理，且涉及相同客户；请先撤销该单，或另选客户。",
            "Move number {number} of {staff} waits for some of the same customers. Call it off first, or choose others."
        ),
        "refusal.move-begun": Phrase(
            "第 {number} 号移交单已开始办理，不能撤销；再次提交可继续办理。",
            "Move number {number} has begun and cannot be called off. Submit it again to go on."),

        "refusal.delegation-overlaps": Phrase(
            "工号 {staff} 在 {from} 至 {through} 已由 {deputy} 代管；请先结束，或另选日期。",
            "{deputy} stands in for {staff} from {from} through {through} already. End that first, or choose other dates."
        ),
        "refusal.delegation-past": Phrase(
            "代管期已过；请选择 {date} 或之后的截止日。",
            "Those dates have passed. Let it end on {date} or later."),
        "refusal.delegation-dates": Phrase(
            "起始日不能晚于截止日；请更正。", "It cannot end before it begins. Correct the dates."),
        "refusal.deputy-is-manager": Phrase(
            "工号 {staff} 不能代管本人的客户；请另选代管人。",
            "{staff} cannot stand in for themselves. Choose another manager."),
        "refusal.deputy-away": Phrase(
            "工号 {staff} 在 {from} 至 {through} 本人休假，由他人代管；请另选代管人或日期。",
            "{staff} is away from {from} through {through} themselves. Choose another manager, or other dates."
        ),
        "refusal.unknown-delegation": Phrase(
            "没有第 {number} 号代管，或已结束；请用 branchnode delegate list 查看。",
            "There is no running or coming delegation number {number}. See branchnode delegate list."
        ),

        "move.kind-hand-over": Phrase("整批移交", "Hand-over"),
        "move.kind-split-evenly": Phrase("拆分移交（均分）", "Split evenly"),
        "move.kind-split-tier": Phrase("拆分移交（按等级均分）", "Split by tier"),
        "move.kind-recall": Phrase("收回待指派池", "Recall to the pool"),
        "move-state.draft": Phrase("草稿", "Draft"),
        "move-state.submitted": Phrase("待生效", "Waiting"),
        "move-state.done": Phrase("已办结", "Done"),
        "move-state.cancelled": Phrase("已撤销", "Called off"),
        "move-result.open": Phrase("待办理", "Open"),
        "move-result.moved": Phrase("已移交", "Moved"),
        "move-result.refused": Phrase("未办理", "Not moved"),

        "book.line": Phrase(
            "第 {number} 号 {kind}：{manager} → {receivers}，{count} 户，生效日 {date}，{state}；成功 {done}，未办理 {refused}。",
            "No. {number}, {kind}: {manager} → {receivers}, {count} [count|customer|customers], effective {date}, {state}. Moved {done}, not moved {refused}."
        ),
        "book.pool": Phrase("待指派池", "the pool"),
        "book.row": Phrase(
            "  {customer} → {receiver}：{result}", "  {customer} → {receiver}: {result}"),
        "book.no-moves": Phrase("没有移交单。", "There are no moves."),
        "book.shown": Phrase(
            "{name}（{staff}）管户 {count} 户；总行已结算在其名下 {settled} 户。",
            "{name} ({staff}) looks after {count} [count|customer|customers]; {settled} settled as theirs at head office."
        ),
        "book.out-of-office": Phrase(
            "该工号已不在本网点在岗：客户无人服务，请移交。",
            "They are no longer in office here, so nobody serves these customers: hand the book over."
        ),
        "book.customer": Phrase(
            "  {customer}  {tier}  自 {since}", "  {customer}  {tier}  since {since}"),
        "book.may-leave": Phrase(
            "{name}（{staff}）已无管户客户，总行可办理停用或调动（headoffice organisation load）。",
            "{name} ({staff}) looks after nobody. Head office may end or move them (headoffice organisation load)."
        ),

        "nav.moves": Phrase("管户移交", "Moves"),
        "moves.title": Phrase("管户移交", "Moves of books"),
        "moves.books": Phrase("客户经理管户", "Managers' books"),
        "moves.no-books": Phrase("本网点没有客户经理。", "This outlet has no managers."),
        "moves.help": Phrase(
            "客户经理停用或调往其他网点前，须移交全部客户并经总行结算；人员变动由总行办理。",
            "Before a manager leaves or moves to another outlet, the book is empty and head office has settled that. The staff record changes at head office."
        ),
        "moves.leaving": Phrase("停用或调出", "To leave or move"),
        "moves.keeps": Phrase("须先移交", "Hand over first"),
        "moves.nobody": Phrase(
            "已不在岗，客户无人服务：请移交", "Out of office: nobody serves these customers. Hand over."),
        "moves.unsettled": Phrase(
            "{count} 户待总行结算", "{count} not settled at head office yet"),
        "moves.may-leave": Phrase("可以办理", "Possible"),
        "office.in": Phrase("在岗", "In office"),
        "office.out": Phrase("不在岗", "Out of office"),
        "moves.move": Phrase("移交", "Hand over"),
        "moves.past": Phrase("移交单", "All moves"),
        "moves.none": Phrase("没有移交单。", "There are none."),
        "moves.number": Phrase("单号", "No."),
        "moves.kind": Phrase("方式", "Kind"),
        "moves.from": Phrase("移出", "From"),
        "moves.to": Phrase("接收", "To"),
        "moves.effective": Phrase("生效日", "Effective"),
        "moves.reason": Phrase("原因", "Reason"),
        "moves.scope": Phrase("范围", "Whom"),
        "moves.whole": Phrase("全部管户", "The whole book"),
        "moves.chosen": Phrase("下面勾选的客户", "Those ticked below"),
        "moves.chosen-ones": Phrase("所勾选的客户", "The customers that were ticked"),
        "moves.stays": Phrase("不作变动", "No change"),
        "moves.pool": Phrase("待指派池", "The pool"),
        "moves.receiver": Phrase("{name}", "{name}"),
        "moves.refused": Phrase("未办理 {count} 户", "{count} not moved"),
        "moves.form-title": Phrase(
            "移交 {name} 的管户（{book} 户）", "The book of {name}: {book} [book|customer|customers]"),
        "moves.form-help": Phrase(
            "拆分移交勾选两名以上接收人；按客户拆分可勾选部分客户，分次移交。生效日晚于当前业务日期的，在前一日日终后办理；“全部管户”以办理时为准。",
            "Tick two or more receivers to split. To split by customer, tick some and move them, then the others. With a later date it is carried out after the close of the day before; the whole book is the one of that moment."
        ),
        "moves.check": Phrase("核对", "Check"),
        "moves.keep-draft": Phrase("存为草稿", "Keep as a draft"),
        "moves.check-title": Phrase(
            "核对：移交 {name} 的 {count} 户", "Check: {count} [count|customer|customers] of {name}"),
        "moves.check-recall": Phrase(
            "核对：收回 {name} 的 {count} 户",
            "Check: {count} [count|customer|customers] of {name} back to the pool"),
        "moves.at-once": Phrase("{date}，确认后立即办理", "{date}: at once, when you confirm"),
        "moves.later": Phrase(
            "{date}，前一日日终后办理", "{date}: after the close of the day before"),
        "moves.share": Phrase(
            "{count} 户，移交后管户 {book} 户", "{count} [count|customer|customers], {book} afterwards"),
        "moves.full": Phrase("超过建议的 {cap} 户", "more than the {cap} that are advised"),
        "moves.confirm": Phrase("确认移交", "Confirm"),
        "moves.confirm-recall": Phrase("确认收回", "Confirm"),
        "moves.change": Phrase("修改", "Change"),
        "moves.receipt-title": Phrase("第 {number} 号移交单", "Move no. {number}"),
        "moves.act": Phrase("{name}，{at}", "{name}, {at}"),
        "moves.made": Phrase("制单", "Made by"),
        "moves.submitted": Phrase("提交", "Submitted by"),
        "moves.end": Phrase("办结", "Ended"),
        "moves.cancelled-at": Phrase("撤销时间", "Called off"),
        "moves.ended": Phrase("{at}", "{at}"),
        "moves.summary": Phrase(
            "已移交 {done} 户，未办理 {refused} 户。", "Moved: {done}. Not moved: {refused}."),
        "moves.summary-begun": Phrase(
            "办理中：已移交 {done} 户，未办理 {refused} 户，待办理 {open} 户。",
            "Being carried out. Moved: {done}. Not moved: {refused}. Still to do: {open}."),
        "moves.summary-cancelled": Phrase(
            "已撤销，没有变动。", "Called off; nothing was changed."),
        "moves.planned": Phrase(
            "尚未办理：待移交 {open} 户，不能移交 {refused} 户。",
            "Not carried out yet. To move: {open}. Cannot be moved: {refused}."),
        "moves.submit": Phrase("提交", "Submit"),
        "moves.go-on": Phrase("继续办理", "Go on"),
        "moves.cancel": Phrase("撤销", "Call off"),
        "moves.print": Phrase("可直接打印本页作为凭单。", "Print this page as the receipt."),
        "moves.back": Phrase("返回管户移交", "Back to the moves"),
        "flash.move-draft": Phrase("已存为草稿。", "Kept as a draft."),
        "flash.move-submitted": Phrase("已提交，待生效日办理。", "Submitted; carried out on its date."),
        "flash.move-done": Phrase("移交已办结。", "The move is done."),
        "flash.move-done-partly": Phrase(
            "移交已办结，部分客户未办理，原因见下。",
            "The move is done, but not all customers went; the reasons are below."),
        "flash.move-cancelled": Phrase("已撤销。", "Called off."),

        "nav.deputies": Phrase("休假代管", "Stand-ins"),
        "deputies.title": Phrase("休假代管", "Stand-ins during leave"),
        "deputies.for": Phrase("代 {name} 管户", "For {name}"),
        "deputies.line": Phrase("［代 {staff}］{line}", "for {staff}: {line}"),
        "deputies.nobody": Phrase("您目前没有代管他人的客户。", "You stand in for nobody now."),
        "deputies.all": Phrase("代管安排", "Who stands in for whom"),
        "deputies.none": Phrase("没有代管安排。", "There are none."),
        "deputies.deputy": Phrase("代管人", "Deputy"),
        "deputies.from": Phrase("起始日", "From"),
        "deputies.through": Phrase("截止日", "Through"),
        "deputies.end": Phrase("结束", "End"),
        "deputies.name": Phrase("指定代管人", "Name a deputy"),
        "deputies.help": Phrase(
            "代管期间，代管人可查看该经理的客户、提醒并补记营销记录；管户关系不变，到期自动结束。",
            "While it runs, the deputy sees the manager's customers and reminders and writes marketing records. Ownership stays; it ends by itself."
        ),
        "deputies.shown": Phrase(
            "第 {number} 号：{deputy} 代 {manager} 管户，{from} 至 {through}，{state}。",
            "No. {number}: {deputy} stands in for {manager}, {from} through {through}, {state}."),
        "delegation.coming": Phrase("未开始", "Coming"),
        "delegation.running": Phrase("代管中", "Running"),
        "delegation.ended": Phrase("已结束", "Ended"),
        "flash.deputy-named": Phrase("已指定代管人。", "The deputy was named."),
        "flash.deputy-ended": Phrase("代管已结束。", "It has ended."),
    ]
}
