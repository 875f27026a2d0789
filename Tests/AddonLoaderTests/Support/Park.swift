import ORM
import TestSupport
import Values

/// An addon on top of the real base, in two versions: the second has a column more.
enum Park {
    static let first = AddonModels("park", definitions: [definition(fields: [])])
    static let second = AddonModels("park", definitions: [definition(fields: [.char("wood", "Wood", size: 16)])])

    private static func definition(fields: [Field]) -> ModelDefinition {
        .introducing("park.bench") { model in
            model.fields =
                [
                    .char("name", "Name", size: 64, required: true), .integer("seats", "Seats"),
                    .char("colour", "Colour", size: 16), .many2one("donor_id", "Donor", to: "res.partner"),
                    .many2one("state_id", "Place", to: "res.country.state"),
                ] + fields
            model.constraints = [
                .sql("name_uniq", "UNIQUE (name)", message: "There is such a bench already."),
                .check("seats", message: "A bench has a seat at least.") { benches in
                    try benches.allSatisfy { try $0.integer("seats") >= 0 }
                },
            ]
            model.remote = [
                .method("paint", writes: true, ["ids", "colour"]) { benches, arguments in
                    try benches.write(["colour": arguments["colour"]])
                    return nil
                },
                .modelMethod("mixed", writes: false, ["first", "second"]) { _, arguments in
                    .text(arguments["first"].plainText + "-" + arguments["second"].plainText)
                },
            ]
        }
    }

    /// The addon's files: a manifest that names the data files in their order, and these.
    static func addon(_ files: KeyValuePairs<String, String>) -> [String: [String: String]] {
        let names = files.map { "'\($0.key)'" }.joined(separator: ", ")
        let manifest = TemporaryAddons.manifest(depends: ["base"], "'data': [\(names)]")
        return ["park": manifest.merging(files.map { ($0.key, $0.value) }) { $1 }]
    }

    /// A data file; the tags begin on line 2.
    static func file(_ tags: String) -> String { "<openerp><data>\n\(tags)\n</data></openerp>\n" }

    static func bench(_ id: String, _ name: String, _ more: String = "") -> String {
        "<record id=\"\(id)\" model=\"park.bench\"><field name=\"name\">\(name)</field>\(more)</record>"
    }

    /// Benches `b1` and so on, one a line.
    static func benches(_ numbers: ClosedRange<Int>) -> String {
        numbers.map { bench("b\($0)", "Bench \($0)", "<field name=\"seats\">\($0)</field>") }
            .joined(separator: "\n")
    }
}
