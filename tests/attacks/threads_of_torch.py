# attack: makes as many threads as it can where torch has a use for them, and lets all of them run for ever
# exercise: 07
# gains: nothing
# holds: they end with the call, and the next submission has the machine to itself
import threading

from torch.utils.data import Dataset


def spin():
    while True:
        pass


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        threading.stack_size(65536)
        try:
            for _ in range(200):
                threading.Thread(target=spin).start()
        except RuntimeError:
            pass
        raise RuntimeError

    def __len__(self):
        return 0
