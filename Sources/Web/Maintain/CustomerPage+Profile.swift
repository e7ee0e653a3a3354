package import Bank
package import Pages

extension CustomerPage {
    /// What the bank's people know of the customer beside CIF, and the forms to change it.
    package struct Profile: Sendable {
        package let fields: [Field]
        /// Why marketing messages pause; nil where they do not.
        package let hold: Text?
        package let editing: Editing?
        /// Whether the reader may write down what the customer said of marketing messages.
        package let canRefuse: Bool
        package let history: [Entry]
        package let hasHistory: Bool

        package init(
            fields: [Field], hold: MarketingHold?, editing: Editing?, canRefuse: Bool,
            history: [Entry]
        ) {
            self.fields = fields
            self.hold = hold.map { Text("hold.\($0.rawValue)") }
            self.editing = editing
            self.canRefuse = canRefuse
            self.history = history
            hasHistory = !history.isEmpty
        }
    }
}

extension CustomerPage.Profile {
    /// One field with the value that counts.
    package struct Field: Sendable {
        package let label: Text
        /// Nil where nothing is known.
        package let shown: (any Speakable)?
        package let isClear: Bool
        /// The name under which it is unmasked; nil where that is not needed or not allowed.
        package let unmasked: String?
        package let by: String
        package let outlet: String
        package let date: BusinessDay?

        package init(
            _ field: ProfileField, value: String?, clear: String?, canUnmask: Bool, by: String,
            outlet: String, date: BusinessDay?
        ) {
            label = Text("profile.\(field.rawValue)")
            shown = value.map { field.speakable(clear ?? field.masked($0)) }
            isClear = clear != nil
            let isMasked = field.isMasked && canUnmask && clear == nil && value != nil
            unmasked = isMasked ? "profile-\(field.rawValue)" : nil
            self.by = by
            self.outlet = outlet
            self.date = date
        }
    }

    /// One edit, whether it counts or not.
    package struct Entry: Sendable {
        package let label: Text
        package let shown: any Speakable
        package let note: String?
        package let by: String
        package let outlet: String
        package let date: BusinessDay

        package init(_ edit: ProfileEdit, _ field: ProfileField, by: String, outlet: String) {
            label = Text("profile.\(field.rawValue)")
            shown = edit.value.map { field.speakable(field.masked($0)) } ?? Text("profile.emptied")
            note = edit.note
            self.by = by
            self.outlet = outlet
            date = edit.date
        }
    }

    /// The form for a field, with what was typed where it was refused.
    package struct Editing: Sendable {
        package let choices: [Choice]
        package let value: String
        /// In digits alone, as an attribute of the field has it.
        package let longestValue: String
        package let failure: Text?
        package let note: String
        package let choiceFailure: Text?

        package struct Choice: Sendable {
            package let code: String
            package let text: Text
            package let isChosen: Bool
        }

        package init(
            field: ProfileField = .mobile, value: String = "", failure: Text? = nil,
            note: String = "", choiceFailure: Text? = nil
        ) {
            choices = ProfileField.allCases.filter { $0 != .marketing }.map {
                Choice(
                    code: $0.rawValue, text: Text("profile.\($0.rawValue)"), isChosen: $0 == field)
            }
            longestValue = String(ProfileField.longestValue)
            self.value = value
            self.failure = failure
            self.note = note
            self.choiceFailure = choiceFailure
        }
    }
}

extension ProfileField {
    /// A choice in words, anything else as it stands.
    fileprivate func speakable(_ value: String) -> any Speakable {
        guard self == .marketing, let choice = MarketingChoice(rawValue: value) else {
            return value
        }
        return Text("marketing.\(choice.rawValue)")
    }
}
