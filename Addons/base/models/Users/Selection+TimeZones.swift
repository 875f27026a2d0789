internal import Foundation
internal import ORM

extension Selection {
    /// The time zones of the Olson database by name: `Europe/Brussels`.
    static let timeZones = Selection.fixed(
        Set(TimeZone.knownTimeZoneIdentifiers + ["UTC", "GMT"]).sorted().map { Option($0, $0) })
}
