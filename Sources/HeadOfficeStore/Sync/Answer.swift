package import Bank
import Sync
import Vault

extension BankStore {
    /// Head office's answer to a message of a node that has shown who it is, whatever carried it:
    /// the endpoint over HTTPS and the simulator alike.
    package func answer(
        _ message: [UInt8], at path: String, from node: EnrolledNode
    ) throws -> JSONValue {
        switch path {
        case Message.helloPath:
            try greet(try read(message, Hello.init(json:)), from: node).json
        case Message.pushPath:
            try receive(try Part(message: message), from: node).json
        case Message.pullPath:
            try delta(for: node, try read(message, PullRequest.init(json:))).json
        case Message.reviewPath:
            try kept(for: try Part(message: message), from: node)
        case Message.recoveryPath:
            try giveBack(try read(message, RecoveryRequest.init(json:)), to: node).json
        case Message.recordsPath:
            try takeBack(try read(message, GivenBack.init(json:)), from: node)
        case Message.offerPath:
            try lacking(of: try read(message, Offer.init(json:)), from: node).json
        case Message.digestPath:
            try compare(try read(message) { $0 }, with: node)
        case Message.snapshotPath:
            try snapshot(try read(message, SnapshotQuestion.init(json:)), for: node)
        case Message.queryPath:
            try query(try read(message, QueryRequest.init(json:)), from: node).json
        default: throw ExchangeError.malformed
        }
    }

    private func kept(for part: Part, from node: EnrolledNode) throws -> JSONValue {
        try keepForReview(part, from: node)
        return ["kept": .bool(true), "protocol": .int(Message.version)]
    }

    private func read<Value>(
        _ message: [UInt8], _ make: (JSONValue) -> Value?
    ) throws -> Value {
        guard let json = try? JSONValue(reading: message) else { throw ExchangeError.malformed }
        guard json["protocol"]?.int == Message.version else {
            throw ExchangeError.unsupportedVersion
        }
        guard let value = make(json) else { throw ExchangeError.malformed }
        return value
    }
}
