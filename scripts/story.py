"""The story of a cut line, played with real processes; see scripts/run --story.

Head office and three outlets are prepared, the line is cut, the outlets work on and two of them
claim one customer. From there it is played twice, from copies of the same data: the outlets come
back in one order and then in the opposite one, and everybody has to answer the same. After that
the loser objects, a node is restored from a backup and another one's directory is copied
(scripts/sequel.py).

Exit: 0 every step held, 1 a check did not hold or a step could not be played.
"""

import shutil
import subprocess
import sys
import time

import sequel
import stage
import terminal
from narrator import Narrator

FIRST_DAY = "2025-03-01"
BEFORE = "2025-03-09"       # closed everywhere before the first sync
SETTLED = "2025-03-10"      # closed with the line still there
CUT = "2025-03-11"          # closed without a line
CLAIMED = "2025-03-12"      # the business date of the two claims, closed without a line too
OUTLETS = 3
CUSTOMERS = 120


STATES = {"confirmed": "已确认", "provisional": "暂定", "contested": "有争议", "unowned": "无管户"}


class Story:
    def __init__(self, narrator, play):
        self.tell = narrator
        self.stage = play
        self.head_office = play.head_office
        self.a, self.b, self.c = play.outlets
        for outlet, letter, latin in zip(play.outlets, "甲乙丙", "ABC"):
            outlet.name = (f"{letter} {outlet.name[0]}", f"{latin} {outlet.code}")
        self.claims = {outlet.code: set() for outlet in play.outlets}
        self.contacts = {outlet.code: set() for outlet in play.outlets}
        self.reminders = {outlet.code: set() for outlet in play.outlets}
        self.settled = None     # the customer who is settled before the line is cut
        self.contested = None   # the customer whom two outlets claim
        self.as_of = {}         # per outlet, the last sync before the cut

    # The parts of the story, in the order in which they are played.

    def introduce(self):
        print(
            "银行的每个网点有一个节点，总行有一个端点。线路断了，网点照常工作；线路恢复后，"
            "两边的记录合在一起。\n"
            "Each outlet of the bank has a node, head office has an endpoint. Without a line the "
            "outlets work on;\nwhen it is back, what both sides wrote down is brought together.\n")
        terminal.table([
            [outlet.name[0], f"outlet {outlet.name[1]}", "主管 supervisor", outlet.supervisor,
             "客户经理 manager", outlet.manager]
            for outlet in self.stage.outlets
        ])

    def begin(self):
        self.tell.step(
            "总行和三个网点启动，登记，导入数据，日终，首次同步",
            "Head office and three outlets start, enrol, import, close their days, sync")
        self.stage.found()
        self.stage.serve_outlets([0] * OUTLETS)
        for outlet in self.stage.outlets:
            days = outlet.close_through(BEFORE)
            outlet.ask("sync")
            self.tell.say(
                f"{outlet.name[0]}：日终至 {days[-1]['date']}，账户 {days[-1]['accounts']} 个",
                f"{outlet.name[1]}: closed through {days[-1]['date']}, "
                f"{days[-1]['accounts']} accounts")
        nodes = self.head_office.ask("nodes")["nodes"]
        heard = [node["outlet"] for node in nodes if node["last_contact"]]
        self.tell.equal(heard, [outlet.code for outlet in self.stage.outlets],
                        "总行收到了三个网点", "head office has heard all three outlets")
        self.nothing_waits()

    def settle_one(self):
        self.settled, self.contested = self.stage.shared_targets(self.a, self.b)[:2]
        customer = self.settled
        self.tell.step(
            f"平常的一天：甲网点主管把客户 {customer} 指派给本网点客户经理，结算后全行一致",
            f"An ordinary day: A's supervisor assigns customer {customer}; it is settled, and "
            "everybody knows")
        self.assign(self.a, customer)
        for outlet in self.stage.outlets:
            outlet.close_through(SETTLED)
        self.sync_all()
        self.close_first_tier()
        self.sync_all()
        self.decided_by_first_tier(customer)
        answers = self.answers(customer)
        self.show(answers)
        for place, answer in answers.items():
            self.tell.equal(
                (owner_of(answer), answer["state"]), (self.a.manager, "confirmed"),
                f"{place.name[0]}：{self.a.manager} 管户，已确认",
                f"{place.name[1]}: {self.a.manager} is the owner, confirmed")
        self.queried(
            ("head-office", None, "target"),
            f"丙网点查询非本网点且无管户的客户 {self.contested}：总行应答，目标客户",
            f"C queries customer {self.contested}, whom it does not serve and nobody owns: head "
            "office answers, a target")

    def cut(self):
        self.tell.step("线路中断：总行停机", "The line is cut: head office's process is stopped")
        self.head_office.stop()
        for outlet in self.stage.outlets:
            self.as_of[outlet.code] = outlet.ask("status")["last_contact"]
            done = outlet.run("sync")
            self.tell.equal(done.returncode, 3, f"{outlet.name[0]} 同步失败，退出码 3",
                            f"{outlet.name[1]}: sync fails with exit code 3")
        self.tell.say(outlet.run("sync", language="zh").stderr.strip(), done.stderr.strip())
        for outlet in self.stage.outlets:
            self.tell.equal(outlet.ask("status")["line"], "offline",
                            f"{outlet.name[0]} 显示离线", f"{outlet.name[1]} says that it is offline")

    def work_offline(self):
        self.tell.step(
            "离线工作：每个网点照常导入、日终、指派、记录联系、查询管户经理",
            "Offline, each outlet imports, closes its day, assigns, records a contact, "
            "looks up owners")
        for outlet in self.stage.outlets:
            days = outlet.close_through(CUT)
            self.tell.equal([day["date"] for day in days], [CUT], f"{outlet.name[0]} 日终 {CUT}",
                            f"{outlet.name[1]} closed {CUT}")
            customer = self.own_target(outlet)
            self.assign(outlet, customer)
            self.contact(outlet, customer, "call", "电话联系，有意办理定期存款", "--follow-up", CLAIMED)
            answer = outlet.ask("owner", customer)
            self.tell.equal(
                (owner_of(answer), answer["state"], answer["pending_here"]),
                (outlet.manager, "provisional", 1),
                f"{outlet.name[0]} 指派了客户 {customer} 并记录联系；状态暂定，待发送 1 条主张",
                f"{outlet.name[1]} assigned customer {customer} and recorded a contact; "
                "provisional, 1 claim to send")
        self.tell.say(
            f"丙网点没有客户 {self.settled}，离线也能回答其管户经理：",
            f"C does not serve customer {self.settled}, and answers who owns them without a line:")
        answer = self.c.ask("owner", self.settled)
        self.show({self.c: answer})
        self.tell.equal((owner_of(answer), answer["state"]), (self.a.manager, "confirmed"),
                        "丙网点离线回答：甲网点客户经理管户", "C answers offline: A's manager owns them")
        self.tell.equal(answer["as_of"], self.as_of[self.c.code],
                        "回答注明截至最近一次同步", "the answer says as of the last sync")
        self.queried(
            ("node", "no-line", None),
            f"丙网点再查询客户 {self.contested}：本节点应答，须待线路恢复后向总行查询",
            f"C queries customer {self.contested} again: the node answers, and says to ask when "
            "the line is back")
        refused = self.b.run("assign", self.settled, "--to", self.b.manager, "--as",
                             self.b.supervisor)
        self.tell.equal(refused.returncode, 1, "乙网点要指派这位已有管户的客户，规则不允许",
                        "B tries to assign that owned customer, and the rules say no")
        again = self.b.run("assign", self.settled, "--to", self.b.manager, "--as",
                           self.b.supervisor, language="zh")
        self.tell.say(again.stderr.strip(), refused.stderr.strip())

    def claim_twice(self):
        customer = self.contested
        self.tell.step(
            f"甲、乙两网点互不知情，都把客户 {customer} 指派给自己的客户经理",
            f"A and B, without knowing of each other, both assign customer {customer}")
        for outlet, note in ((self.a, "来网点办理业务，已介绍理财"), (self.b, "上门拜访，了解需求")):
            self.assign(outlet, customer)
            self.contact(outlet, customer, "visit", note)
        answers = {outlet: outlet.ask("owner", customer) for outlet in self.stage.outlets}
        self.show(answers)
        for outlet in (self.a, self.b):
            answer = answers[outlet]
            self.tell.equal(
                (owner_of(answer), answer["state"], answer["as_of"]),
                (outlet.manager, "provisional", self.as_of[outlet.code]),
                f"{outlet.name[0]} 认为由自己的客户经理暂时管户",
                f"{outlet.name[1]} holds its own manager for the provisional owner")
        self.tell.equal(answers[self.c]["state"], "unowned", "丙网点尚不知情：无管户",
                        "C knows of neither: unowned, as of its last sync")
        for outlet in self.stage.outlets:
            outlet.close_through(CLAIMED)
        self.tell.say(f"三个网点都离线完成 {CLAIMED} 日终。",
                      f"All three close {CLAIMED} without a line.")
        for outlet in self.stage.outlets:
            self.remember_reminders(outlet)
            pending = outlet.ask("status")["pending"]
            self.tell.check(pending > 0, f"{outlet.name[0]}：待发送 {pending} 条",
                            f"{outlet.name[1]}: {pending} rows wait to be sent", "more than 0",
                            pending)

    def come_back(self, order):
        """The line returns; the outlets sync in this order; head office closes and settles."""
        names = " → ".join(outlet.name[1] for outlet in order)
        customer = self.contested
        self.tell.step(f"线路恢复，网点依次同步：{names}",
                       f"The line is back; the outlets sync in this order: {names}")
        self.head_office.serve(self.stage.port)
        self.stage.serve_outlets([0] * OUTLETS)
        claimants = [outlet for outlet in order if outlet in (self.a, self.b)]
        for outlet in order:
            outlet.ask("sync")
            if outlet is claimants[1]:
                self.both_claims_are_there(outlet)
            self.head_office.ask("close-day")
            state = self.answer(self.head_office, customer)["state"]
            if outlet is claimants[0]:
                self.tell.check(
                    state == "provisional",
                    f"{outlet.name[0]} 已同步；另一网点尚未送到，总行不急于结算该客户",
                    f"{outlet.name[1]} has synced; head office waits for the other outlet before "
                    "it settles the customer", "provisional", state)
            elif outlet is claimants[1]:
                self.tell.check(
                    state == "confirmed", f"{outlet.name[0]} 也已同步；总行结算该客户",
                    f"{outlet.name[1]} has synced too; head office settles the customer",
                    "confirmed", state)
        # What the decision makes at the outlets (reminders) goes up with the next sync.
        self.sync_all()
        self.sync_all()
        self.nothing_waits()

    def both_claims_are_there(self, outlet):
        """Before it is settled: contested, with the owner whom the order would choose."""
        customer = self.contested
        answers = {place: self.answer(place, customer) for place in (self.head_office, outlet)}
        self.show(answers)
        first, second = answers.values()
        self.tell.equal(
            (first["state"], second["state"], owner_of(first) == owner_of(second)),
            ("contested", "contested", True),
            f"总行和{outlet.name[0]} 都知道了两份主张：有争议，按规则将胜出的是同一人",
            f"head office and {outlet.name[1]} know both claims: contested, and the order would "
            "choose the same owner")

    def outcome(self):
        """Everybody answers the same, says why, and has everything; returns what was decided."""
        customer = self.contested
        self.tell.step(f"客户 {customer} 归谁，为什么", f"Who owns customer {customer}, and why")
        answers = self.answers(customer)
        self.show(answers)
        owners = {place: answer["owner"] for place, answer in answers.items()}
        first = owners[self.head_office]
        self.tell.check(
            first is not None and all(owner == first for owner in owners.values()),
            "总行和三个网点回答同一位管户经理", "head office and all three outlets name one owner",
            "one owner", owners_shown(owners))
        self.tell.check(
            all(answer["state"] == "confirmed" for answer in answers.values()),
            "都是已确认", "confirmed everywhere", "confirmed",
            [answer["state"] for answer in answers.values()])
        whys = {place: self.why(place, customer) for place in self.stage.programs}
        decision = whys[self.head_office]["decision"]
        for line in self.why(self.head_office, customer, "zh")["decision"]["trace"]:
            print(f"      {line}")
        for line in decision["trace"]:
            print(f"      {line}")
        for outlet in (self.a, self.b):
            self.tell.equal(whys[outlet]["decision"]["trace"], decision["trace"],
                            f"{outlet.name[0]} 给出同样的理由", f"{outlet.name[1]} gives the same reasons")
        self.tell.equal({why["decision"]["digest"] for why in whys.values()}, {decision["digest"]},
                        "四处的决定摘要相同", "the decision's digest is the same in all four places")
        self.tell.check(whys[self.c]["claims"] is None,
                        "丙网点不服务该客户，只看到决定，看不到主张",
                        "C does not serve the customer: it sees the decision, not the claims",
                        None, whys[self.c]["claims"])
        outcomes = sorted(str(claim["outcome"]) for claim in whys[self.head_office]["claims"])
        self.tell.equal(outcomes, ["lost", "owner"], "两份主张都有结果：一份胜出，一份未胜出",
                        "both claims are accounted for: one is the owner's, one lost")
        self.losers_reminder(customer, first, decision["trace"][-1])
        return {"owner": first, "trace": decision["trace"], "digest": decision["digest"]}

    def losers_reminder(self, customer, winner, conclusion):
        """The loser's manager and supervisor learn who won, by which rule, and where to read on."""
        loser = self.b if winner["outlet"] == self.a.code else self.a
        # "So … is the owner, by: the rule."
        facts = [winner["outlet"], conclusion.rpartition("by: ")[2].rstrip(".")]
        for staff in (loser.manager, loser.supervisor):
            lost = [self.reminder(loser, staff, customer, language) for language in ("zh", "en")]
            self.tell.check(
                all(lost) and all(fact in lost[1] for fact in facts),
                f"{staff} 收到提醒：主张未胜出，管户归谁，为什么",
                f"{staff} finds a reminder: the claim was not won, for whom and why", facts, lost)
        self.tell.say(*lost)

    def nothing_is_missing(self):
        self.tell.step("离线期间录入的内容，总行一条不少",
                       "Of what was entered without a line, head office misses nothing")
        for outlet in self.stage.outlets:
            self.remember_reminders(outlet)
            tables = self.head_office.ask("received", outlet.code)["tables"]
            for table, words, entered in (
                ("claim", ("主张", "claims"), self.claims),
                ("contact", ("营销记录", "contacts"), self.contacts),
                ("reminder", ("提醒", "reminders"), self.reminders),
            ):
                there = set(tables[table]["ids"])
                missing = sorted(entered[outlet.code] - there)
                count = len(entered[outlet.code])
                self.tell.check(
                    count > 0 and not missing,
                    f"{outlet.name[0]}：{words[0]} {count} 条，全部送达",
                    f"{outlet.name[1]}: {words[1]}: {count}, all received", "none missing", missing)
        seen = self.head_office.ask("view", "customers")["first_tiers"][0]["outlets"]
        there = {each["outlet"]: (each["accounts"], each["balance_fen"], each["customers"])
                 for each in seen}
        here = {}
        for outlet in self.stage.outlets:
            own = outlet.ask("customers")
            here[outlet.code] = (own["accounts"], own["balance_fen"], len(own["customers"]))
        self.tell.equal(there, here, "各网点的账户数、余额、客户数与总行一致",
                        "accounts, balances and customers of each outlet are the same at head office")

    # What the parts are made of.

    def close_first_tier(self):
        """Head office's daily routine: it closes for the first-tier branch and settles what is due."""
        days = self.head_office.ask("close-day")["days"]
        late = sorted({outlet for day in days for outlet in day["late"]})
        self.tell.equal(
            (days[-1]["date"], late), (SETTLED, []),
            f"总行按全部网点的数据为一级分行日终至 {SETTLED}，并结算到期的主张",
            f"head office closes through {SETTLED} for the first-tier branch, from all outlets' "
            "figures, and settles what is due")

    def decided_by_first_tier(self, customer):
        """The outlets that serve the customer and head office say one pool and one tier."""
        said = [outlet.ask("customer", customer) for outlet in (self.a, self.b)]
        said.append(self.head_office.ask("owner", customer)["owners"][0]["standing"])
        self.tell.equal(
            ({(each["pool"], each["tier"]) for each in said},
             [each["decided_by"] for each in said[:2]]),
            ({("target", said[-1]["tier"])}, ["first-tier", "first-tier"]),
            "甲、乙两网点显示的客户分类和等级与总行一致，由一级分行认定",
            "A and B show the same pool and tier as head office, decided by the first-tier branch")

    def queried(self, expected, *words):
        """Who answers C about the customer whom A and B serve, and with which pool."""
        answer = self.c.ask("query", self.contested)
        found = answer["found"]
        self.tell.equal(
            (answer["answered_by"], answer["unanswered"], [each["pool"] for each in found]),
            (*expected[:2], [expected[2]]), *words)

    def assign(self, outlet, customer):
        self.claims[outlet.code].add(outlet.assign(customer))

    def contact(self, outlet, customer, way, note, *options):
        self.contacts[outlet.code].add(outlet.contact(customer, way, note, *options))

    def own_target(self, outlet):
        """A free target whom no other outlet serves."""
        others = {customer for other in self.stage.outlets if other is not outlet
                  for customer in other.free_targets()}
        return next(each for each in outlet.free_targets() if each not in others)

    def remember_reminders(self, outlet):
        for staff in (outlet.manager, outlet.supervisor):
            listed = outlet.ask("reminders", "--as", staff)["reminders"]
            self.reminders[outlet.code] |= {each["id"] for each in listed}

    def reminder(self, outlet, staff, customer, language):
        """The sentence of the reminder that the claim was lost; empty where there is none."""
        listed = outlet.ask("reminders", "--as", staff, language=language)["reminders"]
        return next((each["text"] for each in listed
                     if each["kind"] == "claim-lost" and each["customer"] == customer), "")

    def sync_all(self):
        for outlet in self.stage.outlets:
            outlet.ask("sync")

    def nothing_waits(self):
        waiting = {outlet.code: outlet.ask("status")["pending"] for outlet in self.stage.outlets}
        self.tell.check(not any(waiting.values()), "没有内容待发送", "nothing waits to be sent", 0,
                        waiting)

    def answers(self, customer):
        """Each place's own answer to who owns the customer, head office's first."""
        return {place: self.answer(place, customer) for place in self.stage.programs}

    def answer(self, place, customer):
        answer = place.ask("owner", customer)
        # Head office answers for each first-tier branch; there is one here.
        return {**answer, **answer["owners"][0]} if "owners" in answer else answer

    def why(self, place, customer, language="en"):
        return place.ask("ownership", customer, language=language)

    def show(self, answers):
        rows = [["答者 place", "管户经理 owner", "状态 state", "截至 as of"]]
        for place, answer in answers.items():
            rows.append([
                place.name[0], owner_of(answer) or "无 nobody",
                f"{STATES[answer['state']]} {answer['state']}", answer["as_of"] or "尚未同步 never"])
        terminal.table(rows)

    def continued(self, name):
        """The same story from a copy of its data."""
        other = Story(self.tell, self.stage.copy(name))
        for entered in ("claims", "contacts", "reminders"):
            setattr(other, entered,
                    {code: set(ids) for code, ids in getattr(self, entered).items()})
        other.settled, other.contested, other.as_of = self.settled, self.contested, self.as_of
        return other


def owner_of(answer):
    return answer["owner"]["manager"] if answer["owner"] else None


def owners_shown(owners):
    return {place.name[1]: owner for place, owner in owners.items()}


def play(tell):
    started = time.monotonic()
    with stage.workspace() as directory:
        made = stage.generate(directory / "before", outlets=OUTLETS, customers=CUSTOMERS,
                              first=FIRST_DAY, last=CLAIMED)
        story = Story(tell, stage.Stage(directory / "before", stage.ports(1)[0], made))
        running = story
        try:
            story.introduce()
            story.begin()
            story.settle_one()
            story.cut()
            story.work_offline()
            story.claim_twice()
            story.stage.stop()
            decided = []
            orders = [("forward", lambda outlets: outlets),
                      ("backward", lambda outlets: list(reversed(outlets)))]
            for name, order in orders:
                running = story.continued(name)
                if decided:
                    print("\n── 回到线路恢复之前，换相反的次序再来一遍 ── "
                          "Back to before the line returned, now in the opposite order ──")
                running.come_back(order(running.stage.outlets))
                decided.append(running.outcome())
                running.nothing_is_missing()
                if len(decided) == len(orders):
                    sequel.object_and_rule(running)
                    sequel.restore(running)
                    sequel.copy(running)
                running.stage.stop()
                shutil.rmtree(running.stage.directory)
            tell.step("两种次序，结果相同", "Both orders end the same")
            for part, chinese, english in (
                ("owner", "管户经理相同", "the same owner"),
                ("trace", "理由相同", "the same reasons"),
                ("digest", "决定摘要相同", "the same digest of the decision"),
            ):
                tell.equal(decided[1][part], decided[0][part], chinese, english)
            print(f"\n用时 {time.monotonic() - started:.0f} 秒 · "
                  f"played in {time.monotonic() - started:.0f} s")
        finally:
            running.stage.stop()
            story.stage.stop()


def main():
    tell = Narrator()
    try:
        play(tell)
    except KeyboardInterrupt:
        return 130
    except (stage.Broken, subprocess.SubprocessError, OSError, LookupError, TypeError) as error:
        tell.check(False, "此步无法完成", "this step could not be played", "it goes through",
                   str(error) or repr(error))
    return tell.end()


if __name__ == "__main__":
    sys.exit(main())
