package import Store
package import Sync

/// What one exchange moved.
package struct Exchanged: Hashable, Sendable {
    package var batchesSent = 0
    package var claimsReceived = 0
    package var settlementsReceived = 0
    package var recordsRecovered = 0
    /// Claims, steps and settlement records that head office had lost and took back.
    package var recordsGivenBack = 0
    package var setApart = 0
    /// Whether the two sides' records were found equal; nil where they were not compared.
    package var isEqual: Bool?
    /// Whether head office had no time to compare, or not to the end.
    package var isComparisonPutOff = false
    /// Rows that differed and were sent again.
    package var rowsMended = 0
    /// Chunks of a snapshot that came and were kept.
    package var chunksReceived = 0
    /// What applying all of it took.
    package var applied = Applied()
    /// What the first compare found.
    package var verdict = Verdict.inStep
    /// Head office's clock less ours.
    package var skewMilliseconds: Int64 = 0
}
