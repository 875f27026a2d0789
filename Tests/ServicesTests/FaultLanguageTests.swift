import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@testable import ORM
@testable import Services

/// Faults in the caller's language (contract/wire.md §5).
@Suite struct FaultLanguageTests {
    private static let texts: TranslatedTexts = {
        var texts = TranslatedTexts()
        func code(_ source: String, _ text: String) { texts.add(text, for: source, .code, of: "addons/base/x.py") }
        code("AccessError", "Erreur d'accès")
        code("ValidateError", "Erreur de validation")
        code("Constraint Error", "Erreur de contrainte")
        code("Really ? 100 % sure", "Sûr à 100 %s ?")
        code(
            "You can not read this document (%s) ! Be sure your user belongs to one of these groups: %s.",
            "Vous ne pouvez pas lire %s ; groupes : %s.")
        code("Error occurred while validating the field(s) %s: %s", "Champ(s) %s : %s")
        texts.add("Ce sujet existe.", for: "There is such a subject already.", .sqlConstraint, of: "library.subject")
        return texts
    }()

    private static func code(_ error: any Error, _ registry: Registry? = nil) -> Value {
        FaultMapping(registry: registry, texts: texts).fault(for: error).code
    }

    @Test func `title and sentence are translated, and the parts put in`() {
        #expect(
            Self.code(ModelAccessDenied(.read, on: "ir.cron", groups: ["Admin"]))
                == "warning -- Erreur d'accès\n\nVous ne pouvez pas lire ir.cron ; groupes : Admin.")
    }

    @Test func `a sentence nobody translated stays, its parts put in`() {
        #expect(
            Self.code(ModelAccessDenied(.unlink, on: "a%sb", groups: []))
                == .text(
                    "warning -- Erreur d'accès\n\nYou can not delete this document (a%sb) ! "
                        + "Be sure your user belongs to one of these groups: /."))
    }

    @Test func `the title of a broken check stays, its sentence does not`() {
        let failure = ValidationFailure(failures: [.init(fields: ["name"], message: "Mauvais nom")])
        #expect(Self.code(failure) == "warning -- ValidateError\n\nChamp(s) name : Mauvais nom")
    }

    @Test func `what an addon says is one text, percent signs and all`() {
        #expect(
            Self.code(UserError("AccessError", "Really ? 100 % sure")) == "warning -- Erreur d'accès\n\nSûr à 100 %s ?")
    }

    @Test func `a constraint's message is found by its model`() throws {
        let subject = ModelDefinition.introducing("library.subject") { model in
            model.fields = [.char("name", "Name", size: 32)]
            model.constraints = [
                .sql("name_uniq", "UNIQUE (name)", message: "There is such a subject already.")
            ]
        }
        let registry = try Registry(
            addons: [AddonModels("library", definitions: [subject])], ports: OpenPorts.all)
        let error = PostgreSQLError.server(
            ServerMessage(sqlState: "23505", message: "duplicate", constraint: "library_subject_name_uniq"),
            statement: "")
        #expect(Self.code(error, registry) == "warning -- Erreur de contrainte\n\nCe sujet existe.")
    }
}
