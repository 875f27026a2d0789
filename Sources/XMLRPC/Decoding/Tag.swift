/// The elements of XML-RPC.
enum Tag: UInt8 {
    case methodCall, methodName, methodResponse, params, param, fault, value
    case array, data, structure, member, name
    case int, boolean, string, double, null, base64, dateTime

    /// The element of that name; nil for any other. No text is made.
    init?(_ name: UnsafeBufferPointer<UInt8>) {
        func matches(_ text: StaticString) -> Bool {
            text.utf8CodeUnitCount == name.count
                && (0..<name.count).allSatisfy { text.utf8Start[$0] == name[$0] }
        }
        switch name.count {
        case 2: if matches("i4") || matches("i8") { self = .int } else { return nil }
        case 3: if matches("int") { self = .int } else if matches("nil") { self = .null } else { return nil }
        case 4:
            if matches("name") { self = .name } else if matches("data") { self = .data } else { return nil }
        case 5:
            if matches("value") {
                self = .value
            } else if matches("param") {
                self = .param
            } else if matches("array") {
                self = .array
            } else if matches("fault") {
                self = .fault
            } else {
                return nil
            }
        case 6:
            if matches("string") {
                self = .string
            } else if matches("member") {
                self = .member
            } else if matches("struct") {
                self = .structure
            } else if matches("double") {
                self = .double
            } else if matches("params") {
                self = .params
            } else if matches("base64") {
                self = .base64
            } else {
                return nil
            }
        case 7: if matches("boolean") { self = .boolean } else { return nil }
        case 10:
            if matches("methodCall") {
                self = .methodCall
            } else if matches("methodName") {
                self = .methodName
            } else {
                return nil
            }
        case 14: if matches("methodResponse") { self = .methodResponse } else { return nil }
        case 16: if matches("dateTime.iso8601") { self = .dateTime } else { return nil }
        default: return nil
        }
    }

    /// Whether the element may stand in `parent`; nil is the document itself.
    func fits(in parent: Tag?) -> Bool {
        switch self {
        case .methodCall, .methodResponse: parent == nil
        case .methodName: parent == .methodCall
        case .params: parent == .methodCall || parent == .methodResponse
        case .fault: parent == .methodResponse
        case .param: parent == .params
        case .value: parent == .param || parent == .data || parent == .member || parent == .fault
        case .data: parent == .array
        case .member: parent == .structure
        case .name: parent == .member
        case .array, .structure, .int, .boolean, .string, .double, .null, .base64, .dateTime: parent == .value
        }
    }

    /// Whether text within it counts.
    var holdsText: Bool {
        switch self {
        case .methodName, .name, .value, .int, .boolean, .string, .double, .base64, .dateTime: true
        default: false
        }
    }
}
