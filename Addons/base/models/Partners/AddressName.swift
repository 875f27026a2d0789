internal import Values

/// How an address is called: `Sylvie Lelitre, Belgium Wavre 69 rue de Chimay`.
struct AddressName {
    let name: String?
    let country: String?
    let city: String?
    let street: String?
    let partner: String?

    /// What the context's `contact_display` asks for.
    enum Display {
        case contact
        case partner
        case both

        init(_ word: String?) {
            self =
                switch word {
                case "partner": .partner
                case "partner_address": .both
                default: .contact
                }
        }
    }

    /// The name in the form asked for; without a partner always the contact's.
    func text(_ display: Display) -> String {
        guard let partner, display != .contact else { return contact }
        return display == .partner ? partner : "\(partner): \(contact)"
    }

    /// Name, comma, place; the comma only where a country or a city follows. `/` when there is nothing.
    private var contact: String {
        let place = [country, city, street].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        guard let name, !name.isEmpty else { return place.isEmpty ? "/" : place }
        if place.isEmpty { return name }
        let isPlaced = [country, city].contains { $0?.isEmpty == false }
        return name + (isPlaced ? ", " : " ") + place
    }
}
