import Bank
package import Sync
import Transport

extension Exchange {
    /// Shows head office the one-time token and brings back what the new node needs.
    package static func enrol(
        _ request: EnrolmentRequest, at headOffice: String
    ) throws(CourierError) -> EnrolmentReply {
        let conversation = Conversation(to: headOffice, as: request.outlet, showing: "")
        let answer = try conversation.send(
            request.json.canonicalBytes, to: Message.enrolmentPath)
        guard let reply = EnrolmentReply(json: answer), reply.outlet == request.outlet else {
            throw .notHeadOffice(status: 200)
        }
        return reply
    }
}
