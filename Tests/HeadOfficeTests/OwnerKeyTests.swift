import Bank
import BrowserSupport
import HTTPTypes
import TestSupport
import Testing

/// Head office's owner page takes any strong key.
struct OwnerKeyTests {
    @Test(arguments: ["3300000001", "11010519491231002X", "13812345678"])
    func `a key is posted and answered for each first-tier branch`(key: String) async throws {
        let office = try await TestOffice()
        let hal = try await office.signedIn(.hal)

        let answer = try await hal.submit("/owner", "key=\(key)", from: "/owner")

        #expect(answer.status == .ok)
        #expect(answer.body.contains("浙江省分行") && answer.body.contains("Ada"))
        #expect(answer.body.contains("\(CustomerNumber.wang)"))
        #expect(answer.body.contains(key) == (key == "3300000001"))
    }

    @Test func `nobody is an answer, and a name alone none`() async throws {
        let office = try await TestOffice()
        let fay = try await office.signedIn(.fay)

        let nobody = try await fay.submit("/owner", "key=13700000000", from: "/owner")
        let name = try await fay.submit("/owner", "key=Wang+Xiaoming", from: "/owner")

        #expect(nobody.body.contains("Nobody in the bank owns this customer."))
        #expect(name.status == .unprocessableContent)
    }
}
