import Bank
import HeadOffice
import Pages
import Texts
import Web

extension Session {
    static let chen = Session(
        staffID: "330101M01", name: "陈晓燕", unit: "330101", unitName: "杭州武林支行营业部",
        roles: [.manager], csrf: "csrf-of-chen")
    static let lin = Session(
        staffID: "330101S01", name: "林建国", unit: "330101", unitName: "杭州武林支行营业部",
        roles: [.outletSupervisor, .manager], csrf: "csrf-of-lin")
    static let zhao = Session(
        staffID: "HQ01", name: "赵敏", unit: "00", unitName: "总行", roles: [.analyst],
        csrf: "csrf-of-zhao")
}

extension BusinessDay {
    static let today = BusinessDay(daysSinceEpoch: 20_178)
}

extension Moment {
    /// 2025-04-01 08:12 in China.
    static let morning = Moment(unixMilliseconds: 1_743_466_320_000)
}

/// One example of every page, with figures that look like a day at an outlet.
enum Sample {
    static let hostile = "<script>alert(1)</script>\"'&"
    /// A quotation mark that carries a combining mark, which swift-mustache does not escape.
    static let clustered = "王\"\u{301} onmouseover=alert(1) x=\"\u{301}"

    static func outlet(name: String = "王**") -> [any Page] {
        [
            LogInPage(staff: name, failure: Text("login.locked", ["minutes": 5])), LogInPage(),
            TroublePage(.refused(Text("assignment.unowned"), advice: nil), isSignedIn: true),
            TroublePage(.internalError, isSignedIn: false),
            today(name), todayOfNothing, customers(name, isOutlets: false),
            customers(name, isOutlets: true),
            CustomersPage(isOutlets: false, question: .init(), counts: [:], rows: []),
            customer(name), bareCustomer(name), OwnerPage(), owner(name, .provisional),
            OwnerPage(
                number: name,
                answer: .init(
                    customer: CustomerNumber(name), owner: nil, state: .unowned, asOf: nil,
                    pendingHere: 0, opensCustomer: false)),
            foundOwners(name), OwnerPage(found: [], asOf: .morning),
            OwnerPage(found: [], asOf: nil, unanswered: Text("query.unanswered")),
            OwnerPage(found: [], asOf: .morning, isAnswered: true),
            ownership(name), OwnershipPage(number: "1", answers: []), pending(name),
            OwnershipPage(
                number: "1", answers: [], disputes: [disputeView(name)],
                desk: OwnershipDesk(
                    "1",
                    ask: .init(objects: true, managers: [.init(id: "330101M01", name: name)]),
                    answers: [.init(from: "330201", outlet: name, manager: name)], ends: true,
                    escalates: true, releases: true)),
            OwnershipPage(
                number: "1", answers: [],
                desk: OwnershipDesk(
                    "1", ask: nil, answers: [], ends: false, escalates: false, releases: false)),
            PendingPage(rows: [], counts: [:], elsewhere: 0, managers: []), elsewhere(name),
            preview(name), preview(name, isEmpty: true),
            ElsewherePage(rows: [], pending: 0, total: 0), assignment(name),
            SyncPage(line: offline, lastError: failure(name), headOffice: "https://10.33.0.1:8443"),
            SyncPage(
                line: online, lastError: nil, headOffice: "https://10.33.0.1:8443",
                timedClose: .init(at: .morning, failure: nil)),
            SyncPage(
                line: online, lastError: nil, headOffice: nil,
                timedClose: .init(
                    at: .morning,
                    failure: Text("timer.refused", ["directory": name, "count": "2"]))),
            SyncPage(line: alone, lastError: nil, headOffice: nil),
            targets(name), TargetsPage(number: name, additions: [], leaving: []),
            belowStandard(name), BelowStandardPage(rows: [], total: 0),
        ] + moves(name)
    }

    static func headOffice(name: String = "杭州武林支行营业部") -> [any Page] {
        [
            view(name), ViewPage(branches: [], persons: nil), nodes(name), NodesPage(nodes: []),
            OwnersPage(), owners(name), OwnersPage(number: name, answers: []),
            foundAnywhere(name), OwnersPage(found: []), DisputesPage(rows: []),
            DisputesPage(
                rows: [
                    .init(number: "3301000123", id: "a/b", view: disputeView(name)),
                    .init(number: "3301000124", id: "c", view: disputeView(name, isClosed: true)),
                ]),
            dispute(name, rules: true), dispute(name, rules: false),
            differences(name), DifferencesPage(open: [], of: 0, seen: []),
            parameters(name), parameters(name, branches: 1),
            ParametersPage(
                groups: [], branches: [], branch: nil, day: .today, proposals: []),
            parameter(name, "tgt_min"), parameter(name, "january_policy"),
            ParameterPage(sampleParameter("tgt_min"), history: [], form: nil),
        ]
    }

    static func disputeView(_ name: String, isClosed: Bool = false) -> DisputeView {
        func step(
            _ kind: DisputeStep.Kind, _ id: DisputeStepID, by author: UnitCode,
            begins: DisputeStepID? = nil
        ) -> DisputeStep {
            DisputeStep(
                id: id, begins: begins, customer: "3301000123", firstTier: "33", author: author,
                kind: kind, outlet: begins == nil ? author : nil,
                manager: begins == nil ? "330101M01" : nil,
                counterParty: begins == nil ? "330201" : nil, against: begins == nil ? "p" : nil,
                opinion: name, newEvidence: begins == nil ? name : nil, businessDate: .today,
                stamp: "", enteredBy: "330101S01")
        }
        let steps =
            [step(.objected, "a", by: "330101")]
            + (isClosed ? [step(.withdrawn, "b", by: "330101", begins: "a")] : [])
        let dispute = Dispute.all(
            of: steps, owner: "330201",
            DisputeTerms(day: .today, workingDays: WorkingDays(), wait: 5, rest: 90))[0]
        return DisputeView(dispute, units: ["330101": name], people: ["330101M01": name])
    }

    static func dispute(_ name: String, rules: Bool) -> DisputePage {
        DisputePage(
            number: "3301000123", id: "a", view: disputeView(name),
            figures: [
                .init(
                    outlet: name,
                    Evidence(
                        activeCard: true, holdings: HalfFen(100), demandAccountOpened: .today,
                        businessDate: .today), showsAmounts: rules),
                .init(
                    outlet: name,
                    Evidence(
                        activeCard: false, holdings: nil, demandAccountOpened: nil,
                        businessDate: nil), showsAmounts: rules),
            ], answer: ownership(name).answers.first,
            form: rules
                ? .init(
                    id: "a", outlets: [.init(code: "330101", name: name)],
                    managers: [.init(id: "330101M01", label: name)], opinion: name,
                    failure: Text("refusal.reason-missing")) : nil)
    }

    static let online = LineState(
        isOnline: true, since: .morning, lastContact: .morning, oldestUnsent: nil, pending: 0,
        quarantined: 0)
    static let alone = LineState(
        isOnline: nil, since: nil, lastContact: nil, oldestUnsent: nil, pending: 0, quarantined: 0)
    static let offline = LineState(
        isOnline: false, since: .morning, lastContact: .morning, oldestUnsent: .morning,
        pending: 14, quarantined: 2)

    static func failure(_ name: String) -> SyncPage.Failure {
        SyncPage.Failure(sentence: Text("flash.sync-failed"), at: .morning)
    }

    static func today(_ name: String) -> TodayPage {
        TodayPage(
            reminders: [
                reminder("1", .followUp, "3301000123", name, due: .today + -3),
                reminder("2", .assigned, "3301000456", "李*", due: .today),
                reminder("3", .claimLost, "3301000789", "欧阳**", due: .today),
                reminder("4/5", .claimConfirmed, nil, nil, due: .today + 3),
            ],
            book: .init(
                isOutlets: false,
                tiers: [
                    .init(tier: .diamond, count: 6, change: 0),
                    .init(tier: .platinum, count: 38, change: 1),
                    .init(tier: .gold, count: 104, change: -2),
                    .init(tier: nil, count: 21, change: 3),
                ]),
            awaiting: 17, line: offline)
    }

    static func reminder(
        _ id: String, _ kind: Reminder.Kind, _ customer: CustomerNumber?, _ name: String?,
        due: BusinessDay
    ) -> TodayPage.Reminder {
        let reminder = Reminder(
            id: id, staff: "330101M01", kind: kind, customer: customer, dueOn: due,
            facts: ["by": "林建国", "contact": "2025-03-21"])
        return TodayPage.Reminder(reminder, name: name, on: .today)
    }

    static let todayOfNothing = TodayPage(reminders: [], book: nil, awaiting: 0, line: online)

    static func customers(_ name: String, isOutlets: Bool) -> CustomersPage {
        let tiers: [Tier?] = [.diamond, .platinum, .gold, .gold, nil]
        let rows = (0..<20).map { (index: Int) -> CustomersPage.Row in
            let assets = Int64(1_834_567_890 - index * 91_234_567)
            let average = Int64(812_345_678 - index * 31_234_567)
            let owner: String? = isOutlets && index % 4 != 0 ? "陈晓燕" : nil
            return CustomersPage.Row(
                number: CustomerNumber("33010001\(index + 10)"), name: index == 0 ? name : "张**",
                pool: .target, tier: tiers[index % 5], assets: HalfFen(assets),
                average: Fen(average), since: .today + (-200 - index * 7),
                contact: index % 3 == 0 ? nil : .today + -index, owner: owner)
        }
        return CustomersPage(
            isOutlets: isOutlets, question: .init(Form(encoded: "page=2&sort=-assets") ?? Form()),
            counts: [.all: 169, .diamond: 6, .platinum: 38, .gold: 104, .none: 21], rows: rows)
    }

    static func customer(_ name: String) -> CustomerPage {
        let standing = CustomerPage.Standing(
            pool: .target, poolSince: .today + -400, tier: .platinum, tierSince: .today + -30,
            origin: .both, belowSince: .today + -12,
            reasons: StandingReason.Code.allCases.map {
                StandingReason($0, ["tier": "gold", "line": name])
            },
            history: StandingHistory([
                Bank.Standing(
                    date: .today + -400, pool: .target, poolSince: .today + -400, origin: .both,
                    assets: .none, accumulated: .zero),
                Bank.Standing(
                    date: .today + -31, pool: .target, poolSince: .today + -400, origin: .both,
                    tier: .platinum, tierSince: .today + -30, assets: .none, accumulated: .zero),
            ]),
            voided: [
                VoidedChange(
                    date: .today, pool: .potential, origin: nil, tier: nil,
                    voidedAt: Moment.morning.unixMilliseconds)
            ])
        return CustomerPage(
            number: "3301000123", name: name, identity: identity(name), standing: standing,
            measures: [
                .assets(HalfFen(183_456_789_01)), .here(HalfFen(120_000_000_00)),
                .average(accumulated: HalfFen(5_012_345_678_90), days: 90),
            ],
            holdings: holdings(name),
            owner: Owner(manager: "陈晓燕", outlet: "杭州武林支行营业部", since: .today + -200),
            state: .provisional,
            cards: [
                .init(
                    number: "622848********7788", level: .gold, status: "正常",
                    issuedOn: .today + -500)
            ],
            contacts: contacts(name),
            recording: .init(
                way: .visit, note: name, followUp: "2025-04-08",
                failure: Text("trouble.malformed-sentence")),
            profile: profile(name), businessDate: .today, isEstimated: true,
            merged: [CustomerNumber(name)], byHand: .entry(of: CustomerNumber(name)))
    }

    static func identity(_ name: String) -> [CustomerPage.Identity] {
        [
            .init(.name, masked: name, canUnmask: true),
            .init(
                .idNumber, masked: "110********002X", clear: "11010519491231002X",
                canUnmask: true),
            .init(.mobile, masked: "138****5678", canUnmask: true),
            .init(.address, masked: "杭州市下城区***", canUnmask: false),
        ]
    }

    static func holdings(_ product: String) -> CustomerPage.Holdings {
        let demand = CustomerPage.Account(
            number: "622848********1234", product: "活期储蓄", openedOn: .today + -4_000,
            maturesOn: nil, balance: Fen(3_456_789))
        let time = CustomerPage.Account(
            number: "622848********5678", product: product, openedOn: .today + -300,
            maturesOn: .today + 65, balance: Fen(50_000_000))
        let loan = CustomerPage.Account(
            number: "330188********9012", product: "个人住房贷款", openedOn: .today + -2_000,
            maturesOn: nil, balance: Fen(20_000_001))
        return CustomerPage.Holdings([
            CustomerPage.Group(.deposit, [demand, time]), CustomerPage.Group(.loan, [loan]),
        ])
    }

    static func contacts(_ name: String) -> [CustomerPage.Contact] {
        [
            .init(
                date: .today + -6, way: .call, note: "介绍三年期国债；\n" + name, by: "陈晓燕",
                followUp: .today + 2),
            .init(date: .today + -40, way: .atOutlet, note: "到期续存。", by: "陈晓燕", followUp: nil),
        ]
    }

    static func profile(_ text: String) -> CustomerPage.Profile {
        let stamp = HybridStamp(milliseconds: 0, counter: 0, node: "n")
        func edit(_ field: ProfileField, _ value: String?) -> ProfileEdit {
            ProfileEdit(
                id: "e", author: "330101", customer: "3301000123", field: field.rawValue,
                value: value, note: text, lifts: [], stamp: stamp, written: stamp,
                staff: "330101M01", date: .today)
        }
        func field(_ field: ProfileField, _ value: String?) -> CustomerPage.Profile.Field {
            CustomerPage.Profile.Field(
                field, value: value, clear: field == .address ? text : nil, canUnmask: true,
                by: text, outlet: text, date: .today)
        }
        return CustomerPage.Profile(
            fields: [
                field(.mobile, text), field(.address, text), field(.family, nil),
                field(.hobbies, text), field(.marketing, "refused"),
            ],
            hold: .refused,
            editing: .init(
                field: .hobbies, value: text, failure: Text("refusal.invalid-mobile"), note: text,
                choiceFailure: Text("refusal.reason-missing")), canRefuse: true,
            history: [
                .init(edit(.hobbies, text), .hobbies, by: text, outlet: text),
                .init(edit(.family, nil), .family, by: text, outlet: text),
            ])
    }

    static func bareCustomer(_ name: String) -> CustomerPage {
        CustomerPage(
            number: CustomerNumber(name), name: name, identity: [],
            standing: .init(
                pool: .retained, poolSince: .today, tier: nil, tierSince: nil, origin: nil,
                belowSince: nil),
            measures: [], holdings: nil, owner: nil, state: .unowned, cards: [], contacts: nil,
            recording: nil,
            profile: .init(fields: [], hold: nil, editing: nil, canRefuse: false, history: []),
            businessDate: .today, isEstimated: false)
    }

    static func owner(_ name: String, _ state: Ownership.State) -> OwnerPage {
        OwnerPage(
            number: "3301000123",
            answer: .init(
                customer: "3301000123",
                owner: Owner(manager: name, outlet: "宁波鼓楼支行", since: .today + -90), state: state,
                asOf: .morning, pendingHere: 1, opensCustomer: true))
    }

    static func view(_ name: String) -> ViewPage {
        func outlet(_ code: UnitCode, _ name: String, _ contact: LastContact) -> ViewPage.Outlet {
            ViewPage.Outlet(
                code: code, name: name,
                figures: .init(
                    retained: 41_233, potential: 7_812, target: 1_204, diamond: 18, platinum: 152,
                    gold: 780, assets: HalfFen(48_123_456_789_01)),
                closedThrough: contact.look == "never" ? nil : .today, contact: contact)
        }
        return ViewPage(
            branches: [
                .init(
                    code: "33", name: "浙江省分行",
                    outlets: [
                        outlet("330101", name, .heard(.morning)),
                        outlet("330102", "杭州西湖支行", .silent(since: .morning)),
                        outlet("330201", "宁波鼓楼支行", .never),
                    ], persons: 148_021,
                    closed: Text(
                        "view.closed-late", ["date": "2025-03-31", "outlets": "330201"])),
                .init(
                    code: "32", name: "江苏省分行",
                    outlets: [outlet("320101", "南京新街口支行", .heard(.morning))], persons: 50_249),
            ], persons: 197_842)
    }

    static func nodes(_ name: String) -> NodesPage {
        NodesPage(nodes: [
            .init(
                outlet: "330101", name: name, enrolment: .enrolled, epoch: 1,
                contact: .heard(.morning), lagSeconds: 42, pending: 0, skewSeconds: -2),
            .init(
                outlet: "330102", name: "杭州西湖支行", enrolment: .enrolled, epoch: 3,
                contact: .silent(since: .morning), lagSeconds: nil, pending: 12, skewSeconds: 930),
            .init(
                outlet: "330201", name: "宁波鼓楼支行", enrolment: .none, epoch: nil, contact: .never,
                lagSeconds: nil, pending: nil, skewSeconds: nil),
            .init(
                outlet: "320101", name: "南京新街口支行", enrolment: .fenced, epoch: 2,
                contact: .heard(.morning), lagSeconds: 90_000, pending: 3, skewSeconds: 5_400),
        ])
    }

    static func owners(_ name: String) -> OwnersPage {
        OwnersPage(
            number: "3301000123",
            answers: [
                .init(
                    firstTier: "浙江省分行",
                    owner: Owner(manager: "陈晓燕", outlet: name, since: .today), state: .confirmed),
                .init(firstTier: "江苏省分行", owner: nil, state: .unowned),
            ])
    }
}
