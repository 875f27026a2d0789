import AddonLoader
import TestSupport

extension TemporaryAddons {
    /// All addons in the folder.
    func found() -> [String: AddonFolder] { AddonsPath([path]).addons() }

    /// A manifest that names what its addon needs.
    static func manifest(depends: [String] = [], _ more: String = "") -> [String: String] {
        let names = depends.map { "'\($0)'" }.joined(separator: ", ")
        return ["__openerp__.py": "{'name': 'Test', 'depends': [\(names)], \(more)}"]
    }
}
