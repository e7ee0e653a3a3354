"""The product on generated data, with some life in it, until Ctrl-C; see scripts/run.

Exit: 0 ended by Ctrl-C, 2 wrong usage, 3 it could not be started.
"""

import argparse
import secrets
import subprocess
import sys
import time

import stage
import terminal

FIRST_DAY = "2025-01-01"
MONTH_END = "2025-03-31"    # the outlets are closed through this date, so tiers are there
SETTLED = "2025-04-01"      # claims of this date are closed, delivered and settled
LAST_DAY = "2025-04-02"     # claims of this date stay open; its extracts are there to import
OUTLETS = 3
CUSTOMERS = 300

# A look-alike is no good in a password that is read from a screen.
CAPITALS, SMALLS, DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789"

ROLES = {
    "teller": "低柜柜员", "manager": "客户经理", "outlet-supervisor": "网点主管",
    "supervisor": "支行主管", "first-tier-supervisor": "一级分行主管", "analyst": "总行分析员",
    "administrator": "系统管理员", "auditor": "审计员",
}


def main():
    parser = argparse.ArgumentParser(prog="scripts/run")
    parser.add_argument("--port-base", type=int, metavar="N")
    arguments = parser.parse_args()
    try:
        with stage.workspace() as directory:
            ports = stage.ports(1 + OUTLETS, arguments.port_base)
            say("生成数据 …", "Generating a first-tier branch …")
            made = stage.generate(directory / "bank", outlets=OUTLETS, customers=CUSTOMERS,
                                  first=FIRST_DAY, last=LAST_DAY)
            play = stage.Stage(directory / "bank", ports[0], made)
            try:
                start(play, ports[1:])
                fill_with_life(play)
                show(play, log_ins(play))
                watch(play)
            finally:
                play.stop()
    except KeyboardInterrupt:
        say("已停止，数据已清除。", "Stopped; the data is gone.")
        return 0
    except (stage.Broken, subprocess.SubprocessError, OSError) as error:
        print(f"run: {error}", file=sys.stderr)
        return 3


def start(play, ports):
    say("启动总行，登记三个网点 …", "Starting head office, enrolling three outlets …")
    play.found()
    play.serve_outlets(ports)
    for outlet in play.outlets:
        days = outlet.close_through(MONTH_END)
        say(f"{outlet.name[0]}：已导入并日终 {len(days)} 天",
            f"{outlet.name[1]}: {len(days)} days imported and closed")
    sync(play)
    days = play.head_office.ask("close-day")["days"]
    say(f"总行：已为一级分行日终 {len(days)} 天",
        f"Head office: {len(days)} days closed for the first-tier branch")
    # Twice: the first brings the first-tier branch's results, the second sends what follows.
    sync(play)
    sync(play)


def fill_with_life(play):
    """Assignments, contacts, a customer whom two outlets claimed, another whom two still claim."""
    say("指派客户，记录联系，同步，日终，结算 …", "Assigning, recording contacts, syncing, closing, settling …")
    a, b, c = play.outlets
    settled, contested = play.shared_targets(a, b)[:2]
    for outlet in play.outlets:
        others = {customer for other in play.outlets if other is not outlet
                  for customer in other.free_targets()}
        own = [customer for customer in outlet.free_targets() if customer not in others][:4]
        outlet.ask("assign", *own, "--to", outlet.manager, "--as", outlet.supervisor)
        outlet.contact(own[0], "call", "电话联系，三年期定期存款到期后拟续存", "--follow-up", SETTLED)
        outlet.contact(own[1], "at-outlet", "来网点办理业务，咨询国债", staff=outlet.teller)
    for outlet in (a, b):
        outlet.assign(settled)
    a.contact(settled, "visit", "上门拜访，介绍理财产品", "--follow-up", LAST_DAY)
    for outlet in play.outlets:
        outlet.close_through(SETTLED)
    sync(play)
    play.head_office.ask("close-day")
    for outlet in (a, b):
        outlet.assign(contested)
    b.contact(contested, "wechat", "微信沟通，希望了解大额存单", "--follow-up", LAST_DAY)
    # Twice: the second brings everybody what the others sent in the first.
    sync(play)
    sync(play)
    play.settled, play.contested = settled, contested


def sync(play):
    for outlet in play.outlets:
        outlet.ask("sync")


def log_ins(play):
    """One member of staff of each role at each place, with a password of their own."""
    staff = play.organisation["staff"]
    outlets = {outlet.code: outlet for outlet in play.outlets}
    rows = []
    for program in play.programs:
        seen = set()
        for member in staff:
            role = member["roles"][0]
            here = outlets.get(member["unit"], play.head_office) is program
            if not here or role in seen or not member.get("active", True):
                continue
            seen.add(role)
            password = new_password()
            program.ask("password", member["id"], text=password)
            rows.append([program.address, member["id"], f"{ROLES[role]} {role}", password])
    return rows


def new_password():
    """Long enough to be strong, in groups that can be typed from a screen."""
    def some(characters, count):
        return "".join(secrets.choice(characters) for _ in range(count))

    return f"{some(CAPITALS, 4)}-{some(SMALLS, 5)}-{some(DIGITS, 5)}"


def show(play, rows):
    print()
    terminal.table([["地址 address", "工号 staff number", "岗位 role", "密码 password"], *rows])
    print()
    a, b, _ = play.outlets
    say(f"客户 {play.settled}：{a.code} 和 {b.code} 都曾指派，已结算。"
        f"客户 {play.contested}：两网点都已指派，待结算。",
        f"Customer {play.settled}: claimed by {a.code} and {b.code}, settled. "
        f"Customer {play.contested}: claimed by both, open.")
    say("总行使用自己的证书机构，浏览器会提示证书不受信任；可继续访问，或导入 headoffice authority 的输出。",
        "Head office has a certificate authority of its own, so browsers warn: go on, or let them "
        "trust what `headoffice authority` prints.")
    say("试一试：", "To try:")
    binaries = stage.BINARIES.relative_to(stage.ROOT)
    print(f"    {binaries}/branchnode ownership {play.contested} --data {a.data}\n"
          f"    {binaries}/headoffice view customers --data {play.head_office.data}")
    say(f"{LAST_DAY} 的数据在 {a.feed.parent} 中，尚未导入。按 Ctrl-C 结束。",
        f"The extracts of {LAST_DAY} are in {a.feed.parent}, not imported yet. "
        "Press Ctrl-C to end it.")


def watch(play):
    """Until Ctrl-C; a server that ends by itself is an error."""
    while True:
        for program in play.programs:
            if program.server.poll() is not None:
                raise stage.Broken(f"{program.name[1]} ended with {program.server.returncode}")
        time.sleep(0.5)


def say(chinese, english):
    print(f"{chinese}\n{english}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
