import Courier

/// A question on its way from a node to head office.
struct Letter {
    let node: Int
    let round: Int
    let question: Int
    let path: String
    let message: [UInt8]
    /// What the sender shows in the handshake.
    let certificate: [UInt8]?
    /// Whether the node still waits for the answer to this one: a duplicate's goes nowhere.
    let isAwaited: Bool
}

/// What comes back to a node.
enum Arrival {
    case answer([UInt8])
    /// What `Courier` makes of a line that fails, by its code.
    case lineFailure(CourierError)
}

enum Event {
    case startOfDay(Int)
    case takeAndClose(node: Int)
    case work(node: Int)
    case beginRound(node: Int)
    case arrive(Letter)
    case answered(node: Int, round: Int, question: Int, Arrival)
    case fault(FaultKind, node: Int)
    case endOfFault(FaultKind, node: Int)
    case backUp(node: Int)
    case strange
    case settle
    case rule
    case endOfDay(Int)
}
