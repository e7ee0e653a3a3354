import ArgumentParser
import Bank
import Foundation
import Glibc

@main
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Makes a believable first-tier branch: org.json and core-banking extracts.",
        discussion: """
            The same arguments give the same bytes. The first date's extract carries everything \
            that is there, each later one what changed. Neighbouring outlets share customers: the \
            first three of every outlet (from nine customers an outlet on) have more than 150,000 \
            yuan in demand and time deposits at their own and at the next outlet throughout.

            Example:
              generate --seed 7 --first-tier 33 --outlets 3 --customers 400 \\
                --from 2025-01-01 --through 2025-12-31 out
            """,
        version: "1.0.0")

    @Option(help: "What chance starts from.")
    var seed: UInt64 = 7

    @Option(help: "The first-tier branch: its province's two digits in GB/T 2260.")
    var firstTier = "33"

    @Option(help: "How many outlets.")
    var outlets = 3

    @Option(help: "Customers at each outlet on the first date.")
    var customers = 400

    @Option(help: "The first business date.", transform: Self.day)
    var from: BusinessDay

    @Option(help: "The last business date.", transform: Self.day)
    var through: BusinessDay

    @Option(
        help: ArgumentHelp(
            "A directory of plain CSV lists to draw from.",
            discussion: """
                surnames.csv, given_name_char_gender_freq.csv, gb2260_201904.csv, \
                cnaps_abc_zhejiang_part.csv and cn_holidays.csv; short lists of the program's \
                own stand in for those that are absent.
                """, valueName: "dir"))
    var reference: String?

    @Argument(help: "A new or empty directory.")
    var out: String

    func run() throws {
        let branch = try FirstTierBranch(
            BranchPlan(
                seed: seed, firstTier: firstTier, outlets: outlets, customers: customers,
                from: from, through: through),
            reference: try reference.map { directory throws(WorldFailure) in
                try Reference(directory: directory)
            } ?? .own)
        let isWatched = isatty(STDERR_FILENO) == 1
        let summary = try branch.write(to: out) { line in
            if isWatched { Self.tell(line) }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(summary), as: UTF8.self))
    }

    /// Exit codes: 0 done, 2 wrong usage, 3 the world failed.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let refused as Refused {
            fail("generate: \(refused)", code: 2)
        } catch let failure as WorldFailure {
            fail("generate: \(failure)", code: 3)
        } catch let error where exitCode(for: error) == .validationFailure {
            fail(fullMessage(for: error), code: 2)
        } catch {
            exit(withError: error)
        }
    }

    private static func fail(_ message: String, code: Int32) -> Never {
        tell(message)
        Glibc.exit(code)
    }

    private static func tell(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    private static func day(_ text: String) throws -> BusinessDay {
        guard let day = BusinessDay(text) else {
            throw ValidationError("'\(text)' is not a date of the form 2025-03-31")
        }
        return day
    }
}
