/// What customers' financial assets come to: a log-normal body and, above 100,000 yuan, a Pareto
/// tail (exponent 1.09), cut into bands.
///
/// In a thousand customers some 610 have less than 10,000 yuan, 120 more than 100,000, ten more
/// than a million and one or two more than six million.
enum Worth {
    /// Lower and upper bound in yuan, and the share in 100,000.
    private static let bands = WeightedList<ClosedRange<Int>>([
        (0...100, 6_526), (100...300, 7_377), (300...1_000, 12_980), (1_000...2_000, 9_557),
        (2_000...3_500, 8_426), (3_500...6_000, 8_347), (6_000...10_000, 7_787),
        (10_000...16_000, 6_801), (16_000...25_000, 5_952), (25_000...40_000, 5_596),
        (40_000...65_000, 4_965), (65_000...100_000, 3_687), (100_000...140_000, 3_684),
        (140_000...200_000, 2_679), (200_000...300_000, 2_014), (300_000...500_000, 1_547),
        (500_000...1_000_000, 1_101), (1_000_000...2_000_000, 517),
        (2_000_000...4_000_000, 243), (4_000_000...6_000_000, 77),
        (6_000_000...10_000_000, 59), (10_000_000...20_000_000, 42),
        (20_000_000...50_000_000, 37),
    ])

    /// Fen of financial assets, a loan at half its balance.
    static func any(_ chance: inout Chance) -> Int64 {
        let band = bands.pick(&chance)
        return .yuan(band.lowerBound)
            + Int64(chance.below((band.upperBound - band.lowerBound) * 100))
    }
}
