import Glibc

/// A head office keeps a connection for each node: as many open files as the machine lets this
/// process have, rather than the 1024 that a shell begins with for programs that use `select`.
///
/// - Returns: how many it may have open now.
func allowManyOpenFiles() -> Int {
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(files, &limit) == 0 else { return 1024 }
    limit.rlim_cur = limit.rlim_max
    setrlimit(files, &limit)
    guard getrlimit(files, &limit) == 0 else { return 1024 }
    return Int(clamping: limit.rlim_cur)
}
