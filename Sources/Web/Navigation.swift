import Bank
package import Pages

/// The outlet's navigation, by the bank's processes; a page that is not listed has no entry.
package enum Navigation {
    package static let entries: [Entry] = [
        Entry(day, Text("nav.today"), "/", key: "t", roles: staff),
        Entry(maintain, Text("nav.customers"), "/customers", key: "c", roles: customerStaff),
        Entry(
            maintain, Text("nav.owner"), "/owner", key: "o",
            roles: [.teller, .manager, .outletSupervisor, .auditor]),
        Entry(assign, Text("nav.pending"), "/pending", key: "p", roles: [.outletSupervisor]),
        Entry(system, Text("nav.sync"), "/sync", key: "s", roles: staff + [.administrator]),
    ]

    private static let day = Text("nav.group-day")
    private static let maintain = Text("nav.group-maintain")
    private static let assign = Text("nav.group-assign")
    private static let system = Text("nav.group-system")

    private static let customerStaff = [Role.manager, .outletSupervisor]
    private static let staff = customerStaff + [.teller, .auditor]
}
