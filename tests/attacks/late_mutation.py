# attack: threads outlive a call, change what was returned, and write answers to the connection by themselves
# exercise: 07
# gains: nothing
# holds: an answer is bytes once it is sent, and threads end with their process
import os
import threading
import time

import msgpack
import torch
from torch.utils.data import Dataset

returned = []
body = msgpack.packb({"kind": "returned", "value": 6, "changed": [], "shares": False})


def meddle():
    while True:
        for tensor in returned:
            tensor.fill_(7.0)
        time.sleep(0.001)


def interfere():
    while True:
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, len(body).to_bytes(4, "big") + body)
            except OSError:
                continue
        time.sleep(0.002)


class CustomDataset(Dataset):
    started = False

    def __init__(self, x_data=None, y_data=None):
        if not CustomDataset.started:
            CustomDataset.started = True
            for work in (meddle, interfere):
                threading.Thread(target=work, daemon=False).start()

    def __len__(self):
        return 999_999

    def __getitem__(self, idx):
        pair = torch.zeros(9), torch.zeros(9)
        returned.extend(pair)
        return pair
