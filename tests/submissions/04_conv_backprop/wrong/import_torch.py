# expect: conv2d_backward=failed|error|missing
# mistake: imports torch and lets autograd do it; torch is absent here
# diagnosis: unknown_name
import numpy as np
import torch
import torch.nn.functional as F


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    x, w = torch.tensor(x, requires_grad=True), torch.tensor(weight, requires_grad=True)
    b = torch.zeros(len(w), dtype=w.dtype, requires_grad=True)
    F.conv2d(x, w, b, stride, padding).backward(torch.tensor(dout))
    return x.grad.numpy(), w.grad.numpy(), b.grad.numpy()
