extension Words {
    /// Lists of customers and the page of one.
    static let maintain: [String: Phrase] = [
        "customers.title": Phrase("我的客户", "My customers"),
        "customers.outlet-title": Phrase("本网点管户客户", "Customers owned by this outlet"),
        "customers.all": Phrase("全部", "All"),
        "customers.filter": Phrase("按等级筛选", "Filter by tier"),
        "customers.no-contact": Phrase("暂无联系", "none yet"),
        "customers.none": Phrase("没有符合条件的客户。", "No customers here."),

        "customer.title": Phrase("客户 {number}", "Customer {number}"),
        "customer.standing": Phrase("客户池与等级", "Pool and tier"),
        "customer.since": Phrase("自", "since"),
        "customer.origin": Phrase("进入方式", "How entered"),
        "customer.below": Phrase("低于目标线", "Below the target line"),
        "customer.why": Phrase("依据", "Why"),
        "customer.history": Phrase("客户池与等级沿革", "Pools and tiers so far"),
        "period.from": Phrase("起", "From"),
        "period.to": Phrase("止", "To"),
        "period.what": Phrase("客户池或等级", "Pool or tier"),
        "period.graded": Phrase("月末日均达到该级下限", "the average at a month's end"),
        "period.voided": Phrase(
            "{at} 因数据更正作废", "void since {at}: an extract was corrected"),
        "by.hand": Phrase("手工", "by hand"),
        "by.rule": Phrase("系统规则", "by rule"),
        "customer.merged": Phrase(
            "CIF 已将客户号 {customer} 并入本客户号。", "CIF merged the number {customer} into this one."),
        "customer.holdings": Phrase("综合理财账户", "Holdings"),
        "customer.counted": Phrase("计入金融资产", "counts as"),
        "customer.foreign": Phrase(
            "外币账户只列出，不计入合计与金融资产。",
            "Accounts in other currencies are listed; they count in neither the total nor the financial assets."
        ),
        "customer.no-accounts": Phrase("本网点没有账户。", "No accounts at this outlet."),
        "customer.holdings-withheld": Phrase(
            "您的岗位不显示余额。", "Your role does not see balances."),
        "customer.estimated": Phrase(
            "当日无数据文件，沿用上日余额", "no extract that day: balances carried forward"),
        "customer.owner": Phrase("管户关系", "Owner"),
        "customer.identity": Phrase("客户资料", "Identity"),
        "customer.cards": Phrase("贵宾卡", "VIP cards"),
        "card.active": Phrase("正常", "active"),
        "card.cancelled": Phrase("已注销", "cancelled"),
        "customer.no-cards": Phrase("没有贵宾卡。", "No VIP card."),
        "customer.contacts": Phrase("营销记录", "Marketing records"),

        "identity.name": Phrase("姓名", "Name"),
        "identity.id-number": Phrase("证件号码", "ID number"),
        "identity.mobile": Phrase("手机", "Mobile"),
        "identity.address": Phrase("地址", "Address"),
        "unmask.open": Phrase("查看明文", "Show in full"),
        "unmask.reason": Phrase("查看原因（必填）", "Reason (required)"),
        "unmask.submit": Phrase("查看", "Show"),
        "unmask.help": Phrase(
            "资料默认脱敏；每次查看明文均记录查看人、时间和原因。",
            "Masked by default. Each look in full is recorded with person, time and reason."),

        "measure.assets": Phrase("金融资产", "Financial assets"),
        "measure.assets-meaning": Phrase(
            "一级分行内存款、基金、国债、理财余额之和，加贷款余额的一半。",
            "Deposits, funds, bonds and wealth products in the first-tier branch, plus half of the loans."
        ),
        "measure.here": Phrase("本网点金融资产", "Financial assets here"),
        "measure.here-meaning": Phrase(
            "只计本网点账户：存款、基金、国债、理财余额之和，加贷款余额的一半。",
            "This outlet's accounts alone: deposits, funds, bonds and wealth products, plus half of the loans."
        ),
        "measure.average": Phrase("年日均金融资产", "Year average"),
        "measure.average-meaning": Phrase(
            "1 月 1 日起每日金融资产累计 {sum} 元 ÷ {days} 天。",
            "Daily assets summed since 1 January, ¥{sum}, over {days} [days|day|days]."),

        "measure.average-of-days": Phrase(
            "每日金融资产累计 {sum} 元 ÷ {days} 天。", "Daily assets, ¥{sum} in all, over {days} days."),

        "profile.title": Phrase("客户画像（本行人员维护）", "Profile kept by the bank's people"),
        "profile.mobile": Phrase("联系手机", "Mobile to call"),
        "profile.address": Phrase("联系地址", "Address to use"),
        "profile.employer": Phrase("工作单位", "Employer"),
        "profile.family": Phrase("家庭情况", "Family"),
        "profile.hobbies": Phrase("兴趣爱好", "Hobbies"),
        "profile.preferences": Phrase("偏好", "Preferences"),
        "profile.marketing": Phrase("营销信息", "Marketing messages"),
        "profile.emptied": Phrase("已清空", "emptied"),
        "profile.edit": Phrase("修改", "Change"),
        "profile.field": Phrase("项目", "Field"),
        "profile.value": Phrase("内容（留空即清空）", "Value (empty to clear)"),
        "profile.save": Phrase("保存", "Save"),
        "profile.history": Phrase("修改历史", "History"),
        "profile.line": Phrase(
            "{field}：{value}（{outlet} {staff}，{date}）",
            "{field}: {value} ({outlet} {staff}, {date})"),
        "profile.nothing": Phrase(
            "客户 {customer} 还没有维护资料。", "Nothing is kept about customer {customer} yet."),
        "profile.done": Phrase(
            "客户 {customer}：{field} 已保存。", "Customer {customer}: {field} saved."),
        "marketing.title": Phrase("登记营销意愿", "Note what the customer wants"),
        "marketing.note": Phrase(
            "客户如何表示（同意时必填）", "How the customer said so (required to agree)"),
        "marketing.refuse": Phrase("拒收营销信息", "No marketing messages"),
        "marketing.agree": Phrase("同意接收", "Agrees to messages"),
        "marketing.refused": Phrase("拒收", "refused"),
        "marketing.agreed": Phrase("同意接收", "agreed"),
        "hold.refused": Phrase(
            "客户拒收营销信息：不得发送营销短信、微信。",
            "The customer refused marketing messages: send none by SMS or WeChat."),
        "hold.contested": Phrase(
            "管户有争议，结算前暂停向该客户发送营销信息。",
            "Several outlets claim the customer: marketing messages pause until it is settled."),
        "hold.line": Phrase("营销信息暂停：{hold}", "Marketing messages pause: {hold}"),
        "flash.profile-saved": Phrase("客户画像已保存。", "The profile is saved."),
        "flash.marketing-refused": Phrase(
            "已登记拒收，立即生效。", "The refusal is noted and counts at once."),
        "flash.marketing-agreed": Phrase("已登记同意。", "The agreement is noted."),

        "contact.way": Phrase("方式", "Way"),
        "contact.note": Phrase("内容", "Note"),
        "contact.follow-up": Phrase("下次跟进（可不填）", "Follow up on (optional)"),
        "contact.follow-up-on": Phrase("跟进日", "follow up on"),
        "contact.add": Phrase("保存记录", "Save record"),
        "contact.withheld": Phrase(
            "您的岗位不显示营销记录。", "Your role does not see the records."),
        "contact.none": Phrase("还没有营销记录。", "No records yet."),
        "way.call": Phrase("电话", "Call"),
        "way.visit": Phrase("上门拜访", "Visit"),
        "way.at-outlet": Phrase("网点面谈", "At the outlet"),
        "way.sms": Phrase("短信", "SMS"),
        "way.wechat": Phrase("微信", "WeChat"),
    ]
}
