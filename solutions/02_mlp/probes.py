"""How every exercise of the chapter is tried: arguments that tell the known mistakes apart. Hints stand in `hints.py`.

Sizes differ (N, D, K) so that a wrong axis shows; one square case an exercise lets a wrong axis give a number instead
of a crash; rows at +-1000 stand beside small ones; labels are not balanced; no batch is only large.
"""

import numpy as np
from dlbasic.authoring import probes
from dlbasic.probe_functions import named


def _params(rng, sizes):
    """Weights and biases for a net; the biases are not zero, so that leaving one out shows."""
    return [
        (rng.normal(scale=0.8, size=(fan_in, fan_out)), rng.normal(scale=0.5, size=fan_out))
        for fan_in, fan_out in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def _layer_inputs(rng, batch, params):
    """What mlp_backward is handed: x, then hidden activations that hold zeros and positive numbers in every row."""
    inputs = [rng.normal(size=(batch, len(params[0][0])))]
    for w, _ in params[1:]:
        hidden = np.abs(rng.normal(size=(batch, len(w)))) + 0.1
        hidden[np.arange(batch), rng.integers(0, len(w), size=batch)] = 0.0
        inputs.append(hidden)
    return inputs


@probes("mse")
def mse_cases(rng):
    yield rng.normal(scale=3.0, size=(4, 3)), rng.normal(scale=3.0, size=(4, 3))
    yield rng.normal(size=7), rng.normal(size=7) + 0.5
    yield np.array([[2.0, -1.0, 0.5, 3.0, 1.0]]), np.array([[0.5, -4.0, 0.0, 3.0, 2.5]])
    yield rng.normal(size=(2, 3, 2)), rng.normal(size=(2, 3, 2))


@probes("mse_gradient")
def mse_gradient_cases(rng):
    yield rng.normal(1.0, 3.0, size=6), rng.normal(scale=3.0, size=6), 1.5, -0.5
    yield rng.normal(-2.0, 1.0, size=9), rng.normal(size=9) + 3.0, -0.7, 2.0
    yield np.array([3.0]), np.array([-1.0]), 0.5, 1.0
    yield np.linspace(0.0, 2.0, 5), np.linspace(-1.0, 4.0, 5) ** 2, 0.0, 0.0


@probes("fit_line")
def fit_line_cases(rng):
    x = rng.normal(1.0, 2.0, size=6)
    yield x, 2.0 * x - 3.0 + rng.normal(size=6), 0.03, 4
    x = rng.normal(0.5, 1.0, size=8)
    yield x, -1.5 * x + 2.0, 0.1, 3
    yield np.array([2.0]), np.array([5.0]), 0.05, 3
    yield np.array([1.0, 3.0]), np.array([2.0, -1.0]), 0.05, 1


@probes("linear")
def linear_cases(rng):
    yield rng.normal(scale=3.0, size=(4, 3)), rng.normal(scale=3.0, size=(3, 2)), rng.normal(scale=3.0, size=2)
    yield rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)
    yield rng.normal(size=(1, 4)), rng.normal(size=(4, 3)), rng.normal(size=3)
    yield rng.normal(size=(2, 3)), rng.normal(size=(3, 5)), rng.normal(size=5)


@probes("relu")
def relu_cases(rng):
    yield (rng.normal(scale=3.0, size=(4, 3)),)
    yield (np.array([-2.0, -0.5, 0.0, 0.25, 3.0]),)
    yield (rng.normal(size=(2, 3, 2)),)
    yield (np.array([[-1.0, -3.0, -0.1]]),)


@probes("sigmoid", no_warnings=True)
def sigmoid_cases(rng):
    yield (rng.normal(scale=2.0, size=(4, 3)),)
    # Large numbers of one sign at a time: which sign overflows tells which formula was used.
    yield (np.array([1000.0, 0.5, 800.0]),)
    yield (np.array([[-1000.0, -0.5, -800.0]]),)
    yield (np.array([[1000.0, -1000.0], [0.0, -2.0]]),)


@probes("relu_grad")
def relu_grad_cases(rng):
    yield (rng.normal(scale=3.0, size=(4, 3)),)
    yield (np.array([-2.0, -0.5, 0.0, 0.25, 3.0]),)
    yield (rng.normal(size=(2, 3, 2)),)
    yield (np.array([[0.0, -1.5, 0.0]]),)


@probes("sigmoid_grad")
def sigmoid_grad_cases(rng):
    yield (rng.normal(scale=2.0, size=(4, 3)),)
    yield (np.array([0.3, -0.6, 0.0, 2.5]),)
    yield (np.array([[1000.0, 800.0, 1.0]]),)
    yield (np.array([[-1000.0], [-800.0], [-1.0]]),)


@probes("softmax")
def softmax_cases(rng):
    yield (rng.normal(scale=2.0, size=(4, 3)),)
    yield (rng.normal(size=(3, 3)),)
    yield (np.array([[1000.0, 998.5, 1000.5], [999.0, 1000.0, 997.0]]),)
    # One row is a thousand below the other: a maximum over the whole array leaves it nothing but zeros.
    yield (np.array([[1000.0, 0.0, -1000.0, 3.0], [-1001.0, -1000.0, -999.5, -1002.0]]),)
    yield (rng.normal(size=(1, 5)),)


@probes("cross_entropy")
def cross_entropy_cases(rng):
    yield rng.normal(scale=2.0, size=(4, 3)), np.array([0, 2, 2, 1])
    yield rng.normal(size=(3, 3)), np.array([2, 0, 2])
    yield np.array([[1000.0, 998.5, 1000.5], [999.0, 1000.0, 997.0]]), np.array([2, 0])
    yield np.array([[1000.0, 0.0, -1000.0, 3.0], [-1001.0, -1000.0, -999.5, -1002.0]]), np.array([1, 2])
    yield rng.normal(size=(1, 5)), np.array([3])
    yield rng.normal(size=(6, 4)), np.array([3, 3, 0, 3, 1, 3])


@probes("cross_entropy_grad")
def cross_entropy_grad_cases(rng):
    yield rng.normal(scale=2.0, size=(4, 3)), np.array([0, 2, 2, 1])
    yield rng.normal(size=(3, 3)), np.array([2, 0, 2])
    yield np.array([[1000.0, 998.5, 1000.5], [999.0, 1000.0, 997.0]]), np.array([2, 0])
    yield np.array([[1000.0, 0.0, -1000.0, 3.0], [-1001.0, -1000.0, -999.5, -1002.0]]), np.array([1, 2])
    yield rng.normal(size=(1, 5)), np.array([3])


@probes("gaussian_nll")
def gaussian_nll_cases(rng):
    yield rng.normal(scale=2.0, size=(4, 3)), rng.normal(0.5, 1.5, size=(4, 3)), rng.normal(scale=2.0, size=(4, 3))
    yield rng.normal(size=5), rng.normal(-1.0, 0.5, size=5), rng.normal(size=5) + 1.0
    yield np.array([1.0]), np.array([0.8]), np.array([3.0])
    yield np.array([[0.0, 1.0, -1.0]]), np.array([[2.0, -2.0, 0.3]]), np.array([[0.5, -0.5, -1.0]])


@probes("relative_error")
def relative_error_cases(rng):
    yield rng.normal(scale=3.0, size=(4, 3)), rng.normal(scale=3.0, size=(4, 3))
    # The largest difference (100 and 101) is not the largest relative one (1 and 3).
    yield np.array([100.0, 1.0, -2.0]), np.array([101.0, 3.0, -2.5])
    yield np.array([[0.0, 2.0], [-3.0, 0.0]]), np.array([[0.0, 1.5], [-4.0, 0.0]])
    yield np.array([0.5, 0.25, 3.0]), np.array([0.5, 0.2, 2.9])
    yield rng.uniform(0.5, 2.0, size=(1, 5)), rng.uniform(2.5, 4.0, size=(1, 5))


# Steps of 1e-2 make a forward difference visibly wrong, while central ones stay within the tolerance, however far each
# author of a right answer takes a "step" to reach (h to both sides, or h / 2).
@probes("numerical_gradient", rtol=1e-4, atol=1e-4)
def numerical_gradient_cases(rng):
    slopes = {"linear": [0.5, -1.0, 2.0], "square": [3.0, -2.0, 4.0], "cube": [0.2, 0.1, -0.3]}
    yield named("separable", shape=[3], **slopes), rng.normal(scale=1.5, size=3), 1e-2
    weight = [1.0, 2.0, -1.5, 0.5, 3.0, -2.0]
    yield named("coupled", shape=[2, 3], weight=weight, slope=0.7), rng.normal(size=(2, 3)), 1e-2
    yield named("wave", shape=[1, 3], frequency=[1.0, 1.7, -0.6]), rng.normal(size=(1, 3)), 1e-3
    yield named("separable", shape=[], linear=[1.0], square=[-2.5], cube=[0.3]), np.array(0.8), 1e-2
    yield named("coupled", shape=[3, 1, 2], weight=weight, slope=-1.2), rng.normal(size=(3, 1, 2))


@probes("find_the_bug")
def find_the_bug_cases(rng):
    yield rng.normal(scale=1.5, size=(5, 3)), np.array([0, 3, 3, 1, 3]), rng.normal(size=(3, 4)), rng.normal(size=4)
    yield rng.normal(size=(3, 3)), np.array([1, 1, 2]), rng.normal(size=(3, 3)), rng.normal(size=3)
    yield rng.normal(size=(1, 2)), np.array([2]), rng.normal(size=(2, 3)), rng.normal(size=3)
    w = np.array([[500.0, -400.0, 0.1], [1.0, 0.5, -300.0]])
    yield np.array([[2.0, 1.0], [-2.0, 3.0], [0.0, 0.5], [1.9, 0.0]]), np.array([1, 1, 0, 1]), w, np.array([0.5, 0.0, -1.0])
    yield rng.normal(size=(6, 2)), np.array([0, 0, 1, 0, 2, 0]), rng.normal(size=(2, 3)), rng.normal(size=3)


@probes("xor_params", property="xor_params")
def xor_params_cases(rng):
    yield from ()


@probes("init_mlp", property="init_mlp")
def init_mlp_cases(rng):
    yield from ()


@probes("mlp_forward", lists=False)
def mlp_forward_cases(rng):
    yield rng.normal(scale=1.5, size=(4, 3)), _params(rng, [3, 5, 2])
    yield rng.normal(size=(3, 3)), _params(rng, [3, 3, 3, 3])
    yield rng.normal(size=(1, 2)), _params(rng, [2, 4, 3])
    yield rng.normal(size=(2, 4)), _params(rng, [4, 3])
    yield np.array([[2.0, -1.0]]), [(np.eye(2), np.array([0.5, 0.5])), (-np.eye(2), np.array([0.0, -1.0]))]


@probes("mlp_backward", lists=False)
def mlp_backward_cases(rng):
    for batch, sizes in ((4, [3, 5, 2]), (3, [3, 3, 3, 3]), (1, [2, 4, 3]), (5, [4, 3]), (6, [2, 3, 4, 2])):
        params = _params(rng, sizes)
        yield _layer_inputs(rng, batch, params), params, rng.normal(scale=1.5, size=(batch, sizes[-1]))


@probes("train_mlp", property="train_mlp", slow=True)
def train_mlp_cases(rng):
    yield from ()


@probes("slips", property="claims_form", secret=True, partial=True)
def slips_cases(rng):
    yield ()
