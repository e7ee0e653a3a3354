import Bank
import Sync

// Versions side by side (`sync.md`, statement 14): what a later one adds to a message, and what the
// one before lacks.

extension Simulation {
    /// Fields that the version before neither writes nor reads.
    private static let newFields = ["attested", "columns", "discarded", "parts", "recovery"]

    /// A question as it travels.
    func skewed(_ message: [UInt8], to path: String, from node: NodeMachine) throws -> [UInt8] {
        // Parts of batches are no JSON; the stranger brings those of a later version.
        guard path != Message.pushPath, path != Message.reviewPath else { return message }
        return try skewed(message, node)
    }

    /// An answer as it travels.
    func skewed(
        _ message: [UInt8], answering path: String, to node: NodeMachine
    ) throws -> [UInt8] {
        // The settlement of what a certificate brings is no matter of versions.
        guard path != Message.renewalPath else { return message }
        return try skewed(message, node)
    }

    private func skewed(_ message: [UInt8], _ node: NodeMachine) throws -> [UInt8] {
        let isLater = plan.has(.schemaSkew) && !isHealing && line.hits(perMille: 100)
        guard isLater || node.isOlder else { return message }
        guard var fields = try JSONValue(reading: message).object else { return message }
        if node.isOlder { for name in Self.newFields { fields[name] = nil } }
        if isLater {
            fields["zeal"] = ["unknown": [1, 2]]
            done[.passedOver, default: 0] += 1
        }
        return JSONValue.object(fields).canonicalBytes
    }
}
