# attack: replaces the functions that ask a data set, and what they use: DataLoader, Tensor methods, sys.modules
# exercise: 07
# gains: nothing
# holds: the answers must still be the right numbers
import sys

import torch
import torch.utils.data
from torch.utils.data import Dataset

WRONG = "passed"


def answer(*args, **kwargs):
    return WRONG


class CustomDataset(Dataset):
    def __new__(cls, *args, **kwargs):
        frame = sys._getframe(1)
        while frame is not None:
            for name, value in list(frame.f_globals.items()):
                if callable(value) and frame.f_globals.get("__name__") == "probe" and not name.startswith("__"):
                    frame.f_globals[name] = answer
            frame = frame.f_back
        for name in ("DataLoader", "Dataset"):
            setattr(torch.utils.data, name, answer)
        for name in ("detach", "cpu", "numpy", "reshape", "to", "resolve_conj", "resolve_neg"):
            setattr(torch.Tensor, name, answer)
        torch.as_tensor = torch.zeros_like = torch.tensor = answer
        sys.modules["probe"] = sys.modules[__name__]
        return WRONG
