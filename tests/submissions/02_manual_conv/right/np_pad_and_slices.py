# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: np.pad with a list of pairs, np.sum of window times kernel, the forward built on the single
import numpy as np

def zero_pad(x, padding):
    if type(padding) == int:
        padding = (padding, padding)
    pads = [(0, 0)] * (x.ndim - 2) + [(padding[0], padding[0]), (padding[1], padding[1])]
    return np.pad(x, pads, 'constant', constant_values=0)

def conv2d_single(image, kernel, stride=1, padding=0):
    if type(stride) == int:
        stride = (stride, stride)
    padded = zero_pad(image, padding)
    h_out = int((padded.shape[0] - kernel.shape[0]) / stride[0]) + 1
    w_out = int((padded.shape[1] - kernel.shape[1]) / stride[1]) + 1
    result = np.zeros((h_out, w_out))
    for i in range(h_out):
        for j in range(w_out):
            window = padded[i*stride[0]:i*stride[0]+kernel.shape[0], j*stride[1]:j*stride[1]+kernel.shape[1]]
            result[i, j] = np.sum(window * kernel)
    return result

def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    outputs = []
    for image in x:
        maps = []
        for f in range(weight.shape[0]):
            m = sum(conv2d_single(image[c], weight[f][c], stride, padding) for c in range(image.shape[0]))
            if bias is not None:
                m = m + bias[f]
            maps.append(m)
        outputs.append(np.stack(maps))
    return np.stack(outputs)
