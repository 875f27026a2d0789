/// An option that may stand in the configuration file and in the environment, by its name on the command line.
enum OptionName: String, CaseIterable {
    case postgres, data
    case addonsPath = "addons-path"
    case logLevel = "log-level"
    case port, interface, workers
    case requestMemory = "request-memory"
    case transientAgeLimit = "transient-age-limit"
    case transientCountLimit = "transient-count-limit"
    case loginMessage = "login-message"
    case noDatabaseList = "no-database-list"
    case strict, adopt
    case allowDefaultPasswords = "allow-default-passwords"
    case database, demo, addons, user, password
    case passwordFile = "password-file"
    case superPassword = "super-password"

    /// What its value is.
    enum Kind: String {
        case text = "a text"
        case number = "a whole number"
        case flag = "true or false"
        case list = "a list of texts"
    }

    var kind: Kind {
        switch self {
        case .port, .workers, .requestMemory, .transientAgeLimit, .transientCountLimit: .number
        case .noDatabaseList, .strict, .adopt, .allowDefaultPasswords, .demo: .flag
        case .addonsPath, .addons: .list
        case .postgres, .data, .logLevel, .interface, .loginMessage, .database, .user, .password, .passwordFile,
            .superPassword:
            .text
        }
    }

    /// Its environment variable: `APUS_LOG_LEVEL`.
    var variable: String { "APUS_" + rawValue.uppercased().replacing("-", with: "_") }
}
