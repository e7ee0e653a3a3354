extension Parameter {
    /// What a parameter is about, in the order in which people read them.
    package enum Group: String, Sendable, CaseIterable {
        case potential, target, average, tier, weight, ownership

        /// Its parameters by name.
        package var parameters: [Parameter] {
            Parameter.all.values.filter { $0.group == self }.sorted { $0.name < $1.name }
        }
    }

    package var group: Group {
        switch name {
        case "aad_method", "january_policy": .average
        case "manual_exempt": .target
        case "downgrade_grace_months": .tier
        default:
            if name.hasPrefix("pot_") {
                .potential
            } else if name.hasPrefix("tgt_") {
                .target
            } else if name.hasPrefix("tier_") {
                .tier
            } else if name.hasPrefix("weight_") {
                .weight
            } else {
                .ownership
            }
        }
    }
}
