import Bank
import Hummingbird
import Pages
import Store
import Sync
import Texts
import Vault

/// Who looks after a customer of the first-tier branch, and why; with a line or without.
struct OwnerRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("owner", use: look)
            .post("owner", use: find)
            .get("ownership/:number", use: explain)
    }

    @Sendable private func look(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .ownerLookUp)
        guard let text = Form(encoded: request.uri.query ?? "")?["number"] else {
            return try await branch.site.respond(OwnerPage(), request, context)
        }
        guard text.utf8.count <= PageContext.identityMaximum else { throw Trouble.malformed }
        if session.reach(for: .customerQuery) >= .firstTier,
            !StrongKey.reading(text, as: .customer).isEmpty
        {
            // Whoever reloads, follows a link or changes the language sees what a look-up shows.
            return try await branch.site.respond(
                query(text, as: .customer, for: session, in: context.language), request, context)
        }
        let asked = CustomerNumber(text)
        let number = try await branch.ask { try $0.survivor(of: asked) } ?? asked
        try await require(session, mayAskFor: number)
        let answer = try await branch.ask { try OwnerPage.Answer($0, number, for: session) }
        return try await branch.site.respond(
            OwnerPage(number: text, answer: answer), request, context)
    }

    /// By any strong key, which stays out of addresses and so out of every history and log.
    @Sendable private func find(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .ownerLookUp)
        guard let key = context.form["key"], key.utf8.count <= Self.longestKey else {
            throw Trouble.malformed
        }
        // A teller asks for whoever stands at the counter, not for the branch's other customers.
        let servedOnly = session.reach(for: .ownerLookUp) < .firstTier
        guard session.reach(for: .customerQuery) >= .firstTier else {
            let page = try await branch.ask { store in
                try OwnerPage(store, key: key, servedOnly: servedOnly, for: session)
            }
            guard let page else { throw Trouble.forbidden }
            return try await branch.site.respond(page, request, context)
        }
        return try await branch.site.respond(
            query(key, for: session, in: context.language), request, context)
    }

    /// What the node knows, and with a line what head office knows of others' customers.
    private func query(
        _ key: String, as kind: StrongKey.Kind? = nil, for session: Session,
        in language: Language
    ) async throws -> OwnerPage {
        let actor = session.staffID.rawValue
        let known = try await branch.ask { try $0.query(by: key, as: kind, actor: actor) }
        var unanswered = known.unasked
        var reply: QueryReply?
        if let question = known.question {
            do {
                reply = try await branch.enquire(question)
            } catch let none as Unanswered {
                unanswered = none
            }
        }
        return try await branch.ask { [reply, unanswered] store in
            let search = try reply.map { try store.complete(known, by: $0, actor: actor) }
            return try OwnerPage(
                store, search ?? known, unanswered: unanswered, saysNumber: kind == .customer,
                for: session, in: language)
        }
    }

    /// A name of eighty characters in Chinese is longer; nobody at a counter has one.
    private static let longestKey = 160

    @Sendable private func explain(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .ownerLookUp)
        let number: CustomerNumber = try context.identity("number")
        try await require(session, mayAskFor: number)
        let language = context.language
        let page = try await branch.ask {
            try OwnershipPage($0, number, for: session, in: language)
        }
        return try await branch.site.respond(page, request, context)
    }

    /// A teller asks for whoever stands at the counter, not for the branch's other customers.
    private func require(_ session: Session, mayAskFor number: CustomerNumber) async throws {
        guard session.reach(for: .ownerLookUp) < .firstTier else { return }
        guard try await branch.ask({ try $0.serves(number) }) else { throw Trouble.forbidden }
    }
}

extension OwnerPage {
    /// Nil where a teller asks for somebody who is no customer of the outlet.
    fileprivate init?(
        _ store: BranchStore, key: String, servedOnly: Bool, for session: Session
    ) throws {
        let search = try store.owners(
            by: key, servedOnly: servedOnly, actor: session.staffID.rawValue)
        if servedOnly, search.found.isEmpty { return nil }
        self.init(
            search,
            try search.found.map {
                try Answer(store, $0, nil, isByNumber: search.isByNumber, for: session)
            })
    }

    fileprivate init(
        _ store: BranchStore, _ known: CustomerSearch, unanswered: Unanswered?,
        saysNumber: Bool, for session: Session, in language: Language
    ) throws {
        let answers = try known.customers.map { customer in
            try Answer(
                store, customer.found,
                customer.facts.map {
                    Facts($0, history: try store.shown(customer.history, in: language))
                }, isByNumber: known.search.isByNumber, for: session)
        }
        self.init(
            known.search, answers, isAnswered: known.reply != nil,
            unanswered: (unanswered?.cause.key).map { Text($0) }, saysNumber: saysNumber,
            asOf: known.reply?.asOf)
    }

    /// - Parameter saysNumber: whether what was asked for is a customer number and nothing else.
    private init(
        _ search: OwnerSearch, _ answers: [Answer], isAnswered: Bool = false,
        unanswered: Text? = nil, saysNumber: Bool = false, asOf: Int64? = nil
    ) {
        let asOf = (asOf ?? search.asOf).map(Moment.init)
        // What nobody knows is not shown again: it may be a card's number.
        if !search.isKnown, !saysNumber || answers.isEmpty {
            self.init(found: [], asOf: asOf, isAnswered: isAnswered, unanswered: unanswered)
        } else if search.isByNumber, let found = search.found.first {
            self.init(
                number: found.owner.customer.rawValue, answer: answers.first,
                unanswered: unanswered)
        } else {
            self.init(
                found: answers, asOf: asOf, unanswered: unanswered, hasMore: search.hasMore)
        }
    }
}

extension OwnerPage.Facts {
    fileprivate init(_ facts: CustomerQuery.Facts, history: [String]) {
        self.init(
            idNumber: facts.idNumber, mobile: facts.mobile, pool: facts.pool, tier: facts.tier,
            businessDate: facts.businessDate, activeCard: facts.activeCard,
            isHeadOffices: facts.isOfFirstTier, history: history)
    }
}

extension OwnerPage.Answer {
    fileprivate init(
        _ store: BranchStore, _ number: CustomerNumber, for session: Session
    ) throws {
        let answer = try store.owner(of: number, by: session.staffID.rawValue)
        let isHere = try store.serves(number)
        let isDeputy = try store.looksAfter(
            session.staffID, customersOf: answer.ownership.owner?.manager)
        self.init(
            customer: number, owner: try store.shown(answer.ownership.owner),
            state: answer.ownership.state, asOf: answer.asOf.map(Moment.init),
            pendingHere: answer.pendingHere,
            opensCustomer: try isHere
                && session.reaches(
                    answer.ownership, for: .profile, isDeputy: isDeputy,
                    ownsMerged: store.ownsMerged(session.staffID, number))
        )
    }

    /// Of another outlet's customer the number is for those who have it already.
    fileprivate init(
        _ store: BranchStore, _ found: OwnerSearch.Found, _ facts: OwnerPage.Facts?,
        isByNumber: Bool, for session: Session
    ) throws {
        let owner = found.owner
        let isDeputy = try store.looksAfter(
            session.staffID, customersOf: owner.ownership.owner?.manager)
        self.init(
            customer: owner.customer, owner: try store.shown(owner.ownership.owner),
            state: owner.ownership.state, asOf: owner.asOf.map(Moment.init),
            pendingHere: owner.pendingHere,
            opensCustomer: try found.isServed
                && session.reaches(
                    owner.ownership, for: .profile, isDeputy: isDeputy,
                    ownsMerged: store.ownsMerged(session.staffID, owner.customer)),
            name: found.name, isMasked: !found.isServed && !isByNumber,
            facts: facts)
    }
}
