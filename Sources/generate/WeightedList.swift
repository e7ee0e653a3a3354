/// Things of which some are drawn more often than others.
struct WeightedList<Element: Sendable>: Sendable {
    private let elements: [Element]
    /// The sum of the weights up to and with each element.
    private let sums: [Int]

    /// Elements without weight are left out. At least one has to have some.
    init(_ weighted: [(element: Element, weight: Int)]) {
        let drawn = weighted.filter { $0.weight > 0 }
        precondition(!drawn.isEmpty, "a weighted list needs an element with a weight")
        elements = drawn.map(\.element)
        var sum = 0
        sums = drawn.map { entry in
            sum += entry.weight
            return sum
        }
    }

    func pick(_ chance: inout Chance) -> Element {
        let ticket = chance.below(sums[sums.count - 1])
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > ticket { high = middle } else { low = middle + 1 }
        }
        return elements[low]
    }
}
