import Bank
import Sync
import Transport

/// One round of messages with head office over one kept connection.
///
/// Not `Sendable`: it owns its line.
final class Conversation {
    private let line: Line
    private let headers: [(String, String)]

    init(to headOffice: String, as outlet: UnitCode, showing accessKey: String) {
        line = Line(.url(headOffice))
        headers = [
            ("Accept-Encoding", "zstd"), ("Content-Encoding", "zstd"),
            ("Content-Type", Message.contentType), ("Authorization", "Bearer \(accessKey)"),
            (Message.outletHeader, outlet.rawValue),
        ]
    }

    func send(_ question: Round.Question) throws(CourierError) -> JSONValue {
        try send(question.message, to: question.path)
    }

    /// Sends a message and takes apart the answer; what is no answer of head office's is an error.
    func send(_ body: [UInt8], to path: String) throws(CourierError) -> JSONValue {
        let response: LineResponse
        do {
            response = try line.send(
                LineRequest(.post, path, headers: headers, body: Zstd.compress(body)))
        } catch {
            throw .line(error)
        }
        // Why it cannot be read does not matter: head office's answers can be.
        guard response.headers["content-type"] == Message.contentType,
            let bytes = try? Zstd.decompress(response.body, limit: Message.largest),
            let json = try? JSONValue(reading: bytes)
        else { throw .notHeadOffice(status: response.status) }
        if let code = json["error"]?.string {
            if code == ExchangeError.busy.rawValue { throw .busy(json["retryAfter"]?.int ?? 0) }
            throw .refused(ExchangeError(rawValue: code) ?? .internalError)
        }
        guard response.status == 200 else { throw .notHeadOffice(status: response.status) }
        return json
    }
}
