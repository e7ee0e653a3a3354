import Bank
package import Pages

/// The outlet's navigation, by the bank's processes; a page that is not listed has no entry.
package enum Navigation {
    package static let entries: [Entry] = [
        Entry(day, Text("nav.today"), "/", key: "t", for: nil),
        Entry(identify, Text("targets.title"), "/targets", key: "h", for: .addTarget),
        Entry(maintain, Text("nav.customers"), "/customers", key: "c", for: .holdings),
        Entry(maintain, Text("nav.owner"), "/owner", key: "o", for: .ownerLookUp),
        Entry(assign, Text("nav.pending"), "/pending", key: "p", for: .assign),
        Entry(assign, Text("nav.moves"), "/moves", key: "m", for: .assign),
        Entry(assign, Text("nav.deputies"), "/deputies", key: "d", for: .delegate),
        Entry(analyse, Text("below.title"), "/below-standard", key: "b", for: .outletReports),
        Entry(system, Text("nav.sync"), "/sync", key: "s", for: nil),
    ]

    private static let day = Text("nav.group-day")
    private static let identify = Text("nav.group-identify")
    private static let maintain = Text("nav.group-maintain")
    private static let assign = Text("nav.group-assign")
    private static let analyse = Text("nav.group-analyse")
    private static let system = Text("nav.group-system")
}
