import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// Rule parameters: who changes what from when on.
struct ParameterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parameter",
        abstract: "Change rule parameters: one person proposes, another approves.",
        discussion: "EXAMPLE: headoffice parameter propose --help",
        subcommands: [
            ProposeParameter.self, ApproveParameter.self, RefuseParameter.self,
            ListParameters.self,
        ])
}

/// Proposes a value.
struct ProposeParameter: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Propose a parameter's value from a date on that nobody has closed yet.",
        discussion: """
            EXAMPLE: headoffice parameter propose tier_platinum 300000 --from 2026-01-01 \
            --scope 33 --as 33-T1 --reason 'as the other banks of the province' --data DIR

            A first-tier supervisor proposes for their branch, an analyst for the bank.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The parameter's name; see headoffice parameter list.") var name: String
    @Argument(help: "Its new value.") var value: String
    @Option(name: .customLong("from"), help: "The business date from which it holds.")
    var effectiveFrom: BusinessDay
    @Option(help: "bank, or a first-tier branch's code.") var scope = "bank"
    @Option(name: .customLong("as"), help: "The proposer's staff number.") var staff: StaffID
    @Option(help: "Why.") var reason: String

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let proposal = try store.propose(
            ParameterSetting(
                name: name, scope: ParameterSetting.Scope(rawValue: scope), value: value,
                effectiveFrom: effectiveFrom),
            because: reason, by: staff)
        return Answer(json: proposal.json, lines: [proposal.line(caller)])
    }
}

/// Puts a proposed value in force.
struct ApproveParameter: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a value that somebody else proposed.",
        discussion: "EXAMPLE: headoffice parameter approve 7 --as 00-SA1 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The proposal's number.") var number: Int64
    @Option(name: .customLong("as"), help: "The approver's staff number.") var staff: StaffID

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let proposal = try store.approveParameter(number, by: staff)
        return Answer(json: proposal.json, lines: [proposal.line(caller)])
    }
}

/// Ends a proposal.
struct RefuseParameter: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse", abstract: "Refuse a proposed value, or take back one's own.",
        discussion: "EXAMPLE: headoffice parameter refuse 7 --as 00-SA1 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The proposal's number.") var number: Int64
    @Option(name: .customLong("as"), help: "The staff number of who refuses.") var staff: StaffID

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let proposal = try store.refuseParameter(number, by: staff)
        return Answer(json: proposal.json, lines: [proposal.line(caller)])
    }
}

/// Every value and every proposal.
struct ListParameters: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the parameters: what each admits, its values, and who set them.",
        discussion: "EXAMPLE: headoffice parameter list tgt_min --json --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "One parameter alone.") var name: String?

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        if let name, Parameter.all[name] == nil {
            throw Refusal(.unknownParameter, ["name": name])
        }
        let (settings, proposals) = try store.parameters(by: caller.actor)
        let approved = Set(proposals.filter { $0.state == .approved }.map(\.setting))
        let loaded = settings.filter { !approved.contains($0) && $0.name == name ?? $0.name }
        let proposed = proposals.filter { $0.setting.name == name ?? $0.setting.name }
        let known = Parameter.all.values.filter { $0.name == name ?? $0.name }
            .sorted { $0.name < $1.name }
        return Answer(
            json: [
                "as_of": .string(instant(store.now())),
                "parameters": .array(
                    known.map {
                        [
                            "admits": .string($0.admitted), "default": .string($0.defaultValue),
                            "name": .string($0.name),
                        ]
                    }),
                "values": .array(loaded.map(\.json) + proposed.map(\.json)),
            ],
            lines: known.map {
                caller.say(
                    "parameter.known",
                    ["name": $0.name, "default": $0.defaultValue, "admits": $0.admitted])
            } + loaded.map { $0.line(caller) } + proposed.map { $0.line(caller) })
    }
}

extension ParameterSetting {
    fileprivate var fields: [String: JSONValue] {
        [
            "effective_from": JSONValue(effectiveFrom), "name": .string(name),
            "scope": .string(scope.rawValue), "value": .string(value),
        ]
    }

    /// One of the organisation file, which nobody proposed.
    fileprivate var json: JSONValue {
        var json = fields
        json["state"] = "loaded"
        for key in ["number", "proposed_by", "proposed_at", "decided_by", "decided_at", "reason"] {
            json[key] = .null
        }
        return .object(json)
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say("parameter.loaded", values)
    }

    fileprivate var values: [String: String] {
        [
            "name": name, "value": value, "scope": scope.rawValue,
            "date": effectiveFrom.description,
        ]
    }
}

extension ParameterProposal {
    fileprivate var json: JSONValue {
        var json = setting.fields
        json["decided_at"] = JSONValue(decidedAt.map(instant))
        json["decided_by"] = JSONValue(decidedBy)
        json["number"] = .int(number)
        json["proposed_at"] = .string(instant(proposedAt))
        json["proposed_by"] = JSONValue(proposedBy)
        json["reason"] = .string(reason)
        json["state"] = .string(state.rawValue)
        return .object(json)
    }

    fileprivate func line(_ caller: Caller) -> String {
        var values = setting.values
        values["number"] = String(number)
        values["proposer"] = proposedBy.rawValue
        values["decider"] = decidedBy?.rawValue ?? "–"
        values["reason"] = reason
        return caller.say("parameter.\(state.rawValue)", values)
    }
}
