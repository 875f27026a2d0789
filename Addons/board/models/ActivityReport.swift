internal import ORM
internal import SQL
internal import Values

/// What happened to records, counted by day, month and model.
enum ActivityReport {
    static let definition = ModelDefinition.introducing("res.log.report") { model in
        model.title = "Log Report"
        model.fields = [
            .char("name", "Year", size: 64, readonly: true),
            .selection(
                "month", "Month",
                [
                    "01": "January", "02": "February", "03": "March", "04": "April", "05": "May", "06": "June",
                    "07": "July", "08": "August", "09": "September", "10": "October", "11": "November",
                    "12": "December",
                ], readonly: true),
            .char("day", "Day", size: 128, readonly: true),
            .date("creation_date", "Creation Date", readonly: true),
            .char("res_model", "Object", size: 128),
            .integer("nbr", "# of Entries", readonly: true),
        ]
        model.view = """
            SELECT "id", 1 AS "nbr", to_char("create_date", 'YYYY') AS "name", to_char("create_date", 'MM') AS "month", \
            to_char("create_date", 'YYYY-MM-DD') AS "day", "create_date"::date AS "creation_date", "res_model" \
            FROM "res_log"
            """
    }
}
