# expect: CustomDataset=failed
# mistake: pandas is not there when the exercise is graded
# diagnosis: import_missing
import pandas as pd
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x = pd.DataFrame(X_TABLE if x_data is None else x_data)
        self.y = pd.DataFrame(Y_TABLE if y_data is None else y_data)
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        return torch.tensor(self.x.iloc[idx].values, dtype=torch.float32), torch.tensor(self.y.iloc[idx].values, dtype=torch.float32)
