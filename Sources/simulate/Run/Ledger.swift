/// What people were told was saved, and what has happened to it since: the simulator's own book,
/// which no fault touches.
struct Ledger {
    struct Operation {
        let id: String
        let outlet: Int
        /// The node at which it was done.
        let node: Int
        /// It went with a disk that was put back or shut off, so it need not be anywhere.
        var mayBeGone = false
    }

    private(set) var operations: [Operation] = []
    /// By outlet: calls that ended in a crash after they may have been durable.
    private(set) var unknown: [Int: Int] = [:]

    mutating func note(_ id: String, outlet: Int, node: Int) {
        operations.append(Operation(id: id, outlet: outlet, node: node))
    }

    mutating func noteUnknown(outlet: Int) { unknown[outlet, default: 0] += 1 }

    /// A node's disk went back to a state in which only the first operations were done.
    mutating func forget(node: Int, after count: Int) {
        for index in operations.indices.dropFirst(count) where operations[index].node == node {
            operations[index].mayBeGone = true
        }
    }

    func ids(outlet: Int) -> (required: Set<String>, allowed: Set<String>) {
        let own = operations.filter { $0.outlet == outlet }
        return (
            Set(own.filter { !$0.mayBeGone }.map(\.id)), Set(own.map(\.id))
        )
    }
}
