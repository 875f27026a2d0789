#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension Double {
    /// The next lower whole number of a number known to be small.
    var floorInteger: Int { Int(exactly: rounded(.down)) ?? 0 }

    /// The power as C computes it: NaN for a root of a negative number.
    func raised(to exponent: Double) -> Double { pow(self, exponent) }

    /// The number in C's notation `style` (`f`, `e`, `g`) with so many decimals or digits. Never for input without bounds:
    /// the caller bounds `precision`.
    func formatted(style: String, precision: Int, hasSharp: Bool = false) -> String {
        let capacity = 400 + precision
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            let length = withVaList([Int32(precision), self]) {
                vsnprintf(buffer.baseAddress, capacity, "%\(hasSharp ? "#" : "").*\(style)", $0)
            }
            return String(decoding: UnsafeRawBufferPointer(buffer).prefix(Int(length)), as: UTF8.self)
        }
    }

    /// The number as Python 2's `str` writes it: 12 digits at most.
    var shortText: String {
        if isNaN || isInfinite { return isNaN ? "nan" : (self < 0 ? "-inf" : "inf") }
        let text = formatted(style: "g", precision: 12)
        return text.contains(".") || text.contains("e") ? text : text + ".0"
    }
}

extension Int {
    /// The digits with zeros in front; only for numbers that are not negative.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}

extension Double {
    /// The number a text holds by the rules of Python's `float()`; nil when it holds none.
    init?(python text: String) {
        let digits = String(text.trimmedScalars).lowercased()
        let unsigned = digits.first == "-" || digits.first == "+" ? digits.dropFirst() : digits[...]
        if ["inf", "infinity", "nan"].contains(unsigned) {
            let magnitude = unsigned == "nan" ? Double.nan : .infinity
            self = digits.first == "-" ? -magnitude : magnitude
            return
        }
        // Swift would also read hexadecimal numbers.
        guard unsigned.utf8.allSatisfy({ $0.isDigit || ".e+-".utf8.contains($0) }),
            unsigned.utf8.contains(where: \.isDigit)
        else { return nil }
        let padded = unsigned.hasPrefix(".") ? "0" + unsigned : String(unsigned)
        guard let magnitude = Double(padded.hasSuffix(".") ? padded + "0" : padded) else { return nil }
        self = digits.first == "-" ? -magnitude : magnitude
    }

    /// Python 2's `round`: halves go away from zero.
    func rounded(toDecimals decimals: Int) -> Double {
        guard isFinite, decimals < 308 else { return self }
        if decimals < -308 { return 0 }
        let factor = pow(10, Double(abs(decimals)))
        let scaled = decimals < 0 ? self / factor : self * factor
        guard scaled.isFinite else { return self }
        let whole = scaled.rounded(.toNearestOrAwayFromZero)
        return decimals < 0 ? whole * factor : whole / factor
    }
}

extension Int {
    /// The number a text holds by the rules of Python's `int()`; nil when it holds none, or one beyond 64 bits.
    init?(python text: String) { self.init(String(text.trimmedScalars)) }
}

extension String {
    /// The text without white space around it.
    fileprivate var trimmedScalars: Substring.UnicodeScalarView {
        var rest = unicodeScalars[...].drop(while: \.properties.isWhitespace)
        while rest.last?.properties.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
