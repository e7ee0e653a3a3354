import Store
package import Sync
import Vault

extension Remedy {
    /// What is done about a failure of an exchange, whatever it comes from: the whole of the closed
    /// table (`sync.md`, statement 7).
    ///
    /// Head office's own codes that set one transaction apart come inside an answer, not as a failure
    /// of it, and are in `ExchangeError.remedy`.
    package init(for error: any Error) {
        self =
            switch error {
            case let error as CourierError: error.remedy
            case is UntrustedDelta: .stop
            case let error as StoreError: Self.remedy(for: error)
            // A cut says nothing, nor does what nobody foresaw.
            default: .retry
            }
    }

    /// What is done about what the node's own database says.
    private static func remedy(for error: StoreError) -> Remedy {
        switch error {
        // Room comes back, whoever holds the file lets it go, a disk answers again.
        case .diskFull, .inUse, .failed: .retry
        case .notInitialised, .alreadyInitialised, .databaseMissing, .notADirectory, .fileExists,
            .damaged, .newerSchema, .restoreUnfinished, .keys, .keyRingMissing, .keyRingDamaged:
            .stop
        }
    }
}
