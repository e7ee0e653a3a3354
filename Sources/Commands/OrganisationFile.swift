package import Bank
import Foundation

extension Organisation {
    /// Reads an organisation file (`interfaces.md` 4); every fault is in the failure's message.
    package static func read(_ path: String, _ caller: Caller) throws(Failure) -> Organisation {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                message: caller.say("program.unreadable-file", ["path": path]), exit: .failed)
        }
        let heading = caller.say("init.invalid-organisation", ["path": path])
        // The strict reader refuses what two readers could take differently, duplicate keys above all.
        guard (try? JSONValue(reading: Array(data))) != nil,
            let organisation = try? JSONDecoder().decode(Organisation.self, from: data)
        else {
            throw Failure(message: "\(heading)\n  \(caller.say("init.not-json"))", exit: .damaged)
        }
        let faults = organisation.faults
        guard faults.isEmpty else { throw Failure(OrganisationRefused(faults), path, caller) }
        return organisation
    }
}

extension Failure {
    /// An organisation file that may not be loaded: every fault on a line of its own.
    package init(_ refused: OrganisationRefused, _ path: String, _ caller: Caller) {
        let heading = caller.say("init.invalid-organisation", ["path": path])
        let lines = refused.faults.map { "  " + $0.sentence(caller) }
        self.init(message: ([heading] + lines).joined(separator: "\n"), exit: .refused)
    }
}

extension OrganisationFault {
    package func sentence(_ caller: Caller) -> String {
        switch self {
        case .duplicateUnit(let unit):
            caller.say("organisation.duplicate-unit", ["unit": unit.rawValue])
        case .unknownParent(let unit):
            caller.say("organisation.unknown-parent", ["unit": unit.rawValue])
        case .outsideFirstTier(let unit):
            caller.say("organisation.outside-first-tier", ["unit": unit.rawValue])
        case .duplicateStaff(let staff):
            caller.say("organisation.duplicate-staff", ["staff": staff.rawValue])
        case .unknownUnit(let staff):
            caller.say("organisation.unknown-unit", ["staff": staff.rawValue])
        case .namedLikeUnit(let staff):
            caller.say("organisation.named-like-unit", ["staff": staff.rawValue])
        case .unknownParameter(let name):
            caller.say("organisation.unknown-parameter", ["name": name])
        case .parameterOutOfRange(let name, let value):
            caller.say("organisation.parameter-out-of-range", ["name": name, "value": value])
        case .parameterOverlaps(let name, let date):
            caller.say(
                "organisation.parameter-overlaps", ["name": name, "date": date.description])
        case .fixedUnit(let unit):
            caller.say("organisation.fixed-unit", ["unit": unit.rawValue])
        case .noLongerOutlet(let unit):
            caller.say("organisation.no-longer-outlet", ["unit": unit.rawValue])
        case .noAdministrator:
            caller.say("organisation.no-administrator")
        case .ownsCustomers(let staff, let outlet, let count):
            caller.say(
                "organisation.owns-customers",
                [
                    "staff": staff.rawValue, "outlet": outlet.rawValue, "count": String(count),
                ])
        case .outletOwnsCustomers(let outlet, let count):
            caller.say(
                "organisation.outlet-owns-customers",
                ["outlet": outlet.rawValue, "count": String(count)])
        case .nodeWouldMove(let outlet):
            caller.say("organisation.node-would-move", ["outlet": outlet.rawValue])
        }
    }
}
