/// Rounds amounts to a currency's smallest unit, halves away from zero.
struct CurrencyRounding {
    /// The smallest amount that is paid: 0.01, 0.05, 1.
    let unit: Double

    /// The nearest multiple of the unit; the amount itself when there is no unit.
    func round(_ amount: Double) -> Double {
        guard unit != 0, amount.isFinite else { return amount }
        let steps = (amount / unit).rounded(.toNearestOrAwayFromZero)
        // Dividing by 100 gives the nearest double of a hundredth; multiplying by 0.01 often does not.
        let inverse = (1 / unit).rounded()
        return abs(inverse * unit - 1) < 1e-9 ? steps / inverse : steps * unit
    }
}
