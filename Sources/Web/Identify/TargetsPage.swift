package import Bank
package import Pages

/// Targets by hand (R6): whether a customer may be added, the additions, and who leaves when.
package struct TargetsPage: Page {
    package static let template = "identify/targets"

    package let title = Text("targets.title")
    /// What was asked for.
    package let number: String
    /// Why nothing can be said of that number.
    package let askFailure: Text?
    package let check: Check?
    package let additions: [Row]
    package let hasAdditions: Bool
    package let leaving: [Leaving]
    package let hasLeaving: Bool

    package init(
        number: String = "", askFailure: Text? = nil, check: Check? = nil, additions: [Row],
        leaving: [Leaving]
    ) {
        self.number = number
        self.askFailure = askFailure
        self.check = check
        self.additions = additions
        hasAdditions = !additions.isEmpty
        self.leaving = leaving
        hasLeaving = !leaving.isEmpty
    }

    package var address: String? {
        PageLink("/targets", ["number": check == nil ? nil : number]).text
    }

    /// The conditions line by line, and the form where all of them hold.
    package struct Check: Sendable {
        package let customer: CustomerNumber
        /// Masked.
        package let checkedName: String
        package let lines: [Line]
        package let entry: Entry?

        package init(
            customer: CustomerNumber, name: String, lines: [ManualAddition.Line], entry: Entry?
        ) {
            self.customer = customer
            checkedName = name
            self.lines = lines.map(Line.init)
            self.entry = entry
        }
    }

    package struct Line: Sendable {
        package let condition: Text
        package let met: Badge
        package let why: Text?

        fileprivate init(_ line: ManualAddition.Line) {
            condition = Text("condition.\(line.condition.rawValue)")
            met = Badge("check", line.refusal == nil ? "met" : "not-met")
            why = line.refusal.map { Text($0.key, $0.facts) }
        }
    }

    /// The form that adds, with what was typed where it was refused.
    package struct Entry: Sendable {
        package let customerNumber: CustomerNumber
        package let codes: [Choice]
        package let typed: String
        package let entryFailure: Text?
        package let effective: Text

        package init(
            customer: CustomerNumber, after day: BusinessDay,
            code: ManualAddition.ReasonCode = .executive, reason: String = "",
            failure: Text? = nil
        ) {
            customerNumber = customer
            codes = ManualAddition.ReasonCode.allCases.map {
                Choice(
                    code: $0.rawValue, text: Text("reason-code.\($0.rawValue)"),
                    isChosen: $0 == code)
            }
            typed = reason
            entryFailure = failure
            effective = Text("targets.effective", ["date": day])
        }
    }

    package struct Choice: Sendable {
        package let code: String
        package let text: Text
        package let isChosen: Bool
    }

    /// One addition.
    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let link: String
        package let reasonCode: Text
        package let reason: String
        package let by: String
        package let date: BusinessDay
        package let state: Badge
        /// Where it is taken back; nil where the reader may not, or it is too late.
        package let cancellation: String?

        package init(
            number: CustomerNumber, name: String, code: ManualAddition.ReasonCode, reason: String,
            by: String, date: BusinessDay, state: ManualAddition.State, mayCancel: Bool
        ) {
            let segment = PageLink.encoded(number.rawValue)
            self.number = number
            self.name = name
            link = "/customers/\(segment)"
            reasonCode = Text("reason-code.\(code.rawValue)")
            self.reason = reason
            self.by = by
            self.date = date
            self.state = Badge("addition", state.rawValue)
            cancellation =
                mayCancel && state == .pending ? "/targets/\(segment)/cancellation" : nil
        }
    }

    /// A target by hand who leaves if nothing changes.
    package struct Leaving: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let link: String
        package let since: BusinessDay
        package let leaves: BusinessDay
        package let left: Badge
        package let days: Text
        package let manager: String
        package let renewal: Renewal?

        package init(
            number: CustomerNumber, name: String, since: BusinessDay, leaves: BusinessDay,
            on day: BusinessDay, manager: String, renewal: Renewal?
        ) {
            self.number = number
            self.name = name
            link = "/customers/\(PageLink.encoded(number.rawValue))"
            self.since = since
            self.leaves = leaves
            let remaining = leaves - day
            days = Text("targets.days", ["days": remaining])
            left = Badge("leaving", remaining <= 7 ? "week" : remaining <= 30 ? "month" : "later")
            self.manager = manager
            self.renewal = renewal
        }
    }

    /// The form by which a supervisor keeps a target, with what was typed where it was refused.
    package struct Renewal: Sendable {
        package let renewalPath: String
        package let field: String
        package let renewalReason: String
        package let renewalFailure: Text?

        package init(_ customer: CustomerNumber, reason: String = "", failure: Text? = nil) {
            let segment = PageLink.encoded(customer.rawValue)
            renewalPath = "/targets/\(segment)/renewal"
            field = "renewal-\(segment)"
            renewalReason = reason
            renewalFailure = failure
        }
    }
}
