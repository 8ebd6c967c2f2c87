/* A disk that forgets at a power cut what was not synced: beside each file that is synced it keeps FILE.durable, the file as it was then.
 * With SYNCS=n only the first n syncs of a process count: a disk that lies from then on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static void keep(int fd) {
    static unsigned long syncs;
    char link[64], path[4096], durable[4160], buffer[65536];
    const char *count = getenv("SYNCS");
    if (count && __atomic_add_fetch(&syncs, 1, __ATOMIC_RELAXED) > strtoul(count, NULL, 10)) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    struct stat kind;
    if (length <= 0 || path[0] != '/' || fstat(fd, &kind) != 0 || !S_ISREG(kind.st_mode)) return;
    path[length] = 0;
    snprintf(durable, sizeof durable, "%s.durable", path);
    /* Descriptors of their own: closing one of SQLite's files would drop its locks, and /proc opens the file anew. */
    int to = open(durable, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (to < 0) return;
    flock(to, LOCK_EX);
    off_t at = 0;
    ssize_t got;
    while ((got = pread(fd, buffer, sizeof buffer, at)) > 0) {
        if (pwrite(to, buffer, (size_t)got, at) != got) abort();
        at += got;
    }
    if (ftruncate(to, at) != 0) abort();
    close(to);
}

static int sync_with(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int done = real(fd);
    if (done == 0) keep(fd);
    return done;
}

int fdatasync(int fd) { return sync_with("fdatasync", fd); }
int fsync(int fd) { return sync_with("fsync", fd); }
