import CCertificates

/// What a function of the shim gave, in Swift's memory; nil where it did not do it.
func taken(_ make: (UnsafeMutablePointer<ccert_bytes>) -> Int32) -> [UInt8]? {
    var bytes = ccert_bytes()
    guard make(&bytes) == 1 else { return nil }
    defer { ccert_free(&bytes) }
    return Array(UnsafeBufferPointer(start: bytes.bytes, count: bytes.count))
}
