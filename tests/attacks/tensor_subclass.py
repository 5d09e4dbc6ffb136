# attack: returns subclasses of Tensor, wrappers, meta and sparse tensors, and a patched torch that calls them equal
# exercise: 07
# gains: nothing
# holds: the numbers of a tensor cross, and nothing that it says about itself
import itertools

import torch
from torch.utils.data import DataLoader, Dataset

turn = itertools.count()


class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return torch.full((3,), 73.0)

    def __eq__(self, other):
        return torch.tensor(True)

    @property
    def shape(self):
        return torch.Size([3])

    @property
    def dtype(self):
        return torch.float64


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        torch.equal = torch.allclose = torch.testing.assert_close = lambda *args, **kwargs: True
        DataLoader.__iter__ = lambda self: iter([(Liar(), Liar())] * 3)

    def __len__(self):
        return -1 if next(turn) % 2 else 10**30

    def __getitem__(self, idx):
        kinds = (
            lambda: torch.zeros(3, device="meta"), lambda: torch.zeros(3).to_sparse(), lambda: Liar(),
            lambda: torch.zeros(3, dtype=torch.bfloat16), lambda: torch.quantize_per_tensor(
                torch.zeros(3), 0.1, 0, torch.quint8), lambda: torch.zeros(3).as_subclass(Liar),
            lambda: torch.nested.nested_tensor([torch.zeros(3)]), lambda: torch.nn.Parameter(torch.full((3,), 1e38)),
        )
        return kinds[next(turn) % len(kinds)](), torch.zeros(1, dtype=torch.float64).as_subclass(Liar)
