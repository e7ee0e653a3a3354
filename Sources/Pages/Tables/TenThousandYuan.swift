package import Bank
package import Texts

/// An amount in units of ten thousand yuan (万元), two decimals, as reports show it.
package struct TenThousandYuan: Speakable, Equatable {
    private let hundredYuan: Fen

    /// Half up to the second decimal, which is a hundred yuan.
    package init(_ amount: Fen) {
        let (quotient, rest) = amount.rawValue.quotientAndRemainder(dividingBy: 10_000)
        let up: Int64 = rest >= 5_000 ? 1 : rest < -5_000 ? -1 : 0
        hundredYuan = Fen(quotient + up)
    }

    package func said(in language: Language) -> String { hundredYuan.grouped }
}
