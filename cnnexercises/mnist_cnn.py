"""Exercise 06: the lecture's convolutional network for MNIST."""

from __future__ import annotations

from cnnexercises.exercise import Exercise, ModelTask, TrainingPlan
from cnnexercises.mnist_cnn_mistakes import MISTAKES, STEPS

FIRST_TRAINING = TrainingPlan(
    images=1000,
    test_images=500,
    epochs=1,
    batch=10,
    peak_rate=7e-3,
    warm_up=0.25,
    thresholds={"mnist": 0.8, "mnist-subset": 0.8},
)
"""Enough for any initialisation that people use; the others are trained for longer before they are judged."""

TRAINING = TrainingPlan(
    images=5000,
    test_images=2000,
    epochs=1,
    batch=25,
    peak_rate=5e-3,
    warm_up=0.25,
    thresholds={"mnist": 0.6, "mnist-subset": 0.6},
    usual={"mnist": 0.945, "mnist-subset": 0.945},
)

EXERCISE = Exercise(
    number=6,
    slug="mnist_cnn",
    title="A convolutional network for MNIST",
    topic="convolution, ReLU and max-pooling, twice, then a linear layer: handwritten digits to ten logits",
    difficulty=2,
    minutes=40,
    profile="torch",
    statement="""\
Convolution and sub-sampling alternate; the maps become smaller and more, until a linear layer turns what is left
into one score for each class. The lecture's network for the 28x28 digits of MNIST is

    layer 1   convolution 1 -> 32 channels, 3x3, stride 1, padding 1; ReLU     28x28, 32 maps
              max-pooling 2x2, stride 2                                        14x14, 32 maps
    layer 2   convolution 32 -> 64 channels, 3x3, stride 1, padding 1; ReLU    14x14, 64 maps
              max-pooling 2x2, stride 2                                        7x7, 64 maps
    flatten   7 * 7 * 64 = 3136 numbers an image
    linear    3136 -> 10

Picture the image as one sheet of 28x28. Padding 1 lets a 3x3 kernel stand on every pixel, so a convolution keeps
the size; a pooling halves both sides, because of each 2x2 block only the strongest value goes on. The last 64
sheets of 7x7 are laid end to end in one row, and each of the ten outputs is a weighted sum of that row.

Write it as a class `CNN(nn.Module)` whose `forward` takes a batch (N, 1, 28, 28) of any size N and returns the
logits (N, 10): no softmax, `nn.CrossEntropyLoss` has it inside. It has 50,186 parameters: 320 + 18,496 + 31,370.

Your network is compared with one of ours that is given the same weights: the logits, the gradients and ten steps
of training have to be the same. How you name the layers, and how you initialise them, is up to you. At the end it
is trained for one epoch of 5,000 digits, which takes some seconds, to see that it learns.
""",
    corrections=(
        "The lecture trains on pixels from 0 to 1 (ToTensor) and tests on raw ones from 0 to 255 (test_data). The "
        "accuracy may even look better that way; the loss does not (0.13 against 17). Test on what you train on.",
        "The figure's list of layers leaves out the ReLUs; the lecture's code has one after each convolution, and "
        "without them two convolutions would be no more than one.",
        "The table of LeNet says \"fully connected layer + softmax\". In PyTorch the softmax belongs to the loss: a "
        "network that ends in softmax and is trained with nn.CrossEntropyLoss applies it twice.",
    ),
    tasks=(
        ModelTask(
            name="CNN",
            summary="two convolutions with ReLU and max-pooling, and a linear layer",
            reference="mnist_cnn.py",
            input_shape=(1, 28, 28),
            flattened=(64, 7, 7),
            classes=10,
            parameters=((32, 1, 3, 3), (32,), (64, 32, 3, 3), (64,), (10, 3136), (10,)),
            points={
                "builds": 1,
                "shapes": 1,
                "parameters": 2,
                "repeatable": 1,
                "logits": 3,
                "gradients": 1,
                "trajectory": 1,
                "learns": 2,
            },
            trainings=(FIRST_TRAINING, TRAINING),
            steps=STEPS,
            mistakes=MISTAKES,
            hints=(
                "Which layers have weights to learn? Make those in __init__, as attributes of self. ReLU and "
                "pooling have none: they can be called in forward.",
                "Follow the shape of one batch through the layers, and write it beside each line: "
                "(N, 1, 28, 28), (N, 32, 28, 28), (N, 32, 14, 14), ... What is left before the linear layer?",
                "nn.Conv2d(channels in, channels out, kernel_size=3, padding=1) keeps height and width; "
                "F.max_pool2d(x, 2) halves them.",
                "A linear layer takes one row an image: x.flatten(1), or x.view(x.size(0), -1). Writing a number "
                "of images there works for batches of that size only.",
                "forward is F.max_pool2d(F.relu(self.conv1(x)), 2), the same with conv2, then "
                "self.fc(x.flatten(1)). Return that, without softmax.",
            ),
        ),
    ),
)
