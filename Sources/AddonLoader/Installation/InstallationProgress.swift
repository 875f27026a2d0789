/// How far an installation is.
public struct InstallationProgress: Sendable {
    /// The addon that is being loaded.
    public let addon: String
    /// The finished part of the whole, 0 to 1.
    public let fraction: Double
}
