# attack: ignores and blocks every signal, then loops for ever
# exercise: 04
# gains: nothing
# says: did not end within
# holds: the time limit holds against code that does not listen
import signal

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        continue
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())


def conv1d_backward(dy, x, w):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
