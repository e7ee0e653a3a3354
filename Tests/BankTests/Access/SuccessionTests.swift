import Bank
import TestSupport
import Testing

/// A newer organisation file beside the organisation that is in force.
struct SuccessionTests {
    private let held = Organisation.ofTests

    private func file(
        without units: Set<UnitCode> = [], staff: Set<StaffID> = [], adding unit: Unit? = nil,
        changing change: (Staff) -> Staff = { $0 }
    ) -> Organisation {
        Organisation(
            units: held.units.filter { !units.contains($0.code) } + (unit.map { [$0] } ?? []),
            staff: held.staff.filter { !staff.contains($0.id) }.map(change))
    }

    @Test func `whom and what a file no longer lists stays, inactive`() {
        let succession = Succession(of: held, by: file(without: [.gulou], staff: [.dan, .gus]))

        #expect(succession.faults == [])
        #expect(succession.unitsClosed == [.gulou] && succession.unitsAdded == [])
        #expect(succession.staffEnded == [.dan, .gus] && succession.staffAdded == [])
        let organisation = succession.organisation
        #expect(organisation.unit(.gulou)?.active == false)
        #expect(organisation.firstTier(of: .gulou) == .zhejiang)
        #expect(organisation.staff.first { $0.id == .dan }?.active == false)
        #expect(organisation.staff.first { $0.id == .dan }?.mobile == nil)
        #expect(organisation.scoped(to: .zhejiang).units.contains { $0.code == .gulou })
        // And comes back when a file lists it again.
        let again = Succession(of: organisation, by: held)
        #expect(again.organisation.unit(.gulou)?.active == true && again.unitsClosed == [])
    }

    @Test func `a file that lists the same changes nothing, in whatever order`() {
        let sorted = Succession(of: held, by: held).organisation
        let shuffled = Organisation(
            units: sorted.units.reversed(), staff: sorted.staff.reversed())

        #expect(Succession(of: sorted, by: shuffled).organisation == sorted)
    }

    @Test func `a file does not change parameters`() {
        let setting = ParameterSetting(
            name: "pot_min", scope: .bank, value: "20000", effectiveFrom: day("2025-01-01"))
        let newer = Organisation.made(parameters: [setting])

        #expect(Succession(of: held, by: newer).organisation.parameters == [])
        #expect(Succession(of: newer, by: held).organisation.parameters == [setting])
    }

    @Test func `head office, first-tier branches and outlets stay what they are`() {
        let third = Unit(code: "34", name: "", level: .firstTier, parent: .headOffice)
        let raised = Organisation(
            units: held.units.filter { $0.code != .gulou } + [
                Unit(code: .gulou, name: "", level: .subBranch, parent: .zhejiang)
            ], staff: held.staff)

        #expect(Succession(of: held, by: file(adding: third)).faults == [.fixedUnit("34")])
        let less = file(without: [.jiangsu, .nanjing], staff: [.nia, .oki])
        #expect(Succession(of: held, by: less).faults == [.fixedUnit(.jiangsu)])
        #expect(Succession(of: held, by: raised).faults == [.noLongerOutlet(.gulou)])
    }

    @Test func `somebody has to be left who can load the next file`() {
        let moved = file { member in
            member.id == .amy
                ? Staff(id: .amy, name: "Amy", unit: .wulin, roles: [.administrator]) : member
        }

        #expect(Succession(of: held, by: file(staff: [.amy])).faults == [.noAdministrator])
        #expect(Succession(of: held, by: moved).faults == [.noAdministrator])
    }

    @Test func `who is new, changed or gone is named with the rights before and after`() {
        let changed = file(staff: [.gus]) { member in
            member.id == .tom
                ? Staff(id: .tom, name: "Tom", unit: .headOffice, roles: [.administrator]) : member
        }
        let newer = Organisation(
            units: changed.units,
            staff: changed.staff + [Staff(id: "uma", name: "Uma", unit: .xihu, roles: [.teller])])
        let succession = Succession(of: held, by: newer)

        let changes = succession.rightsChanged(since: held)

        #expect(changes.map(\.staff) == [.gus, .tom, "uma"])
        #expect(changes.map(\.before?.unit) == [.gulou, .wulin, nil])
        #expect(changes.map(\.after.unit) == [.gulou, .headOffice, .xihu])
        #expect(changes.map(\.before?.roles) == [[.outletSupervisor], [.teller], nil])
        #expect(changes.map(\.after.roles) == [[.outletSupervisor], [.administrator], [.teller]])
        #expect(changes.map(\.after.isActive) == [false, true, true])
        #expect(
            succession.rightsChanged(since: succession.organisation) == [])
    }

    @Test func `who looks after customers neither leaves nor moves before the book is handed over`()
    {
        let books = [
            Book(firstTier: .zhejiang, outlet: .wulin, manager: .ada, count: 12),
            Book(firstTier: .zhejiang, outlet: .xihu, manager: .cai, count: 3),
            Book(firstTier: .zhejiang, outlet: .gulou, manager: nil, count: 1),
            // Inactive already: no news.
            Book(firstTier: .zhejiang, outlet: .wulin, manager: .ida, count: 7),
        ]
        let left = file(without: [.gulou], staff: [.ada, .dan, .gus]) { member in
            member.id == .cai
                ? Staff(id: .cai, name: "Cai", unit: .wulin, roles: [.manager]) : member
        }

        #expect(Succession(of: held, by: held).faults(of: books, before: held) == [])
        #expect(
            Succession(of: held, by: left).books(against: books, before: held)
                == Array(books.prefix(3)))
        #expect(
            Succession(of: held, by: left).faults(of: books, before: held) == [
                .ownsCustomers(staff: .ada, outlet: .wulin, count: 12),
                .ownsCustomers(staff: .cai, outlet: .xihu, count: 3),
                .outletOwnsCustomers(.gulou, count: 1),
            ])
    }

    @Test func `an outlet below a unit that moves is named as moved`() {
        let moved = Organisation(
            units: held.units.map { unit in
                unit.code == "3301"
                    ? Unit(code: unit.code, name: unit.name, level: unit.level, parent: .jiangsu)
                    : unit
            }, staff: held.staff)

        #expect(Set(Succession(of: held, by: moved).outletsMoved) == [.wulin, .xihu])
    }

    @Test func `a closed outlet, and one of another branch, is not open in a branch`() {
        let later = Succession(of: held, by: file(without: [.gulou], staff: [.dan, .gus]))

        #expect(held.outlets(notOpenIn: .zhejiang) == [.nanjing])
        #expect(later.organisation.outlets(notOpenIn: .zhejiang) == [.gulou, .nanjing])
        #expect(held.outlets(notOpenIn: .jiangsu) == [.wulin, .xihu, .gulou])
    }

    @Test func `a new unit has no former member's number, and nobody new a closed unit's code`() {
        let left = Succession(of: held, by: file(without: [.gulou], staff: [.dan, .gus]))
        #expect(left.faults == [])
        let likeDan = Unit(
            code: UnitCode(StaffID.dan.rawValue), name: "", level: .outlet, parent: .zhejiang)
        let likeGulou = Staff(
            id: StaffID(UnitCode.gulou.rawValue), name: "", unit: .wulin, roles: [])
        let again = file(without: [.gulou], staff: [.dan, .gus], adding: likeDan)
        let joined = Organisation(
            units: file(without: [.gulou]).units,
            staff: file(staff: [.dan, .gus]).staff + [likeGulou])

        #expect(
            Succession(of: left.organisation, by: again).faults == [.namedLikeUnit(staff: .dan)])
        #expect(
            Succession(of: left.organisation, by: joined).faults
                == [.namedLikeUnit(staff: likeGulou.id)])
        // What was let in before stays.
        let odd = Organisation(units: held.units + [likeDan], staff: held.staff)
        #expect(Succession(of: odd, by: held).faults == [])
    }
}
