public import Values

/// What has to be known of a caller to show him a view; the same for every caller, and worth remembering.
public struct ViewQuestions: Sendable {
    /// The values of `groups`: external ids with commas between them.
    public var groups: Set<String> = []
    /// The buttons that send a signal to a workflow.
    public var signals: Set<Signal> = []
    /// The forms and lists that may have a title of the moment.
    public var titles: Set<Part> = []

    /// A signal that a button sends to the workflows of a model.
    public struct Signal: Hashable, Sendable {
        public let model: ModelName
        public let name: String

        public init(_ name: String, of model: ModelName) {
            self.model = model
            self.name = name
        }
    }

    /// A view, or one within a field of another: its model and its outermost tag.
    public struct Part: Hashable, Sendable {
        public let model: ModelName
        public let type: String

        public init(_ type: String, of model: ModelName) {
            self.model = model
            self.type = type
        }
    }

    init() {}
}

/// The answers for one caller.
public struct ViewAnswers: Hashable, Sendable {
    /// Those of the values of `groups` that name a group of his.
    public var memberships: Set<String> = []
    /// The signals that he may not send; nil for the superuser, who is not told of any (contract/views.md §5).
    public var barredSignals: Set<ViewQuestions.Signal>? = []
    public var titles: [ViewQuestions.Part: String] = [:]

    public init() {}
}
