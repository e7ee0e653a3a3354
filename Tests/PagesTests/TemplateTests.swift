import Bank
import Foundation
import Pages
import Testing
import Texts
import Web

struct TemplateTests {
    private static func frame(_ page: some Page, _ language: Language) -> Frame {
        Frame(
            product: Text("page.branch"), title: page.title, language: language, path: "/customers",
            session: .lin, entries: Navigation.entries,
            freshness: Freshness(businessDate: .today, syncedAt: nil, isOnline: true),
            flash: Text("flash.synced"))
    }

    private static let pages = Sample.outlet() + Sample.headOffice()

    @Test(arguments: Language.allCases)
    func `a template asks for nothing that its page lacks, nor for a text that nobody wrote`(
        language: Language
    ) async throws {
        let library = try await PageLibrary()

        let gaps = Set(
            Self.pages.flatMap { library.gaps(of: $0, in: Self.frame($0, language), language) })

        #expect(gaps.isEmpty)
    }

    @Test func `a name, note or product never becomes part of a page's own markup`() async throws {
        let library = try await PageLibrary()

        for hostile in [Sample.hostile, Sample.clustered] {
            for page in Sample.outlet(name: hostile) + Sample.headOffice(name: hostile) {
                let html = library.render(page, in: Self.frame(page, .english), .english)
                #expect(!html.contains("<script>alert"))
                #expect(html.unicodeScalars.firstRange(of: "\"\u{301}".unicodeScalars) == nil)
            }
        }
    }

    @Test func `every template belongs to a page or to another template`() throws {
        let templates = try Self.templates()
        let included = templates.values.flatMap { text in
            text.matches(of: /\{\{>\s*([a-z\/-]+)\s*\}\}/).map { String($0.1) }
        }
        let used = Set(included + Self.pages.map { type(of: $0).template } + ["layout"])

        #expect(Set(templates.keys) == used)
    }

    @Test func `no template shows a value unescaped, or runs a script or style of its own`() throws
    {
        for (name, text) in try Self.templates() {
            let forbidden = ["{{{", "{{&", "<script>", "<style", " style=", " onclick="]
            for sign in forbidden where text.contains(sign) {
                Issue.record("\(name) contains \(sign)")
            }
        }
    }

    @Test func `every field has a label`() async throws {
        let library = try await PageLibrary()

        for page in Self.pages {
            let html = library.render(page, in: Self.frame(page, .english), .english)
            let labelled = Set(html.matches(of: /<label[^>]* for="([^"]+)"/).map { $0.1 })
            for field in html.matches(of: /<(?:input|select|textarea)([^>]*)>/) {
                let attributes = field.1
                guard !attributes.contains("type=\"hidden\""),
                    !attributes.contains("type=\"radio\""),
                    !attributes.contains("type=\"checkbox\"")
                else { continue }
                let id = attributes.firstMatch(of: /id="([^"]+)"/)?.1 ?? ""
                #expect(labelled.contains(id), "\(type(of: page)): \(attributes)")
            }
        }
    }

    @Test(arguments: [(Language.chinese, "zh-CN"), (.english, "en")])
    func `a page says its language`(language: Language, tag: String) async throws {
        let library = try await PageLibrary()
        let page = Sample.todayOfNothing

        let html = library.render(page, in: Self.frame(page, language), language)

        #expect(html.contains("<html lang=\"\(tag)\">"))
    }

    private static func templates() throws -> [String: String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Pages/templates").standardizedFileURL.path
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        return try (names ?? []).filter { $0.hasSuffix(".mustache") }.reduce(into: [:]) {
            $0[String($1.dropLast(".mustache".count))] = try String(
                contentsOfFile: "\(folder)/\($1)", encoding: .utf8)
        }
    }
}
