import ORM
import Synchronization
import TestSupport
import Testing
import Values

/// Names that are no fields are overlooked, and counted.
@Suite struct OverlookedFieldsTests {
    private func inLibrary(
        _ body: (Environment, OverlookedFields) throws -> Void, telling: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        var ports = OpenPorts.all
        let overlooked = OverlookedFields { telling("\($0.model).\($0.field)") }
        ports.overlooked = overlooked
        try withScratchDatabase(models: [Library.addon], ports: ports) { database in
            try database.run { try body($0, overlooked) }
        }
    }

    private static func counts(_ overlooked: OverlookedFields) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: overlooked.all.map { ("\($0.key.model).\($0.key.field)", $0.value) })
    }

    @Test func `reads, writes and creations count each name, and tell it once`() throws {
        let told = Mutex<[String]>([])
        try inLibrary(
            { environment, overlooked in
                let book = try environment.create("library.book", ["name": "a", "colour": "red"])
                try book.write(["colour": "blue", "shelf": 1])
                _ = try book.alone.read(["name", "colour", "create_date", "__last_update"])
                #expect(Self.counts(overlooked) == ["library.book.colour": 3, "library.book.shelf": 1])
            }, telling: { name in told.withLock { $0.append(name) } })
        #expect(told.withLock { $0 } == ["library.book.colour", "library.book.shelf"])
    }

    @Test func `made-up names take no memory without end`() throws {
        try inLibrary { environment, overlooked in
            let book = try environment.create("library.book", ["name": "a"])
            for portion in 0..<4 {
                _ = try book.alone.read((0..<300).map { "x\(portion)_\($0)_" + String(repeating: "y", count: 200) })
            }
            #expect(overlooked.all.count == 501)
            #expect(Self.counts(overlooked)["*.*"] == 700)
            #expect(overlooked.all.keys.allSatisfy { $0.field.count <= 80 })
        }
    }
}
