/* A device that remembers or fails, for the programmes of tests/torture: loaded before the C library (LD_PRELOAD).

   What is done to files below the folder TORTURE_FOLDER is written to TORTURE_LOG, in order:
   one record a call: operation, length of the path (2 bytes), offset (8), length of the data (4), path, data.
   torture_arm() makes the n-th call below a folder fail with an errno, once or from then on. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FILES = 4096, LONGEST = 512, LOG_AT = 900 };

static char folder[LONGEST], armed[LONGEST], place[FILES][LONGEST];
static int log_file = -1, is_ready = 0, failure = 0, is_once = 1;
static long fails_at = -1, calls = 0, fired = 0;

static void prepare(void) {
    if (is_ready) return;
    is_ready = 1;
    const char *where = getenv("TORTURE_FOLDER"), *log = getenv("TORTURE_LOG");
    if (!where || !log) return;
    snprintf(folder, LONGEST, "%s", where);
    int opened = syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND, 0600);
    log_file = syscall(SYS_fcntl, opened, F_DUPFD_CLOEXEC, LOG_AT);
    syscall(SYS_close, opened);
}

static int below(const char *start, const char *path) {
    return start[0] && path && strncmp(path, start, strlen(start)) == 0;
}

static const char *path_of(int file) { return file >= 0 && file < FILES && place[file][0] ? place[file] : NULL; }

static void record(char operation, const char *path, uint64_t offset, uint32_t length, const void *data) {
    prepare();
    if (log_file < 0 || !below(folder, path)) return;
    char head[16 + 2 * LONGEST];
    uint16_t size = strlen(path);
    head[0] = operation;
    memcpy(head + 1, &size, 2);
    memcpy(head + 3, &offset, 8);
    memcpy(head + 11, &length, 4);
    memcpy(head + 15, path, size);
    syscall(SYS_write, log_file, head, 15 + size);
    if (data && length) syscall(SYS_write, log_file, data, length);
}

void torture_arm(const char *where, long at, int error, int once) {
    snprintf(armed, LONGEST, "%s", where);
    fails_at = at, failure = error, is_once = once, calls = 0, fired = 0;
}

long torture_fired(void) { return fired; }
long torture_calls(void) { return calls; }

static int fails(const char *path) {
    if (fails_at < 0 || !below(armed, path)) return 0;
    calls++;
    if (calls != fails_at && (is_once || calls < fails_at)) return 0;
    fired++;
    errno = failure;
    return 1;
}

static int opened(const char *path, int flags, mode_t mode) {
    prepare();
    if ((flags & (O_CREAT | O_WRONLY | O_RDWR)) && fails(path)) return -1;
    int was_there = access(path, F_OK) == 0;
    int file = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (file < 0 || file >= FILES) return file;
    place[file][0] = 0;
    if (below(folder, path) || below(armed, path)) snprintf(place[file], LONGEST, "%s", path);
    if ((flags & O_CREAT) && !was_there) record('C', path, 0, 0, NULL);
    if (was_there && (flags & O_TRUNC)) record('T', path, 0, 0, NULL);
    return file;
}

#define MODE_OF(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open(const char *path, int flags, ...) { MODE_OF(flags) return opened(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return opened(path, flags | O_LARGEFILE, mode); }

int close(int file) {
    if (file == log_file && file >= 0) return 0;
    if (file >= 0 && file < FILES) place[file][0] = 0;
    return syscall(SYS_close, file);
}

ssize_t write(int file, const void *data, size_t length) {
    const char *path = path_of(file);
    if (path && fails(path)) return -1;
    off_t offset = path ? lseek(file, 0, SEEK_CUR) : 0;
    ssize_t done = syscall(SYS_write, file, data, length);
    if (path && done > 0) record('W', path, offset, done, data);
    return done;
}

ssize_t pwrite(int file, const void *data, size_t length, off_t offset) {
    const char *path = path_of(file);
    if (path && fails(path)) {
        if (failure == ENOSPC && length > 512) syscall(SYS_pwrite64, file, data, (size_t)512, offset);
        errno = failure;
        return -1;
    }
    ssize_t done = syscall(SYS_pwrite64, file, data, length, offset);
    if (path && done > 0) record('W', path, offset, done, data);
    return done;
}
ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset) { return pwrite(file, data, length, offset); }

ssize_t pread(int file, void *data, size_t length, off_t offset) {
    const char *path = path_of(file);
    if (path && failure == EIO && fails(path)) return -1;
    return syscall(SYS_pread64, file, data, length, offset);
}
ssize_t pread64(int file, void *data, size_t length, off64_t offset) { return pread(file, data, length, offset); }

static int flushed(int file, long call) {
    const char *path = path_of(file);
    struct stat found;
    if (path && fails(path)) return -1;
    if (path) record(fstat(file, &found) == 0 && S_ISDIR(found.st_mode) ? 'D' : 'S', path, 0, 0, NULL);
    return syscall(call, file);
}
int fsync(int file) { return flushed(file, SYS_fsync); }
int fdatasync(int file) { return flushed(file, SYS_fdatasync); }

int ftruncate(int file, off_t length) {
    const char *path = path_of(file);
    if (path && fails(path)) return -1;
    int done = syscall(SYS_ftruncate, file, length);
    if (path && done == 0) record('T', path, length, 0, NULL);
    return done;
}
int ftruncate64(int file, off64_t length) { return ftruncate(file, length); }

int unlink(const char *path) {
    if (failure == EIO && fails(path)) return -1;
    int done = syscall(SYS_unlink, path);
    if (done == 0) record('U', path, 0, 0, NULL);
    return done;
}

int rename(const char *from, const char *to) {
    if (fails(from)) return -1;
    int done = syscall(SYS_rename, from, to);
    char both[2 * LONGEST];
    snprintf(both, sizeof both, "%s|%s", from, to);
    if (done == 0) record('R', both, 0, 0, NULL);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    if (fails(path)) return -1;
    int done = syscall(SYS_mkdir, path, mode);
    if (done == 0) record('M', path, 0, 0, NULL);
    return done;
}

/* nothing is copied past this: whoever asks goes on with read and write */
ssize_t sendfile(int to, int from, off_t *offset, size_t length) {
    if (path_of(to) || path_of(from)) { errno = ENOTSOCK; return -1; }
    return syscall(SYS_sendfile, to, from, offset, length);
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) { return sendfile(to, from, (off_t *)offset, length); }
