import Glibc

/// A head office keeps a connection for each node: as many open files as the machine lets this
/// process have, rather than the few that a shell begins with.
func allowManyOpenFiles() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}
