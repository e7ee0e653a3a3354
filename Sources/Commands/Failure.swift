import Bank
import Transport
import Vault

/// The one table from errors to what a person reads and what the exit code says.
package struct Failure: Error, Sendable {
    package let message: String
    package let exit: ExitStatus

    package init(message: String, exit: ExitStatus) {
        self.message = message
        self.exit = exit
    }

    /// An error that is none of the known ones is our own mistake: the user reads so, and its type
    /// goes to the diagnostics, without what it carries.
    package init(_ error: any Error, _ caller: Caller) {
        self =
            Failure(known: error, caller)
            ?? Failure(
                message: caller.say("program.internal-error", ["type": "\(type(of: error))"]),
                exit: .failed)
    }

    /// In a sentence of the product's; nil where the error has none.
    package init?(known error: any Error, _ caller: Caller) {
        switch error {
        case let failure as Failure: self = failure
        case let refusal as Refusal:
            self.init(message: caller.say(refusal.key, refusal.facts), exit: .refused)
        case let error as StoreError:
            self.init(message: caller.say(error.key, error.facts), exit: error.exit)
        case let error as any Speaking:
            self.init(message: caller.say(error.key, error.facts), exit: error.exit)
        default: return nil
        }
    }
}

/// An error of a program's own layer that has its sentence in the table of texts.
package protocol Speaking: Error {
    var key: String { get }
    var facts: [String: String] { get }
    var exit: ExitStatus { get }
}

extension StoreError {
    fileprivate var exit: ExitStatus {
        switch self {
        case .damaged, .newerSchema, .restoreUnfinished, .databaseMissing, .keyRingMissing,
            .keyRingDamaged:
            .damaged
        default: .failed
        }
    }
}

extension BackupError: Speaking {
    package var exit: ExitStatus {
        switch self {
        case .notABackup, .newerFormat, .truncated, .damaged, .newerSchema: .damaged
        case .foreign: .refused
        // As for a directory that the key file does not open.
        case .wrongKey: .failed
        }
    }
}
