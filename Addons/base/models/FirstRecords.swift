public import ORM

internal import PostgreSQL
internal import SQL
internal import Values

/// The records of a new database that need one another before any of them can be made by the ordinary way: the
/// administrator, the company, its partner and its currency; and the language new partners have.
public enum FirstRecords {
    /// Adds them with the external ids under which the addon's data files complete them. The administrator has no
    /// password yet, so nobody can log in.
    ///
    /// Run once, in an empty database whose tables are in place: all foreign keys are looked at together at the end of
    /// the one statement that makes the rows.
    public static func plant(in environment: Environment) throws {
        let ids = try environment.rows(
            """
            SELECT nextval('res_currency_id_seq'), nextval('res_partner_id_seq'), nextval('res_company_id_seq'), \
            nextval('res_users_id_seq')
            """)
        guard let currency = ids.integer(0, 0), let partner = ids.integer(0, 1), let company = ids.integer(0, 2),
            let user = ids.integer(0, 3), user == Environment.superuserID
        else { throw ORMError.badValue("the first records of a database are made once, when it is new") }
        try environment.rows(
            """
            WITH "currency" AS (INSERT INTO "res_currency" ("id", "name", "symbol", "rounding", "accuracy", "active") \
            VALUES (\(currency)::int, 'EUR', '€', 0.01, 4, TRUE)), \
            "partner" AS (INSERT INTO "res_partner" ("id", "name", "active", "customer", "company_id", "lang") \
            VALUES (\(partner)::int, 'Your Company', TRUE, TRUE, \(company)::int, 'en_US')), \
            "language" AS (INSERT INTO "ir_values" ("name", "key", "model", "value", "object") \
            VALUES ('lang', 'default', 'res.partner', \(PickledText.encode("en_US"))::text, FALSE)), \
            "company" AS (INSERT INTO "res_company" ("id", "name", "partner_id", "currency_id", "rml_header", \
            "rml_header2", "rml_header3") VALUES (\(company)::int, 'Your Company', \(partner)::int, \(currency)::int, \
            \(CompanyHeader.external)::text, \(CompanyHeader.portrait)::text, \(CompanyHeader.landscape)::text)), \
            "origin" AS (INSERT INTO "ir_config_parameter" ("key", "value") VALUES (\(Origin.key), \(Origin.apus))), \
            "member" AS (INSERT INTO "res_company_users_rel" ("cid", "user_id") VALUES (\(company)::int, \(user)::int)) \
            INSERT INTO "res_users" ("id", "name", "login", "active", "context_lang", "company_id", "menu_tips") \
            VALUES (\(user)::int, 'Administrator', 'admin', TRUE, 'en_US', \(company)::int, TRUE)
            """)
        try environment.rows(
            """
            INSERT INTO "ir_model_data" ("module", "name", "model", "res_id", "noupdate", "date_init", "date_update") \
            SELECT 'base', "name", "model", "id", FALSE, now(), now() FROM unnest(\
            \(["EUR", "main_partner", "main_company", "user_root"])::text[], \
            \(["res.currency", "res.partner", "res.company", "res.users"])::text[], \
            \([currency, partner, company, user])::int[]) AS "new"("name", "model", "id")
            """)
    }
}
