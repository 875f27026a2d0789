public import Values

/// One factory a kind. None is overloaded and each default is a literal type: that keeps the checking of an array of
/// seventy fields linear.
extension Field {
    private static func make(
        _ name: FieldName, _ label: String, _ kind: FieldKind, storage: FieldStorage = .stored, required: Bool = false,
        readonly: Bool = false, index: Index = .none, default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        var field = Field(name, label, kind, storage: storage, fallback: fallback)
        field.attributes.required = required
        field.attributes.readonly = readonly
        field.attributes.index = index
        field.attributes.help = help
        return field
    }

    public static func char(
        _ name: FieldName, _ label: String, size: Int?, required: Bool = false, readonly: Bool = false,
        translate: Bool = false, index: Index = .none, default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, .char(size), required: required, readonly: readonly, index: index, default: fallback,
            help: help
        ).with { $0.translate = translate }
    }

    public static func text(
        _ name: FieldName, _ label: String, required: Bool = false, readonly: Bool = false, translate: Bool = false,
        index: Index = .none, default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(name, label, .text, required: required, readonly: readonly, index: index, default: fallback, help: help)
            .with { $0.translate = translate }
    }

    public static func boolean(
        _ name: FieldName, _ label: String, required: Bool = false, readonly: Bool = false, index: Index = .none,
        default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(name, label, .boolean, required: required, readonly: readonly, index: index, default: fallback, help: help)
    }

    public static func integer(
        _ name: FieldName, _ label: String, required: Bool = false, readonly: Bool = false, index: Index = .none,
        default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(name, label, .integer, required: required, readonly: readonly, index: index, default: fallback, help: help)
    }

    public static func float(
        _ name: FieldName, _ label: String, digits: Digits? = nil, required: Bool = false, readonly: Bool = false,
        index: Index = .none, default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, .float(digits), required: required, readonly: readonly, index: index, default: fallback,
            help: help)
    }

    public static func date(
        _ name: FieldName, _ label: String, required: Bool = false, readonly: Bool = false, index: Index = .none,
        default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(name, label, .date, required: required, readonly: readonly, index: index, default: fallback, help: help)
    }

    public static func datetime(
        _ name: FieldName, _ label: String, required: Bool = false, readonly: Bool = false, index: Index = .none,
        default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, .datetime, required: required, readonly: readonly, index: index, default: fallback,
            help: help)
    }

    public static func time(
        _ name: FieldName, _ label: String, required: Bool = false, readonly: Bool = false, index: Index = .none,
        default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(name, label, .time, required: required, readonly: readonly, index: index, default: fallback, help: help)
    }

    /// A whole number beyond 32 bits.
    public static func bigInteger(
        _ name: FieldName, _ label: String, required: Bool = false, readonly: Bool = false, index: Index = .none,
        default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, .bigInteger, required: required, readonly: readonly, index: index, default: fallback,
            help: help)
    }

    /// Any value a wire can carry; nothing can be searched within it.
    public static func serialized(
        _ name: FieldName, _ label: String, required: Bool = false, readonly: Bool = false,
        default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(name, label, .serialized, required: required, readonly: readonly, default: fallback, help: help)
    }

    public static func binary(
        _ name: FieldName, _ label: String, required: Bool = false, readonly: Bool = false,
        default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(name, label, .binary, required: required, readonly: readonly, default: fallback, help: help)
    }

    public static func selection(
        _ name: FieldName, _ label: String, _ options: Selection, size: Int? = nil, required: Bool = false,
        readonly: Bool = false, index: Index = .none, default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, .selection(options, size: size), required: required, readonly: readonly, index: index,
            default: fallback, help: help)
    }

    public static func reference(
        _ name: FieldName, _ label: String, _ models: Selection, size: Int?, required: Bool = false,
        readonly: Bool = false, index: Index = .none, default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, .reference(models, size: size), required: required, readonly: readonly, index: index,
            default: fallback, help: help)
    }

    public static func many2one(
        _ name: FieldName, _ label: String, to model: ModelName, onDelete: DeleteAction = .setNull,
        required: Bool = false, readonly: Bool = false, index: Index = .none, domain: Value = [],
        default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, .many2one(model, onDelete: onDelete), required: required, readonly: readonly, index: index,
            default: fallback, help: help
        ).with { $0.domain = domain }
    }

    /// The records of `model` whose many2one (or integer) field `inverse` holds this record.
    public static func one2many(
        _ name: FieldName, _ label: String, of model: ModelName, inverse: FieldName, required: Bool = false,
        readonly: Bool = false, domain: Value = [], default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, .one2many(model, inverse: inverse), required: required, readonly: readonly,
            default: fallback, help: help
        ).with { $0.domain = domain }
    }

    public static func many2many(
        _ name: FieldName, _ label: String, of model: ModelName, through table: RelationTable, required: Bool = false,
        readonly: Bool = false, domain: Value = [], default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, .many2many(model, through: table), required: required, readonly: readonly,
            default: fallback, help: help
        ).with { $0.domain = domain }
    }

    /// A value read, and written, along a path of relations. Reading goes as the superuser; through a to-many
    /// relation it takes the first record in that model's order. A stored one that is stored `always` follows changes of
    /// its own record alone (contract/orm.md §9).
    public static func related(
        _ name: FieldName, _ label: String, _ kind: FieldKind, through path: FieldName..., readonly: Bool = false,
        store: Computation.Store = .never, index: Index = .none, help: String? = nil
    ) -> Field {
        make(
            name, label, kind, storage: .related(path, store: store), readonly: readonly, index: index, help: help)
    }

    /// A value kept apart from the record, for each company, with a default for records that have none. A domain leaf
    /// on it matches everything.
    public static func property(
        _ name: FieldName, _ label: String, _ kind: FieldKind, required: Bool = false, domain: Value = [],
        help: String? = nil
    ) -> Field {
        make(name, label, kind, storage: .property, required: required, help: help).with { $0.domain = domain }
    }

    /// A value that Swift code computes; readonly unless `set` stores what is written. Without `search`, and when it
    /// is not kept in a column, a domain leaf on it matches everything (contract/domains.md §6).
    public static func computed(
        _ name: FieldName, _ label: String, _ kind: FieldKind, get: @escaping Computation.Get,
        set: Computation.Set? = nil, search: Computation.Search? = nil, store: Computation.Store = .never,
        index: Index = .none, default fallback: Default? = nil, help: String? = nil
    ) -> Field {
        make(
            name, label, kind,
            storage: .computed(Computation(get: get, set: set, search: search, store: store)),
            readonly: set == nil, index: index, default: fallback, help: help)
    }

    /// A computed field that is computed together with the others of its group.
    public static func computedTogether(
        _ name: FieldName, _ label: String, _ kind: FieldKind, by group: ComputationGroup,
        search: Computation.Search? = nil, store: Computation.Store = .never, help: String? = nil
    ) -> Field {
        var computation = Computation(get: group.get(name), set: nil, search: search, store: store)
        computation.group = group
        return make(name, label, kind, storage: .computed(computation), readonly: true, help: help)
    }
}
