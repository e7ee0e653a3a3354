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
            "第 {number} 号移交单不再是草稿，不能更改、提交或撤销。",
            "Move number {number} is no draft any more: it cannot be changed, submitted or called off."
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
    ]
}
