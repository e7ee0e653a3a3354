import Courier
import Dispatch
import Testing
import Vault

struct EnquiryDeskTests {
    @Test func `those who wait for head office hold up nobody else, and only so many wait`()
        async throws
    {
        let desk = EnquiryDesk()
        let line = DispatchSemaphore(value: 0)
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)

        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<EnquiryDesk.most {
                group.addTask {
                    try await desk.ask {
                        asking.yield()
                        line.wait()
                        return number
                    }
                }
            }
            var begun = asked.makeAsyncIterator()
            for _ in 0..<EnquiryDesk.most { await begun.next() }

            await #expect(throws: CourierError.self) { try await desk.ask { 9 } }
            #expect(await offLoop { 7 } == 7)

            for _ in 0..<EnquiryDesk.most { line.signal() }
            var answers: [Int] = []
            for try await answer in group { answers.append(answer) }
            #expect(answers.sorted() == Array(0..<EnquiryDesk.most))
        }
        #expect(try await desk.ask { 8 } == 8)
    }

    @Test func `commands that wait for a line hold up nobody else`() async throws {
        let line = DispatchSemaphore(value: 0)
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)

        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    await onOwnThread {
                        asking.yield()
                        line.wait()
                    }
                }
            }
            var begun = asked.makeAsyncIterator()
            for _ in 0..<16 { await begun.next() }

            #expect(await offLoop { 7 } == 7)

            for _ in 0..<16 { line.signal() }
        }
    }
}
