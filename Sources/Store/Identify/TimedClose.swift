package import Bank
import Feed
import GRDB
import Vault

/// How the timer's last try to take in extracts and to close ended.
package struct TimedClose: Hashable, Sendable {
    /// Milliseconds since 1970-01-01 UTC.
    package let at: Int64
    /// Nil where it went well.
    package let failure: Failure?

    package init(at: Int64, failure: Failure?) {
        self.at = at
        self.failure = failure
    }

    /// A sentence of the table of texts with what it names.
    package struct Failure: Hashable, Sendable {
        package let key: String
        package let facts: [String: String]

        package init(_ key: String, _ facts: [String: String]) {
            self.key = key
            self.facts = facts
        }

        fileprivate init(_ error: any Error) {
            switch error {
            case let error as StoreError: self.init(error.key, error.facts)
            case let refusal as Refusal: self.init(refusal.key, refusal.facts)
            default: self.init("timer.failed", [:])
            }
        }

        fileprivate init?(_ outcomes: [ImportedExtract]) {
            guard let refused = outcomes.last, refused.result == .refused else { return nil }
            self.init(
                "timer.refused",
                ["directory": refused.directory, "count": String(refused.faults.count)])
        }
    }
}

extension BranchStore {
    /// Takes in what lies there and closes every missed date, and keeps how that ended: nobody
    /// waits for an answer. What is refused or fails does not keep what came before it from being
    /// closed.
    ///
    /// - Parameters:
    ///   - find: the directories of the extracts.
    ///   - report: is told of each failure, for a log.
    /// - Returns: how it ended, whether or not the disk could keep that.
    @discardableResult
    package func closeByTimer(
        taking find: () throws -> [String], by actor: String,
        report: (any Error) -> Void = { _ in }
    ) -> TimedClose {
        // What is delivered from now on is the next try's.
        let began = world.now()
        var failure: TimedClose.Failure?
        func attempt(_ body: () throws -> TimedClose.Failure?) {
            do {
                failure = try body() ?? failure
            } catch {
                report(error)
                failure = TimedClose.Failure(error)
            }
        }
        // What was replaced lies there for ever, and is nothing that anybody has to see to.
        attempt {
            TimedClose.Failure(try take(try find(), by: actor, passingOverReplaced: true))
        }
        attempt {
            _ = try closeDays(by: actor)
            return nil
        }
        let close = TimedClose(at: began, failure: failure)
        attempt {
            try keep(close)
            return nil
        }
        return TimedClose(at: began, failure: failure)
    }

    /// - Parameter last: the last try of this process, which the disk may not have taken.
    package func isCloseDue(
        by schedule: CloseSchedule, after last: TimedClose? = nil
    ) throws -> Bool {
        let last = try last ?? lastTimedClose()
        return schedule.isDue(
            at: world.now(), last: last.map { ($0.at, $0.failure != nil) })
    }

    package func lastTimedClose() throws -> TimedClose? {
        try read { db in
            try Row.fetchOne(db, prepared: "SELECT at, failure, facts FROM timedClose").map {
                let facts: String = try $0.value(2)
                guard let named = try? JSONValue(reading: Array(facts.utf8)).object else {
                    throw StoreError.damaged("timedClose")
                }
                return TimedClose(
                    at: try $0.value(0),
                    failure: (try $0.value(1) as String?).map {
                        TimedClose.Failure($0, named.compactMapValues(\.string))
                    })
            }
        }
    }

    private func keep(_ close: TimedClose) throws {
        let facts = JSONValue.object((close.failure?.facts ?? [:]).mapValues(JSONValue.string))
        try write { db in
            try db.execute(
                prepared: """
                    INSERT OR REPLACE INTO timedClose (id, at, failure, facts) VALUES (1, ?, ?, ?)
                    """,
                arguments: [close.at, close.failure?.key, facts.description])
        }
    }
}
