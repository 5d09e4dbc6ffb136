# attack: turns to what the kernel has beside: io_uring, bpf, perf, userfaultfd, keyrings, aio, message queues, timers
# exercise: 02
# gains: nothing
# says: nothing worked
# holds: system calls that an exercise has no use for are refused
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
CALLS = {
    "io_uring_setup": 425, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "add_key": 248, "keyctl": 250,
    "request_key": 249, "io_setup": 206, "mq_open": 240, "msgget": 68, "semget": 64, "shmget": 29, "timer_create": 222,
    "timerfd_create": 283, "signalfd4": 289, "eventfd2": 290, "epoll_create1": 291, "inotify_init1": 294,
    "fanotify_init": 300, "memfd_create": 319, "memfd_secret": 447, "init_module": 175, "finit_module": 313,
    "kexec_load": 246, "reboot": 169, "swapon": 167, "acct": 163, "quotactl": 179, "syslog": 103, "personality": 135,
    "modify_ldt": 154, "ioperm": 173, "iopl": 172, "seccomp": 317, "landlock_create_ruleset": 444, "process_madvise": 440,
    "process_mrelease": 448, "pidfd_open": 434, "move_pages": 279, "migrate_pages": 256, "mbind": 237, "mlock": 149,
    "mlockall": 151, "remap_file_pages": 216, "vmsplice": 278, "splice": 275, "tee": 276, "pipe2": 293, "ioctl": 16,
    "flock": 73, "sendfile": 40, "copy_file_range": 326, "name_to_handle_at": 303, "open_by_handle_at": 304,
    "lookup_dcookie": 212, "settimeofday": 164, "clock_settime": 227, "adjtimex": 159, "setitimer": 38, "alarm": 37,
    "openat2": 437, "statmount": 457, "listmount": 458, "set_mempolicy": 238, "rseq_bad": 10_000,
    "arch_prctl": 158, "setpriority": 141, "ioprio_set": 251, "sched_setscheduler": 144, "sched_setattr": 314,
}


def conv2d_single(image, kernel, stride=1, padding=0):
    worked = []
    for name, number in CALLS.items():
        arguments = [ctypes.c_long(-1)] * 5  # nothing comes of them; a call that is permitted finds them wrong
        if libc.syscall(ctypes.c_long(number), *arguments) >= 0 or ctypes.get_errno() != 1:
            worked.append(f"{name}:{ctypes.get_errno()}")
    raise RuntimeError(" ".join(worked) or "nothing " + "worked")
