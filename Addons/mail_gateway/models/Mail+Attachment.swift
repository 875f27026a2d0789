internal import Foundation
internal import ORM
public import Values

extension Mail {
    /// A file that came along.
    public struct Attachment: Sendable {
        public let name: String
        /// Base64 text, as binary fields hold it.
        public let content: String

        public init(name: String, content: String) {
            self.name = name
            self.content = content
        }

        /// The files a client hands over: pairs of a name and the file's bytes, which come as text, or a dictionary
        /// of them.
        ///
        /// - Throws: `ORMError.badValue` for anything else but no value.
        public static func all(in value: Value) throws -> [Attachment] {
            guard value.isTruthy else { return [] }
            if let named = value.dictionary {
                return try named.sorted { $0.key < $1.key }.map { try attachment(.text($0.key), $0.value) }
            }
            guard let pairs = value.list else {
                throw ORMError.badValue("attachments are a list of names and contents")
            }
            return try pairs.map { pair in
                guard let parts = pair.list, parts.count == 2 else {
                    throw ORMError.badValue("an attachment is a name and a content")
                }
                return try attachment(parts[0], parts[1])
            }
        }

        private static func attachment(_ name: Value, _ content: Value) throws -> Attachment {
            guard let name = name.text, let content = content.text else {
                throw ORMError.badValue("an attachment is a name and a content")
            }
            return Attachment(name: name, content: Data(content.utf8).base64EncodedString())
        }
    }
}
