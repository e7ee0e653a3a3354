#include "CBaseline.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

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
