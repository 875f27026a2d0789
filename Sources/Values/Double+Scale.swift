internal import Foundation

extension Double {
    /// The number as its decimal text with so many digits after the point has it: 2.675 is 2.67 with two, since in
    /// binary it lies a little below. Numbers without a decimal text are left alone.
    public func rounded(toScale scale: Int) -> Double {
        Double(String(format: "%.*f", Int32(max(0, min(scale, 100))), self)) ?? self
    }
}
