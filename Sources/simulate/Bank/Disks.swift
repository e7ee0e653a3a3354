import GRDB
import Schema
import Vault

/// Empty databases with the product's schemas, copied from ones that went through the migrations
/// once: most of a small run would be migrating otherwise.
struct Disks: Sendable {
    private let branch: DatabaseQueue
    private let bank: DatabaseQueue
    private let tier: DatabaseQueue

    init() throws {
        branch = try DatabaseFile.inMemory(Migrations.branch)
        bank = try DatabaseFile.inMemory(Migrations.headOffice)
        tier = try DatabaseFile.inMemory(Migrations.firstTier)
    }

    func forNode() throws -> DatabaseQueue { try DatabaseFile.copyInMemory(of: branch) }
    func forBank() throws -> DatabaseQueue { try DatabaseFile.copyInMemory(of: bank) }
    func forFirstTier() throws -> DatabaseQueue { try DatabaseFile.copyInMemory(of: tier) }
}
