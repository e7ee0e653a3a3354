#include "CBaseline.h"

#include <dirent.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct rusage usage(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage;
}

static double seconds(struct timeval time) { return time.tv_sec + time.tv_usec / 1e6; }

double cbaseline_cpu(void) {
    struct rusage used = usage();
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double cbaseline_wall(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

// NB: not ru_maxrss, which a process inherits from the one that started it.
int64_t cbaseline_peak_memory(void) {
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long long kibibytes = 0;
    while (status && fgets(line, sizeof line, status)) {
        if (sscanf(line, "VmHWM: %lld kB", &kibibytes) == 1) break;
    }
    if (status) fclose(status);
    return kibibytes * 1024;
}

int64_t cbaseline_number_said_by(const char *command) {
    FILE *said = popen(command, "r");
    long long number;
    if (!said || fscanf(said, "%lld", &number) != 1 || pclose(said) != 0) {
        fprintf(stderr, "bench: no number came from %s\n", command);
        exit(1);
    }
    return number;
}

double cbaseline_cpu_of_children(void) {
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// `/proc/PID/stat`, after the name in brackets: state, parent, and further on the ticks.
static int read_stat(int pid, int *parent, double *own, double *reaped) {
    char path[64], text[2048];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *stat = fopen(path, "r");
    if (!stat) return 0;
    size_t size = fread(text, 1, sizeof text - 1, stat);
    fclose(stat);
    text[size] = 0;
    char *rest = strrchr(text, ')');
    unsigned long user, system;
    long reaped_user, reaped_system;
    if (!rest
        || sscanf(
               rest + 1, " %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld", parent,
               &user, &system, &reaped_user, &reaped_system)
            != 5)
        return 0;
    double ticks = sysconf(_SC_CLK_TCK);
    *own = (user + system) / ticks;
    *reaped = (reaped_user + reaped_system) / ticks;
    return 1;
}

double cbaseline_cpu_of(int pid) {
    int parent;
    double own, reaped, total = 0;
    if (read_stat(pid, &parent, &own, &reaped)) total = own + reaped;
    DIR *processes = opendir("/proc");
    struct dirent *entry;
    while (processes && (entry = readdir(processes))) {
        int child = atoi(entry->d_name);
        if (child > 0 && read_stat(child, &parent, &own, &reaped) && parent == pid)
            total += own + reaped;
    }
    if (processes) closedir(processes);
    return total;
}

int64_t cbaseline_status_of(int pid, const char *name) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *status = fopen(path, "r");
    long long number = 0;
    size_t size = strlen(name);
    while (status && fgets(line, sizeof line, status)) {
        if (strncmp(line, name, size) == 0 && line[size] == ':') {
            number = atoll(line + size + 1);
            break;
        }
    }
    if (status) fclose(status);
    return number;
}

int64_t cbaseline_bytes_on_sockets(int port) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    int64_t total = 0;
    for (int fd = 0; fd < (int)limit.rlim_cur; fd++) {
        struct sockaddr_in peer;
        socklen_t size = sizeof peer;
        if (getpeername(fd, (struct sockaddr *)&peer, &size) != 0 || peer.sin_family != AF_INET
            || ntohs(peer.sin_port) != port)
            continue;
        struct tcp_info info;
        size = sizeof info;
        if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0)
            total += (int64_t)(info.tcpi_bytes_acked + info.tcpi_bytes_received);
    }
    return total;
}

int cbaseline_free_port(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) != 0
        || getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        fprintf(stderr, "bench: no port is free\n");
        exit(1);
    }
    close(listener);
    return ntohs(address.sin_port);
}

void cbaseline_allow_many_files(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

void cbaseline_print_lines_at_once(void) { setvbuf(stdout, NULL, _IOLBF, 0); }

int cbaseline_run_command(const char *command) { return system(command); }
