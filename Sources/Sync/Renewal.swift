package import Bank
import Sealing

/// A node asks for a certificate in the place of the one it shows: `POST /v1/renewal`.
package struct RenewalRequest: Sendable {
    /// DER, for a new key.
    package let certificateRequest: [UInt8]

    package init(certificateRequest: [UInt8]) {
        self.certificateRequest = certificateRequest
    }

    package var json: JSONValue {
        [
            "certificateRequest": .string(hexadecimal(certificateRequest)),
            "protocol": .int(Message.version),
        ]
    }

    package init?(json: JSONValue) {
        guard let request = json["certificateRequest"]?.string.flatMap(bytes(hexadecimal:)) else {
            return nil
        }
        self.init(certificateRequest: request)
    }
}

/// The certificate; the old one counts until this one was shown for the first time.
package struct RenewalReply: Sendable {
    /// DER.
    package let certificate: [UInt8]

    package init(certificate: [UInt8]) {
        self.certificate = certificate
    }

    package var json: JSONValue {
        ["certificate": .string(hexadecimal(certificate)), "protocol": .int(Message.version)]
    }

    package init?(json: JSONValue) {
        guard let certificate = json["certificate"]?.string.flatMap(bytes(hexadecimal:)) else {
            return nil
        }
        self.init(certificate: certificate)
    }
}
