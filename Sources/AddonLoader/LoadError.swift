public import Values

/// File and line in an addon: `crm/views/lead.xml:42`.
public struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    public let line: Int

    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    public var description: String { "\(file):\(line)" }
}

/// Why addons could not be found, read or installed.
public enum LoadError: Error, Equatable {
    case unknownModel(ModelName, at: SourcePlace)
    case unknownField(FieldName, of: ModelName, at: SourcePlace)
    case unresolvedReference(String, at: SourcePlace)
    /// An external id that stands for a record of another model.
    case wrongModel(String, found: ModelName, expected: ModelName, at: SourcePlace)
    case malformed(String, at: SourcePlace)
    /// A record that the engine refused, with its external id if it has one.
    case refused(String, externalID: String?, at: SourcePlace)
    case unreadable(file: String, reason: String)
    /// The XML itself is broken; the parser's sentence, which begins with the place.
    case invalidXML(String)
    case manifest(addon: String, reason: String)
    case unknownAddon(String)
    case missingDependency(String, of: String)
    /// An addon of a database that cannot be loaded now, because what it builds on is not there.
    case unmetDependency(String, of: String)
    case circularDependency([String])
    case notInstalled(String)
    /// What the manifest asks for beside addons, in the words of the original.
    case externalDependency(String, of: String)
    case certificate(String)
    /// An addon that others, which stay, depend on.
    case needed(String, by: [String])
    case permanent(String)
    /// A database that cannot be taken over, and what it is instead of one of OpenERP 6.0.
    case notAdoptable(String)
}

extension LoadError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownModel(let model, let place): "\(place): there is no model \(model)"
        case .unknownField(let field, let model, let place): "\(place): model \(model) has no field \(field)"
        case .unresolvedReference(let id, let place):
            "\(place): external id \(id) is not known (is its addon in 'depends'?)"
        case .wrongModel(let id, let found, let expected, let place):
            "\(place): external id \(id) is a record of \(found), not of \(expected)"
        case .malformed(let reason, let place): "\(place): \(reason)"
        case .refused(let reason, let id, let place):
            "\(place): \(id.map { "record \($0): " } ?? "")\(reason)"
        case .unreadable(let file, let reason): "\(file): \(reason)"
        case .invalidXML(let sentence): sentence
        case .manifest(let addon, let reason): "addon \(addon): \(reason)"
        case .unknownAddon(let name): "there is no addon \(name) on the addons path"
        case .missingDependency(let name, let addon):
            "addon \(addon) depends on \(name), which is not on the addons path"
        case .unmetDependency(let name, let addon): "addon \(addon) depends on \(name), which is not installed"
        case .circularDependency(let names): "the addons \(names.joined(separator: ", ")) depend on each other"
        case .notInstalled(let name): "addon \(name) is not installed"
        case .externalDependency(let reason, let addon):
            "Unable to install module \"\(addon)\" because an external dependency is not met: \(reason)"
        case .certificate(let addon): "Module \(addon): Invalid Quality Certificate"
        case .needed(let name, let others): "addon \(name) is needed by \(others.joined(separator: ", "))"
        case .permanent(let name): "addon \(name) is part of every database and cannot be removed"
        case .notAdoptable(let reason): reason
        }
    }
}
