internal import AddonLoader
internal import ORM

/// What a person reads of an adoption, line by line.
enum AdoptionReport {
    /// How many names a line holds; of more only their number is told.
    private static let shown = 12

    static func lines(of survey: AdoptionSurvey, _ name: String) -> [String] {
        var lines = [
            "The database \(name) was made by OpenERP \(survey.version) and takes \(megabytes(survey.size)) MB"
                + (survey.isAdopted ? "; it was adopted before." : "."),
            "  largest tables   "
                + survey.largest.map { "\($0.table) \(megabytes($0.size)) MB" }.joined(separator: ", "),
            "  addons served    " + list(survey.served),
        ]
        if !survey.kept.isEmpty { lines.append("  addons kept      \(list(survey.kept)) (data to be looked at only)") }
        if !survey.unknownModels.isEmpty { lines.append("  models kept      " + list(survey.unknownModels)) }
        if !survey.unknownColumns.isEmpty { lines.append("  columns kept     " + list(survey.unknownColumns)) }
        lines.append(
            "  made by people   \(survey.customModels) models, \(survey.customFields) fields, \(survey.customViews) views"
        )
        lines.append(
            "  clear passwords  \(survey.clearPasswords) (each becomes a hash when its owner logs in)")
        lines.append("  tables missing   " + list(survey.missing.tables))
        lines.append("  columns missing  " + list(survey.missing.columns))
        return lines
    }

    static func lines(of adoption: Adoption, _ name: String) -> [String] {
        if adoption.isRepetition { return ["The database \(name) lacked nothing."] }
        var lines = [
            "Added \(adoption.schema.tables.count) tables, \(adoption.schema.columns.count) columns and "
                + "\(adoption.records) external ids. The database \(name) can be served now."
        ]
        lines += adoption.schema.broken.map { "  rule left out: \($0)" }
        if !adoption.leftOut.isEmpty {
            lines.append("  \(adoption.leftOut.count) records of the addons left out:")
            lines += adoption.leftOut.prefix(shown).map { "    \($0)" }
            if adoption.leftOut.count > shown { lines.append("    and \(adoption.leftOut.count - shown) more") }
        }
        return lines
    }

    private static func list(_ names: [String]) -> String {
        if names.isEmpty { return "none" }
        let rest = names.count - shown
        return names.prefix(shown).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// With one digit, since most tables are small.
    private static func megabytes(_ bytes: Int) -> String {
        let tenths = (bytes * 10 + (1 << 19)) >> 20
        return "\(tenths / 10).\(tenths % 10)"
    }
}
