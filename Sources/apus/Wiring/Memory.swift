internal import CMalloc

/// Keeps the C library from holding on to memory that is not needed any more.
enum Memory {
    /// At most two arenas instead of eight a core: workers take turns more than they compete, and each arena keeps what
    /// it once had. To be called before threads start.
    static func limitArenas() { mallopt(M_ARENA_MAX, 2) }

    /// Gives free memory back after something large, such as filling a database.
    static func trim() { malloc_trim(0) }
}
