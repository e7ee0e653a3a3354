/// Whom a line trusts and who it says it is: paths of PEM files.
///
/// libcurl keeps the authority that it read for up to a day, so a changed file wants a new `Line`.
package struct LineIdentity: Sendable {
    /// The only authority whose certificates are taken; the system's are not.
    package let authority: String
    /// The own certificate and its key; nil before enrolment.
    package let certificate: (path: String, key: String)?

    package init(authority: String, certificate: (path: String, key: String)? = nil) {
        self.authority = authority
        self.certificate = certificate
    }
}
