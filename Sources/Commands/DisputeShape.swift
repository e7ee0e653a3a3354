package import Bank

extension Dispute {
    /// One request, objection or ruling, with its steps.
    package var json: JSONValue {
        [
            "against": JSONValue(first.against),
            "applicant": ["manager": JSONValue(first.manager), "outlet": JSONValue(first.outlet)],
            "claim": JSONValue(first.claim), "counter_party": JSONValue(first.counterParty),
            "ending": JSONValue(ending?.rawValue), "goes_up_on": JSONValue(goesUpOn),
            "id": JSONValue(id), "kind": .string(first.kind.rawValue),
            "raised_on": JSONValue(first.businessDate), "state": .string(state.rawValue),
            "steps": .array(steps.map(\.json)), "waiting_days": JSONValue(waitingDays),
        ]
    }
}

extension DisputeStep {
    fileprivate var json: JSONValue {
        [
            "author": JSONValue(author), "business_date": JSONValue(businessDate),
            "claim": JSONValue(claim), "entered_by": JSONValue(enteredBy), "id": JSONValue(id),
            "kind": .string(kind.rawValue), "new_evidence": JSONValue(newEvidence),
            "opinion": .string(opinion),
        ]
    }
}
