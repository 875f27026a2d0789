public import ORM
internal import Workflow

/// The addon `base`: users, companies and partners, and the records the engine itself lives by.
public enum Base {
    /// Its models, those first that others build on.
    public static let addon = AddonModels(
        "base",
        definitions: [
            ModelRecord.definition, FieldRecord.definition, TransientSweeper.definition, ModelAccess.definition,
            ExternalIDRecord.definition,
            Action.definition, View.definition, CustomView.definition,
            WindowAction.definition, WindowActionView.definition,
            StoredValue.definition, Menu.definition, ConfigParameter.definition, ActionLog.definition,
            TranslationRecord.definition, PropertyRecord.definition,
            NumberSequenceType.definition, NumberSequence.definition, Attachment.definition,
            AddonCategory.definition, AddonRecord.definition, AddonDependency.definition,
            AddonUpgrade.definition, AddonListUpdate.definition, AddonImport.definition, ConfigurationSteps.definition,
            Country.definition, CountryState.definition, Language.definition, Currency.definition,
            CurrencyRate.definition, Company.definition, Group.definition, RecordRule.definition, User.definition,
            PaymentTerm.definition, PartnerTitle.definition, PartnerCategory.definition, PartnerChannel.definition,
            Partner.definition, PartnerAddress.definition, PartnerEvent.definition, RequestLink.definition,
            Bank.definition, BankAccountType.definition, BankAccountTypeField.definition, BankAccount.definition,
            LanguageInstallation.definition, LanguageImport.definition, LanguageExport.definition,
            TranslationUpdate.definition,
        ] + actions + interface + wizards + WorkflowDefinitions.all + WorkflowProgress.all,
        firstRecords: FirstRecords.plant)

    private static let actions = [
        ReportAction.definition, WizardAction.definition, URLAction.definition, CloseAction.definition,
        ServerAction.definition, ServerActionLine.definition, ConfigurationStep.definition, ScheduledJob.definition,
    ]

    private static let interface = [
        LegacyDefault.definition, ExportList.definition, ExportListLine.definition, SavedFilter.definition,
        Shortcut.definition, Request.definition, RequestHistory.definition, Widget.definition, UserWidget.definition,
        CompanyChoice.definition, WarrantyContract.definition,
    ]

    private static let wizards = [
        WizardScreen.definition, ConfigurationWizard.definition, NextStepWizard.definition, InterfaceWizard.definition,
        UserWizard.definition, InstallerWizard.definition, WidgetWizard.definition, WarrantyWizard.definition,
        MaintenanceContract.definition, MenuWizard.definition, MenuWizardLine.definition, ClearIDsWizard.definition,
        ShortMessageWizard.definition, MassMailingWizard.definition, ArticleNumberWizard.definition,
    ]

    /// What the engine asks this addon's records for. Each database needs its own: rights are remembered in it.
    public static func ports() -> Ports {
        let (access, translator, views) = (AccessRules(), Translations(), Views())
        let workflows = WorkflowEngine()
        var ports = Ports(
            access: access, externalIDs: ExternalIDTable(), userDefaults: ChosenDefaults(), catalog: Catalog(),
            translator: translator, properties: Properties(),
            caches: CacheBoard([access.cache, translator.languages, translator.texts, workflows.cache] + views.caches))
        ports.views = views
        ports.workflows = workflows
        return ports
    }
}
