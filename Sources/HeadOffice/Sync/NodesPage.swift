package import Bank
package import Pages

/// Every outlet's node as head office last heard of it.
package struct NodesPage: Page {
    package static let template = "head-office/nodes"

    package let title = Text("nodes.title")
    package let nodes: [Node]
    package let hasNodes: Bool

    package init(nodes: [Node]) {
        self.nodes = nodes
        hasNodes = !nodes.isEmpty
    }

    package struct Node: Sendable {
        package let outlet: UnitCode
        package let name: String
        package let enrolment: Badge
        package let epoch: Int?
        package let contact: LastContact
        package let lag: Text
        package let pending: Int?
        package let skew: Text?
        package let isSkewed: Bool

        /// What an outlet's enrolment can be.
        package enum Enrolment: String, Sendable, CaseIterable {
            case none, enrolled, revoked, fenced
        }

        /// Lag and skew are in seconds; nil where nothing is known. Head office caps stamps five
        /// minutes ahead of its own, so a clock that far off is marked.
        package init(
            outlet: UnitCode, name: String, enrolment: Enrolment, epoch: Int?, contact: LastContact,
            lagSeconds: Int?, pending: Int?, skewSeconds: Int?
        ) {
            self.outlet = outlet
            self.name = name
            self.enrolment = Badge("enrolment", enrolment.rawValue)
            self.epoch = epoch
            self.contact = contact
            self.pending = pending
            lag = lagSeconds.map(Text.init(seconds:)) ?? Text("nodes.unknown")
            skew = skewSeconds.map(Text.init(seconds:))
            isSkewed = skewSeconds.map { $0.magnitude >= 300 } ?? false
        }
    }
}

extension Text {
    /// A span of time in the largest unit that keeps it above one.
    fileprivate init(seconds: Int) {
        let (unit, size) =
            switch seconds.magnitude {
            case ..<120: ("seconds", 1)
            case ..<7_200: ("minutes", 60)
            case ..<172_800: ("hours", 3_600)
            default: ("days", 86_400)
            }
        self.init("span.\(unit)", ["count": seconds / size])
    }
}
