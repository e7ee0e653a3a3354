import CCurl

/// A handle of libcurl's easy interface, with the text of its last failure.
final class EasyHandle {
    private static let isLibraryReady: Void = precondition(
        curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, "libcurl cannot be made ready")

    private let pointer: UnsafeMutableRawPointer
    /// Where libcurl writes what went wrong; it wants this much.
    private let errorText = UnsafeMutableBufferPointer<CChar>.allocate(
        capacity: Int(CURL_ERROR_SIZE))

    init() {
        _ = Self.isLibraryReady
        guard let pointer = curl_easy_init() else {
            preconditionFailure("libcurl gives no handle")
        }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        errorText.deallocate()
    }

    /// Forgets every option; connections stay.
    func reset() {
        curl_easy_reset(pointer)
        errorText.initialize(repeating: 0)
        set(CURLOPT_ERRORBUFFER, errorText.baseAddress)
    }

    func perform() -> CURLcode { curl_easy_perform(pointer) }

    /// What the last failure was about, in libcurl's words.
    func failure(_ code: CURLcode) -> String {
        let text = errorText.prefix { $0 != 0 }
        return text.isEmpty
            ? String(cString: curl_easy_strerror(code))
            : String(decoding: text.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func set(_ option: CURLoption, _ text: String?) {
        check(ccurl_set_text(pointer, option, text))
    }

    func set(_ option: CURLoption, _ number: Int) {
        check(ccurl_set_number(pointer, option, number))
    }

    /// For the options whose names end in `LARGE`.
    func set(_ option: CURLoption, large size: Int) {
        check(ccurl_set_size(pointer, option, curl_off_t(size)))
    }

    /// Not copied: must stay where it is until the transfer is over.
    func set(_ option: CURLoption, _ bytes: UnsafeRawPointer?) {
        check(ccurl_set_pointer(pointer, option, bytes))
    }

    /// For the options whose names end in `BLOB`; libcurl keeps a copy until the next reset.
    func set(_ option: CURLoption, copying bytes: [UInt8]) {
        check(
            bytes.withUnsafeBytes {
                ccurl_set_blob(pointer, option, $0.baseAddress, bytes.count)
            })
    }

    func set(_ option: CURLoption, _ receiver: ccurl_receiver) {
        check(ccurl_set_receiver(pointer, option, receiver))
    }

    func set(_ option: CURLoption, watcher: ccurl_watcher) {
        check(ccurl_set_watcher(pointer, option, watcher))
    }

    func number(_ info: CURLINFO) -> Int {
        var number = 0
        check(ccurl_get_number(pointer, info, &number))
        return number
    }

    private func check(_ code: CURLcode) {
        precondition(code == CURLE_OK, "libcurl 7.85 and later know every option used here")
    }
}
