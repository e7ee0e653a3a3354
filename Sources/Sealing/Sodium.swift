import CSodium

/// libsodium, made ready once; each entry point that needs its choice of implementation or its
/// source of chance asks for it.
enum Sodium {
    static let ready: Void = precondition(
        sodium_init() >= 0, "libsodium finds no source of randomness on this machine")
}
