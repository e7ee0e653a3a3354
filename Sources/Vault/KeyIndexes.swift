package import Bank
import GRDB
import Sealing

extension Secrets {
    /// The blind indexes of a strong key, one for each form in which it may be kept.
    package func indexes(of key: StrongKey) -> [Blob] {
        let (kind, texts) = key.indexed
        return texts.map { Blob(blind.index(kind, $0)) }
    }

    /// What outlets say of their customers to each other instead: a kind, and so much of the index
    /// that among 10^7 of them the chance that a key finds another's is below 10^-11.
    package func published(_ key: StrongKey) -> [String] {
        indexes(of: key).map { Self.published($0, of: key.kind) }
    }

    package static func published(_ index: Blob, of kind: StrongKey.Kind) -> String {
        "\(kind.rawValue):\(hexadecimal(Array(index.bytes.prefix(8))))"
    }
}
