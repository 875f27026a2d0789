internal import Values

extension CallReader {
    /// Decimal digits, with a sign, of any number; white space around them is let pass, as Python's `int` does.
    mutating func appendInteger() {
        var digits = text.trimmed
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        guard !digits.isEmpty, digits.allSatisfy(Self.isDigit) else { return failValue("int") }
        var number = 0
        for byte in digits {
            let (tens, isBeyond) = number.multipliedReportingOverflow(by: 10)
            let digit = Int(byte & 15)
            let (next, isBeyondToo) =
                isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
            if isBeyond || isBeyondToo { return fail(.integerTooLarge(line: line)) }
            number = next
        }
        values.append(.integer(number))
    }

    mutating func appendBoolean() {
        let mark = text.trimmed
        switch mark.first {
        case UInt8(ascii: "1") where mark.count == 1: values.append(true)
        case UInt8(ascii: "0") where mark.count == 1: values.append(false)
        default: failValue("boolean")
        }
    }

    /// What Python's `float` reads: decimal digits with an exponent, `nan`, `inf`. Neither hexadecimal digits nor the
    /// `nan(1)` and `snan` that Swift knows.
    mutating func appendDouble() {
        let written = text.trimmed
        let isForeign = written.contains { "xXsS(".utf8.contains($0) }
        guard !isForeign, written.count <= 400,
            let number = Double(String(decoding: written, as: UTF8.self))
        else { return failValue("double") }
        values.append(.float(number))
    }

    /// `20110601T08:30:00`, or ISO's `2011-06-01T08:30:00`, in OpenERP's spelling: `2011-06-01 08:30:00`.
    ///
    /// A fraction of seconds is dropped, since OpenERP's moments have none, and so is a `Z`: they have no zone, either.
    /// Any other zone would change what the digits mean, and is refused.
    mutating func appendDateTime() {
        var written = text.trimmed
        var moment: [UInt8] = []
        moment.reserveCapacity(19)
        // How many digits each part has, and what OpenERP writes and senders may write before it.
        let parts: [(digits: Int, mark: String, others: String)] = [
            (4, "", ""), (2, "-", "-"), (2, "-", "-"), (2, " ", "T "), (2, ":", ":"), (2, ":", ":"),
        ]
        for part in parts {
            if let byte = written.first, part.others.utf8.contains(byte) { written.removeFirst() }
            let digits = written.prefix(part.digits)
            guard digits.count == part.digits, digits.allSatisfy(Self.isDigit) else {
                return failValue("dateTime.iso8601")
            }
            moment += part.mark.utf8
            moment += digits
            written.removeFirst(part.digits)
        }
        if written.first == UInt8(ascii: ".") {
            written.removeFirst()
            written = written.drop(while: Self.isDigit)
        }
        if written.first == UInt8(ascii: "Z") { written.removeFirst() }
        guard written.isEmpty else { return failValue("dateTime.iso8601") }
        values.append(.text(String(decoding: moment, as: UTF8.self)))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private mutating func failValue(_ type: String) {
        fail(.badValue(type: type, text: String(decoding: text.trimmed.prefix(40), as: UTF8.self), line: line))
    }
}
