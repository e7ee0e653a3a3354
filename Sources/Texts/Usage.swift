extension Words {
    /// Why a command line is none that the programs take.
    static let usage: [String: Phrase] = [
        "usage.only-with-dry-run": Phrase(
            "--order 和 --wait 只能与 --dry-run 同用。", "--order and --wait belong to --dry-run."),
        "usage.dry-run-or-now": Phrase(
            "--dry-run 不作结算，不能与 --now 同用。",
            "--dry-run settles nothing, so it does not go with --now."),
        "usage.evenly-needed": Phrase(
            "指派给一位以上，或用 --all-pending、--tier、--suggested-first、--preview，须加 --evenly count|assets|tier。",
            "More than one --to, --all-pending, --tier, --suggested-first and --preview need --evenly count|assets|tier."
        ),
        "usage.assign-numbers": Phrase("请给出客户号。", "Give customer numbers."),
        "usage.assign-whom": Phrase(
            "请给出客户号，或用 --all-pending 或 --tier，二者取一。",
            "Give customer numbers, or --all-pending or --tier instead of them."),
        "usage.elsewhere-tier": Phrase(
            "--elsewhere 只显示由谁管户，不能与 --tier 同用。",
            "--elsewhere shows by whom alone, so it does not go with --tier."),
        "usage.wait": Phrase("--wait 应为 0 至 30。", "--wait is 0 to 30."),
        "usage.now-needs": Phrase(
            "--now 需要 --as 工号和 --reason 原因。", "--now needs --as STAFF and --reason TEXT."),
        "usage.seen-needs": Phrase(
            "--seen 和 --as 须同时使用。", "--seen NUMBER… and --as STAFF go together."),
        "usage.close-wait": Phrase(
            "--close-wait 应为 0 至 1440 分钟。", "--close-wait is from 0 minutes to a day of 1440."),
        "usage.close-every": Phrase(
            "--close-every 应为 1 至 1440 分钟。", "--close-every is from 1 minute to a day of 1440."),
        "usage.interval": Phrase(
            "--interval 应为 1 至 86400 秒。", "--interval is from 1 second to a day."),
        "usage.close-at": Phrase(
            "--close-at 的“{given}”不是一天中的时刻：请写成 00:00 至 23:59，如 21:30。",
            "--close-at {given} is no time of day: write it as 00:00 to 23:59, such as 21:30."),
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
