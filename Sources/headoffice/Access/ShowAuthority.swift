import ArgumentParser
import Bank
import Certificates
import Commands
import HeadOfficeStore

/// The certificate by which browsers and nodes know head office.
struct ShowAuthority: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority",
        abstract: "Print the certificate of head office's authority (PEM), for browsers to trust.",
        discussion: "EXAMPLE: headoffice authority --data DIR > authority.pem")

    @OptionGroup var options: DataOptions

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let certificate = store.authorityCertificate
        var pem = String(decoding: certificate.pem, as: UTF8.self)
        if pem.last == "\n" { pem.removeLast() }
        return Answer(
            json: [
                "certificate": .string(pem), "fingerprint": .string("\(certificate.fingerprint)"),
                "valid_through": .string(instant(certificate.validThrough)),
            ],
            lines: [pem])
    }
}
