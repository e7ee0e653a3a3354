package import ArgumentParser
package import Bank

// The bank's values as command-line arguments; a wrong one is wrong usage.

extension ID: ExpressibleByArgument {
    package init?(argument: String) {
        let text = argument.filter { !$0.isWhitespace }
        guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
        self.init(text)
    }
}

extension BusinessDay: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Contact.Way: ExpressibleByArgument {}
extension ProfileField: ExpressibleByArgument {}
extension ManualAddition.ReasonCode: ExpressibleByArgument {}
extension Distribution.Rule: ExpressibleByArgument {}
extension TierFilter: ExpressibleByArgument {}

extension CloseSchedule {
    /// Throws the sentence of wrong usage where what is given with `--close-at` is no time of day.
    package init(option text: String) throws(ValidationError) {
        guard let schedule = Self(text) else {
            throw ValidationError(saying: "usage.close-at", ["given": text])
        }
        self = schedule
    }
}

extension ValidationError {
    /// Wrong usage, in the words of the table of texts.
    package init(saying key: String, _ values: [String: String] = [:]) {
        self.init(Caller.current().say(key, values))
    }
}
