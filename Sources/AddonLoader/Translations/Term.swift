internal import ORM

/// A text of an addon, and where it stands.
struct Term: Hashable {
    let module: String
    /// A type of `ir.translation`.
    let kind: String
    let name: String
    let target: FileTranslation.Target
    let source: String
    /// Its translation where one is known.
    var text = ""

    init(
        _ module: String, _ kind: String, _ name: String, target: FileTranslation.Target = .number(0), source: String,
        text: String = ""
    ) {
        self.module = module
        self.kind = kind
        self.name = name
        self.target = target
        self.source = source
        self.text = text
    }

    /// `0`, a line, or `module.name`.
    var targetText: String {
        switch target {
        case .number(let number): String(number)
        case .externalID(let module, let name): "\(module).\(name)"
        }
    }

    /// As files write it: `field:res.partner,name:0`.
    var reference: String { "\(kind):\(name):\(targetText)" }

    var translation: FileTranslation {
        FileTranslation(kind: kind, name: name, target: target, source: source, text: text)
    }
}

extension FileTranslation.Target {
    /// From a file: a number, or an external id, of the module unless it names one.
    init(_ text: some StringProtocol, module: String) {
        if let number = Int(text) {
            self = .number(number)
        } else {
            let (module, name) = ExternalIDBook.split(String(text), in: module)
            self = .externalID(module: module, name: name)
        }
    }
}

extension FileTranslation {
    /// From a reference of a PO file, `type:name:res_id` or `path:line`; nil for one that says neither.
    init?(reference: String, source: String, text: String) {
        let parts = reference.split(separator: ":", omittingEmptySubsequences: false)
        switch parts.count {
        // A name may have colons of its own.
        case 3...:
            let name = parts[1..<(parts.count - 1)].joined(separator: ":")
            self.init(
                kind: String(parts[0]), name: name, target: .init(parts[parts.count - 1], module: ""), source: source,
                text: text)
        case 2:
            guard let line = Int(parts[1]) else { return nil }
            self.init(kind: "code", name: String(parts[0]), target: .number(line), source: source, text: text)
        default: return nil
        }
    }
}
