import Bank
import Testing

struct CloseScheduleTests {
    /// 2025-04-01 08:00 in China.
    private static let morning: Int64 = 1_743_465_600_000
    private static let minute: Int64 = 60_000
    private static let hour = 60 * minute

    private func schedule(_ text: String) throws -> CloseSchedule {
        try #require(CloseSchedule(text))
    }

    @Test(arguments: ["", "8:30", "24:00", "12:60", "12.30", "1230", "+1:30", "12:3 ", "٠١:٣٠"])
    func `what is no time of day is none`(text: String) {
        #expect(CloseSchedule(text) == nil)
    }

    @Test func `a node that never closed by itself does so at its start`() throws {
        #expect(try schedule("21:30").isDue(at: Self.morning, last: nil))
    }

    @Test(arguments: [
        ("07:59", -2, true), ("07:59", -1, false), ("08:00", -1, true), ("08:01", -1, false),
        ("08:00", 0, false),
        // Yesterday's, at night and after midnight in UTC.
        ("21:30", -630, false), ("21:30", -631, true), ("00:00", -480, false),
        ("00:00", -481, true),
        // The clock was a year ahead when it was tried, and was set right.
        ("21:30", 365 * 24 * 60, true),
    ])
    func `it is due from its time of China's day on until it was tried`(
        time: String, minutes: Int64, isDue: Bool
    ) throws {
        #expect(
            try schedule(time).isDue(
                at: Self.morning, last: (Self.morning + minutes * Self.minute, false)) == isDue)
    }

    @Test func `a time that was missed for days is due once`() throws {
        let schedule = try schedule("21:30")

        #expect(schedule.isDue(at: Self.morning, last: (Self.morning - 100 * Self.hour, false)))
        #expect(!schedule.isDue(at: Self.morning + 1, last: (Self.morning, false)))
    }

    @Test(arguments: [(9, false), (10, true), (11, true)])
    func `one that failed is tried again after ten minutes`(
        minutes: Int64, isDue: Bool
    ) throws {
        let last = Self.morning - minutes * Self.minute

        #expect(try schedule("21:30").isDue(at: Self.morning, last: (last, true)) == isDue)
        #expect(try !schedule("21:30").isDue(at: Self.morning, last: (last, false)))
    }
}
