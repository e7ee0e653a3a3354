import Bank
import BrowserSupport
import HTTPTypes
import Store
import TestSupport
import Testing
import Vault

struct SyncTests {
    private struct NoLine: Error {}

    @Test func `an exchange without a line is an ordinary state with its sentence`() async throws {
        let branch = try await TestBranch { store in
            try store.rememberContact(failure: "no-line")
            throw NoLine()
        }
        let tom = try await branch.signedIn(.tom)

        let answer = try await tom.submit("/sync/exchanges", "", from: "/sync")

        #expect(answer.status == .seeOther && answer.headers[.location] == "/sync")
        #expect(answer.cookies.contains { $0.contains("flash.sync-failed") })
        #expect(try await tom.get("/sync").body.contains("Head office cannot be reached"))
    }

    @Test func `a node without head office says so and refuses to exchange`() async throws {
        let tom = try await TestBranch().signedIn(.tom)

        let page = try await tom.get("/sync").body
        let answer = try await tom.submit("/sync/exchanges", "", from: "/sync")

        #expect(page.contains("On its own") && page.contains("works alone"))
        #expect(answer.status == .unprocessableContent)
    }

    @Test func `a full disk is told as one, not as an internal error`() async throws {
        let branch = try await TestBranch { _ in throw StoreError.diskFull("/data") }
        let tom = try await branch.signedIn(.tom)

        let answer = try await tom.submit("/sync/exchanges", "", from: "/sync")

        #expect(answer.status == .serviceUnavailable)
        #expect(answer.body.contains("The disk is full"))
    }
}
