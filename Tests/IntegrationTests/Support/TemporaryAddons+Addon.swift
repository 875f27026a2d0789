import TestSupport

extension TemporaryAddons {
    /// The files of an addon that depends on base and has one data file with these tags.
    static func addon(_ tags: String = "", depends: [String] = ["base"], _ more: String = "") -> [String: String] {
        let names = depends.map { "'\($0)'" }.joined(separator: ", ")
        return [
            "__openerp__.py": "{'name': 'Test', 'depends': [\(names)], 'data': ['data.xml'], \(more)}",
            "data.xml": "<openerp><data>\n\(tags)\n</data></openerp>",
        ]
    }
}
