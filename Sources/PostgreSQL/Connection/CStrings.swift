import Glibc

/// Strings as C wants a list of them: pointers to copies that end with NUL, and a null pointer at the end.
final class CStrings {
    private let pointers: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>

    /// Copies the strings; one with a NUL byte inside would end there, so callers refuse those first.
    init(_ strings: [String]) {
        pointers = .allocate(capacity: strings.count + 1)
        pointers.initialize(repeating: nil)
        for (index, string) in strings.enumerated() { pointers[index] = strdup(string) }
    }

    deinit {
        for pointer in pointers { free(pointer) }
        pointers.deallocate()
    }

    /// The list for reading, as libpq takes it.
    func withPointers<R>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R) -> R {
        withExtendedLifetime(self) {
            pointers.withMemoryRebound(to: UnsafePointer<CChar>?.self) { buffer in
                // The list is never empty: its last element is the null pointer.
                body(UnsafePointer(buffer.baseAddress.unsafelyUnwrapped))
            }
        }
    }

    /// The list as `posix_spawn` takes it, which promises not to write into it.
    func withMutablePointers<R>(_ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R) -> R {
        withExtendedLifetime(self) { body(pointers.baseAddress.unsafelyUnwrapped) }
    }
}
