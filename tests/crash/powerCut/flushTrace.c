/* Preloaded into the branch's process: notes every write, truncation, flush and change of name below one folder, in the order in which they
   took effect, so that the test can tell what a power cut would have left. It changes nothing that the program asks for.
   Each note: kind (1 byte), descriptor (4), position or length (8), length of what follows (4), then a path or the bytes that were written.
   A lock around each operation and its note keeps their order the same. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define DESCRIPTORS 65536
enum { OPENED = 1, WRITTEN = 2, CUT = 3, FLUSHED = 4, RENAMED = 5, REMOVED = 6, MADE = 7, CLOSED = 8 };
enum { IS_NEW = 1, IS_EMPTIED = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length = 0;
static int trace = -1;
/* Which file a descriptor stood for when it was opened; 0 is nothing of ours. Some closes never pass by here, so it is asked again each time. */
static ino_t watched[DESCRIPTORS];

static int (*real_openat)(int, const char *, int, ...);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off64_t);
static int (*real_ftruncate)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_unlinkat)(int, const char *, int);
static int (*real_remove)(const char *);
static int (*real_mkdir)(const char *, mode_t);
static int (*real_close)(int);

__attribute__((constructor)) static void begin(void) {
  real_openat = dlsym(RTLD_NEXT, "openat");
  real_write = dlsym(RTLD_NEXT, "write");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_pwritev = dlsym(RTLD_NEXT, "pwritev64");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_unlinkat = dlsym(RTLD_NEXT, "unlinkat");
  real_remove = dlsym(RTLD_NEXT, "remove");
  real_mkdir = dlsym(RTLD_NEXT, "mkdir");
  real_close = dlsym(RTLD_NEXT, "close");
  const char *folder = getenv("TAWI_FLUSH_ROOT");
  const char *file = getenv("TAWI_FLUSH_TRACE");
  if (folder == NULL || file == NULL) return;
  root_length = strlen(folder);
  if (root_length == 0 || root_length >= sizeof root) { root_length = 0; return; }
  memcpy(root, folder, root_length + 1);
  trace = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_below(const char *path) {
  return trace >= 0 && root_length > 0 && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

static int is_watched(int descriptor) {
  if (trace < 0 || descriptor < 0 || descriptor >= DESCRIPTORS || watched[descriptor] == 0) return 0;
  struct stat now;
  if (fstat(descriptor, &now) == 0 && now.st_ino == watched[descriptor] && (S_ISREG(now.st_mode) || S_ISDIR(now.st_mode))) return 1;
  watched[descriptor] = 0;
  return 0;
}

static void note(uint8_t kind, int32_t descriptor, int64_t position, const void *bytes, uint32_t length) {
  unsigned char head[17];
  head[0] = kind;
  memcpy(head + 1, &descriptor, 4);
  memcpy(head + 5, &position, 8);
  memcpy(head + 13, &length, 4);
  struct iovec parts[2] = {{head, sizeof head}, {(void *)bytes, length}};
  syscall(SYS_writev, trace, parts, length > 0 ? 2 : 1);
}

static int opened(const char *path, int flags, mode_t mode) {
  if (!is_below(path)) {
    int other = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (other >= 0 && other < DESCRIPTORS) watched[other] = 0;
    return other;
  }
  pthread_mutex_lock(&lock);
  struct stat before;
  int was_there = stat(path, &before) == 0;
  int descriptor = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  int error = errno;
  struct stat now;
  if (descriptor >= 0 && descriptor < DESCRIPTORS && fstat(descriptor, &now) == 0) {
    watched[descriptor] = now.st_ino;
    int64_t how = (was_there ? 0 : IS_NEW) | ((flags & O_TRUNC) ? IS_EMPTIED : 0);
    note(OPENED, descriptor, how, path, (uint32_t)strlen(path));
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return descriptor;
}

static mode_t mode_in(int flags, va_list words) {
  return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? (mode_t)va_arg(words, int) : 0;
}
#define OPEN_WITH(name)                         \
  int name(const char *path, int flags, ...) {  \
    va_list words;                              \
    va_start(words, flags);                     \
    mode_t mode = mode_in(flags, words);        \
    va_end(words);                              \
    return opened(path, flags, mode);           \
  }
OPEN_WITH(open)
OPEN_WITH(open64)
#define OPENAT_WITH(name)                                                    \
  int name(int folder, const char *path, int flags, ...) {                   \
    va_list words;                                                           \
    va_start(words, flags);                                                  \
    mode_t mode = mode_in(flags, words);                                     \
    va_end(words);                                                           \
    return path[0] == '/' ? opened(path, flags, mode) : real_openat(folder, path, flags, mode); \
  }
OPENAT_WITH(openat)
OPENAT_WITH(openat64)

static int64_t where_now(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  if (flags >= 0 && (flags & O_APPEND)) {
    struct stat now;
    return fstat(descriptor, &now) == 0 ? (int64_t)now.st_size : 0;
  }
  return (int64_t)lseek(descriptor, 0, SEEK_CUR);
}

static void note_parts(int descriptor, int64_t position, const struct iovec *parts, int count, ssize_t done) {
  for (int at = 0; at < count && done > 0; at += 1) {
    size_t length = parts[at].iov_len < (size_t)done ? parts[at].iov_len : (size_t)done;
    note(WRITTEN, descriptor, position, parts[at].iov_base, (uint32_t)length);
    position += (int64_t)length;
    done -= (ssize_t)length;
  }
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
  if (!is_watched(descriptor)) return real_write(descriptor, bytes, length);
  pthread_mutex_lock(&lock);
  int64_t position = where_now(descriptor);
  ssize_t done = real_write(descriptor, bytes, length);
  int error = errno;
  if (done > 0) note(WRITTEN, descriptor, position, bytes, (uint32_t)done);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  if (!is_watched(descriptor)) return real_writev(descriptor, parts, count);
  pthread_mutex_lock(&lock);
  int64_t position = where_now(descriptor);
  ssize_t done = real_writev(descriptor, parts, count);
  int error = errno;
  note_parts(descriptor, position, parts, count, done);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

static ssize_t written_at(int descriptor, const void *bytes, size_t length, off64_t position) {
  if (!is_watched(descriptor)) return real_pwrite(descriptor, bytes, length, position);
  pthread_mutex_lock(&lock);
  ssize_t done = real_pwrite(descriptor, bytes, length, position);
  int error = errno;
  if (done > 0) note(WRITTEN, descriptor, position, bytes, (uint32_t)done);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}
ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t position) { return written_at(descriptor, bytes, length, position); }
ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t position) { return written_at(descriptor, bytes, length, position); }

static ssize_t written_parts_at(int descriptor, const struct iovec *parts, int count, off64_t position) {
  if (!is_watched(descriptor)) return real_pwritev(descriptor, parts, count, position);
  pthread_mutex_lock(&lock);
  ssize_t done = real_pwritev(descriptor, parts, count, position);
  int error = errno;
  note_parts(descriptor, position, parts, count, done);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}
ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t position) { return written_parts_at(descriptor, parts, count, position); }
ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t position) { return written_parts_at(descriptor, parts, count, position); }

static int cut(int descriptor, off64_t length) {
  if (!is_watched(descriptor)) return real_ftruncate(descriptor, length);
  pthread_mutex_lock(&lock);
  int result = real_ftruncate(descriptor, length);
  int error = errno;
  if (result == 0) note(CUT, descriptor, length, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
int ftruncate(int descriptor, off_t length) { return cut(descriptor, length); }
int ftruncate64(int descriptor, off64_t length) { return cut(descriptor, length); }

static int flushed(int descriptor, int (*flush)(int)) {
  if (!is_watched(descriptor)) return flush(descriptor);
  pthread_mutex_lock(&lock);
  int result = flush(descriptor);
  int error = errno;
  if (result == 0) note(FLUSHED, descriptor, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
int fsync(int descriptor) { return flushed(descriptor, real_fsync); }
int fdatasync(int descriptor) { return flushed(descriptor, real_fdatasync); }

int rename(const char *from, const char *to) {
  if (!is_below(from) && !is_below(to)) return real_rename(from, to);
  pthread_mutex_lock(&lock);
  int result = real_rename(from, to);
  int error = errno;
  if (result == 0) {
    char both[2 * PATH_MAX];
    int length = snprintf(both, sizeof both, "%s\n%s", from, to);
    note(RENAMED, 0, 0, both, (uint32_t)length);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

static int noted_removal(const char *path, int result) {
  int error = errno;
  if (result == 0) note(REMOVED, 0, 0, path, (uint32_t)strlen(path));
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
int unlink(const char *path) {
  if (!is_below(path)) return real_unlink(path);
  pthread_mutex_lock(&lock);
  return noted_removal(path, real_unlink(path));
}
int unlinkat(int folder, const char *path, int flags) {
  if (!is_below(path)) return real_unlinkat(folder, path, flags);
  pthread_mutex_lock(&lock);
  return noted_removal(path, real_unlinkat(folder, path, flags));
}
int remove(const char *path) {
  if (!is_below(path)) return real_remove(path);
  pthread_mutex_lock(&lock);
  return noted_removal(path, real_remove(path));
}

int mkdir(const char *path, mode_t mode) {
  if (!is_below(path)) return real_mkdir(path, mode);
  pthread_mutex_lock(&lock);
  int result = real_mkdir(path, mode);
  int error = errno;
  if (result == 0) note(MADE, 0, 0, path, (uint32_t)strlen(path));
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int close(int descriptor) {
  if (!is_watched(descriptor)) return real_close(descriptor);
  pthread_mutex_lock(&lock);
  watched[descriptor] = 0;
  note(CLOSED, descriptor, 0, NULL, 0);
  int result = real_close(descriptor);
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
