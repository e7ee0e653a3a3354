import Bank
package import Pages

/// Head office's navigation.
package enum Navigation {
    package static let entries: [Entry] = [
        Entry(analyse, Text("nav.view"), "/", key: "v", for: .consolidatedViews),
        Entry(maintain, Text("nav.owner"), "/owner", key: "o", for: .ownerLookUp),
        Entry(maintain, Text("disputes.title"), "/disputes", key: "d", for: .disputes),
        Entry(identify, Text("differences.title"), "/differences", key: "f", for: .settleNow),
        Entry(
            identify, Text("parameters.title"), "/parameters", key: "p", for: .readParameters),
        Entry(system, Text("nav.nodes"), "/nodes", key: "n", for: .nodes),
    ]

    private static let analyse = Text("nav.group-analyse")
    private static let identify = Text("nav.group-identify")
    private static let maintain = Text("nav.group-maintain")
    private static let system = Text("nav.group-system")
}
