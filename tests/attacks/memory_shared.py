# attack: takes memory past the heap: shared mappings, memfd, files in /dev/shm, locked and huge pages
# exercise: 02
# gains: nothing
# says: taken in all: less than 256
# holds: every mapping counts, and there is no file to fill
import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
held = []


def fill(make, size=8 * 2**20, most=64):
    taken = 0
    for _ in range(most):
        try:
            block = make(size)
            block[::4096] = b"x" * (size // 4096)
        except BaseException:
            break
        held.append(block)
        taken += size
    return taken


def memfd(size):
    descriptor = os.memfd_create("bomb")
    os.ftruncate(descriptor, size)
    return mmap.mmap(descriptor, size)


def shm(size):
    descriptor = os.open(f"/dev/shm/cnnex-attack{len(held)}", os.O_CREAT | os.O_RDWR)
    os.ftruncate(descriptor, size)
    return mmap.mmap(descriptor, size)


def conv2d_single(image, kernel, stride=1, padding=0):
    if held:
        raise RuntimeError("again")
    libc.mlockall(3)
    huge = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000
    taken = sum((
        fill(memfd), fill(shm), fill(lambda size: mmap.mmap(-1, size, huge)), fill(lambda size: mmap.mmap(-1, size)),
        fill(lambda size: mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)),
    ))
    raise RuntimeError(f"taken in all: {'less than 256' if taken < 2**28 else taken} MiB")
