import Bank
import Pages
import Store

extension BranchStore {
    /// The profile as the reader may see it: what identifies is masked but just after it was asked
    /// for.
    func shown(
        _ profile: Profile, hold: MarketingHold?, clear: (CustomerPage.Identity.Field, String)?,
        canUnmask: Bool, editing: CustomerPage.Profile.Editing?, canRefuse: Bool
    ) throws -> CustomerPage.Profile {
        let names = try names(of: profile.history.map(\.staff))
        func name(_ edit: ProfileEdit) -> String { names[edit.staff] ?? edit.staff.rawValue }
        return CustomerPage.Profile(
            fields: try ProfileField.allCases.map { field in
                let edit = profile.current[field]
                let isClear = clear?.0.rawValue == "profile-\(field.rawValue)"
                return CustomerPage.Profile.Field(
                    field, value: edit?.value, clear: isClear ? clear?.1 : nil,
                    canUnmask: canUnmask, by: edit.map(name) ?? "",
                    outlet: try edit.map { try unitName($0.author) } ?? "", date: edit?.date)
            },
            hold: hold, editing: editing, canRefuse: canRefuse,
            history: try profile.history.compactMap { edit in
                try ProfileField(rawValue: edit.field).map {
                    CustomerPage.Profile.Entry(
                        edit, $0, by: name(edit), outlet: try unitName(edit.author))
                }
            })
    }
}
