import Testing

@testable import BaseAddon

@Suite struct PartnerNamesTests {
    struct Case: CustomTestStringConvertible {
        let name: String?, country: String?, city: String?, street: String?, partner: String?
        let display: String?
        let expected: String
        var testDescription: String { expected }
    }

    @Test(arguments: [
        Case(
            name: "Sylvie Lelitre", country: "Belgium", city: "Wavre", street: "69 rue de Chimay", partner: nil,
            display: nil, expected: "Sylvie Lelitre, Belgium Wavre 69 rue de Chimay"),
        Case(name: "Ann", country: nil, city: nil, street: nil, partner: nil, display: "contact", expected: "Ann"),
        Case(
            name: "Ann", country: nil, city: nil, street: "Main 1", partner: nil, display: nil, expected: "Ann Main 1"),
        Case(name: nil, country: nil, city: "Ghent", street: nil, partner: nil, display: nil, expected: "Ghent"),
        Case(name: "", country: nil, city: "", street: nil, partner: nil, display: nil, expected: "/"),
        Case(
            name: "Ann", country: nil, city: "Ghent", street: nil, partner: "ACME", display: "partner", expected: "ACME"
        ),
        Case(
            name: "Ann", country: nil, city: "Ghent", street: nil, partner: "ACME", display: "partner_address",
            expected: "ACME: Ann, Ghent"),
        Case(name: "Ann", country: nil, city: nil, street: nil, partner: nil, display: "partner", expected: "Ann"),
    ])
    func `an address is named`(_ example: Case) {
        let name = AddressName(
            name: example.name, country: example.country, city: example.city, street: example.street,
            partner: example.partner)
        #expect(name.text(AddressName.Display(example.display)) == example.expected)
    }

    @Test func `each purpose gets its own address, else the default one`() {
        let addresses: [(type: String?, id: Int)] = [("contact", 11), ("default", 12), ("delivery", 13), (nil, 14)]
        let chosen = Partner.choose(["invoice", "delivery", "default"], among: addresses)
        #expect(chosen == ["invoice": 12, "delivery": 13, "default": 12])
    }

    @Test func `without a default address the first one stands in`() {
        #expect(Partner.choose(["invoice"], among: [("contact", 4), ("delivery", 5)]) == ["invoice": 4])
    }

    @Test func `without any address there is none`() {
        #expect(Partner.choose(["invoice"], among: []) == ["invoice": nil])
    }
}
