import Bank
import Pages
import Store

extension MovesPage {
    init(_ store: BranchStore) throws {
        let owners = try store.bookOwners()
        let moves = try store.bookMoves()
        let names = try store.names(
            of: moves.flatMap { [$0.move.order.manager] + $0.move.order.receivers })
        func name(_ id: StaffID) -> String { names[id] ?? id.rawValue }
        self.init(
            books: owners.map {
                Book(
                    staff: $0.staff, name: $0.name, customers: $0.customers,
                    isInOffice: $0.isInOffice, settled: $0.settled)
            },
            moves: moves.map { progress in
                let order = progress.move.order
                return Move(
                    number: progress.move.number, kind: order.kind, from: name(order.manager),
                    to: order.receivers.map(name), customers: progress.customers,
                    effectiveOn: order.effectiveOn, state: progress.move.state,
                    refused: progress.refused)
            })
    }
}

extension MoveFormPage {
    init(
        _ store: BranchStore, _ entry: MoveEntry, by staff: StaffID, failure: Text? = nil
    ) throws {
        let owner = try store.bookOwner(entry.manager, by: staff.rawValue)
        let chosen = Set(entry.customers)
        let rows = try store.customers(of: entry.manager, by: staff.rawValue).map {
            Row(
                number: $0.position.number, name: Mask.name($0.name),
                tier: $0.position.standing.tier, assets: $0.position.here,
                isChosen: chosen.contains($0.position.number))
        }
        self.init(
            entry, name: owner.name, isInOffice: owner.isInOffice,
            managers: try store.books().map {
                PendingPage.Manager(
                    id: $0.manager.id, name: $0.manager.name, book: $0.customers, bookCap: $0.cap)
            },
            rows: rows.sorted {
                $0.assets == $1.assets ? $0.number < $1.number : $0.assets > $1.assets
            }, earliest: try store.workingDate(), failure: failure)
    }
}

extension MoveCheckPage {
    init(
        _ store: BranchStore, _ entry: MoveEntry, _ order: BookOrder, by staff: StaffID
    ) throws {
        let dealt = try store.previewBookMove(order, by: staff)
        let members = try store.names(of: [order.manager] + order.receivers)
        let customers = try store.names(of: dealt.map(\.customer))
        let books = try store.books().reduce(into: [:]) { $0[$1.manager.id] = $1 }
        let receivers: [StaffID?] = order.receivers.isEmpty ? [nil] : order.receivers
        func name(_ id: StaffID?) -> String? { id.map { members[$0] ?? $0.rawValue } }
        self.init(
            entry, name: name(order.manager) ?? "–", effectiveOn: order.effectiveOn,
            isDue: try order.effectiveOn <= store.workingDate(),
            shares: receivers.map { receiver in
                let count = dealt.count { $0.refusal == nil && $0.receiver == receiver }
                let book = receiver.flatMap { books[$0] }
                return Share(
                    receiver: name(receiver), count: count,
                    book: (book?.customers ?? 0) + count, cap: book?.cap ?? .max)
            },
            rows: dealt.map {
                Row(
                    number: $0.customer, name: customers[$0.customer].map(Mask.name) ?? "–",
                    receiver: name($0.receiver), refusal: $0.refusal)
            })
    }
}

extension MoveReceiptPage {
    init(_ store: BranchStore, _ number: Int64, by reader: StaffID) throws {
        let receipt = try store.bookReceipt(number, by: reader.rawValue)
        let (move, order) = (receipt.move, receipt.move.order)
        let staff = try store.names(
            of: [order.manager, move.madeBy] + order.receivers
                + [move.submittedBy].compactMap(\.self))
        let customers = try store.names(of: receipt.rows.map(\.customer))
        func name(_ id: StaffID) -> String { "\(staff[id] ?? "–") (\(id))" }
        self.init(
            move, from: name(order.manager), to: order.receivers.map(name),
            made: name(move.madeBy), submitted: move.submittedBy.map(name),
            isBegun: receipt.isBegun, isDue: try order.effectiveOn <= store.workingDate(),
            rows: receipt.rows.map {
                Row(
                    number: $0.customer, name: customers[$0.customer].map(Mask.name) ?? "–",
                    receiver: $0.receiver.map { staff[$0] ?? $0.rawValue },
                    isMoved: $0.claim != nil, refusal: $0.refusal)
            })
    }
}
