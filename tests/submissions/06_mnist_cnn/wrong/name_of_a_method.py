# expect: CNN=failed
# mistake: a layer is called half, as a method of nn.Module is: self.half is the method
# diagnosis: name_of_a_method
import torch
from torch.nn import Conv2d, Linear, MaxPool2d, Module, ReLU


class CNN(Module):
    def __init__(self):
        Module.__init__(self)
        self.z = Linear(3136, 10)
        self.y = Conv2d(32, 64, 3, 1, 1)
        self.x = Conv2d(1, 32, 3, 1, 1)
        self.half = MaxPool2d(2)
        self.act = ReLU()

    def forward(self, images):
        n = images.shape[0]
        hidden = self.half(self.act(self.x(images)))
        hidden = self.half(self.act(self.y(hidden)))
        scores = self.z(torch.reshape(hidden, (n, -1)))
        return scores
