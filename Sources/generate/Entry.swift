/// One movement on an account, in fen.
struct Entry {
    enum Channel: String {
        case counter, atm, mobile, pos, system

        var isAtOutlet: Bool { self == .counter || self == .atm }
    }

    let amount: Int64
    let channel: Channel
    let memo: String
    var counterparty: String?

    /// Booked by the core system itself.
    static func system(_ amount: Int64, _ memo: String, from counterparty: String? = nil) -> Entry {
        Entry(amount: amount, channel: .system, memo: memo, counterparty: counterparty)
    }
}
