import Bank
import Sync
import Transport

extension Line {
    /// Sends one message and takes apart the answer; what is no answer of head office's is an error.
    ///
    /// - Parameter seconds: how long it may take, where that is not the line's own limit.
    func carry(
        _ body: [UInt8], to path: String, within seconds: Double? = nil
    ) throws(CourierError) -> JSONValue {
        let response: LineResponse
        do {
            response = try send(
                LineRequest(
                    .post, path,
                    headers: [
                        ("Accept-Encoding", "zstd"), ("Content-Encoding", "zstd"),
                        ("Content-Type", Message.contentType),
                    ],
                    body: Zstd.compress(body)), within: seconds)
        } catch {
            throw .line(error)
        }
        // Why it cannot be read does not matter: head office's answers can be.
        guard response.headers["content-type"] == Message.contentType,
            let bytes = try? Zstd.decompress(response.body, limit: Message.largest),
            let json = try? JSONValue(reading: bytes)
        else { throw .notHeadOffice(status: response.status) }
        if let code = json["error"]?.string {
            let error = ExchangeError(rawValue: code) ?? .internalError
            if error == .wrongFirstTier, let firstTier = json["firstTier"]?.string {
                throw .belongsElsewhere(UnitCode(firstTier))
            }
            if error == .busy { throw .busy(json["retryAfter"]?.int ?? 0) }
            throw .refused(error)
        }
        guard response.status == 200 else { throw .notHeadOffice(status: response.status) }
        return json
    }
}
