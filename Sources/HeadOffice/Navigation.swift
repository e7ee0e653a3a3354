import Bank
package import Pages

/// Head office's navigation.
package enum Navigation {
    package static let entries: [Entry] = [
        Entry(analyse, Text("nav.view"), "/", key: "v", roles: readers),
        Entry(maintain, Text("nav.owner"), "/owner", key: "o", roles: readers),
        Entry(system, Text("nav.nodes"), "/nodes", key: "n", roles: readers + [.administrator]),
    ]

    private static let analyse = Text("nav.group-analyse")
    private static let maintain = Text("nav.group-maintain")
    private static let system = Text("nav.group-system")

    private static let readers = [Role.analyst, .firstTierSupervisor, .supervisor, .auditor]
}
