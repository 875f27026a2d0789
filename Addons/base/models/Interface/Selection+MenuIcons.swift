internal import ORM

extension Selection {
    /// The icons clients can show in a menu, by the names clients know them.
    static let menuIcons = Selection.fixed(
        (stock.map { "STOCK_" + $0 } + themed.map { "terp-" + $0 }).map { Option($0, $0) })

    /// Icons of the tool kit.
    private static let stock = [
        "ABOUT", "ADD", "APPLY", "BOLD", "CANCEL", "CDROM", "CLEAR", "CLOSE", "COLOR_PICKER", "CONNECT", "CONVERT",
        "COPY", "CUT", "DELETE", "DIALOG_AUTHENTICATION", "DIALOG_ERROR", "DIALOG_INFO", "DIALOG_QUESTION",
        "DIALOG_WARNING", "DIRECTORY", "DISCONNECT", "DND", "DND_MULTIPLE", "EDIT", "EXECUTE", "FILE", "FIND",
        "FIND_AND_REPLACE", "FLOPPY", "GOTO_BOTTOM", "GOTO_FIRST", "GOTO_LAST", "GOTO_TOP", "GO_BACK", "GO_DOWN",
        "GO_FORWARD", "GO_UP", "HARDDISK", "HELP", "HOME", "INDENT", "INDEX", "ITALIC", "JUMP_TO", "JUSTIFY_CENTER",
        "JUSTIFY_FILL", "JUSTIFY_LEFT", "JUSTIFY_RIGHT", "MEDIA_FORWARD", "MEDIA_NEXT", "MEDIA_PAUSE", "MEDIA_PLAY",
        "MEDIA_PREVIOUS", "MEDIA_RECORD", "MEDIA_REWIND", "MEDIA_STOP", "MISSING_IMAGE", "NETWORK", "NEW", "NO", "OK",
        "OPEN", "PASTE", "PREFERENCES", "PRINT", "PRINT_PREVIEW", "PROPERTIES", "QUIT", "REDO", "REFRESH", "REMOVE",
        "REVERT_TO_SAVED", "SAVE", "SAVE_AS", "SELECT_COLOR", "SELECT_FONT", "SORT_ASCENDING", "SORT_DESCENDING",
        "SPELL_CHECK", "STOP", "STRIKETHROUGH", "UNDELETE", "UNDERLINE", "UNDO", "UNINDENT", "YES", "ZOOM_100",
        "ZOOM_FIT", "ZOOM_IN", "ZOOM_OUT",
    ]

    /// Icons that OpenERP's clients bring along.
    private static let themed = [
        "accessories-archiver", "accessories-archiver+", "accessories-archiver-minus", "account", "administration",
        "calendar", "call-start", "camera_test", "check", "crm", "dialog-close", "document-new", "dolar", "dolar_ok!",
        "emblem-important", "face-plain", "folder-blue", "folder-green", "folder-orange", "folder-yellow",
        "gdu-smart-failing", "gnome-cpu-frequency-applet+", "go-home", "go-month", "go-today", "go-week", "go-year",
        "graph", "gtk-go-back-ltr", "gtk-go-back-rtl", "gtk-jump-to-ltr", "gtk-jump-to-rtl", "gtk-media-pause",
        "gtk-select-all", "gtk-stop", "hr", "idea", "locked", "mail-", "mail-forward", "mail-message-new",
        "mail-replied", "mail_delete", "mrp", "partner", "personal", "personal+", "personal-", "product", "project",
        "purchase", "rating-rated", "report", "sale", "stage", "stock", "stock_align_left_24",
        "stock_effects-object-colorize", "stock_format-default", "stock_format-scientific", "stock_symbol-selection",
        "tools",
    ]
}
