package import Bank
import Texts

extension Reminder {
    private func sentence(_ caller: Caller) -> String {
        let values = facts.map { fact in
            Words.codedFacts.contains(fact.key)
                ? (fact.key, caller.say("\(fact.key).\(fact.value)")) : (fact.key, fact.value)
        }
        return caller.say(sentenceKey, Dictionary(uniqueKeysWithValues: values))
    }

    package func json(_ caller: Caller) -> JSONValue {
        [
            "customer": JSONValue(customer), "due": JSONValue(dueOn), "id": .string(id),
            "kind": .string(kind.rawValue), "text": .string(sentence(caller)),
        ]
    }

    package func line(_ caller: Caller) -> String {
        caller.say(
            "reminders.line",
            [
                "due": dueOn.description, "kind": caller.say("reminder.\(kind.rawValue)"),
                "customer": customer?.rawValue ?? "–", "sentence": sentence(caller),
            ])
    }
}
