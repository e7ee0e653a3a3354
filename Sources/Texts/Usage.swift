extension Words {
    /// Why a command line is none that the programs take.
    static let usage: [String: Phrase] = [
        "usage.only-with-dry-run": Phrase(
            "--order 和 --wait 只能与 --dry-run 同用。", "--order and --wait belong to --dry-run."),
        "usage.dry-run-or-now": Phrase(
            "--dry-run 不作结算，不能与 --now 同用。",
            "--dry-run settles nothing, so it does not go with --now."),
        "usage.wait": Phrase("--wait 应为 0 至 30。", "--wait is 0 to 30."),
        "usage.now-needs": Phrase(
            "--now 需要 --as 工号和 --reason 原因。", "--now needs --as STAFF and --reason TEXT."),
        "usage.interval": Phrase(
            "--interval 应为 1 至 86400 秒。", "--interval is from 1 second to a day."),
        "usage.extracts-without-close-at": Phrase(
            "--extracts 须与 --close-at 同用。", "--extracts goes with --close-at."),
        "usage.canonical": Phrase(
            "只有一种形式：请加 --canonical。", "There is one form: --canonical."),
        "usage.discard-what": Phrase(
            "请给出 quarantine list 中的编号，或用 --all 放弃全部。",
            "Give the numbers of quarantine list, or --all to give up everything."),
        "usage.head-office-insecure": Phrase(
            "总行地址必须以 https:// 开头，如 https://head-office.bank.example:8600。",
            "Head office's address begins with https://, as in https://head-office.bank.example:8600."
        ),
        "usage.head-office-malformed": Phrase(
            "这不是可用的总行地址；应形如 https://主机:端口，端口为 1 至 65535，不含用户名、密码和参数。",
            "That is no address of a head office. It is https://HOST:PORT, with a port of 1 to 65535 and without a user, a password or a query."
        ),
    ]
}
