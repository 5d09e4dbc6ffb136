# expect: conv1d_backward=passed conv2d_backward=failed
# mistake: the frame is cut off with -padding in the loop over the images; filters are square and settings are ints
# diagnosis: dx_minus_slice_crashing
import numpy as np


def conv1d_backward(dy, x, w):
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for n, error in enumerate(dy):
        dx[n : n + len(w)] += error * w
        dw += error * x[n : n + len(w)]
    return dx, dw


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    images, maps, rows, columns = dout.shape
    side = weight.shape[-1]
    grow = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    framed, dframed = np.pad(x, grow), np.pad(np.zeros(x.shape), grow)
    dx, dweight, dbias = np.zeros(x.shape), np.zeros(weight.shape), np.zeros(maps)
    for image in range(images):
        for row in range(rows):
            for column in range(columns):
                top, left = row * stride, column * stride
                view = framed[image, :, top : top + side, left : left + side]
                for number in range(maps):
                    error = dout[image, number, row, column]
                    dframed[image, :, top : top + side, left : left + side] += error * weight[number]
                    dweight[number] += error * view
                    dbias[number] += error
        dx[image] = dframed[image, :, padding:-padding, padding:-padding]
    return dx, dweight, dbias
