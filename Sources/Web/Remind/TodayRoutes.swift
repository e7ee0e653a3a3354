import Bank
import Hummingbird
import Pages
import Store
import Vault

/// The day's page: what is to do or to know, and the book.
struct TodayRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("/", use: show)
            .post("reminders/:id/completion", use: complete)
    }

    @Sendable private func show(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.signedIn()
        let page = try await branch.ask { try TodayPage($0, for: session) }
        return try await branch.site.respond(page, request, context)
    }

    /// The store closes nobody's reminder but one's own.
    @Sendable private func complete(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .reminders)
        let id: ID<Reminder> = try context.identity("id")
        try await branch.ask { try $0.finishReminder(id.rawValue, by: session.staffID) }
        return branch.site.redirect(to: "/", saying: Text("flash.reminder-done"), request)
    }
}

extension TodayPage {
    fileprivate init(_ store: BranchStore, for session: Session) throws {
        let line = try store.lineState()
        let assigns = session.reach(for: .assign) >= .outlet
        self.init(
            reminders: session.reach(for: .reminders) > .none
                ? try Self.reminders(store, for: session, on: line.lastClosed?.next) : [],
            book: try line.lastClosed.flatMap { try Book(store, for: session, at: $0) },
            awaiting: assigns ? try store.pendingCount() : nil, line: line.shown)
    }

    private static func reminders(
        _ store: BranchStore, for session: Session, on day: BusinessDay?
    ) throws -> [Reminder] {
        let reminders = try store.reminders(of: session.staffID)
        let names = try store.names(of: reminders.compactMap(\.customer))
        let staff = try store.names(
            of: reminders.flatMap {
                [$0.staff] + [$0.facts["by"]].compactMap { $0.map { StaffID($0) } }
            })
        return reminders.map { reminder in
            Reminder(
                reminder, name: reminder.customer.flatMap { names[$0] }.map(Mask.name),
                by: reminder.facts["by"].flatMap { staff[StaffID($0)] },
                for: reminder.staff == session.staffID
                    ? nil : staff[reminder.staff] ?? reminder.staff.rawValue,
                on: day ?? reminder.dueOn)
        }
    }
}

extension TodayPage.Book {
    /// Nil for those who may not see how the books stand.
    fileprivate init?(_ store: BranchStore, for session: Session, at day: BusinessDay) throws {
        let reach = session.reach(for: .holdings)
        guard reach > .none else { return nil }
        let manager = reach == .own ? session.staffID : nil
        let now = try store.targetsByTier(of: manager, at: day)
        let before = try store.targetsByTier(of: manager, at: day.previous)
        let tiers: [Tier?] = [.diamond, .platinum, .gold, nil]
        self.init(
            isOutlets: manager == nil,
            tiers: tiers.map { tier in
                TodayPage.TierCount(
                    tier: tier, count: now[tier] ?? 0,
                    change: (now[tier] ?? 0) - (before[tier] ?? 0))
            })
    }
}
