extension Words {
    /// Backups, checks of the data, exports.
    static let backups: [String: Phrase] = [
        "backup.done": Phrase(
            "已备份到 {file}：{size} 字节，SHA-256 {digest}。",
            "Backed up to {file}: {size} bytes, SHA-256 {digest}."),
        "backup.progress": Phrase("正在备份：{size} MiB", "backing up: {size} MiB"),
        "restore.done": Phrase(
            "已恢复 {created} 的备份；原数据库另名保留在数据目录中。",
            "Restored the backup of {created}. The database before it is kept in the data directory under another name."
        ),
        "restore.admitted": Phrase(
            "{created} 之后的停用（revoke）已不在其中；以下网点的节点可以接入：{outlets}。请核对，必要时重新停用。",
            "What was revoked after {created} is not any more. The nodes of these outlets may come in: {outlets}. Look through them, and revoke again where need be."
        ),
        "restore.progress": Phrase("正在恢复：{size} MiB", "restoring: {size} MiB"),
        "verify.whole": Phrase("{check}：完好（{examined}）", "{check}: whole ({examined})"),
        "verify.damaged": Phrase("{check}：已损坏（{examined}）", "{check}: damaged ({examined})"),
        "verify.fault": Phrase("已损坏 {check}：{fault}", "damaged, {check}: {fault}"),
        "verify.unverified": Phrase(
            "结算记录 {record} 的决定未经验证：总行未发来其依据的全部主张；签名有效。",
            "The decision of settlement record {record} is unverified: head office has not sent all the claims that it names. Its signature is good."
        ),
        "verify.progress": Phrase("正在检查：{check}", "checking: {check}"),

        "backup.not-a-backup": Phrase(
            "{path} 不是备份文件；未作任何更改。", "{path} is not a backup. Nothing was changed."),
        "backup.newer-format": Phrase(
            "备份 {path} 由更新版本的程序写成；请用该版本恢复。未作任何更改。",
            "The backup {path} was written by a newer version of the program. Restore it with that version. Nothing was changed."
        ),
        "backup.truncated": Phrase(
            "备份 {path} 不完整，文件被截断；请用另一份。未作任何更改。",
            "The backup {path} ends before its end. Use another one. Nothing was changed."),
        "backup.damaged": Phrase(
            "备份 {path} 已损坏；请用另一份。未作任何更改。",
            "The backup {path} is damaged. Use another one. Nothing was changed."),
        "backup.wrong-key": Phrase(
            "备份 {path} 不是用本目录的密钥加密的；请恢复到它自己的目录。未作任何更改。",
            "The backup {path} was not sealed under this directory's keys. Restore it where its keys are. Nothing was changed."
        ),
        "backup.foreign": Phrase(
            "备份 {path} 属于 {owner}，不属于这里（{here}）。未作任何更改。",
            "The backup {path} is of {owner}, not of {here}. Nothing was changed."),
        "backup.newer-schema": Phrase(
            "备份 {path} 的数据库由更新版本的程序建立；请用该版本恢复。未作任何更改。",
            "The database in the backup {path} was made by a newer version of the program. Restore it with that version. Nothing was changed."
        ),
    ]
}
