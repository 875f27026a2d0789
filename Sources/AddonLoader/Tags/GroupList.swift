internal import ORM
internal import Values

/// A list of groups: `base.group_user,-base.group_system`; a minus takes one away.
struct GroupList {
    let text: String
    let context: LoadContext

    func value(at place: SourcePlace) throws -> Value {
        .list(
            try text.split(separator: ",").map { name -> Value in
                let isRemoved = name.hasPrefix("-")
                let id = try context.resolve(String(isRemoved ? name.dropFirst() : name), at: place).id
                return [isRemoved ? 3 : 4, .integer(id)]
            })
    }
}
