/// The elements of XML-RPC, by their names; those met most often come first.
enum Tag: String, CaseIterable {
    case value, string, int, member, name, boolean, param, data, array
    case structure = "struct"
    case double
    case null = "nil"
    case base64
    case dateTime = "dateTime.iso8601"
    case i4, i8, params, methodName, methodCall, methodResponse, fault

    /// Whether `child` may stand directly within.
    func admits(_ child: Tag) -> Bool {
        switch self {
        case .methodCall: child == .methodName || child == .params
        case .methodResponse: child == .params || child == .fault
        case .params: child == .param
        case .param, .fault, .data: child == .value
        case .value: child.isType
        case .array: child == .data
        case .structure: child == .member
        case .member: child == .name || child == .value
        case .methodName, .name, .string, .int, .i4, .i8, .boolean, .double, .null, .base64, .dateTime: false
        }
    }

    /// Whether it says what a value is.
    private var isType: Bool {
        switch self {
        case .string, .int, .i4, .i8, .boolean, .double, .null, .base64, .dateTime, .array, .structure: true
        case .value, .member, .name, .param, .data, .params, .methodName, .methodCall, .methodResponse, .fault: false
        }
    }

    /// Whether text within it counts.
    var holdsText: Bool {
        switch self {
        case .value, .string, .int, .i4, .i8, .name, .boolean, .double, .base64, .dateTime, .methodName: true
        case .member, .param, .data, .array, .structure, .null, .params, .methodCall, .methodResponse, .fault: false
        }
    }
}
