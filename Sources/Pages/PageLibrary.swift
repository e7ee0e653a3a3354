import FoundationEssentials
import Mustache
package import Texts

/// The templates and assets that a program carries beside it, read once at start.
package struct PageLibrary: Sendable {
    private let templates: MustacheLibrary
    /// Where the product's own assets stand.
    package let assets: String

    /// Reads `BranchNode_Pages.resources` beside the running program; refuses to start without it.
    ///
    /// NB: not `Bundle.module`, which falls back to the path of the machine that built the program
    /// and ends the process where that is missing too.
    package init() async throws {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = program.prefix(through: program.lastIndex(of: "/") ?? program.startIndex)
        try await self.init(resources: "\(folder)BranchNode_Pages.resources")
    }

    package init(resources: String) async throws {
        templates = try await MustacheLibrary(directory: "\(resources)/templates")
        assets = "\(resources)/assets"
        guard templates.getTemplate(named: "layout") != nil else {
            throw ResourcesError.missing(resources)
        }
    }

    /// The whole HTML document.
    package func render(_ page: some Page, in frame: Frame, _ language: Language) -> String {
        render(page, in: frame, language, gaps: nil)
    }

    /// The names and text keys that the page's template asked for in vain.
    package func gaps(of page: some Page, in frame: Frame, _ language: Language) -> Set<String> {
        let gaps = Gaps()
        _ = render(page, in: frame, language, gaps: gaps)
        return gaps.found
    }

    private func render<P: Page>(
        _ page: P, in frame: Frame, _ language: Language, gaps: Gaps?
    ) -> String {
        precondition(
            templates.getTemplate(named: P.template) != nil, "\(P.template) is not a template")
        let document = Document(frame: frame, page: page, template: P.template)
        let root = Spoken(document, in: language, gaps: gaps, isRoot: true)
        return templates.render(root, withTemplate: "layout") ?? ""
    }
}

private struct Document<P: Page> {
    let frame: Frame
    let page: P
    let template: String
}

/// What a program lacks on this machine to show pages.
///
/// The sentence is the phrase `key` of the table of texts.
package enum ResourcesError: Error, Equatable {
    case missing(String)
    case missingPackage(file: String, package: String)

    package var key: String {
        switch self {
        case .missing: "program.no-resources"
        case .missingPackage: "program.no-package"
        }
    }

    package var facts: [String: String] {
        switch self {
        case .missing(let path): ["path": path]
        case .missingPackage(let file, let package): ["path": file, "package": package]
        }
    }
}
