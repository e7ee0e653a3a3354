extension Words {
    /// Why an exchange failed, and what an operator does about it.
    static let line: [String: Phrase] = [
        "line.no-line": Phrase(
            "无法连接总行：没有线路。本网点照常工作，线路恢复后再同步。",
            "Head office cannot be reached: there is no line. The outlet works on; sync when it is back."
        ),
        "line.failed-here": Phrase(
            "本节点未能保存收到的内容；请查看本机磁盘与日志。",
            "This node could not keep what came. Look at its disk and its log."),
        "line.timed-out": Phrase(
            "总行没有按时应答；本网点照常工作，稍后再同步。",
            "Head office did not answer in time. The outlet works on; sync again later."),
        "line.broken": Phrase(
            "传输中断；未确认的内容将重发。", "The line broke. What was not acknowledged will be sent again."),
        "line.not-trusted": Phrase(
            "对方证书不可信；请联系管理员。",
            "The other side's certificate is not trusted. Tell the administrator."),
        "line.insecure": Phrase(
            "总行地址必须以 https:// 开头；请核对地址。",
            "Head office is spoken to over https:// only. Check the address."),
        "line.not-in-date": Phrase(
            "总行证书不在有效期内；请联系总行管理员。",
            "Head office's certificate is out of date. Tell head office's administrator."),
        "line.clock": Phrase(
            "本机时钟与总行相差过大，证书无法使用；请校准时钟后再同步。",
            "This machine's clock differs so much from head office's that certificates cannot be used. Set the clock, then sync."
        ),
        "line.wrong-authority": Phrase(
            "应答者的证书机构与令牌不符，未发送任何内容；请核对地址与令牌。",
            "Whoever answered is not the head office that the token names; nothing was shown to it. Check the address and the token."
        ),
        "line.no-certificate": Phrase(
            "本节点没有出示证书；请重新登记。", "This node showed no certificate. Enrol it again."),
        "line.certificate-unknown": Phrase(
            "总行不认识本节点的证书；请核对总行地址，或重新登记。",
            "Head office does not know this node's certificate. Check the address, or enrol the node again."
        ),
        "line.certificate-expired": Phrase(
            "本节点的证书已过期，且不能再自动更新；请凭新令牌重新登记。",
            "This node's certificate has expired and can no longer renew itself. Enrol the node again with a new token."
        ),
        "line.certificate-not-yet-valid": Phrase(
            "按总行时钟，本节点的证书尚未生效；请联系总行管理员校准时钟。",
            "By head office's clock this node's certificate is not valid yet. Tell head office's administrator to set the clock."
        ),
        "line.certificate-superseded": Phrase(
            "本节点（或其副本）已启用更新的证书，此证书不再有效；请联系管理员。",
            "This node, or a copy of it, has shown a newer certificate since; this one no longer counts. Tell the administrator."
        ),
        "line.revoked": Phrase(
            "总行已停用本节点；本网点照常工作，请联系总行管理员。",
            "Head office has shut this node out. The outlet works on; tell head office's administrator."
        ),
        "line.renewal-not-due": Phrase(
            "证书尚未到更新期。", "The certificate is not due for renewal yet."),
        "line.wrong-first-tier": Phrase(
            "本网点已划归另一一级分行；请执行同步命令查看并联系管理员。",
            "The outlet belongs to another first-tier branch now. Run sync to see which; tell the administrator."
        ),
        "sync.belongs-elsewhere": Phrase(
            "本网点已划归一级分行 {firstTier}；请在该分行重新建立节点。",
            "The outlet belongs to first-tier branch {firstTier} now. Make a new node for it there."
        ),
        "sync.clock": Phrase(
            "本机时钟与总行相差约 {hours} 小时，证书无法使用；请校准时钟后再同步。",
            "This machine's clock differs from head office's by some {hours} [hours|hour|hours], so certificates cannot be used. Set the clock, then sync."
        ),
        "line.answer-too-large": Phrase(
            "应答过大；请联系管理员。", "The answer is too large. Tell the administrator."),
        "line.not-head-office": Phrase(
            "应答者不是总行（可能是代理服务器）；请检查地址与网络。",
            "Whoever answered is not head office, perhaps a proxy. Check the address and the network."
        ),
        "line.out-of-step": Phrase(
            "本节点与总行的记录不一致；已停止发送，请联系管理员。",
            "This node and head office do not agree on what was sent. Nothing more is sent; tell the administrator."
        ),
        "line.untrusted": Phrase(
            "总行下发的内容未通过验证，未予采用；请联系管理员。",
            "What head office sent does not verify and was not kept. Tell the administrator."),
        "line.malformed": Phrase(
            "总行不能读取所发内容；请联系管理员。", "Head office cannot read what was sent. Tell the administrator."),
        "line.too-large": Phrase(
            "所发内容过大；请联系管理员。", "What was sent is too large. Tell the administrator."),
        "line.unsupported-version": Phrase(
            "总行不支持本节点的协议版本；请升级。",
            "Head office does not speak this node's protocol version. Upgrade."),
        "line.not-enrolled": Phrase(
            "总行不认识本节点；请重新登记。", "Head office does not know this node. Enrol it again."),
        "line.token-unknown": Phrase("令牌无效；请核对。", "The token is not known. Check it."),
        "line.token-used": Phrase("令牌已被使用；请重新申请。", "The token was used before. Ask for another."),
        "line.token-expired": Phrase("令牌已过期；请重新申请。", "The token has expired. Ask for another."),
        "line.token-for-another-outlet": Phrase(
            "令牌属于另一网点；请核对网点号。", "The token is for another outlet. Check the code."),
        "line.replaced": Phrase(
            "该网点已登记另一节点；本节点不再有效。",
            "Another node was enrolled for the outlet; this one no longer counts."),
        "line.suspected-copy": Phrase(
            "总行怀疑本节点是另一节点的副本，未接收其新数据，已留存待查。请联系管理员；确认无误后由总行执行 headoffice readmit。",
            "Head office takes this node for a copy of another and keeps what it sent for review. Tell the administrator; if it is the right one, head office readmits it (headoffice readmit)."
        ),
        "line.corrupted": Phrase(
            "本节点出示的进度并非总行所给；数据可能损坏。请联系管理员检查，确认后由总行执行 headoffice readmit。",
            "The node shows a position that head office never gave; its data may be damaged. Tell the administrator; head office can readmit it (headoffice readmit)."
        ),
        "line.depends-on-set-apart": Phrase(
            "该记录依赖一笔已被隔离的记录；请先处理那一笔。",
            "The record depends on one that was set apart. Mend that one first."),
        "line.busy": Phrase(
            "总行正忙，稍后自动再试。", "Head office is busy; the node tries again by itself."),
        "line.inadmissible": Phrase(
            "总行拒收所发内容；本网点照常工作。请用 branchnode quarantine list 查看，并联系管理员。",
            "Head office refused what was sent. The outlet works on; see branchnode quarantine list, and tell the administrator."
        ),
        "line.internal-error": Phrase(
            "总行内部错误；稍后再试。", "Head office has an internal error. Try again later."),
    ]
}
