import PostgreSQL
import TestSupport

/// The least of what OpenERP 6.0 leaves in a database: an administrator with his company, an addon `zoo` that nobody has
/// here, a menu and a view of the owner's own.
enum OpenERPShape {
    private static let log = "create_uid int, create_date timestamp, write_uid int, write_date timestamp"

    private static func table(_ name: String, _ columns: String) -> String {
        "CREATE TABLE \(name) (id serial PRIMARY KEY, \(log), \(columns));"
    }

    private static let tables = [
        table("ir_module_category", "name varchar(128) NOT NULL, parent_id int"),
        table(
            "ir_module_module",
            "name varchar(128) NOT NULL UNIQUE, shortdesc varchar(256), state varchar(16), latest_version varchar(64), "
                + "demo boolean, category_id int, author varchar(128), certificate varchar(64)"),
        table("ir_model", "model varchar(64) NOT NULL, name varchar(64), state varchar(16), info text"),
        table(
            "ir_model_fields",
            "model varchar(64) NOT NULL, model_id int NOT NULL REFERENCES ir_model ON DELETE CASCADE, "
                + "name varchar(64) NOT NULL, field_description varchar(256), ttype varchar(64), "
                + "relation varchar(64), relation_field varchar(64), selection varchar(128), domain varchar(256), "
                + "size int, on_delete varchar(16), required boolean, readonly boolean, translate boolean, "
                + "select_level varchar(4), selectable boolean, view_load boolean, state varchar(16)"),
        table(
            "ir_model_data",
            "name varchar(128) NOT NULL, module varchar(64) NOT NULL, model varchar(64) NOT NULL, res_id int, "
                + "noupdate boolean, date_init timestamp, date_update timestamp, UNIQUE (name, module)"),
        table("ir_config_parameter", "key varchar(256) NOT NULL UNIQUE, value text NOT NULL"),
        table(
            "ir_ui_view",
            "name varchar(64) NOT NULL, model varchar(64) NOT NULL, type varchar(64), arch text NOT NULL, "
                + "priority int NOT NULL, inherit_id int, field_parent varchar(64)"),
        table("ir_ui_menu", "name varchar(64) NOT NULL, parent_id int, parent_left int, parent_right int"),
        table("res_currency", "name varchar(32) NOT NULL, rounding numeric, active boolean"),
        table("res_company", "name varchar(128) NOT NULL, partner_id int NOT NULL, currency_id int NOT NULL"),
        table("res_partner", "name varchar(128) NOT NULL, active boolean, stripes int"),
        table(
            "res_users",
            "name varchar(64) NOT NULL, login varchar(64) NOT NULL UNIQUE, password varchar(64), active boolean, "
                + "company_id int NOT NULL, context_lang varchar(64) NOT NULL"),
        table("res_groups", "name varchar(64) NOT NULL UNIQUE"),
        table("zoo_animal", "name varchar(64) NOT NULL, partner_id int REFERENCES res_partner, weight float8"),
    ]

    private static let rows = """
        INSERT INTO ir_module_module (name, state, latest_version, demo) VALUES
            ('base', 'installed', '6.0.1.3', false), ('zoo', 'installed', '6.0.2.0', false);
        INSERT INTO ir_model (model, name, state) VALUES
            ('res.partner', 'Business partner', 'base'), ('res.users', 'Login', 'base'), ('res.company', 'Firm', 'base'),
            ('res.currency', 'Money', 'base'), ('res.groups', 'Groups', 'base'), ('ir.ui.menu', 'Menu', 'base'),
            ('ir.ui.view', 'View', 'base'), ('ir.model.data', 'Ids', 'base'), ('zoo.animal', 'Animal', 'base');
        INSERT INTO ir_model_fields (model, model_id, name, field_description, ttype, relation, relation_field, state,
            select_level)
            SELECT m.model, m.id, f.name, f.label, f.kind, f.relation, f.inverse, 'base', '0' FROM (VALUES
                ('res.partner', 'name', 'Called', 'char', NULL, NULL),
                ('res.partner', 'stripes', 'Stripes', 'integer', NULL, NULL),
                ('res.partner', 'animal_ids', 'Animals', 'one2many', 'zoo.animal', 'partner_id'),
                ('zoo.animal', 'name', 'Name', 'char', NULL, NULL),
                ('zoo.animal', 'partner_id', 'Owner', 'many2one', 'res.partner', NULL),
                ('zoo.animal', 'weight', 'Weight', 'float', NULL, NULL),
                ('zoo.animal', 'age', 'Age', 'integer', NULL, NULL)
            ) AS f (model, name, label, kind, relation, inverse) JOIN ir_model AS m ON m.model = f.model;
        INSERT INTO res_currency (name, rounding, active) VALUES ('EUR', 0.01, true);
        INSERT INTO res_partner (name, active, stripes) VALUES ('Firm', true, 0), ('Zebra', true, 40);
        INSERT INTO res_company (name, partner_id, currency_id) VALUES ('Firm', 1, 1);
        INSERT INTO res_users (name, login, password, active, company_id, context_lang)
            VALUES ('Root', 'admin', 'open sesame', true, 1, 'en_US');
        INSERT INTO res_groups (name) VALUES ('Employee');
        INSERT INTO ir_ui_menu (name, parent_left, parent_right) VALUES ('Administration', 1, 2);
        INSERT INTO ir_ui_view (name, model, type, arch, priority)
            VALUES ('partner.own', 'res.partner', 'form', '<form string="Own"><field name="name"/></form>', 16);
        INSERT INTO zoo_animal (name, partner_id, weight) VALUES ('Marty', 2, 300.5);
        INSERT INTO ir_model_data (name, module, model, res_id, noupdate) VALUES
            ('EUR', 'base', 'res.currency', 1, true), ('main_partner', 'base', 'res.partner', 1, true),
            ('main_company', 'base', 'res.company', 1, true), ('user_root', 'base', 'res.users', 1, true),
            ('user_admin', 'base', 'res.users', 1, true);
        """

    static let script = tables.joined(separator: "\n") + "\n" + rows
}

/// Gives a test a database in OpenERP's shape; it is dropped afterwards.
func withOpenERPDatabase(_ body: (InstalledDatabase) throws -> Void) throws {
    try withEmptyDatabase { database in
        try database.transaction { try $0.execute(script: OpenERPShape.script) }
        try body(database)
    }
}
