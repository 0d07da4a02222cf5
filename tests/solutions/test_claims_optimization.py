"""What is particular to the facts of chapter 3: recorded runs, and hyper-parameters that win every race."""

import numpy as np
from evidence import SOLUTIONS, of


def test_the_recorded_runs_say_what_the_text_says_about_stopping_rules():
    with np.load(SOLUTIONS.parent / "assets" / "sharpness" / "sharpness.npz", allow_pickle=False) as runs:
        accuracy, sharp = runs["accuracy"].mean(axis=2), runs["sharpness"].astype(float).mean(axis=2)
        factors = runs["factors"]
    plain = int(np.argmin(np.abs(factors - 1.0)))
    epochs, steps, loss = range(3)
    assert accuracy[epochs].argmax() == 0, "equal epochs: the smallest batch reads best"
    assert accuracy[steps].argmin() == accuracy[loss].argmin() == 0, "equal steps or loss: it is last"
    assert sharp[loss, :, plain].argmin() == 0, "and the flattest"
    far = (factors > 2.5) | (factors < 1 / 2.5)
    assert (sharp[loss, 0, far] > sharp[loss, 1:, plain].max()).all()


def test_the_reference_hyper_parameters_arrive_on_every_valley_that_the_rules_allow():
    functions = of("03_optimization").functions

    def end(name, values, hessian, w):
        state = {}
        for _ in range(300):
            if name == "gd":
                w = functions["gd_step"](w, hessian @ w, **values)
            elif name == "nesterov":
                w, state = functions["nesterov_step"](w, lambda v: hessian @ v, state, **values)
            else:
                w, state = functions[f"{name}_step"](w, hessian @ w, state, **values)
        return np.linalg.norm(w)

    rng = np.random.default_rng(0)
    valleys = [(np.arctan2(0.6, 0.8), 1.0, 30.0, np.array([-2.0, 2.0]))]
    for flat, steep in [(0.8, 24.0), (0.8, 36.0), (1.2, 24.0), (1.2, 36.0)]:
        for _ in range(5):
            angle, direction = rng.uniform(0.0, 2.0 * np.pi, 2)
            valleys.append((angle, flat, steep, 3.0 * np.array([np.cos(direction), np.sin(direction)])))
    for angle, flat, steep, start in valleys:
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        hessian = turn @ np.diag([flat, steep]) @ turn.T
        for name, values in functions["race"]().items():
            assert end(name, values, hessian, start) <= 0.2, (name, angle, flat, steep, start)
