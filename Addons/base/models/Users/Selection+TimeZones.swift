internal import Foundation
public import ORM

extension Selection {
    /// The time zones of the Olson database by name: `Europe/Brussels`.
    public static let timeZones = Selection.fixed(
        Set(TimeZone.knownTimeZoneIdentifiers + ["UTC", "GMT"]).sorted().map { Option($0, $0) })
}
