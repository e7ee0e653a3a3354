extension Words {
    /// The day's page and the kinds of reminder.
    static let remind: [String: Phrase] = [
        "today.title": Phrase("今日", "Today"),
        "today.reminders": Phrase("提醒", "Reminders"),
        "today.no-reminders": Phrase("今天没有待办提醒。", "Nothing is due today."),
        "today.my-book": Phrase("我的目标客户", "My target customers"),
        "today.outlet-book": Phrase("本网点目标客户", "Target customers of this outlet"),
        "today.awaiting": Phrase("待指派客户", "Awaiting assignment"),
        "today.none-awaiting": Phrase("全部目标客户均已指派。", "Every target has an owner."),
        "today.assign": Phrase("去指派", "Assign"),

        "reminder.done": Phrase("办结", "Done"),
        "reminder.follow-up": Phrase("跟进", "Follow-up"),
        "reminder.birthday": Phrase("生日", "Birthday"),
        "reminder.maturity": Phrase("产品到期", "Maturity"),
        "reminder.large-movement": Phrase("大额动帐", "Large movement"),
        "reminder.assigned": Phrase("新指派", "Assigned to you"),
        "reminder.ownership": Phrase("管户变动", "Ownership"),
        "reminder.tier": Phrase("等级变动", "Tier change"),
        "due.overdue": Phrase("已逾期", "Overdue"),
        "due.today": Phrase("今天", "Today"),
        "due.ahead": Phrase("将到期", "Ahead"),
    ]
}
