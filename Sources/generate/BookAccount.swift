import Bank

/// An account in an outlet's book: what the rules of a day need and nothing that can be made
/// again. Amounts in fen.
struct BookAccount {
    /// The place of its customer in the book.
    let customer: Int32
    /// The place of the customer's demand account at this outlet, which it is paid from and to;
    /// that account's own place, for itself.
    let main: Int32
    /// A place in `Product.all`.
    let product: UInt8
    let openedOn: BusinessDay
    var maturesOn: BusinessDay?
    var closedOn: BusinessDay?
    var touchedOn: BusinessDay?
    var balance: Int64
    /// Of a demand account, the balance that spending returns to; of a loan, the principal due
    /// every month.
    var usual: Int64

    var kind: Product.Kind { Product.all[Int(product)].kind }
}

/// A customer in an outlet's book.
struct BookCustomer {
    let member: Member
    /// What comes in every month, in fen; 0 for nothing.
    let salary: Int64
    let salaryDay: Int
    let isRetired: Bool
    /// Moves house and takes a new mobile number.
    var movesOn: BusinessDay?
    /// Closes every account.
    var leavesOn: BusinessDay?
    /// Takes nearly everything to another bank, and stays.
    var drainsOn: BusinessDay?
    var cardLevel: Tier?
    var cardIssuedOn: BusinessDay?
}
