# expect: conv1d_backward=passed conv2d_backward=passed
# style: static methods of a class as entry points, results in Fortran order, keyword calls inside
from collections import namedtuple
import numpy as np

ConvGrads = namedtuple("ConvGrads", "dx dweight dbias")


class Backprop(object):
    "Gradients of convolutions"

    @staticmethod
    def one_d(dy, x, w):
        dx, dw, _ = Backprop.two_d(dout=dy[None, None, :, None], x=x[None, None, :, None], weight=w[None, None, :, None])
        return dx[0, 0, :, 0], dw[0, 0, :, 0]

    @staticmethod
    def two_d(dout, x, weight, stride=1, padding=0):
        sh, sw = (stride,) * 2 if np.ndim(stride) == 0 else stride
        ph, pw = (padding,) * 2 if np.ndim(padding) == 0 else padding
        xp = np.asfortranarray(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))))
        dxp = np.zeros(xp.shape, order='F')
        dw = np.zeros(weight.shape, order='F')
        rows, cols = sh * np.arange(dout.shape[2]), sw * np.arange(dout.shape[3])
        for u in range(weight.shape[2]):
            for v in range(weight.shape[3]):
                at = np.ix_(range(x.shape[0]), range(x.shape[1]), rows + u, cols + v)
                # no index occurs twice within one (u, v), so += is safe here
                dxp[at] += np.einsum('nfij,fc->ncij', dout, weight[:, :, u, v])
                dw[:, :, u, v] = np.einsum('nfij,ncij->fc', dout, xp[at])
        H, W = x.shape[2:]
        return ConvGrads(dx=dxp[:, :, ph:ph+H, pw:pw+W], dweight=dw, dbias=dout.sum(axis=(0, 2, 3)))


conv1d_backward = Backprop.one_d
conv2d_backward = Backprop.two_d
