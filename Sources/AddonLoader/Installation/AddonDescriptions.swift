internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// What manifests say of their addons, as the database keeps it.
struct AddonDescriptions {
    private let addons: [AddonFolder]
    /// A record for each addon, without its name and state.
    let rows: [FieldValues]

    /// - Parameters:
    ///   - categories: The ids of category paths.
    ///   - certificates: Which addon has a certificate already: no two may have the same.
    init(_ addons: [AddonFolder], _ categories: [String: RecordID], _ certificates: [String: String]) {
        self.addons = addons
        var certificates = certificates
        rows = addons.map { addon in
            let manifest = addon.manifest
            let certificate = manifest.certificate.map { $0.cut(to: 64) }.flatMap { text -> String? in
                let owner = certificates[text] ?? addon.name
                certificates[text] = owner
                return owner == addon.name ? text : nil
            }
            return [
                "shortdesc": .text(manifest.title.cut(to: 256)), "description": .text(manifest.summary),
                "author": .text(manifest.author.cut(to: 128)), "website": .text(manifest.website.cut(to: 256)),
                "license": Self.licenses.contains(manifest.license) ? .text(manifest.license) : false,
                "maintainer": .text(manifest.maintainer.cut(to: 128)), "web": .boolean(manifest.isWeb),
                "contributors": .text(manifest.contributors.joined(separator: ", ")),
                "certificate": certificate.map { .text($0) } ?? false,
                "category_id": categories[manifest.categoryPath].map { .integer($0) } ?? false,
            ]
        }
    }

    /// Those the database can tell (contract/addons.md §2); another one is not told.
    private static let licenses: Set<String> = [
        "GPL-2", "GPL-2 or any later version", "GPL-3", "GPL-3 or any later version", "AGPL-3",
        "Other OSI approved licence", "Other proprietary",
    ]

    private static let texts = [
        "shortdesc", "description", "author", "website", "license", "maintainer", "contributors", "certificate",
    ]

    /// Writes what differs, and whether the addons can be installed; one statement for all of them.
    ///
    /// - Returns: How many records were changed.
    func write(in environment: Environment) throws -> Int {
        if addons.isEmpty { return 0 }
        let columns = Self.texts.map { name in rows.map { $0[name]?.text ?? "" } }
        let arrays = columns.map { values -> SQL in "\(values)::text[]" }
        let told = Self.texts.map { SQL.quoted($0) } + [SQL.quoted("category_id"), SQL.quoted("web")]
        let old = Self.texts.map { name -> SQL in "COALESCE(\"old\".\(column: name), '')" }
        let new = Self.texts.map { name -> SQL in "\"new\".\(column: name)" }
        let sets = Self.texts.map { name -> SQL in "\(column: name) = NULLIF(\"new\".\(column: name), '')" }
        let state: SQL = """
            CASE WHEN "new"."installable" AND "old"."state" = 'uninstallable' THEN 'uninstalled' \
            WHEN NOT "new"."installable" AND "old"."state" = 'uninstalled' THEN 'uninstallable' ELSE "old"."state" END
            """
        // Empty is no value: certificates must differ from one another.
        let changed = try environment.rows(
            """
            UPDATE "ir_module_module" AS "old" SET \(sets.joined(by: ", ")), \
            "category_id" = NULLIF("new"."category_id", 0), "web" = "new"."web", "state" = \(state), \
            "write_uid" = \(environment.uid)::int, "write_date" = now() AT TIME ZONE 'UTC' \
            FROM unnest(\(addons.map(\.name))::text[], \(addons.map { $0.manifest.isInstallable ? "t" : "f" })::bool[], \
            \(arrays.joined(by: ", ")), \(rows.map { $0["category_id"]?.integer ?? 0 })::int[], \
            \(rows.map { $0["web"] == true ? "t" : "f" })::bool[]) \
            AS "new"("name", "installable", \(told.joined(by: ", "))) \
            WHERE "old"."name" = "new"."name" AND (\(old.joined(by: ", ")), "old"."category_id", \
            COALESCE("old"."web", FALSE), "old"."state") IS DISTINCT FROM (\(new.joined(by: ", ")), \
            NULLIF("new"."category_id", 0), "new"."web", \(state))
            """
        ).affectedRows
        if changed > 0 { environment.noteTouched("ir.module.module") }
        return changed
    }
}
