package import Bank
import Sealing

/// A piece of a decision that is larger than a message to head office may be.
package struct DecisionPart: Hashable, Sendable {
    private static let mostBytes = 24 * 1024
    /// Some eight MiB; no decision that a delta brought is larger by much.
    package static let mostParts = 350

    /// The SHA-256 of the whole decision, as its record has it.
    package let digest: String
    /// 0, 1, 2 …
    package let number: Int
    package let bytes: [UInt8]

    private init(digest: String, number: Int, bytes: [UInt8]) {
        self.digest = digest
        self.number = number
        self.bytes = bytes
    }

    /// A decision's pieces in their order; none of one that is larger than head office takes.
    package static func all(of decision: JSONValue) -> [DecisionPart] {
        let bytes = decision.canonicalBytes
        let digest = Digest.sha256(bytes).hex
        let starts = Array(stride(from: 0, to: bytes.count, by: mostBytes))
        guard starts.count <= mostParts else { return [] }
        return starts.enumerated().map { number, start in
            DecisionPart(
                digest: digest, number: number,
                bytes: Array(bytes[start..<min(start + mostBytes, bytes.count)]))
        }
    }

    package var json: JSONValue {
        [
            "bytes": .string(hexadecimal(bytes)), "digest": .string(digest),
            "number": JSONValue(number),
        ]
    }

    package init?(json: JSONValue) {
        guard let digest = json["digest"]?.string, digest.utf8.count == 64,
            let number = json["number"]?.int, (0..<Int64(Self.mostParts)).contains(number),
            let bytes = json["bytes"]?.string.flatMap({ Sealing.bytes(hexadecimal: $0) }),
            bytes.count <= Self.mostBytes
        else { return nil }
        self.init(digest: digest, number: Int(number), bytes: bytes)
    }
}
