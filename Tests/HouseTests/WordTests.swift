import Bank
import Feed
import Sync
import Testing
import Texts
import Vault

/// Whatever the product may have to say stands in the table of texts, in both languages.
@Suite struct WordTests {
    @Test func `every key that code or a template names is in the table`() {
        let called = House.files("Sources", ".swift").flatMap { file in
            file.matches(#"(?:\bsay\(|\bText\(|\bsaying:)\s*"([a-z][a-zA-Z.-]*\.[a-zA-Z-]+)""#).map
            {
                (file, $0)
            }
        }
        let templated = House.files("Sources/Pages/templates", ".mustache").flatMap { file in
            file.matches(#"\{\{t\.([a-zA-Z.-]+)\}\}"#).map { (file, $0) }
        }

        #expect(called.count > 50 && templated.count > 50)
        for (file, key) in called + templated {
            #expect(Words.table[key] != nil, "\(file) says \(key)")
        }
    }

    @Test func `every refusal, fault, reminder and code of the exchange has its sentence`() {
        let said =
            Verdict.allCases.flatMap { ["verdict.\($0.rawValue)", "was.\($0.rawValue)"] }
        let apart = ExchangeError.allCases.filter { $0.remedy == .quarantine }.map {
            "apart.\($0.rawValue)"
        }
        let keys =
            Refusal.Reason.allCases.map { "refusal.\($0.rawValue)" }
            + ExtractFault.Kind.allCases.map { "fault.\($0.rawValue)" }
            + Reminder.Kind.allCases.flatMap {
                ["reminder.\($0.rawValue)", "reminder.\($0.rawValue)-sentence"]
            }
            + ExchangeError.allCases.map { "line.\($0.rawValue)" }
            + BackupError.codes.map { "backup.\($0)" }
            + Decision.Inadmissible.allCases.map { "inadmissible.\($0.rawValue)" }
            + Decision.Rule.allCases.map { "rule.\($0.rawValue)" }
            + Ownership.State.allCases.map { "state.\($0.rawValue)" }
            + Decision.Answer.allCases.map { "answer.\($0.rawValue)" }
            + Dispute.State.allCases.map { "dispute.\($0.rawValue)" }
            + Dispute.Ending.allCases.map { "ending.\($0.rawValue)" }
            + DisputeStep.Kind.allCases.flatMap {
                ["step.\($0.rawValue)", "answer.\($0.rawValue)"]
            }
            + Claim.Kind.allCases.map { "claim.\($0.rawValue)" }
            + Role.allCases.map { "role.\($0.rawValue)" }

        let profile =
            ProfileField.allCases.map { "profile.\($0.rawValue)" }
            + MarketingChoice.allCases.flatMap {
                ["marketing.\($0.rawValue)", "flash.marketing-\($0.rawValue)"]
            }
            + MarketingHold.allCases.map { "hold.\($0.rawValue)" }

        let rules =
            StandingReason.Code.allCases.map { "why.\($0.rawValue)" }
            + StandingHistory.Cause.allCases.map { "cause.\($0.rawValue)" }
            + ManualAddition.Condition.allCases.map { "condition.\($0.rawValue)" }
            + Suggestion.Reason.allCases.map { "suggestion.\($0.rawValue)" }
            + Distribution.Rule.allCases.map { "evenly.\($0.rawValue)" }
            + BookMove.Kind.allCases.map { "move.kind-\($0.rawValue)" }
            + Delegation.State.allCases.map { "delegation.\($0.rawValue)" }
            + BookMove.State.allCases.map { "move-state.\($0.rawValue)" }
            + ParameterProposal.State.allCases.flatMap {
                ["parameter.\($0.rawValue)", "proposal.\($0.rawValue)"]
            }
            + Parameter.all.keys.map { "parameter-meaning.\($0)" }
            + Parameter.Group.allCases.map { "parameter-group.\($0.rawValue)" }
            + ["calendar_month", "rolling_month", "daily_run", "month_points", "reset"]
            .map { "choice.\($0)" }
            + AveragingMethod.allCases.map { "choice.\($0.rawValue)" }
            + ManualAddition.State.allCases.map { "addition.\($0.rawValue)" }
            + ManualAddition.ReasonCode.allCases.map { "reason-code.\($0.rawValue)" }
        let explained = Decision.Rule.allCases.flatMap { rule in
            Claim.Kind.allCases.map { "rule.\(rule.code(by: $0))" }
        }

        for key in keys + profile + rules + said + apart + explained {
            #expect(Words.table[key] != nil, "\(key)")
        }
    }

    @Test func `a reminder whose facts ask for another sentence has it`() {
        let told: [(Reminder.Kind, [String: String], String)] = [
            (.ownershipLost, ["to": "–"], "ownership-lost-to-nobody"),
            (.customerMerged, ["other": "–"], "customer-merged-into-unowned"),
            (.customerMerged, ["other": "330101", "manager": "–"], "customer-merged-no-manager"),
            (.additionFailed, ["into": "1", "merged": "2"], "addition-merged"),
        ]

        for (kind, facts, key) in told {
            let reminder = Reminder(
                id: "", staff: "ada", kind: kind, customer: nil,
                dueOn: BusinessDay(daysSinceEpoch: 0), facts: facts)
            #expect(reminder.sentenceKey == "reminder.\(key)")
            #expect(Words.table[reminder.sentenceKey] != nil, "\(key)")
        }
    }

    @Test func `both languages name the same values`() {
        for (key, phrase) in Words.table {
            func values(_ text: String) -> Set<String> {
                Set(text.matches(of: /\{([a-zA-Z]+)\}/).map { String($0.output.1) })
            }
            #expect(values(phrase.chinese) == values(phrase.english), "\(key)")
            #expect(!phrase.chinese.isEmpty && !phrase.english.isEmpty, "\(key)")
        }
    }

    @Test func `one of a thing is not several`() {
        #expect(
            Words.say("settle.done", in: .english, ["count": "1"]) == "1 customer settled.")
        #expect(
            Words.say("settle.done", in: .english, ["count": "12"]) == "12 customers settled.")
        #expect(
            Words.say("quarantine.retried", in: .english, ["count": "[a]"]).contains("[a]"))
        for (key, phrase) in Words.table {
            let named = Set(phrase.english.matches(of: /\{([a-zA-Z]+)\}/).map { $0.output.1 })
            let counted = phrase.english.matches(of: /\[([a-zA-Z]+)\|[^|\]]+\|[^|\]]+\]/)
            let opened = phrase.english.filter { $0 == "[" }.count
            #expect(counted.count == opened, "\(key): a word for one and a word for many")
            #expect(counted.allSatisfy { named.contains($0.output.1) }, "\(key)")
        }
    }

    @Test func `every template is some page's`() {
        let code = House.files("Sources", ".swift").map(\.text).joined()

        for file in House.files("Sources/Pages/templates", ".mustache") {
            let name = file.path.dropFirst("Sources/Pages/templates/".count)
                .dropLast(".mustache".count)
            let isPartial = House.files("Sources/Pages/templates", ".mustache").contains {
                $0.text.contains("{{> \(name)}}")
            }
            #expect(code.contains("\"\(name)\"") || isPartial, "\(file)")
        }
    }
}
