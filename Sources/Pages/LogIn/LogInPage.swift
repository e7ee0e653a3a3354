/// Where a member of staff signs in.
package struct LogInPage: Page {
    package static let template = "login"

    package let title = Text("login.title")
    package let staff: String
    /// Where the reader wanted to go before.
    package let next: String
    package let failure: Text?

    package init(staff: String = "", next: String = "/", failure: Text? = nil) {
        self.staff = staff
        self.next = next
        self.failure = failure
    }

    package var address: String? { "/login" }
}
