/// One of the ways on which a node's records travel to head office, each with a chain of its own.
///
/// A transaction that wrote a claim goes on the urgent lane, whole; everything else on the other.
/// So a claim never waits for a load of records that is under way.
package enum Lane: String, Sendable, CaseIterable {
    case urgent
    case records
}
