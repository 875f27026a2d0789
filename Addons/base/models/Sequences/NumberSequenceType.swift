internal import ORM
internal import Values

/// What a sequence numbers; its code is how programs ask for the next number.
enum NumberSequenceType {
    static let definition = ModelDefinition.introducing("ir.sequence.type") { model in
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 64, required: true),
            .char("code", "Code", size: 32, required: true),
        ]
    }
}
