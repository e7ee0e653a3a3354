package import Bank

/// By how much a figure moved: red for more, green for less, as Chinese banks colour it.
package struct Change: Sendable {
    package let text: String
    package let look: String

    package init(_ count: Int) {
        self.init(sign: count.signum(), magnitude: String(count.magnitude))
    }

    package init(_ amount: Fen) {
        let magnitude = amount < .zero ? -amount : amount
        self.init(sign: Int(amount.rawValue.signum()), magnitude: magnitude.grouped)
    }

    private init(sign: Int, magnitude: String) {
        switch sign {
        case 1: (text, look) = ("+\(magnitude)", "more")
        case -1: (text, look) = ("−\(magnitude)", "less")
        default: (text, look) = ("±0", "same")
        }
    }
}
