/// Who knows the views of models, stored ones and those made up for models without one.
public protocol ViewSource: Sendable {
    /// The view for the caller.
    ///
    /// - Parameter handle: The model; its ids are of no account.
    /// - Throws: `UserError` where there is none and none can be made up, or one that does not fit its model.
    func fieldsView(_ request: ViewRequest, of handle: Records) throws -> FieldsView
}

/// Stands in where nothing knows of views.
public struct NoViews: ViewSource {
    public init() {}

    public func fieldsView(_ request: ViewRequest, of handle: Records) throws -> FieldsView {
        throw UserError.noView(ofType: request.type)
    }
}

extension UserError {
    /// No view of a type that only people can make.
    public static func noView(ofType type: String) -> UserError {
        UserError("Invalid Architecture!", "There is no view of type '\(type)' defined for the structure!")
    }
}
