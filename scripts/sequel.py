"""What comes after the decision, in scripts/story.py: a ruling, a restored node, a copied one.

Each part is a step of the story, played on its stage with head office and the outlets serving.
"""

import shutil

import stage


def object_and_rule(story):
    """The loser objects, the winner does not agree, the first-tier branch rules for the loser."""
    tell, customer = story.tell, story.contested
    owner = story.answer(story.head_office, customer)["owner"]
    loser, winner = ((story.b, story.a) if owner["outlet"] == story.a.code
                     else (story.a, story.b))
    tell.step(f"{loser.name[0]} 提出异议，{winner.name[0]} 不同意，一级分行主管裁定",
              f"{loser.name[1]} objects, {winner.name[1]} does not agree, the first-tier "
              "supervisor rules")
    raised = loser.ask("transfer", "object", customer, "--to", loser.manager, "--as",
                       loser.supervisor, "--reason", "该客户由本网点长期服务")
    loser.ask("sync")
    at_head_office = story.head_office.ask("disputes", "--open")["disputes"]
    tell.equal([(each["id"], each["state"]) for each in at_head_office],
               [(raised["id"], "with-counter-party")],
               "总行收到异议，待对方网点答复",
               "head office has the objection; the counter-party is to answer")
    winner.ask("sync")
    answered = winner.ask("transfer", "refuse", customer, "--as", winner.supervisor, "--opinion",
                          "按规则归属本网点")
    tell.equal((answered["id"], answered["state"]), (raised["id"], "at-first-tier"),
               "对方不同意，提交一级分行", "it is refused, and goes up to the first-tier branch")
    winner.ask("sync")
    supervisor = staff_with(story, "first-tier-supervisor")
    ruled = story.head_office.ask("adjudicate", customer, "--to", loser.code, "--manager",
                                  loser.manager, "--as", supervisor, "--opinion", "以服务关系为准")
    tell.equal(ruled["closed"], [raised["id"]], "裁定后争议结案", "the ruling closes the dispute")
    # Twice: the second brings up what the ruling made at the outlets.
    story.sync_all()
    story.sync_all()
    answers = story.answers(customer)
    story.show(answers)
    tell.equal(
        {(answer["owner"]["outlet"], answer["owner"]["manager"], answer["state"])
         if answer["owner"] else None for answer in answers.values()},
        {(loser.code, loser.manager, "confirmed")},
        f"总行和三个网点都回答：{loser.manager} 管户，已确认",
        f"head office and all three outlets answer: {loser.manager} is the owner, confirmed")
    tell.equal(len({story.why(place, customer)["decision"]["digest"]
                    for place in story.stage.programs}), 1,
               "四处的决定摘要相同", "the decision's digest is the same in all four places")
    tell.equal(story.head_office.ask("disputes", "--open")["disputes"], [], "没有未结争议",
               "no dispute is open")


def restore(story):
    """A backup is put back, and head office gives back what it lacks."""
    tell, outlet = story.tell, story.c
    tell.step(f"{outlet.name[0]} 的机器损坏，由备份恢复",
              f"{outlet.name[1]}'s machine breaks; its backup is put back")
    first = story.own_target(outlet)
    backup = outlet.data.with_suffix(".bnbackup")
    outlet.ask("backup", backup)
    story.assign(outlet, first)
    story.contact(outlet, first, "call", "电话联系，备份中没有这一条")
    outlet.ask("sync")
    outlet.stop()
    outlet.ask("restore", backup)
    outlet.serve(0)
    tell.equal(outlet.ask("owner", first)["owner"], None, f"备份中没有客户 {first} 的指派",
               f"the backup knows nothing of the claim on customer {first}")
    second = story.own_target(outlet)
    story.assign(outlet, second)
    said = outlet.run("sync")
    tell.check(said.returncode == 0 and outlet.ask("status")["verdict"] == "restored",
               "同步时被认出：由备份恢复", "at its first exchange it is recognised as restored",
               "exit 0, verdict restored", said.stdout + said.stderr)
    print(f"    {said.stdout.strip()}")
    tell.equal(outlet.ask("owner", first)["owner"]["manager"], outlet.manager,
               "已送达的指派取回来了", "the claim that had arrived is there again")
    node = node_at_head_office(story, outlet)
    tell.equal((node["verdict"], node["epoch"]), ("restored", 2),
               "总行给了它新的代次", "head office gave it a new epoch")
    tell.equal(outlet.run("verify").returncode, 0, "校验：数据完整", "verify finds its data whole")
    arrived_once(story, outlet)


def copy(story):
    """A node's directory is copied and both go on: the second is fenced until it is readmitted."""
    tell, outlet = story.tell, story.b
    tell.step(f"{outlet.name[0]} 的目录被复制，两份都在工作",
              f"{outlet.name[1]}'s directory is copied, and both copies work on")
    outlet.stop()
    twin = stage.Outlet(outlet.code, outlet.code, kept_aside(outlet, "copy"), outlet.feed)
    mine, theirs, third = outlet.free_targets()[:3]
    story.assign(outlet, mine)
    outlet.ask("sync")
    claim = twin.assign(theirs)
    fenced(story, outlet, twin, claim, "复制的目录", "the copy")
    story.head_office.ask("readmit", outlet.code, "--as", staff_with(story, "administrator"),
                          "--reason", "核实：复制的目录才是正在使用的")
    tell.equal([twin.run("sync").returncode for _ in "ab"], [0, 0], "总行重新接纳后，它同步成功",
               "head office readmits it, and it syncs")
    story.claims[outlet.code].add(claim)
    arrived_once(story, outlet)
    tell.equal(twin.ask("owner", mine)["owner"]["manager"], outlet.manager,
               "它取回了另一份已送达的指派", "it has got the claim that the other had delivered")
    fenced(story, outlet, outlet, outlet.assign(third), "原来的目录", "the first one, from now on,")


def fenced(story, outlet, program, claim, chinese, english):
    """The program is taken for a copy, and nothing of it is applied."""
    said = program.run("sync")
    told = program.run("sync", language="zh")
    code = program.ask("status")["failure"]
    story.tell.equal((said.returncode, code), (3, "suspected-copy"),
                     f"{chinese}被认出：疑似复制，退出码 3",
                     f"{english} is recognised as a suspected copy, with exit code 3")
    story.tell.say(*(each.stderr.strip().splitlines()[-1] for each in (told, said)))
    story.tell.equal(
        (claim in story.head_office.ask("received", outlet.code)["tables"]["claim"]["ids"],
         node_at_head_office(story, outlet)["verdict"]), (False, "suspected-copy"),
        "总行未采用它的内容，并显示警示", "head office applies nothing of it, and shows an alarm")


def arrived_once(story, outlet):
    """Of what was entered at the outlet head office misses nothing and has nothing twice."""
    tables = story.head_office.ask("received", outlet.code)["tables"]
    for table, entered in (("claim", story.claims), ("contact", story.contacts)):
        ids = tables[table]["ids"]
        story.tell.equal(sorted(ids), sorted(entered[outlet.code]),
                         f"总行：{len(ids)} 条{'主张' if table == 'claim' else '营销记录'}，不多不少",
                         f"head office has each {table} exactly once: {len(ids)}")


def node_at_head_office(story, outlet):
    return next(node for node in story.head_office.ask("nodes")["nodes"]
                if node["outlet"] == outlet.code)


def staff_with(story, role):
    return next(member["id"] for member in story.stage.organisation["staff"]
                if role in member["roles"])


def kept_aside(outlet, name):
    """A copy of a stopped node's directory and key file, beside them."""
    place = outlet.data.with_name(f"{outlet.data.name}-{name}")
    shutil.copytree(outlet.data, place, ignore=shutil.ignore_patterns("socket"))
    shutil.copy2(f"{outlet.data}.key", f"{place}.key")
    return place
