public import ORM

/// The addon `base_setup`: the first steps in a new database.
public enum BaseSetup {
    /// Its models.
    public static let addon = AddonModels(
        "base_setup",
        definitions: [
            Greeting.definition, CompanySetup.definition, ApplicationChoice.definition, NamedCurrency.definition,
        ])
}
