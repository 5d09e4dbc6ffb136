# expect: upsample=failed
# mistake: np.ones((fw, 1, fh)): the blocks have their sides exchanged
# diagnosis: misplaced
import numpy as np

def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, (tuple, list)) else (factor, factor)
    big = delta[..., :, None, :, None] * np.ones((fw, 1, fh))
    return big.reshape(delta.shape[:-2] + (delta.shape[-2] * fh, delta.shape[-1] * fw))
