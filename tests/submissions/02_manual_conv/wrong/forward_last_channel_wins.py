# expect: conv2d_forward=failed
# mistake: assigns in the loop over the channels: only the last one counts
# diagnosis: last_channel_only
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    s = stride if isinstance(stride, tuple) else (stride, stride)
    p = padding if isinstance(padding, tuple) else (padding, padding)
    batch, channels, rows, cols = x.shape
    filters, _, kh, kw = weight.shape
    padded = np.zeros((batch, channels, rows + 2 * p[0], cols + 2 * p[1]))
    padded[:, :, p[0]:p[0] + rows, p[1]:p[1] + cols] = x
    ho = (padded.shape[2] - kh) // s[0] + 1
    wo = (padded.shape[3] - kw) // s[1] + 1
    out = np.zeros((batch, filters, ho, wo))
    for b in range(batch):
        for f in range(filters):
            for c in range(channels):
                for i in range(ho):
                    for j in range(wo):
                        patch = padded[b, c, i * s[0]:i * s[0] + kh, j * s[1]:j * s[1] + kw]
                        out[b, f, i, j] = (patch * weight[f, c]).sum()
            if bias is not None:
                out[b, f] += bias[f]
    return out
