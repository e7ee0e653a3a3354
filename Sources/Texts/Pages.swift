extension Words {
    /// The frame of every page: navigation, log-in, line state, as-of, and what goes wrong.
    static let pages: [String: Phrase] = [
        "page.branch": Phrase("网点节点", "BranchNode"),
        "page.head-office": Phrase("总行视图", "BranchNode head office"),
        "page.skip": Phrase("跳到正文", "Skip to the content"),
        "page.navigation": Phrase("导航", "Navigation"),
        "page.look-up": Phrase("客户号、证件号、手机号… 查管户经理", "Any number of a customer: who owns?"),
        "page.log-out": Phrase("退出", "Sign out"),
        "page.keys": Phrase("快捷键", "Keys"),
        "page.close": Phrase("关闭", "Close"),
        "page.business-date": Phrase("业务日期", "Business date"),
        "page.nothing-closed": Phrase("尚无日终数据", "No day closed yet"),
        "page.read-at": Phrase("截至", "As of"),
        "page.synced-at": Phrase("上次同步", "Last synced"),
        "page.never": Phrase("从未", "never"),

        "nav.group-day": Phrase("工作台", "Workbench"),
        "nav.group-maintain": Phrase("客户维护", "Customers"),
        "nav.group-assign": Phrase("客户分配", "Assignment"),
        "nav.group-analyse": Phrase("分析", "Analysis"),
        "nav.group-system": Phrase("系统", "System"),
        "nav.today": Phrase("今日", "Today"),
        "nav.customers": Phrase("客户清单", "Customers"),
        "nav.owner": Phrase("管户经理查询", "Owner look-up"),
        "nav.pending": Phrase("待指派客户", "To assign"),
        "nav.sync": Phrase("同步", "Sync"),
        "nav.view": Phrase("全行视图", "Bank view"),
        "nav.nodes": Phrase("网点节点", "Nodes"),

        "keys.look-up": Phrase("查管户经理", "Look up an owner"),
        "keys.rows": Phrase("上一行、下一行", "Previous and next row"),
        "keys.open": Phrase("打开所在行", "Open the row"),
        "keys.choose": Phrase("勾选所在行", "Choose the row"),
        "keys.help": Phrase("显示快捷键", "Show the keys"),

        "login.title": Phrase("登录", "Sign in"),
        "login.lead": Phrase("请使用本人工号登录。", "Use your own staff number."),
        "login.staff": Phrase("工号", "Staff number"),
        "login.password": Phrase("密码", "Password"),
        "login.submit": Phrase("登录", "Sign in"),
        "login.help": Phrase(
            "忘记密码请联系本机构系统管理员。15 分钟无操作将自动退出。",
            "Forgot the password? Ask your administrator. You are signed out after 15 idle minutes."
        ),
        "login.refused": Phrase("工号或密码不正确。", "The staff number or the password is wrong."),
        "login.locked": Phrase(
            "连续多次失败，请 {minutes} 分钟后再试。",
            "Too many failed attempts. Try again in {minutes} min."),

        "trouble.home": Phrase("返回首页", "Back to the first page"),
        "trouble.refused": Phrase("未能办理", "Not done"),
        "trouble.conflict": Phrase("数据已变化", "Changed meanwhile"),
        "trouble.conflict-advice": Phrase(
            "请返回重新打开页面，核对后再办理。", "Open the page again, check, and try once more."),
        "trouble.signed-out": Phrase("尚未登录", "Not signed in"),
        "trouble.signed-out-sentence": Phrase(
            "登录已过期，本次操作没有保存。",
            "The session has ended, so nothing was saved."),
        "trouble.signed-out-advice": Phrase("请重新登录后再办理。", "Sign in and try again."),
        "trouble.forbidden": Phrase("无权限", "Not permitted"),
        "trouble.forbidden-sentence": Phrase(
            "您的岗位无权查看或办理此项。", "Your role may not see or do this."),
        "trouble.forbidden-advice": Phrase(
            "如确需办理，请联系网点主管。", "If you need it, ask your outlet supervisor."),
        "trouble.forged": Phrase("请求已拒绝", "Request refused"),
        "trouble.forged-sentence": Phrase(
            "该请求不是从本系统页面提交的，或页面已过期；没有保存任何内容。",
            "The request did not come from this system's page, or the page is too old. Nothing was saved."
        ),
        "trouble.forged-advice": Phrase(
            "请重新打开页面后再提交。", "Open the page again and submit it anew."),
        "trouble.not-found": Phrase("未找到", "Not found"),
        "trouble.not-found-sentence": Phrase(
            "没有这个页面，或这里没有这条记录。", "There is no such page, or no such record here."),
        "trouble.not-found-advice": Phrase(
            "请核对号码，或从左侧导航进入。", "Check the number, or use the navigation."),
        "trouble.too-large": Phrase("内容过大", "Too large"),
        "trouble.too-large-sentence": Phrase(
            "提交的内容超过 1 MiB。", "What was sent is larger than 1 MiB."),
        "trouble.too-large-advice": Phrase("请缩短后再提交。", "Shorten it and submit it again."),
        "trouble.malformed": Phrase("无法识别", "Not understood"),
        "trouble.malformed-sentence": Phrase(
            "系统无法识别提交的内容。", "What was sent cannot be read."),
        "trouble.malformed-advice": Phrase(
            "请重新打开页面后再试。", "Open the page again and try once more."),
        "trouble.failed": Phrase("暂时不能办理", "Not possible just now"),
        "trouble.failed-advice": Phrase(
            "请稍后再试；若仍出现，请联系系统管理员。",
            "Try again later. If it stays, tell the administrator."),
        "trouble.internal": Phrase("内部错误", "Internal error"),
        "trouble.internal-sentence": Phrase(
            "系统发生内部错误，详情已记入日志。",
            "Something went wrong inside; the details are in the log."),
        "trouble.internal-advice": Phrase(
            "请稍后再试；若仍出现，请联系系统管理员。",
            "Try again later. If it stays, tell the administrator."),

        "flash.signed-out": Phrase("您已退出。", "You are signed out."),
        "flash.reminder-done": Phrase("提醒已办结。", "The reminder is done."),
        "flash.contact-added": Phrase("营销记录已保存。", "The marketing record is saved."),
        "flash.synced": Phrase("同步完成。", "Synced."),
        "flash.sync-failed": Phrase(
            "暂时没有线路，数据已在本地保存，恢复后自动发送。",
            "There is no line just now. Everything is kept here and sent when it is back."),

        "table.range": Phrase("第 {first}–{last} 条，共 {total} 条", "{first}–{last} of {total}"),
        "table.pages": Phrase("翻页", "Pages"),
        "table.previous": Phrase("上一页", "Previous"),
        "table.next": Phrase("下一页", "Next"),

        "line.title": Phrase("线路", "Line"),
        "line.online": Phrase("在线", "Online"),
        "line.offline": Phrase("离线", "Offline"),
        "line.online-meaning": Phrase(
            "与总行连接正常。", "The line to head office is up."),
        "line.offline-meaning": Phrase(
            "本网点照常办理；新数据先存本地，线路恢复后自动发送。",
            "Work goes on as usual: entries are kept here and sent when the line is back."),
        "line.alone": Phrase("独立运行", "On its own"),
        "line.alone-meaning": Phrase(
            "本节点未接入总行。", "This node has no head office."),
        "line.since": Phrase("自", "since"),
        "line.last-contact": Phrase("最近联系", "Last contact"),
        "line.pending": Phrase("待发送", "To send"),
        "line.oldest-unsent": Phrase("最早未发送", "Oldest unsent"),
        "line.quarantined": Phrase("隔离待处理", "Quarantined"),
    ]
}
