# expect: CustomDataset=passed
# style: tensors made lazily by a cached method, defaults by a static method
import functools

import numpy as np
import torch
import torch.utils.data


class CustomDataset(torch.utils.data.Dataset):
    @staticmethod
    def table():
        quizzes = np.array([[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]])
        finals = np.array([152, 185, 180, 196, 142])[:, np.newaxis]
        return quizzes, finals

    def __init__(self, x_data=None, y_data=None):
        super(CustomDataset, self).__init__()
        x, y = self.table()
        self.x_data = x if x_data is None else np.array(x_data)
        self.y_data = y if y_data is None else np.array(y_data)

    @functools.cached_property
    def tensors(self):
        return [torch.from_numpy(a.astype("float32")) for a in (self.x_data, self.y_data)]

    def __len__(self):
        return len(self.y_data)

    def __getitem__(self, idx):
        x, y = self.tensors
        return x[idx], y[idx]
