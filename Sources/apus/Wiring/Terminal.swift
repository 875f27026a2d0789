internal import Foundation

/// What a person at the terminal sees. Progress and errors go to standard error, results to standard output.
enum Terminal {
    /// Whether somebody watches: progress then overwrites its own line.
    private static let isWatched = isatty(STDERR_FILENO) == 1

    static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    static func result(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// `apus: ` and one sentence, as Unix programs do.
    static func error(_ error: any Error) {
        say("apus: \(error)")
    }

    /// Shows a long step's part done, 0 to 1; on a file or pipe only each tenth.
    static func progress(_ label: String) -> (Double) -> Void {
        var shown = -1
        return { fraction in
            let percent = Int(fraction * 100)
            guard percent != shown, isWatched || percent / 10 != shown / 10 || shown < 0 else { return }
            shown = percent
            let line = "\(label) … \(percent) %"
            FileHandle.standardError.write(Data((isWatched ? "\r\(line)" : line + "\n").utf8))
            if isWatched, percent >= 100 { say("") }
        }
    }
}
