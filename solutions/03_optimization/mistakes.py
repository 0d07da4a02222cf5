"""Known wrong answers, written as a learner would write them; the text names the mistake and says what to look at."""

from collections import Counter

import numpy as np

from dlbasic.authoring import mistake, reference

# --- kfold_indices ---------------------------------------------------------------------------------------------------


def _fold_pairs(parts):
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(len(parts))]


@mistake(
    "kfold_indices",
    en="Some samples never validate: n // k cuts off what is left over when k does not divide n. "
    "Spread the remainder over the folds.",
    ko="한 번도 검증에 쓰지 않는 샘플이 있어요. n // k로 자르면 나누어떨어지지 않을 때 나머지가 버려져요. "
    "나머지를 폴드에 나누어 주세요.",
)
def remainder_dropped(n, k, rng):
    order, size = rng.permutation(n), n // k
    return _fold_pairs([order[i * size : (i + 1) * size] for i in range(k)])


@mistake(
    "kfold_indices",
    en="Training and validation overlap: each model trains on everything, also on what it is judged by. "
    "Leave the validation part out.",
    ko="학습과 검증이 겹쳐요. 평가에 쓸 샘플까지 넣어 전체로 학습하고 있어요. 학습에서 validation을 빼세요.",
)
def training_on_everything(n, k, rng):
    order = rng.permutation(n)
    return [(order, part) for part in np.array_split(order, k)]


@mistake(
    "kfold_indices",
    en="The folds hold the same samples whatever the generator is: the order is not shuffled before it is cut. "
    "Sorted data would put one class into one fold.",
    ko="난수 생성기가 무엇이든 폴드마다 같은 샘플이 들어가요. 자르기 전에 순서를 섞지 않았어요. "
    "정렬된 데이터라면 한 클래스가 한 폴드에 몰려요.",
)
def no_shuffle(n, k, rng):
    return _fold_pairs(np.array_split(np.arange(n), k))


@mistake(
    "kfold_indices",
    en="The validation parts are drawn anew each time, so that some samples validate twice and others never. "
    "Cut one order into k pieces.",
    ko="validation을 매번 새로 뽑아서 두 번 검증하는 샘플도 있고 한 번도 안 하는 샘플도 있어요. "
    "순서 하나를 k조각으로 자르세요.",
)
def validation_drawn_anew(n, k, rng):
    folds = []
    for size in [n // k + (i < n % k) for i in range(k)]:
        order = rng.permutation(n)
        folds.append((order[size:], order[:size]))
    return folds


@mistake(
    "kfold_indices",
    en="The order is drawn with replacement, so that some samples come twice and others never. "
    "Shuffle instead, as rng.permutation does.",
    ko="인덱스를 복원 추출로 뽑아서 두 번 나오는 샘플도 있고 빠지는 샘플도 있어요. rng.permutation처럼 섞으세요.",
)
def with_replacement(n, k, rng):
    return _fold_pairs(np.array_split(rng.integers(0, n, size=n), k))


@mistake(
    "kfold_indices",
    en="The pairs are the wrong way round: training comes first, validation second.",
    ko="쌍의 순서가 바뀌었어요. train이 먼저, validation이 나중이에요.",
)
def pair_swapped(n, k, rng):
    return [(validation, train) for train, validation in _fold_pairs(np.array_split(rng.permutation(n), k))]


@mistake(
    "kfold_indices",
    en="The whole remainder lands in one fold. Sizes may differ by 1 at most: give each of the first folds one more.",
    ko="나머지가 모두 한 폴드에 들어갔어요. 크기는 1까지만 다를 수 있으니 앞쪽 폴드에 하나씩 더 주세요.",
)
def remainder_in_one_fold(n, k, rng):
    order, size = rng.permutation(n), n // k
    return _fold_pairs([order[i * size : (i + 1) * size] for i in range(k - 1)] + [order[(k - 1) * size :]])


@mistake(
    "kfold_indices",
    en="There is one fold too many: the remainder has become a fold of its own.",
    ko="폴드가 하나 더 많아요. 나머지가 따로 폴드 하나가 되었어요.",
)
def one_fold_too_many(n, k, rng):
    order, size = rng.permutation(n), n // k
    return _fold_pairs([order[start : start + size] for start in range(0, n, size)])


@mistake(
    "kfold_indices",
    en="Something random does not come from the rng that was passed in. Use its methods, such as rng.permutation.",
    ko="인자로 받은 rng에서 뽑지 않은 난수가 있어요. rng.permutation처럼 rng의 메서드를 쓰세요.",
)
def not_from_rng(n, k, rng):
    return _fold_pairs(np.array_split(np.random.permutation(n), k))


@mistake(
    "kfold_indices",
    en="The order is shuffled, but it is the same for every generator: a seed set inside makes rng useless.",
    ko="섞기는 하지만 어떤 난수 생성기를 주어도 순서가 같아요. 함수 안에서 시드를 정하면 rng를 받는 의미가 없어져요.",
)
def same_order_always(n, k, rng):
    return reference.kfold_indices(n, k, np.random.default_rng(0))


@mistake(
    "kfold_indices",
    en="Only one of the other parts trains. All k - 1 of them belong to the training part.",
    ko="나머지 조각 가운데 하나만 학습에 써요. k - 1개의 조각을 모두 train에 넣으세요.",
)
def one_part_for_training(n, k, rng):
    parts = np.array_split(rng.permutation(n), k)
    return [(parts[(i + 1) % k], parts[i]) for i in range(k)]


@mistake(
    "kfold_indices",
    en="The indices start at 1. Python counts from 0, so that the first sample is 0 and the last n - 1.",
    ko="인덱스가 1부터 시작해요. 파이썬에서는 첫 샘플이 0이고 마지막이 n - 1이에요.",
)
def counted_from_one(n, k, rng):
    return _fold_pairs(np.array_split(1 + rng.permutation(n), k))


@mistake(
    "kfold_indices",
    en="These are masks of True and False. Return the indices themselves (np.flatnonzero makes them of a mask).",
    ko="True와 False로 된 마스크예요. 인덱스를 돌려주세요. np.flatnonzero가 마스크를 인덱스로 바꿔 줘요.",
)
def masks_for_indices(n, k, rng):
    parts = np.array_split(rng.permutation(n), k)
    return [(~np.isin(np.arange(n), part), np.isin(np.arange(n), part)) for part in parts]


# --- cross_validate --------------------------------------------------------------------------------------------------


def _arrays(x, y):
    return np.asarray(x), np.asarray(y)


@mistake(
    "cross_validate",
    en="The models are scored on what they were trained on. "
    "Score them on the validation part, which they have not seen.",
    ko="모델을 학습에 쓴 데이터로 평가했어요. 모델이 보지 않은 validation으로 점수를 매기세요.",
)
def scored_on_training(fit, score, x, y, folds):
    x, y = _arrays(x, y)
    return float(np.mean([score(fit(x[train], y[train]), x[train], y[train]) for train, _ in folds]))


@mistake(
    "cross_validate",
    en="One model has been trained on all data, so it has seen every validation sample. Train a new one in each fold.",
    ko="모델 하나를 전체 데이터로 학습해서 검증에 쓸 샘플까지 모두 보았어요. 폴드마다 모델을 새로 학습하세요.",
)
def trained_on_everything(fit, score, x, y, folds):
    x, y = _arrays(x, y)
    model = fit(x, y)
    return float(np.mean([score(model, x[validation], y[validation]) for _, validation in folds]))


@mistake(
    "cross_validate",
    en="The two parts of a fold have changed places: it trains on the validation part and scores on the training part.",
    ko="폴드의 두 부분이 뒤바뀌었어요. validation으로 학습하고 train으로 평가하고 있어요.",
)
def parts_swapped(fit, score, x, y, folds):
    x, y = _arrays(x, y)
    return float(np.mean([score(fit(x[val], y[val]), x[train], y[train]) for train, val in folds]))


@mistake(
    "cross_validate",
    en="The scores are added up. Return their mean, which does not grow with the number of folds.",
    ko="점수를 더하기만 했어요. 폴드가 많아져도 커지지 않도록 평균을 돌려주세요.",
)
def sum_of_the_scores(fit, score, x, y, folds):
    return reference.cross_validate(fit, score, x, y, folds) * len(folds)


@mistake(
    "cross_validate",
    en="Only the last fold counts: the score is overwritten in each round. Collect one for every fold.",
    ko="마지막 폴드의 점수만 남았어요. 반복할 때마다 점수를 덮어쓰고 있으니 폴드마다 하나씩 모으세요.",
)
def last_fold_only(fit, score, x, y, folds):
    return reference.cross_validate(fit, score, x, y, list(folds)[-1:])


@mistake(
    "cross_validate",
    en="The return stands inside the loop, so that only the first fold counts.",
    ko="첫 폴드의 점수만 나와요. return이 반복문 안에 있지 않나요?",
)
def first_fold_only(fit, score, x, y, folds):
    return reference.cross_validate(fit, score, x, y, list(folds)[:1])


@mistake(
    "cross_validate",
    en="The folds are weighted by their sizes. Here the plain mean over the folds is asked for.",
    ko="폴드의 크기에 따라 가중치를 주었어요. 여기서는 모든 폴드의 점수를 똑같이 쳐서 평균해요.",
)
def weighted_by_size(fit, score, x, y, folds):
    x, y = _arrays(x, y)
    scores = [score(fit(x[train], y[train]), x[val], y[val]) for train, val in folds]
    return float(np.average(scores, weights=[len(val) for _, val in folds]))


@mistake(
    "cross_validate",
    en="The training part is taken to be everything outside of the validation part. A fold says itself what trains.",
    ko="validation이 아닌 것을 모두 학습에 썼어요. 무엇으로 학습할지는 폴드의 train이 정해요.",
)
def training_part_ignored(fit, score, x, y, folds):
    x, y = _arrays(x, y)
    others = [np.setdiff1d(np.arange(len(x)), val) for _, val in folds]
    scores = [score(fit(x[rest], y[rest]), x[val], y[val]) for rest, (_, val) in zip(others, folds, strict=True)]
    return float(np.mean(scores))


@mistake(
    "cross_validate",
    en="The model of the first fold is scored in all of them. Each fold has a model of its own.",
    ko="첫 폴드에서 만든 모델로 모든 폴드를 평가했어요. 폴드마다 모델을 새로 만드세요.",
)
def first_model_for_all(fit, score, x, y, folds):
    x, y = _arrays(x, y)
    model = fit(x[folds[0][0]], y[folds[0][0]])
    return float(np.mean([score(model, x[val], y[val]) for _, val in folds]))


# --- best_degree -----------------------------------------------------------------------------------------------------


def _errors(x, y, degrees, parts):
    """Mean squared validation errors, one for each degree."""
    x, y = np.asarray(x), np.asarray(y)
    errors = np.zeros(len(degrees))
    for validation in parts:
        train = np.setdiff1d(np.arange(len(x)), validation)
        for i, degree in enumerate(degrees):
            line = np.poly1d(np.polyfit(x[train], y[train], degree))
            errors[i] += np.mean((line(x[validation]) - y[validation]) ** 2) / len(parts)
    return errors


def _shuffled(n, k, rng):
    return np.array_split(rng.permutation(n), k)


@mistake(
    "best_degree",
    en="The degree is picked on the training error, which only gets smaller as the degree grows. "
    "Judge on the part that was left out.",
    ko="학습 오차로 골랐어요. 학습 오차는 차수가 높을수록 줄기만 해요. 남겨 둔 부분의 오차로 고르세요.",
)
def training_error(x, y, degrees, k, rng):
    errors = [np.mean((np.polyval(np.polyfit(x, y, degree), x) - y) ** 2) for degree in degrees]
    return int(degrees[int(np.argmin(errors))])


@mistake(
    "best_degree",
    en="This is the degree with the largest validation error. The least one wins.",
    ko="검증 오차가 가장 큰 차수예요. 가장 작은 것을 골라야 해요.",
)
def largest_error(x, y, degrees, k, rng):
    return int(degrees[int(np.argmax(_errors(x, y, degrees, _shuffled(len(x), k, rng))))])


@mistake(
    "best_degree",
    en="Always the simplest of the degrees. It is the validation error that decides.",
    ko="늘 가장 낮은 차수를 골라요. 검증 오차를 보고 정해야 해요.",
)
def always_the_simplest(x, y, degrees, k, rng):
    return int(min(degrees))


@mistake(
    "best_degree",
    en="The folds are blocks of neighbouring points: "
    "on sorted data a polynomial is then judged where it has seen nothing. "
    "Shuffle with rng before cutting.",
    ko="폴드가 이웃한 점들의 덩어리예요. 데이터가 정렬되어 있으면 다항식을 아무것도 보지 못한 구간에서 평가하게 돼요. "
    "자르기 전에 rng로 섞으세요.",
)
def no_shuffle(x, y, degrees, k, rng):  # noqa: F811
    return int(degrees[int(np.argmin(_errors(x, y, degrees, np.array_split(np.arange(len(x)), k))))])


@mistake(
    "best_degree",
    en="This is the place of the best degree in the list, not the degree itself.",
    ko="가장 좋은 차수가 아니라 그 차수가 리스트에서 몇 번째인지를 돌려줬어요.",
)
def index_for_degree(x, y, degrees, k, rng):
    return int(np.argmin(_errors(x, y, degrees, _shuffled(len(x), k, rng))))


@mistake(
    "best_degree",
    en="This is an error, not a degree: np.min gives the least value, np.argmin its place.",
    ko="차수가 아니라 오차예요. np.min은 가장 작은 값을, np.argmin은 그 자리를 알려 줘요.",
)
def error_for_degree(x, y, degrees, k, rng):
    return float(np.min(_errors(x, y, degrees, _shuffled(len(x), k, rng))))


@mistake(
    "best_degree",
    en="With k = n every point is a fold by itself, and no order can matter; here it does. "
    "Every one of the k folds has to validate once, and all of them count.",
    ko="k = n이면 점마다 폴드가 하나라서 순서가 상관없어야 하는데, 여기서는 답이 달라져요. "
    "k개의 폴드로 한 번씩 검증하고 그 오차를 모두 평균하세요.",
)
def not_every_fold_once(x, y, degrees, k, rng):
    return int(degrees[int(np.argmin(_errors(x, y, degrees, _shuffled(len(x), k, rng)[:1])))])


@mistake(
    "best_degree",
    en="Something random does not come from the rng that was passed in. Use its methods, such as rng.permutation.",
    ko="인자로 받은 rng에서 뽑지 않은 난수가 있어요. rng.permutation처럼 rng의 메서드를 쓰세요.",
)
def not_from_rng(x, y, degrees, k, rng):  # noqa: F811
    return int(degrees[int(np.argmin(_errors(x, y, degrees, np.array_split(np.random.permutation(len(x)), k))))])


@mistake(
    "best_degree",
    en="Nothing is drawn from the rng that was passed in: the folds do not depend on it. "
    "Shuffle with its methods, such as rng.permutation, before cutting.",
    ko="인자로 받은 rng에서 아무것도 뽑지 않아서 폴드가 rng와 상관없이 정해져요. "
    "자르기 전에 rng.permutation처럼 rng의 메서드로 섞으세요.",
)
def rng_not_used(x, y, degrees, k, rng):
    return reference.best_degree(x, y, degrees, k, np.random.default_rng(0))


@mistake(
    "best_degree",
    en="x, y or degrees is no longer what was passed in: shuffling or sorting in place changes the caller's data.",
    ko="넘겨받은 x, y, degrees 가운데 바뀐 것이 있어요. 제자리에서 섞거나 정렬하면 부른 쪽의 데이터가 바뀌어요.",
)
def changes_arguments(x, y, degrees, k, rng):
    order = rng.permutation(len(x))
    x[:], y[:] = x[order], y[order]
    return int(degrees[int(np.argmin(_errors(x, y, degrees, np.array_split(np.arange(len(x)), k))))])


# --- bias_variance ---------------------------------------------------------------------------------------------------


@mistake(
    "bias_variance",
    en="The average is taken along the wrong axis. Rows are models: average over them, axis 0, to get one number per "
    "point.",
    ko="평균을 엉뚱한 축으로 냈어요. 행이 모델이니 축 0으로 평균해서 점마다 하나씩 구하세요.",
)
def axes_swapped(predictions, truth):
    predictions = np.asarray(predictions)
    average = predictions.mean(axis=1)
    return float(np.mean((truth - average) ** 2)), float(np.mean(predictions.var(axis=1)))


@mistake(
    "bias_variance",
    en="The variance is divided by M - 1 (ddof=1). Here it is the plain mean over the M models.",
    ko="분산을 M - 1로 나눴어요(ddof=1). 여기서는 모델 M개의 평균이에요.",
)
def ddof_one(predictions, truth):
    predictions = np.asarray(predictions)
    bias2 = np.mean((truth - predictions.mean(axis=0)) ** 2)
    return float(bias2), float(np.mean(predictions.var(axis=0, ddof=1)))


@mistake(
    "bias_variance",
    en="The square is misplaced: it is the difference that is squared, not the average prediction inside of it.",
    ko="제곱의 자리가 틀렸어요. 평균 예측만 제곱하지 말고, 참값과의 차이를 제곱하세요.",
)
def square_misplaced(predictions, truth):
    predictions = np.asarray(predictions)
    average = predictions.mean(axis=0)
    return float(np.mean(truth - average**2)), float(np.mean((predictions - average) ** 2))


@mistake(
    "bias_variance",
    en="The square is inside and outside at once: (f - average²)². The average prediction itself is not squared.",
    ko="제곱이 안팎에 다 있어요. (f - 평균²)² 꼴인데, 평균 예측 자체는 제곱하지 않아요.",
)
def squared_twice(predictions, truth):
    predictions = np.asarray(predictions)
    average = predictions.mean(axis=0)
    return float(np.mean((truth - average**2) ** 2)), float(np.mean((predictions - average) ** 2))


@mistake(
    "bias_variance",
    en="The bias is not squared, so that errors of different sign cancel between the points.",
    ko="편향을 제곱하지 않아서 점마다 부호가 다른 오차가 서로 지워져요.",
)
def bias_not_squared(predictions, truth):
    predictions = np.asarray(predictions)
    average = predictions.mean(axis=0)
    return float(np.mean(truth - average)), float(np.mean((predictions - average) ** 2))


@mistake(
    "bias_variance",
    en="The bias is averaged over the points before it is squared. Square at every point first.",
    ko="편향을 모든 점에서 평균한 다음 제곱했어요. 점마다 먼저 제곱하고 그다음 평균하세요.",
)
def square_of_the_mean_bias(predictions, truth):
    predictions = np.asarray(predictions)
    average = predictions.mean(axis=0)
    return float(np.mean(truth - average) ** 2), float(np.mean((predictions - average) ** 2))


@mistake(
    "bias_variance",
    en="The two numbers are right but come in the wrong order: bias2 first, then the variance.",
    ko="두 값은 맞지만 순서가 바뀌었어요. bias2가 먼저, 분산이 나중이에요.",
)
def order_swapped(predictions, truth):
    return reference.bias_variance(predictions, truth)[::-1]


@mistake(
    "bias_variance",
    en="The second number is the mean squared distance from the truth: bias and variance together. "
    "The variance is measured from the average model.",
    ko="둘째 값이 참값에서 잰 제곱 거리의 평균, 곧 편향과 분산을 합한 값이에요. 분산은 평균 모델에서 재요.",
)
def variance_about_the_truth(predictions, truth):
    return reference.bias_variance(predictions, truth)[0], float(np.mean((np.asarray(predictions) - truth) ** 2))


@mistake(
    "bias_variance",
    en="The second number is a standard deviation. The variance is its square, taken at each point before averaging.",
    ko="둘째 값이 표준편차예요. 점마다 그 제곱인 분산을 구해 평균하세요.",
)
def deviation_for_variance(predictions, truth):
    return reference.bias_variance(predictions, truth)[0], float(np.mean(np.asarray(predictions).std(axis=0)))


@mistake(
    "bias_variance",
    en="The spread is taken over all numbers at once, so that differences between the points count as variance. "
    "It is the models that vary.",
    ko="모든 수를 한꺼번에 놓고 퍼진 정도를 재서 점 사이의 차이까지 분산이 되었어요. "
    "분산은 모델마다 예측이 얼마나 다른지예요.",
)
def variance_of_everything(predictions, truth):
    return reference.bias_variance(predictions, truth)[0], float(np.var(predictions))


@mistake(
    "bias_variance",
    en="A single mean is taken over all models and all points. "
    "The average model has a value of its own at each point: average over the rows, axis 0.",
    ko="모든 모델, 모든 점의 예측을 통틀어 평균 하나만 냈어요. "
    "평균 모델은 점마다 값이 따로 있으니 축 0을 따라 행들을 평균하세요.",
)
def one_mean_for_everything(predictions, truth):
    average = np.mean(predictions)
    return float(np.mean((truth - average) ** 2)), float(np.mean((predictions - average) ** 2))


@mistake(
    "bias_variance",
    en="The first number is each model's own squared error, averaged. Average the predictions first, then compare.",
    ko="첫째 값이 모델마다 구한 제곱 오차의 평균이에요. 예측을 먼저 평균하고 그다음 참값과 견주세요.",
)
def error_for_bias(predictions, truth):
    return float(np.mean((np.asarray(predictions) - truth) ** 2)), reference.bias_variance(predictions, truth)[1]


# --- bootstrap -------------------------------------------------------------------------------------------------------


@mistake(
    "bootstrap",
    en="Every sample comes exactly once: this is a shuffle. A bootstrap draws with replacement, "
    "so that some come twice and some not at all.",
    ko="모든 샘플이 꼭 한 번씩 나와요. 이것은 섞기예요. 부트스트랩은 복원 추출이라 두 번 나오는 것도, 빠지는 것도 "
    "있어요.",
)
def without_replacement(x, y, rng):
    chosen = rng.permutation(len(x))
    return x[chosen], y[chosen]


@mistake(
    "bootstrap",
    en="x and y are drawn apart, so that samples meet other samples' targets. One set of row numbers must pick from "
    "both.",
    ko="x와 y를 따로 뽑아서 짝이 어긋나요. 행 번호를 한 번만 뽑아 둘 다에 쓰세요.",
)
def drawn_apart(x, y, rng):
    return rng.choice(x, size=len(x)), rng.choice(y, size=len(y))


@mistake(
    "bootstrap",
    en="The sample is smaller than the data. A bootstrap sample is as large as the data; "
    "drawing a part of it, such as 80 %, is subsampling.",
    ko="표본이 데이터보다 작아요. 부트스트랩 표본은 원래 데이터와 크기가 같아요. "
    "80 %처럼 일부만 뽑는 것은 부분 표본 추출이에요.",
)
def only_a_part(x, y, rng):
    chosen = rng.choice(len(x), size=int(0.8 * len(x)), replace=False)
    return x[chosen], y[chosen]


@mistake(
    "bootstrap",
    en="Only one of the two is resampled; the other keeps its order. Pairs have to stay together.",
    ko="둘 가운데 하나만 다시 뽑고 다른 하나는 그대로예요. 짝이 함께 움직여야 해요.",
)
def only_one_drawn(x, y, rng):
    return x[rng.integers(0, len(x), size=len(x))], y


@mistake(
    "bootstrap",
    en="The last sample can never be drawn: the upper end of rng.integers is left out already.",
    ko="마지막 샘플은 절대 뽑히지 않아요. rng.integers는 위쪽 끝 값을 원래 뽑지 않아요.",
)
def last_never_drawn(x, y, rng):
    chosen = rng.integers(0, len(x) - 1, size=len(x))
    return x[chosen], y[chosen]


@mistake(
    "bootstrap",
    en="The first sample can never be drawn: indices start at 0.",
    ko="첫 샘플은 절대 뽑히지 않아요. 인덱스는 0부터예요.",
)
def first_never_drawn(x, y, rng):
    chosen = rng.integers(1, len(x), size=len(x))
    return x[chosen], y[chosen]


@mistake(
    "bootstrap",
    en="The first and the last sample come half as often as the others: rounding leaves the two ends half an interval "
    "each. rng.integers draws evenly.",
    ko="첫 샘플과 마지막 샘플이 다른 샘플의 절반만큼만 나와요. 반올림하면 양 끝에는 구간이 절반씩만 돌아가요. "
    "rng.integers는 고르게 뽑아요.",
)
def ends_come_half_as_often(x, y, rng):
    chosen = np.rint(rng.random(len(x)) * (len(x) - 1)).astype(int)
    return x[chosen], y[chosen]


@mistake(
    "bootstrap",
    en="One number is drawn and used for all rows, so that one pair comes over and over. Draw N of them.",
    ko="번호를 하나만 뽑아 모든 행에 써서 같은 쌍만 되풀이돼요. N개를 뽑으세요.",
)
def one_pair_over_and_over(x, y, rng):
    chosen = np.full(len(x), rng.integers(0, len(x)))
    return x[chosen], y[chosen]


@mistake(
    "bootstrap",
    en="Something random does not come from the rng that was passed in. Use its methods, such as rng.integers.",
    ko="인자로 받은 rng에서 뽑지 않은 난수가 있어요. rng.integers처럼 rng의 메서드를 쓰세요.",
)
def not_from_rng(x, y, rng):  # noqa: F811
    chosen = np.random.randint(0, len(x), size=len(x))
    return x[chosen], y[chosen]


@mistake(
    "bootstrap",
    en="The same pairs are drawn whatever the generator is: a seed set inside makes rng useless.",
    ko="어떤 난수 생성기를 주어도 같은 쌍이 뽑혀요. 함수 안에서 시드를 정하면 rng를 받는 의미가 없어져요.",
)
def same_draw_always(x, y, rng):
    return reference.bootstrap(x, y, np.random.default_rng(0))


@mistake(
    "bootstrap",
    en="x or y has changed: the resampled data was written into the arrays that were passed in. Make new ones.",
    ko="넘겨받은 x나 y가 바뀌었어요. 다시 뽑은 데이터를 받은 배열에 덮어썼어요. 새 배열을 만드세요.",
)
def changes_arguments(x, y, rng):  # noqa: F811
    chosen = rng.integers(0, len(x), size=len(x))
    x[:], y[:] = x[chosen], y[chosen]
    return x, y


# --- bagging_vote ----------------------------------------------------------------------------------------------------


@mistake(
    "bagging_vote",
    en="This is the mean of the labels, rounded. Labels are names: between class 2 and class 8 there is no class 5 to "
    "agree on.",
    ko="레이블의 평균을 반올림한 값이에요. 레이블은 이름이라서 2번과 8번 클래스의 중간인 5번으로 합의할 수는 없어요.",
)
def mean_of_labels(votes):
    return np.rint(np.mean(votes, axis=0)).astype(int)


@mistake(
    "bagging_vote",
    en="This is the mean of the labels. Labels are names, not amounts: count votes instead.",
    ko="레이블의 평균이에요. 레이블은 양이 아니라 이름이에요. 평균을 내지 말고 표를 세세요.",
)
def plain_mean(votes):
    return np.mean(votes, axis=0)


@mistake(
    "bagging_vote",
    en="This is the median of the labels. The label with the most votes need not stand in the middle.",
    ko="레이블의 중앙값이에요. 표를 가장 많이 받은 레이블이 가운데에 있으란 법은 없어요.",
)
def median(votes):
    return np.sort(votes, axis=0)[(len(votes) - 1) // 2]


@mistake(
    "bagging_vote",
    en="In a tie this takes the largest label. Ties go to the smallest.",
    ko="동점일 때 가장 큰 레이블을 골라요. 동점이면 가장 작은 레이블이에요.",
)
def ties_to_the_largest(votes):
    return np.array([max(set(column), key=lambda label: (column.count(label), label)) for column in _columns(votes)])


@mistake(
    "bagging_vote",
    en="In a tie this takes the label that was voted for first (Counter does so). Ties go to the smallest label.",
    ko="동점일 때 먼저 나온 레이블을 골라요(Counter가 그래요). 동점이면 가장 작은 레이블이에요.",
)
def ties_to_the_first(votes):
    return np.array([Counter(column).most_common(1)[0][0] for column in _columns(votes)])


@mistake(
    "bagging_vote",
    en="In a tie this takes whichever label the set happens to hold first: a set has no order. "
    "Ties go to the smallest label.",
    ko="동점일 때 집합에서 우연히 앞에 놓인 레이블을 골라요. 집합에는 순서가 없어요. 동점이면 가장 작은 레이블이에요.",
)
def ties_by_a_sets_order(votes):
    return np.array([max(set(column), key=column.count) for column in _columns(votes)])


def _columns(votes):
    return [list(column) for column in np.asarray(votes).T.tolist()]


@mistake(
    "bagging_vote",
    en="This counts along the rows: one answer per model. Each column is one sample, and the models vote on it.",
    ko="행을 따라 세어서 모델마다 답이 하나씩 나와요. 열 하나가 샘플 하나이고, 그 샘플에 모델들이 투표해요.",
)
def winner_per_model(votes):
    return reference.bagging_vote(np.asarray(votes).T)


@mistake(
    "bagging_vote",
    en="These are the numbers of votes. The label that got them is asked for.",
    ko="표의 개수예요. 그 표를 받은 레이블을 돌려주세요.",
)
def count_for_label(votes):
    return np.array([max(column.count(label) for label in column) for column in _columns(votes)])


@mistake(
    "bagging_vote",
    en="These are positions among the labels that occur, not the labels themselves.",
    ko="레이블이 아니라 그 레이블이 몇 번째인지를 돌려줬어요.",
)
def position_for_label(votes):
    votes = np.asarray(votes)
    return np.array([(votes == label).sum(axis=0) for label in np.unique(votes)]).argmax(axis=0)


@mistake(
    "bagging_vote",
    en="The rarest label wins here. The one with the most votes should.",
    ko="표가 가장 적은 레이블이 뽑혔어요. 가장 많은 레이블이어야 해요.",
)
def rarest_label(votes):
    return np.array([min(sorted(set(column)), key=column.count) for column in _columns(votes)])


@mistake(
    "bagging_vote",
    en="Every sample gets the label that is most frequent in the whole array. Count in each column by itself.",
    ko="배열 전체에서 가장 많은 레이블이 모든 샘플에 들어갔어요. 열마다 따로 세세요.",
)
def one_winner_for_all(votes):
    labels, counts = np.unique(votes, return_counts=True)
    return np.full(np.shape(votes)[1], labels[counts.argmax()])


@mistake(
    "bagging_vote",
    en="Only the first model is asked. All M models vote.",
    ko="첫 모델에게만 물었어요. 모델 M개가 모두 투표해요.",
)
def first_model_only(votes):
    return np.asarray(votes)[0]


# --- adaboost_weights ------------------------------------------------------------------------------------------------


def _boost(weights, correct, error=None, alpha=None, factors=None, normalise=True):
    """One round with one thing done otherwise."""
    weights, correct = np.asarray(weights), np.asarray(correct)
    error = weights[~correct].sum() if error is None else error(weights, correct)
    alpha = 0.5 * np.log((1.0 - error) / error) if alpha is None else alpha(error)
    powers = np.where(correct, -alpha, alpha)
    new = weights * (np.exp(powers) if factors is None else factors(correct, alpha))
    return (new / new.sum() if normalise else new), float(alpha)


@mistake(
    "adaboost_weights",
    en="The error counts every wrong sample alike. It is the sum of the wrong ones' weights.",
    ko="틀린 샘플을 모두 똑같이 셌어요. 오차는 틀린 샘플의 가중치를 더한 값이에요.",
)
def error_unweighted(weights, correct):
    return _boost(weights, correct, error=lambda w, c: np.mean(~c))


@mistake(
    "adaboost_weights",
    en="The sign of alpha is wrong: a good model (error below 1/2) gets a negative vote, and the samples that were "
    "right grow.",
    ko="alpha의 부호가 반대예요. 오차가 1/2보다 작은 좋은 모델의 표가 음수가 되고, 맞힌 샘플의 가중치가 커져요.",
)
def sign_of_alpha(weights, correct):
    return _boost(weights, correct, alpha=lambda e: 0.5 * np.log(e / (1.0 - e)))


@mistake(
    "adaboost_weights",
    en="alpha is right, but the weights go the wrong way: samples that were wrong should gain weight.",
    ko="alpha는 맞지만 가중치가 거꾸로 움직여요. 틀린 샘플의 가중치가 커져야 해요.",
)
def right_ones_grow(weights, correct):
    return _boost(weights, correct, factors=lambda c, a: np.exp(np.where(c, a, -a)))


@mistake(
    "adaboost_weights",
    en="The half before the logarithm is missing, in alpha and in the weights.",
    ko="로그 앞의 1/2이 빠졌어요. alpha와 가중치 모두 그래요.",
)
def half_missing(weights, correct):
    return _boost(weights, correct, alpha=lambda e: np.log((1.0 - e) / e))


@mistake(
    "adaboost_weights",
    en="The weights are right, but alpha is twice what it should be: that is the form (SAMME's) in which only wrong "
    "samples are multiplied. Here alpha has a half in front.",
    ko="가중치는 맞지만 alpha가 두 배예요. 틀린 샘플에만 곱하는 꼴(SAMME)의 alpha예요. 여기서는 앞에 1/2이 붙어요.",
)
def alpha_doubled(weights, correct):
    new, alpha = reference.adaboost_weights(weights, correct)
    return new, 2.0 * alpha


@mistake(
    "adaboost_weights",
    en="The weights do not sum to 1. Divide them by their sum at the end.",
    ko="가중치의 합이 1이 아니에요. 마지막에 합으로 나누세요.",
)
def not_renormalized(weights, correct):
    return _boost(weights, correct, normalise=False)


@mistake(
    "adaboost_weights",
    en="Only the wrong samples are kept: the others' weights are 0. Boosting reweights all the data.",
    ko="틀린 샘플만 남고 나머지의 가중치가 0이에요. 부스팅은 데이터 전체의 가중치를 바꿔요.",
)
def only_failures_kept(weights, correct):
    return _boost(weights, correct, factors=lambda c, a: np.where(c, 0.0, np.exp(a)))


@mistake(
    "adaboost_weights",
    en="Only the wrong samples' weights are multiplied. With this alpha the right ones shrink by exp(-alpha) as well.",
    ko="틀린 샘플의 가중치에만 곱했어요. 이 alpha를 쓸 때는 맞힌 샘플의 가중치도 exp(-alpha)배로 줄어들어요.",
)
def right_ones_left_alone(weights, correct):
    return _boost(weights, correct, factors=lambda c, a: np.where(c, 1.0, np.exp(a)))


@mistake(
    "adaboost_weights",
    en="alpha is never negative here. When a model is worse than chance its vote is negative: leave the sign.",
    ko="여기서는 alpha가 음수가 되지 않아요. 아무렇게나 찍는 것보다 못한 모델의 표는 음수예요. 부호를 그대로 두세요.",
)
def alpha_never_negative(weights, correct):
    return _boost(weights, correct, alpha=lambda e: abs(0.5 * np.log((1.0 - e) / e)))


@mistake(
    "adaboost_weights",
    en="The weights that were passed in have changed (`*=` writes into them). Make a new array.",
    ko="넘겨받은 weights가 바뀌었어요. `*=`는 원래 배열에 덮어써요. 새 배열을 만드세요.",
)
def changes_weights(weights, correct):
    new, alpha = reference.adaboost_weights(weights, correct)
    if isinstance(weights, np.ndarray):
        weights[:] = new
    return new, alpha


# --- minibatches -----------------------------------------------------------------------------------------------------


@mistake(
    "minibatches",
    en="The last batch is dropped when it is not full. Every sample belongs to a batch: let the last one be smaller.",
    ko="마지막 배치가 다 차지 않으면 버리고 있어요. 모든 샘플이 어느 배치엔가 들어가야 하니, 작더라도 넣으세요.",
)
def last_batch_dropped(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n // batch_size)]


@mistake(
    "minibatches",
    en="The batches are drawn with replacement: some samples come twice in an epoch, others never. "
    "Shuffle once, then cut.",
    ko="배치를 복원 추출로 뽑았어요. 두 번 나오는 샘플도 있고 빠지는 샘플도 있어요. 한 번 섞은 다음 잘라 쓰세요.",
)
def with_replacement(n, batch_size, rng):  # noqa: F811
    order = rng.integers(0, n, size=n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@mistake(
    "minibatches",
    en="The batches hold the same samples whatever the generator is: nothing is shuffled.",
    ko="난수 생성기가 무엇이든 배치마다 같은 샘플이 들어가요. 섞지 않았어요.",
)
def no_shuffle(n, batch_size, rng):  # noqa: F811
    return [np.arange(start, min(start + batch_size, n)) for start in range(0, n, batch_size)]


@mistake(
    "minibatches",
    en="The samples are spread evenly over the batches. All batches have batch_size samples; only the last may be "
    "smaller.",
    ko="샘플을 배치에 고르게 나누었어요. 배치는 모두 batch_size개씩이고 마지막만 작을 수 있어요.",
)
def even_split(n, batch_size, rng):
    return np.array_split(rng.permutation(n), -(-n // batch_size))


@mistake(
    "minibatches",
    en="The last batch is filled up with samples that have been used already. Let it be smaller.",
    ko="마지막 배치를 이미 쓴 샘플로 채웠어요. 작은 채로 두세요.",
)
def last_batch_filled_up(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[np.arange(start, start + batch_size) % n] for start in range(0, n, batch_size)]


@mistake(
    "minibatches",
    en="What is left over has been added to the last full batch. It makes a smaller batch of its own.",
    ko="남은 샘플을 마지막 배치에 보탰어요. 남은 것은 따로 작은 배치가 돼요.",
)
def rest_joins_the_last(n, batch_size, rng):
    order, count = rng.permutation(n), max(1, n // batch_size)
    cuts = [i * batch_size for i in range(count)] + [n]
    return [order[start:stop] for start, stop in zip(cuts[:-1], cuts[1:], strict=True)]


@mistake(
    "minibatches",
    en="When batch_size divides n there is an empty batch at the end: "
    "count batches with care, or step through a range.",
    ko="n이 batch_size로 나누어떨어지면 끝에 빈 배치가 생겨요. 배치 수를 다시 세거나 range로 건너뛰며 자르세요.",
)
def empty_batch(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n // batch_size + 1)]


@mistake(
    "minibatches",
    en="Something random does not come from the rng that was passed in. Use its methods, such as rng.permutation.",
    ko="인자로 받은 rng에서 뽑지 않은 난수가 있어요. rng.permutation처럼 rng의 메서드를 쓰세요.",
)
def not_from_rng(n, batch_size, rng):  # noqa: F811
    order = np.random.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@mistake(
    "minibatches",
    en="The order is shuffled, but it is the same for every generator: a seed set inside makes rng useless.",
    ko="섞기는 하지만 어떤 난수 생성기를 주어도 순서가 같아요. 함수 안에서 시드를 정하면 rng를 받는 의미가 없어져요.",
)
def same_order_always(n, batch_size, rng):  # noqa: F811
    return reference.minibatches(n, batch_size, np.random.default_rng(0))


@mistake(
    "minibatches",
    en="The smaller batch comes first. Only the last one may be smaller.",
    ko="작은 배치가 맨 앞에 있어요. 작아도 되는 것은 마지막 배치뿐이에요.",
)
def small_batch_first(n, batch_size, rng):
    cuts = range(n % batch_size or batch_size, n, batch_size)
    return np.split(rng.permutation(n), cuts)


@mistake(
    "minibatches",
    en="batch_size is taken for the number of batches. It is how many samples a batch holds.",
    ko="batch_size를 배치의 개수로 썼어요. 배치 하나에 들어가는 샘플의 개수예요.",
)
def size_as_count(n, batch_size, rng):
    return np.array_split(rng.permutation(n), batch_size)


# --- sharpness -------------------------------------------------------------------------------------------------------


def _rises(loss, w, steps):
    return [loss(w + step) - loss(w) for step in steps]


def _units(directions):
    directions = np.asarray(directions)
    return directions / np.linalg.norm(directions, axis=1, keepdims=True)


@mistake(
    "sharpness",
    en="The directions keep their own lengths: radius only multiplies them. Divide each row by its length first.",
    ko="방향의 길이가 제각각이에요. radius를 곱하기만 했어요. 먼저 행마다 그 길이로 나누세요.",
)
def length_not_normalised(loss, w, directions, radius):
    return float(np.mean(_rises(loss, np.asarray(w), radius * np.asarray(directions))))


@mistake(
    "sharpness",
    en="This is the largest rise. The mean over the directions is asked for.",
    ko="가장 큰 상승폭이에요. 모든 방향의 평균을 구하세요.",
)
def max_for_mean(loss, w, directions, radius):
    return float(np.max(_rises(loss, np.asarray(w), radius * _units(directions))))


@mistake(
    "sharpness",
    en="The steps have length 1: radius is not used.",
    ko="걸음의 길이가 1이에요. radius를 쓰지 않았어요.",
)
def radius_ignored(loss, w, directions, radius):
    return float(np.mean(_rises(loss, np.asarray(w), _units(directions))))


@mistake(
    "sharpness",
    en="This is the mean loss around w. A rise is what it lies above the loss at w itself.",
    ko="w 둘레의 평균 손실이에요. 상승폭은 거기서 w의 손실을 뺀 값이에요.",
)
def loss_for_rise(loss, w, directions, radius):
    return float(np.mean([loss(np.asarray(w) + step) for step in radius * _units(directions)]))


@mistake(
    "sharpness",
    en="The sign is turned: this is how far the loss falls. A rise is loss(w + d) - loss(w).",
    ko="부호가 반대예요. 손실이 얼마나 내려가는지를 구했어요. 상승폭은 loss(w + d) - loss(w)예요.",
)
def fall_for_rise(loss, w, directions, radius):
    return -reference.sharpness(loss, w, directions, radius)


@mistake(
    "sharpness",
    en="The absolute value makes every step a rise. Where the loss falls, the rise is negative and counts so.",
    ko="절댓값 때문에 모든 걸음이 오르막이 돼요. 손실이 내려가는 방향의 상승폭은 음수 그대로 평균하세요.",
)
def absolute_rise(loss, w, directions, radius):
    return float(np.mean(np.abs(_rises(loss, np.asarray(w), radius * _units(directions)))))


@mistake(
    "sharpness",
    en="The lengths are taken down the columns. A direction is a row: its length runs along axis 1.",
    ko="길이를 열을 따라 쟀어요. 행 하나가 방향 하나이니 축 1을 따라 재세요.",
)
def lengths_of_columns(loss, w, directions, radius):
    directions = np.asarray(directions)
    return float(np.mean(_rises(loss, np.asarray(w), radius * directions / np.linalg.norm(directions, axis=0))))


@mistake(
    "sharpness",
    en="All directions are divided by one length, that of the whole array. Each row has a length of its own.",
    ko="배열 전체의 길이 하나로 모든 방향을 나눴어요. 행마다 길이가 따로 있어요.",
)
def one_length_for_all(loss, w, directions, radius):
    directions = np.asarray(directions)
    return float(np.mean(_rises(loss, np.asarray(w), radius * directions / np.linalg.norm(directions))))


@mistake(
    "sharpness",
    en="The rises are added up. Their mean does not grow with the number of directions.",
    ko="상승폭을 더하기만 했어요. 방향이 많아져도 커지지 않도록 평균을 내세요.",
)
def sum_for_mean(loss, w, directions, radius):
    return float(np.sum(_rises(loss, np.asarray(w), radius * _units(directions))))


@mistake(
    "sharpness",
    en="The rows are divided by their squared lengths. The length is the root of the sum of squares.",
    ko="행을 길이의 제곱으로 나눴어요. 길이는 제곱합의 제곱근이에요.",
)
def squared_length(loss, w, directions, radius):
    directions = np.asarray(directions)
    steps = radius * directions / np.sum(np.square(directions), axis=1, keepdims=True)
    return float(np.mean(_rises(loss, np.asarray(w), steps)))


@mistake(
    "sharpness",
    en="w has been moved and stays where it is (`w += d`), so that every direction starts elsewhere. "
    "Compute w + d as a new array.",
    ko="`w += d`로 w를 옮긴 채 두어서 방향마다 출발점이 달라져요. w + d를 새 배열로 계산하세요.",
)
def walks_away(loss, w, directions, radius):
    start, rises = loss(w), []
    for step in radius * _units(directions):
        w += step
        rises.append(loss(w) - start)
    return float(np.mean(rises))


# --- max_stable_lr ---------------------------------------------------------------------------------------------------


@mistake(
    "max_stable_lr",
    en="This is 1/λ: the rate that jumps to the minimum along the steepest direction. "
    "Up to twice that, it still gets nearer.",
    ko="1/λ는 가장 가파른 방향에서 단번에 극소점에 닿는 학습률이에요. 그 두 배까지는 여전히 가까워져요.",
)
def one_over_lambda(hessian):
    return float(1.0 / np.linalg.eigvalsh(hessian).max())


@mistake(
    "max_stable_lr",
    en="This divides by the smallest eigenvalue. The steepest direction, the largest one, is the first to blow up.",
    ko="가장 작은 고윳값으로 나눴어요. 맨 먼저 발산하는 것은 가장 가파른 방향, 곧 가장 큰 고윳값 쪽이에요.",
)
def smallest_eigenvalue(hessian):
    return float(2.0 / np.linalg.eigvalsh(hessian).min())


@mistake(
    "max_stable_lr",
    en="This divides by the largest entry, which stands on the diagonal. "
    "Curvature across the axes counts too: use the eigenvalues.",
    ko="대각선에 놓인 가장 큰 원소로 나눴어요. 축에 비스듬한 곡률도 있으니 고윳값을 쓰세요.",
)
def diagonal_only(hessian):
    return float(2.0 / np.max(np.diag(hessian)))


@mistake(
    "max_stable_lr",
    en="This divides by the trace, the sum of all eigenvalues: safe, but smaller than need be.",
    ko="고윳값을 모두 더한 대각합으로 나눴어요. 안전하지만 필요한 것보다 작아요.",
)
def trace(hessian):
    return float(2.0 / np.trace(hessian))


@mistake(
    "max_stable_lr",
    en="This divides by the root of the sum of squares of all entries (the Frobenius norm), "
    "which is larger than the largest eigenvalue.",
    ko="모든 원소의 제곱합의 제곱근(프로베니우스 노름)으로 나눴어요. 가장 큰 고윳값보다 커요.",
)
def frobenius_norm(hessian):
    return float(2.0 / np.linalg.norm(hessian))


@mistake(
    "max_stable_lr",
    en="This is 2/(λ_min + λ_max): the rate that converges fastest, not the largest that converges.",
    ko="2/(λ_min + λ_max)는 가장 빨리 수렴하는 학습률이에요. 수렴하는 것 가운데 가장 큰 것을 구하세요.",
)
def fastest_rate(hessian):
    curvatures = np.linalg.eigvalsh(hessian)
    return float(2.0 / (curvatures.min() + curvatures.max()))


@mistake(
    "max_stable_lr",
    en="This is the largest eigenvalue itself. The rate is 2 divided by it.",
    ko="가장 큰 고윳값 그대로예요. 2를 그것으로 나눈 값이 학습률이에요.",
)
def eigenvalue_itself(hessian):
    return float(np.linalg.eigvalsh(hessian).max())


@mistake(
    "max_stable_lr",
    en="This divides by the largest sum of absolute values in a row. That is a bound on the largest eigenvalue, "
    "not the eigenvalue itself.",
    ko="행마다 절댓값을 더한 값 가운데 가장 큰 것으로 나눴어요. "
    "이것은 가장 큰 고윳값의 상한이지 고윳값 자체가 아니에요.",
)
def largest_row_sum(hessian):
    return float(2.0 / np.abs(hessian).sum(axis=1).max())


# --- gd_step ---------------------------------------------------------------------------------------------------------


@mistake(
    "gd_step",
    en="`-=` writes into the array that was passed in, so that the caller's own w changes. Make a new array.",
    ko="`-=`는 받은 배열에 덮어써서 부른 쪽의 w까지 바뀌어요. 새 배열을 만드세요.",
)
def in_place(w, g, lr):
    w -= lr * g
    return w


@mistake(
    "gd_step",
    en="The new values are written into the w that was passed in, so that the caller's own array changes; "
    "one of whole numbers even cuts the fractions off. Make a new array.",
    ko="새 값을 받은 w에 그대로 써넣어서 부른 쪽의 배열까지 바뀌어요. 정수 배열이면 소수점 아래도 잘려요. "
    "새 배열을 만드세요.",
)
def written_into_w(w, g, lr):
    w[...] = w - lr * g
    return w


@mistake(
    "gd_step",
    en="This walks up the hill. Descent goes against the gradient.",
    ko="언덕을 올라가고 있어요. 경사 하강법은 기울기의 반대쪽으로 가요.",
)
def uphill(w, g, lr):
    return np.asarray(w) + lr * np.asarray(g)


@mistake(
    "gd_step",
    en="The learning rate is missing: the step is the whole gradient.",
    ko="학습률이 빠졌어요. 기울기만큼 그대로 움직였어요.",
)
def no_learning_rate(w, g, lr):
    return np.asarray(w) - np.asarray(g)


@mistake(
    "gd_step",
    en="This is the step by itself. Return where w is after it.",
    ko="걸음만 돌려줬어요. 걸음을 옮긴 뒤의 w를 돌려주세요.",
)
def only_the_step(w, g, lr):
    return -lr * np.asarray(g)


@mistake(
    "gd_step",
    en="The gradient has been scaled to length 1. Its length matters: on gentle slopes the steps should be short.",
    ko="기울기를 길이 1로 맞췄어요. 길이도 중요해요. 완만한 곳에서는 걸음이 짧아야 해요.",
)
def unit_gradient(w, g, lr):
    return np.asarray(w) - lr * np.asarray(g) / np.linalg.norm(g)


@mistake(
    "gd_step",
    en="Only the signs of the gradient are used, so that every entry moves by lr.",
    ko="기울기의 부호만 써서 모든 원소가 lr만큼 움직여요.",
)
def sign_only(w, g, lr):
    return np.asarray(w) - lr * np.sign(g)


# --- momentum_step ---------------------------------------------------------------------------------------------------


_outside = {}


def _both(w, g):
    return np.asarray(w), np.asarray(g)


@mistake(
    "momentum_step",
    en="The gradient is damped by (1 - beta), as a running average does. Here a is a sum: beta a + g.",
    ko="지수 이동 평균처럼 기울기에 (1 - beta)를 곱했어요. 여기서 a는 합이에요. beta a + g로 구하세요.",
)
def damped(w, g, state, lr, beta):
    w, g = _both(w, g)
    a = beta * state.get("a", 0.0) + (1.0 - beta) * g
    return w - lr * a, {"a": a}


@mistake(
    "momentum_step",
    en="Nothing is remembered: every step is plain gradient descent. "
    "The new a has to be in the state that is returned.",
    ko="아무것도 기억하지 않아서 걸음마다 보통의 경사 하강법과 똑같아요. 돌려주는 state에 새 a가 들어 있어야 해요.",
)
def state_lost(w, g, state, lr, beta):
    w, g = _both(w, g)
    return w - lr * g, {}


@mistake(
    "momentum_step",
    en="The state that was passed in has changed: the dict itself or an array in it (`+=` writes into the old array). "
    "Make new ones, so that a step can be taken again from the old state.",
    ko="받은 state가 바뀌었어요. 딕셔너리 자체나 그 안의 배열이 달라졌어요(`+=`는 원래 배열에 덮어써요). "
    "예전 state에서 다시 출발할 수 있도록 둘 다 새로 만들어 돌려주세요.",
)
def state_changed(w, g, state, lr, beta):
    w, g = _both(w, g)
    state["a"] = beta * state.get("a", 0.0) + g
    return w - lr * state["a"], state


@mistake(
    "momentum_step",
    en="What the steps remember is kept outside of state, in a global name or an attribute: "
    "a step repeated from the same state then goes elsewhere, and two walks disturb each other. "
    "Put it into the dict that you return.",
    ko="걸음이 기억할 것을 state가 아니라 전역 변수나 함수의 속성에 두었어요. "
    "그러면 같은 state에서 걸음을 되풀이해도 다른 곳으로 가고, 두 경로가 서로 섞여요. 돌려주는 딕셔너리에 담으세요.",
)
def kept_outside(w, g, state, lr, beta):
    memory = _outside["momentum_step"] if state else {}
    w, _outside["momentum_step"] = reference.momentum_step(w, g, memory, lr, beta)
    return w, {"started": True}


@mistake(
    "momentum_step",
    en="`-=` writes into the w that was passed in, so that the caller's own array changes. Make a new array.",
    ko="`-=`는 받은 배열에 덮어써서 부른 쪽의 w까지 바뀌어요. 새 배열을 만드세요.",
)
def in_place(w, g, state, lr, beta):  # noqa: F811
    moved, new = reference.momentum_step(w, g, state, lr, beta)
    w -= w - moved
    return w, new


@mistake(
    "momentum_step",
    en="The learning rate is inside the memory: a = beta a + lr g. When the rate changes, "
    "old gradients then keep the old rate. Here lr multiplies a.",
    ko="학습률이 기억 안에 들어갔어요(a = beta a + lr g). 그러면 학습률이 바뀌어도 옛 기울기에는 옛 학습률이 남아요. "
    "여기서는 lr을 a에 곱해요.",
)
def rate_in_the_memory(w, g, state, lr, beta):
    w, g = _both(w, g)
    a = beta * state.get("a", 0.0) + lr * g
    return w - a, {"a": a}


@mistake(
    "momentum_step",
    en="The step goes along the old a; the gradient of this step comes one step late. Update a first, then move.",
    ko="옛 a를 따라 움직여서 이번 기울기가 한 걸음 늦게 반영돼요. a를 먼저 고치고 그다음 움직이세요.",
)
def moves_along_the_old_a(w, g, state, lr, beta):
    w, g = _both(w, g)
    old = state.get("a", 0.0)
    return w - lr * (old + 0.0 * g), {"a": beta * old + g}


@mistake(
    "momentum_step",
    en="beta multiplies the new gradient too. Only the old a is multiplied by it.",
    ko="새 기울기에도 beta를 곱했어요. beta는 옛 a에만 곱해요.",
)
def beta_on_both(w, g, state, lr, beta):
    w, g = _both(w, g)
    a = beta * (state.get("a", 0.0) + g)
    return w - lr * a, {"a": a}


@mistake(
    "momentum_step",
    en="Nothing of the old a is lost: beta is not used, and all gradients add up for ever.",
    ko="옛 a가 전혀 줄지 않아요. beta를 쓰지 않아서 모든 기울기가 끝없이 쌓여요.",
)
def never_forgets(w, g, state, lr, beta):
    w, g = _both(w, g)
    a = state.get("a", 0.0) + g
    return w - lr * a, {"a": a}


@mistake(
    "momentum_step",
    en="This is PyTorch's form of Nesterov's step, g + beta a. Plain momentum moves along a itself.",
    ko="g + beta a로 움직이는 것은 PyTorch 방식의 Nesterov예요. 모멘텀은 a 그대로 움직여요.",
)
def nesterov_instead(w, g, state, lr, beta):
    w, g = _both(w, g)
    a = beta * state.get("a", 0.0) + g
    return w - lr * (g + beta * a), {"a": a}


@mistake(
    "momentum_step",
    en="This climbs. The step goes against a.",
    ko="올라가고 있어요. a의 반대쪽으로 움직이세요.",
)
def climbs(w, g, state, lr, beta):
    return reference.momentum_step(w, g, state, -lr, beta)


# --- nesterov_step ---------------------------------------------------------------------------------------------------


def _look(w, grad, state, lr, beta, at):
    """Nesterov's step with the gradient taken at the point `at(w, a)`."""
    w, a = np.asarray(w), state.get("a", 0.0)
    a = beta * a + np.asarray(grad(at(w, a)))
    return w - lr * a, {"a": a}


@mistake(
    "nesterov_step",
    en="The gradient is taken at w: this is plain momentum. Nesterov looks ahead first.",
    ko="기울기를 w에서 구해서 그냥 모멘텀이에요. Nesterov는 먼저 앞을 내다봐요.",
)
def gradient_at_w(w, grad, state, lr, beta):
    return _look(w, grad, state, lr, beta, lambda w, a: w + 0.0 * a)


@mistake(
    "nesterov_step",
    en="It looks the wrong way: a is subtracted when w moves, so the point ahead is below w, not above it.",
    ko="반대쪽을 내다봐요. w가 움직일 때 a를 빼므로 앞에 있는 점도 w에서 빼야 나와요.",
)
def looks_back(w, grad, state, lr, beta):
    return _look(w, grad, state, lr, beta, lambda w, a: w + lr * beta * a)


@mistake(
    "nesterov_step",
    en="It looks too far: the old a is multiplied by lr and by beta before it moves w. beta is missing here.",
    ko="너무 멀리 내다봐요. 옛 a는 lr과 beta를 곱한 만큼만 w를 움직이는데, 여기에는 beta가 빠졌어요.",
)
def beta_missing_ahead(w, grad, state, lr, beta):
    return _look(w, grad, state, lr, beta, lambda w, a: w - lr * a)


@mistake(
    "nesterov_step",
    en="The look-ahead leaves the learning rate out: w moves by lr times beta a, not by beta a.",
    ko="앞을 내다볼 때 학습률이 빠졌어요. w는 beta a가 아니라 거기에 lr을 곱한 만큼 움직여요.",
)
def rate_missing_ahead(w, grad, state, lr, beta):
    return _look(w, grad, state, lr, beta, lambda w, a: w - beta * a)


@mistake(
    "nesterov_step",
    en="The learning rate is inside the memory (v = beta v - lr grad), as many textbooks write it. When the rate "
    "changes, old gradients then keep the old rate. Here lr multiplies a.",
    ko="여러 교재처럼 학습률이 기억 안에 들어갔어요(v = beta v - lr grad). 그러면 학습률이 바뀌어도 옛 기울기에는 옛 "
    "학습률이 남아요. 여기서는 lr을 a에 곱해요.",
)
def rate_in_the_memory(w, grad, state, lr, beta):  # noqa: F811
    w, v = np.asarray(w), state.get("v", 0.0)
    v = beta * v - lr * np.asarray(grad(w + beta * v))
    return w + v, {"v": v}


@mistake(
    "nesterov_step",
    en="The step starts from the point ahead, so that the old a counts twice. It starts from w.",
    ko="내다본 점에서 걸음을 시작해서 옛 a가 두 번 들어가요. 걸음은 w에서 시작해요.",
)
def steps_from_ahead(w, grad, state, lr, beta):
    w, a = np.asarray(w), state.get("a", 0.0)
    ahead = w - lr * beta * a
    a = beta * a + np.asarray(grad(ahead))
    return ahead - lr * a, {"a": a}


@mistake(
    "nesterov_step",
    en="This is PyTorch's form: the gradient at w, then a step along g + beta a. "
    "Its w is the point ahead; here w is the point itself.",
    ko="PyTorch 방식이에요. w에서 기울기를 구해 g + beta a로 움직여요. "
    "그 방식의 w는 내다본 점이고, 여기서 w는 지금 있는 점이에요.",
)
def pytorchs_form(w, grad, state, lr, beta):
    g = np.asarray(grad(w))
    a = beta * state.get("a", 0.0) + g
    return np.asarray(w) - lr * (g + beta * a), {"a": a}


@mistake(
    "nesterov_step",
    en="The gradient is damped by (1 - beta). Here a is a sum: beta a plus the gradient ahead.",
    ko="기울기에 (1 - beta)를 곱했어요. 여기서 a는 합이에요. beta a에 내다본 점의 기울기를 더하세요.",
)
def damped(w, grad, state, lr, beta):  # noqa: F811
    w, a = np.asarray(w), state.get("a", 0.0)
    a = beta * a + (1.0 - beta) * np.asarray(grad(w - lr * beta * a))
    return w - lr * a, {"a": a}


@mistake(
    "nesterov_step",
    en="Nothing is remembered: with a = 0 there is nothing to look ahead with. Put the new a into the returned state.",
    ko="아무것도 기억하지 않아요. a가 늘 0이면 앞을 내다볼 수 없어요. 돌려주는 state에 새 a를 담으세요.",
)
def state_lost(w, grad, state, lr, beta):  # noqa: F811
    return np.asarray(w) - lr * np.asarray(grad(w)), {}


@mistake(
    "nesterov_step",
    en="The state that was passed in has changed: the dict itself or an array in it (`+=` writes into the old array). "
    "Make new ones, so that a step can be taken again from the old state.",
    ko="받은 state가 바뀌었어요. 딕셔너리 자체나 그 안의 배열이 달라졌어요(`+=`는 원래 배열에 덮어써요). "
    "예전 state에서 다시 출발할 수 있도록 둘 다 새로 만들어 돌려주세요.",
)
def state_changed(w, grad, state, lr, beta):  # noqa: F811
    w, new = reference.nesterov_step(w, grad, state, lr, beta)
    state.update(new)
    return w, state


@mistake(
    "nesterov_step",
    en="What the steps remember is kept outside of state, in a global name or an attribute: "
    "a step repeated from the same state then goes elsewhere, and two walks disturb each other. "
    "Put it into the dict that you return.",
    ko="걸음이 기억할 것을 state가 아니라 전역 변수나 함수의 속성에 두었어요. "
    "그러면 같은 state에서 걸음을 되풀이해도 다른 곳으로 가고, 두 경로가 서로 섞여요. 돌려주는 딕셔너리에 담으세요.",
)
def kept_outside(w, grad, state, lr, beta):  # noqa: F811
    memory = _outside["nesterov_step"] if state else {}
    w, _outside["nesterov_step"] = reference.nesterov_step(w, grad, memory, lr, beta)
    return w, {"started": True}


@mistake(
    "nesterov_step",
    en="`-=` writes into the w that was passed in, so that the caller's own array changes. Make a new array.",
    ko="`-=`는 받은 배열에 덮어써서 부른 쪽의 w까지 바뀌어요. 새 배열을 만드세요.",
)
def in_place(w, grad, state, lr, beta):  # noqa: F811
    moved, new = reference.nesterov_step(w, grad, state, lr, beta)
    w -= w - moved
    return w, new


# --- adagrad_step ----------------------------------------------------------------------------------------------------


@mistake(
    "adagrad_step",
    en="This keeps a running average, as RMSprop does. Adagrad adds up all squared gradients and forgets none.",
    ko="RMSprop처럼 지수 이동 평균을 냈어요. Adagrad는 기울기의 제곱을 모두 더하고 하나도 잊지 않아요.",
)
def average_for_sum(w, g, state, lr, eps):
    w, g = _both(w, g)
    total = 0.9 * state.get("total", 0.0) + 0.1 * g**2
    return w - lr * g / (np.sqrt(total) + eps), {"total": total}


@mistake(
    "adagrad_step",
    en="ε is inside the root, as many notes have it. Here, as in the paper and in PyTorch, it is added outside.",
    ko="여러 강의 노트처럼 ε을 제곱근 안에 넣었어요. 여기서는 논문과 PyTorch처럼 제곱근 바깥에 더해요.",
)
def eps_inside_the_root(w, g, state, lr, eps):
    w, g = _both(w, g)
    total = state.get("total", 0.0) + g**2
    return w - lr * g / np.sqrt(total + eps), {"total": total}


@mistake(
    "adagrad_step",
    en="ε is left out: where the gradient has been 0 from the start, this is 0 / 0. It is added to the root.",
    ko="ε이 빠졌어요. 처음부터 기울기가 0인 곳에서는 0 / 0이 돼요. 제곱근에 ε을 더하세요.",
)
def eps_left_out(w, g, state, lr, eps):
    with np.errstate(all="ignore"):
        return reference.adagrad_step(w, g, state, lr, 0.0)


@mistake(
    "adagrad_step",
    en="The root is missing: the gradient is divided by the sum of squares itself.",
    ko="제곱근이 빠졌어요. 제곱의 합으로 그대로 나눴어요.",
)
def no_root(w, g, state, lr, eps):
    w, g = _both(w, g)
    total = state.get("total", 0.0) + g**2
    return w - lr * g / (total + eps), {"total": total}


@mistake(
    "adagrad_step",
    en="The sum starts anew in each step: it has to be in the state that is returned.",
    ko="걸음마다 합이 처음부터 다시 시작해요. 돌려주는 state에 합이 들어 있어야 해요.",
)
def state_lost(w, g, state, lr, eps):  # noqa: F811
    w, g = _both(w, g)
    return w - lr * g / (np.abs(g) + eps), {}


@mistake(
    "adagrad_step",
    en="The state that was passed in has changed: the dict itself or an array in it (`+=` writes into the old array). "
    "Make new ones, so that a step can be taken again from the old state.",
    ko="받은 state가 바뀌었어요. 딕셔너리 자체나 그 안의 배열이 달라졌어요(`+=`는 원래 배열에 덮어써요). "
    "예전 state에서 다시 출발할 수 있도록 둘 다 새로 만들어 돌려주세요.",
)
def state_changed(w, g, state, lr, eps):  # noqa: F811
    w, new = reference.adagrad_step(w, g, state, lr, eps)
    state.update(new)
    return w, state


@mistake(
    "adagrad_step",
    en="What the steps remember is kept outside of state, in a global name or an attribute: "
    "a step repeated from the same state then goes elsewhere, and two walks disturb each other. "
    "Put it into the dict that you return.",
    ko="걸음이 기억할 것을 state가 아니라 전역 변수나 함수의 속성에 두었어요. "
    "그러면 같은 state에서 걸음을 되풀이해도 다른 곳으로 가고, 두 경로가 서로 섞여요. 돌려주는 딕셔너리에 담으세요.",
)
def kept_outside(w, g, state, lr, eps):  # noqa: F811
    memory = _outside["adagrad_step"] if state else {}
    w, _outside["adagrad_step"] = reference.adagrad_step(w, g, memory, lr, eps)
    return w, {"started": True}


@mistake(
    "adagrad_step",
    en="`-=` writes into the w that was passed in, so that the caller's own array changes. Make a new array.",
    ko="`-=`는 받은 배열에 덮어써서 부른 쪽의 w까지 바뀌어요. 새 배열을 만드세요.",
)
def in_place(w, g, state, lr, eps):  # noqa: F811
    moved, new = reference.adagrad_step(w, g, state, lr, eps)
    w -= w - moved
    return w, new


@mistake(
    "adagrad_step",
    en="The step divides by the old sum, without this step's gradient, so that the first one is divided by ε alone.",
    ko="이번 기울기가 빠진 옛 합으로 나눠서, 첫걸음에서는 ε만으로 나누게 돼요.",
)
def old_sum(w, g, state, lr, eps):
    w, g = _both(w, g)
    total = state.get("total", 0.0)
    return w - lr * g / (np.sqrt(total) + eps), {"total": total + g**2}


@mistake(
    "adagrad_step",
    en="The sum runs over all parameters, so that they share one rate. Every parameter has a sum of its own.",
    ko="합을 모든 파라미터에 걸쳐 내서 학습률이 하나뿐이에요. 파라미터마다 자기 합이 있어요.",
)
def one_rate_for_all(w, g, state, lr, eps):
    w, g = _both(w, g)
    total = state.get("total", 0.0) + np.sum(np.square(g))
    return w - lr * g / (np.sqrt(total) + eps), {"total": total}


@mistake(
    "adagrad_step",
    en="The gradients are added up before squaring, so that different signs cancel. Square each one, then add.",
    ko="기울기를 더한 다음 제곱해서 부호가 다르면 서로 지워져요. 하나씩 제곱해서 더하세요.",
)
def square_of_the_sum(w, g, state, lr, eps):
    w, g = _both(w, g)
    total = state.get("total", 0.0) + g
    return w - lr * g / (np.abs(total) + eps), {"total": total}


@mistake(
    "adagrad_step",
    en="g itself is left out of the step, so that w goes the same way on every slope. "
    "lr divided by the root is only the rate: multiply it by g.",
    ko="걸음에 g가 빠져서, 기울기가 어느 쪽이든 w가 같은 쪽으로 움직여요. "
    "lr을 제곱근으로 나눈 값은 학습률일 뿐이니 거기에 g를 곱하세요.",
)
def gradient_left_out(w, g, state, lr, eps):
    w, g = _both(w, g)
    total = state.get("total", 0.0) + g**2
    return w - lr / (np.sqrt(total) + eps), {"total": total}


# --- rmsprop_step ----------------------------------------------------------------------------------------------------


def _rms(w, g, state, lr, gamma, eps, old_share=None, new_share=None, root=lambda v, eps: np.sqrt(v) + eps):
    """RMSprop with other shares of old and new, or another divisor."""
    w, g = _both(w, g)
    old_share = gamma if old_share is None else old_share
    new_share = 1.0 - gamma if new_share is None else new_share
    average = old_share * state.get("average", 0.0) + new_share * g**2
    return w - lr * g / root(average, eps), {"average": average}


@mistake(
    "rmsprop_step",
    en="This adds up all squared gradients, as Adagrad does. RMSprop keeps a running average, which can shrink again.",
    ko="Adagrad처럼 기울기의 제곱을 모두 더했어요. RMSprop은 지수 이동 평균이라서 다시 작아질 수 있어요.",
)
def sum_for_average(w, g, state, lr, gamma, eps):
    return _rms(w, g, state, lr, gamma, eps, 1.0, 1.0)


@mistake(
    "rmsprop_step",
    en="The factor (1 - gamma) is missing before the squared gradient, so that the average comes out too large.",
    ko="기울기의 제곱 앞에 (1 - gamma)가 빠져서 평균이 너무 커요.",
)
def one_minus_gamma_missing(w, g, state, lr, gamma, eps):
    return _rms(w, g, state, lr, gamma, eps, gamma, 1.0)


@mistake(
    "rmsprop_step",
    en="gamma and 1 - gamma have changed places: gamma is how much of the OLD average is kept.",
    ko="gamma와 1 - gamma가 뒤바뀌었어요. gamma는 옛 평균을 얼마나 남기느냐예요.",
)
def shares_swapped(w, g, state, lr, gamma, eps):
    return _rms(w, g, state, lr, gamma, eps, 1.0 - gamma, gamma)


@mistake(
    "rmsprop_step",
    en="ε is inside the root. Here, as in PyTorch, it is added outside the root.",
    ko="ε을 제곱근 안에 넣었어요. 여기서는 PyTorch처럼 제곱근 바깥에 더해요.",
)
def eps_inside_the_root(w, g, state, lr, gamma, eps):  # noqa: F811
    return _rms(w, g, state, lr, gamma, eps, root=lambda v, eps: np.sqrt(v + eps))


@mistake(
    "rmsprop_step",
    en="ε is left out: where the gradient has been 0 from the start, this is 0 / 0. It is added to the root.",
    ko="ε이 빠졌어요. 처음부터 기울기가 0인 곳에서는 0 / 0이 돼요. 제곱근에 ε을 더하세요.",
)
def eps_left_out(w, g, state, lr, gamma, eps):  # noqa: F811
    with np.errstate(all="ignore"):
        return reference.rmsprop_step(w, g, state, lr, gamma, 0.0)


@mistake(
    "rmsprop_step",
    en="The root is missing: RMS stands for the root of the mean of squares.",
    ko="제곱근이 빠졌어요. RMS는 제곱 평균의 제곱근이에요.",
)
def no_root(w, g, state, lr, gamma, eps):  # noqa: F811
    return _rms(w, g, state, lr, gamma, eps, root=lambda v, eps: v + eps)


@mistake(
    "rmsprop_step",
    en="The average starts anew in each step: it has to be in the state that is returned.",
    ko="걸음마다 평균이 처음부터 다시 시작해요. 돌려주는 state에 평균이 들어 있어야 해요.",
)
def state_lost(w, g, state, lr, gamma, eps):  # noqa: F811
    return _rms(w, g, {}, lr, gamma, eps)[0], {}


@mistake(
    "rmsprop_step",
    en="The state that was passed in has changed: the dict itself or an array in it (`+=` writes into the old array). "
    "Make new ones, so that a step can be taken again from the old state.",
    ko="받은 state가 바뀌었어요. 딕셔너리 자체나 그 안의 배열이 달라졌어요(`+=`는 원래 배열에 덮어써요). "
    "예전 state에서 다시 출발할 수 있도록 둘 다 새로 만들어 돌려주세요.",
)
def state_changed(w, g, state, lr, gamma, eps):  # noqa: F811
    w, new = reference.rmsprop_step(w, g, state, lr, gamma, eps)
    state.update(new)
    return w, state


@mistake(
    "rmsprop_step",
    en="What the steps remember is kept outside of state, in a global name or an attribute: "
    "a step repeated from the same state then goes elsewhere, and two walks disturb each other. "
    "Put it into the dict that you return.",
    ko="걸음이 기억할 것을 state가 아니라 전역 변수나 함수의 속성에 두었어요. "
    "그러면 같은 state에서 걸음을 되풀이해도 다른 곳으로 가고, 두 경로가 서로 섞여요. 돌려주는 딕셔너리에 담으세요.",
)
def kept_outside(w, g, state, lr, gamma, eps):  # noqa: F811
    memory = _outside["rmsprop_step"] if state else {}
    w, _outside["rmsprop_step"] = reference.rmsprop_step(w, g, memory, lr, gamma, eps)
    return w, {"started": True}


@mistake(
    "rmsprop_step",
    en="`-=` writes into the w that was passed in, so that the caller's own array changes. Make a new array.",
    ko="`-=`는 받은 배열에 덮어써서 부른 쪽의 w까지 바뀌어요. 새 배열을 만드세요.",
)
def in_place(w, g, state, lr, gamma, eps):  # noqa: F811
    moved, new = reference.rmsprop_step(w, g, state, lr, gamma, eps)
    w -= w - moved
    return w, new


@mistake(
    "rmsprop_step",
    en="The step divides by the old average, so that the first one is divided by ε alone. Update it first.",
    ko="옛 평균으로 나눠서 첫걸음에서는 ε만으로 나누게 돼요. 평균을 먼저 고치세요.",
)
def old_average(w, g, state, lr, gamma, eps):
    w, g = _both(w, g)
    average = state.get("average", 0.0)
    return w - lr * g / (np.sqrt(average) + eps), {"average": gamma * average + (1.0 - gamma) * g**2}


@mistake(
    "rmsprop_step",
    en="The start at 0 is corrected for, as Adam does. RMSprop leaves it.",
    ko="Adam처럼 0에서 시작한 치우침을 보정했어요. RMSprop은 보정하지 않아요.",
)
def bias_corrected(w, g, state, lr, gamma, eps):
    w, g = _both(w, g)
    t = state.get("t", 0) + 1
    average = gamma * state.get("average", 0.0) + (1.0 - gamma) * g**2
    return w - lr * g / (np.sqrt(average / (1.0 - gamma**t)) + eps), {"average": average, "t": t}


# --- adadelta_step ---------------------------------------------------------------------------------------------------


def _delta(
    w,
    g,
    state,
    gamma,
    eps,
    square=lambda change, g: change**2,
    root=lambda h, v, eps: np.sqrt(h + eps) / np.sqrt(v + eps),
):
    """Adadelta that remembers another square, or moves by another ratio."""
    w, g = _both(w, g)
    v, h = gamma * state.get("v", 0.0) + (1.0 - gamma) * g**2, state.get("h", 0.0)
    change = root(h, v, eps) * g
    return w - change, {"v": v, "h": gamma * h + (1.0 - gamma) * square(change, g)}


@mistake(
    "adadelta_step",
    en="The second average is made of squared gradients. It belongs to the squared changes of w.",
    ko="둘째 평균을 기울기의 제곱으로 냈어요. w의 변화량을 제곱해 평균해야 해요.",
)
def changes_from_the_gradient(w, g, state, gamma, eps):
    return _delta(w, g, state, gamma, eps, square=lambda change, g: g**2)


@mistake(
    "adadelta_step",
    en="The average of changes is updated before it is used. The change is made with the OLD one and enters it "
    "afterwards.",
    ko="변화량의 평균을 쓰기 전에 고쳤어요. 변화량은 옛 평균으로 구하고, 그다음 평균에 넣으세요.",
)
def updated_before_use(w, g, state, gamma, eps):
    w, g = _both(w, g)
    v, h = gamma * state.get("v", 0.0) + (1.0 - gamma) * g**2, state.get("h", 0.0)
    change = np.sqrt(h + eps) / np.sqrt(v + eps) * g
    h = gamma * h + (1.0 - gamma) * change**2
    return w - np.sqrt(h + eps) / np.sqrt(v + eps) * g, {"v": v, "h": h}


@mistake(
    "adadelta_step",
    en="Every change is g itself, as if the two averages were equal and cancelled. They do when both are old (that of "
    "g squared has to be updated first), and when g squared enters both (the second one takes in squared changes).",
    ko="변화량이 언제나 g 그대로예요. 두 평균이 같으면 이렇게 서로 지워져요. 둘 다 옛것을 쓰지 않았나요? "
    "g 제곱의 평균은 먼저 고쳐야 해요. 둘 다 g의 제곱으로 내지 않았나요? 둘째 평균에는 변화량의 제곱이 들어가요.",
)
def averages_cancel(w, g, state, gamma, eps):
    w, g = _both(w, g)
    v, h = state.get("v", 0.0), state.get("h", 0.0)
    change = np.sqrt(h + eps) / np.sqrt(v + eps) * g
    return w - change, {"v": gamma * v + (1.0 - gamma) * g**2, "h": gamma * h + (1.0 - gamma) * change**2}


@mistake(
    "adadelta_step",
    en="ε is outside the roots. Here, as in PyTorch and in the paper, it is added inside both of them.",
    ko="ε이 제곱근 바깥에 있어요. 여기서는 PyTorch와 논문처럼 두 제곱근 안에 더해요.",
)
def eps_outside_the_roots(w, g, state, gamma, eps):
    return _delta(w, g, state, gamma, eps, root=lambda h, v, eps: (np.sqrt(h) + eps) / (np.sqrt(v) + eps))


@mistake(
    "adadelta_step",
    en="ε is missing above: the average of changes starts at 0, so that w never moves. It belongs inside both roots.",
    ko="분자에 ε이 없어요. 변화량의 평균이 0에서 시작해서 w가 전혀 움직이지 않아요. 두 제곱근 안에 모두 더하세요.",
)
def eps_missing_above(w, g, state, gamma, eps):
    return _delta(w, g, state, gamma, eps, root=lambda h, v, eps: np.sqrt(h) / np.sqrt(v + eps))


@mistake(
    "adadelta_step",
    en="The average of changes is not carried on: only ε is left of it. It belongs to the returned state as well.",
    ko="변화량의 평균이 다음 걸음으로 이어지지 않아서 ε만 남아요. 돌려주는 state에 함께 담으세요.",
)
def changes_forgotten(w, g, state, gamma, eps):
    return _delta(w, g, state, gamma, eps, square=lambda change, g: 0.0 * g)


@mistake(
    "adadelta_step",
    en="The ratio is upside down: the average of changes stands above, that of the gradients below.",
    ko="분자와 분모가 뒤바뀌었어요. 변화량의 평균이 위, 기울기의 평균이 아래예요.",
)
def ratio_upside_down(w, g, state, gamma, eps):
    return _delta(w, g, state, gamma, eps, root=lambda h, v, eps: np.sqrt(v + eps) / np.sqrt(h + eps))


@mistake(
    "adadelta_step",
    en="The roots are missing: the change is g times the ratio of the roots of the two averages.",
    ko="제곱근이 빠졌어요. 변화량은 두 평균의 제곱근의 비에 g를 곱한 값이에요.",
)
def no_roots(w, g, state, gamma, eps):
    return _delta(w, g, state, gamma, eps, root=lambda h, v, eps: (h + eps) / (v + eps))


@mistake(
    "adadelta_step",
    en="The average of changes takes in the change itself, not its square.",
    ko="변화량의 평균에 변화량을 제곱하지 않고 그대로 넣었어요.",
)
def change_not_squared(w, g, state, gamma, eps):
    return _delta(w, g, state, gamma, eps, square=lambda change, g: np.abs(change))


@mistake(
    "adadelta_step",
    en="The state that is returned holds nothing, so that both averages start anew in each step.",
    ko="돌려주는 state가 비어 있어서 걸음마다 두 평균이 처음부터 다시 시작해요.",
)
def state_lost(w, g, state, gamma, eps):  # noqa: F811
    return _delta(w, g, {}, gamma, eps)[0], {}


@mistake(
    "adadelta_step",
    en="The state that was passed in has changed: the dict itself or an array in it (`+=` writes into the old array). "
    "Make new ones, so that a step can be taken again from the old state.",
    ko="받은 state가 바뀌었어요. 딕셔너리 자체나 그 안의 배열이 달라졌어요(`+=`는 원래 배열에 덮어써요). "
    "예전 state에서 다시 출발할 수 있도록 둘 다 새로 만들어 돌려주세요.",
)
def state_changed(w, g, state, gamma, eps):  # noqa: F811
    w, new = reference.adadelta_step(w, g, state, gamma, eps)
    state.update(new)
    return w, state


@mistake(
    "adadelta_step",
    en="What the steps remember is kept outside of state, in a global name or an attribute: "
    "a step repeated from the same state then goes elsewhere, and two walks disturb each other. "
    "Put it into the dict that you return.",
    ko="걸음이 기억할 것을 state가 아니라 전역 변수나 함수의 속성에 두었어요. "
    "그러면 같은 state에서 걸음을 되풀이해도 다른 곳으로 가고, 두 경로가 서로 섞여요. 돌려주는 딕셔너리에 담으세요.",
)
def kept_outside(w, g, state, gamma, eps):  # noqa: F811
    memory = _outside["adadelta_step"] if state else {}
    w, _outside["adadelta_step"] = reference.adadelta_step(w, g, memory, gamma, eps)
    return w, {"started": True}


@mistake(
    "adadelta_step",
    en="`-=` writes into the w that was passed in, so that the caller's own array changes. Make a new array.",
    ko="`-=`는 받은 배열에 덮어써서 부른 쪽의 w까지 바뀌어요. 새 배열을 만드세요.",
)
def in_place(w, g, state, gamma, eps):  # noqa: F811
    moved, new = reference.adadelta_step(w, g, state, gamma, eps)
    w -= w - moved
    return w, new


@mistake(
    "adadelta_step",
    en="The squared gradients are added up, as Adagrad does. Here they enter a running average.",
    ko="Adagrad처럼 기울기의 제곱을 모두 더했어요. 여기서는 지수 이동 평균이에요.",
)
def sum_for_average(w, g, state, gamma, eps):  # noqa: F811
    w, g = _both(w, g)
    v, h = state.get("v", 0.0) + g**2, state.get("h", 0.0)
    change = np.sqrt(h + eps) / np.sqrt(v + eps) * g
    return w - change, {"v": v, "h": gamma * h + (1.0 - gamma) * change**2}


# --- adam_step -------------------------------------------------------------------------------------------------------


def _adam(
    w, g, state, lr, beta1, beta2, eps, start=1, correct=(True, True), sign=1.0, root=lambda v, eps: np.sqrt(v) + eps
):
    """Adam with another count of steps, without a correction, or with another divisor."""
    w, g = _both(w, g)
    n = state.get("n", 0)
    t = float(n + start)
    m = beta1 * state.get("m", 0.0) + (1.0 - beta1) * g
    v = beta2 * state.get("v", 0.0) + sign * (1.0 - beta2) * g**2
    with np.errstate(all="ignore"):
        m_hat = np.divide(m, 1.0 - beta1**t) if correct[0] else m
        v_hat = np.divide(v, 1.0 - beta2**t) if correct[1] else v
        return w - lr * m_hat / root(v_hat, eps), {"n": n + 1, "m": m, "v": v}


@mistake(
    "adam_step",
    en="There is no bias correction: m and v start at 0 and are too small at first. Divide by 1 - beta ** t.",
    ko="편향 보정이 없어요. m과 v는 0에서 시작해서 처음에 너무 작아요. 1 - beta ** t로 나누세요.",
)
def no_bias_correction(w, g, state, lr, beta1, beta2, eps):
    return _adam(w, g, state, lr, beta1, beta2, eps, correct=(False, False))


@mistake(
    "adam_step",
    en="In the first step this divides by 1 - beta ** 0 = 0. Steps are counted from 1: raise t before you use it.",
    ko="첫걸음에서 1 - beta ** 0, 곧 0으로 나눠요. 걸음은 1부터 세요. t를 쓰기 전에 먼저 올리세요.",
)
def t_from_zero(w, g, state, lr, beta1, beta2, eps):
    return _adam(w, g, state, lr, beta1, beta2, eps, start=0)


@mistake(
    "adam_step",
    en="The squared gradient is subtracted from v, as some lecture notes have it: v gets negative and its root nan. "
    "An average adds: beta2 v + (1 - beta2) g².",
    ko="어떤 강의 노트에 적힌 대로 v에서 기울기의 제곱을 뺐어요. 그러면 v가 음수가 되어 제곱근이 nan이에요. "
    "평균이니 더해야 해요. beta2 v + (1 - beta2) g²이에요.",
)
def minus_in_v(w, g, state, lr, beta1, beta2, eps):
    return _adam(w, g, state, lr, beta1, beta2, eps, sign=-1.0)


@mistake(
    "adam_step",
    en="t stays at 1: the correction never fades. Count the steps in the state.",
    ko="t가 계속 1이라서 보정이 줄지 않아요. state에서 걸음 수를 세세요.",
)
def t_not_counted(w, g, state, lr, beta1, beta2, eps):
    w, new = _adam(w, g, {**state, "n": 0}, lr, beta1, beta2, eps)
    return w, new


@mistake(
    "adam_step",
    en="t runs one step ahead: it is 2 in the first step. It is 1 there.",
    ko="t가 한 걸음 앞서가요. 첫걸음에서 2인데, 1이어야 해요.",
)
def t_from_two(w, g, state, lr, beta1, beta2, eps):
    return _adam(w, g, state, lr, beta1, beta2, eps, start=2)


@mistake(
    "adam_step",
    en="ε is inside the root. Here, as in PyTorch and in the paper, it is added outside the root of v_hat.",
    ko="ε을 제곱근 안에 넣었어요. 여기서는 PyTorch와 논문처럼 v_hat의 제곱근 바깥에 더해요.",
)
def eps_inside_the_root(w, g, state, lr, beta1, beta2, eps):  # noqa: F811
    return _adam(w, g, state, lr, beta1, beta2, eps, root=lambda v, eps: np.sqrt(v + eps))


@mistake(
    "adam_step",
    en="ε is added before v is corrected, as in the faster form at the end of the paper's section 2. "
    "Here it is added to the root of v_hat.",
    ko="v를 보정하기 전에 ε을 더했어요. 논문 2절 끝에 나오는 더 빠른 꼴이 그래요. 여기서는 v_hat의 제곱근에 더해요.",
)
def eps_before_the_correction(w, g, state, lr, beta1, beta2, eps):
    w, g = _both(w, g)
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1.0 - beta1) * g
    v = beta2 * state.get("v", 0.0) + (1.0 - beta2) * g**2
    rate = lr * np.sqrt(1.0 - beta2**t) / (1.0 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps), {"t": t, "m": m, "v": v}


@mistake(
    "adam_step",
    en="Both corrections are merged into the rate, and ε stands under the root of the uncorrected v, as some notes "
    "have it. Here it is added to the root of v_hat.",
    ko="어떤 강의 노트처럼 두 보정을 학습률에 합치고 ε을 보정하지 않은 v와 함께 제곱근 안에 넣었어요. "
    "여기서는 v_hat의 제곱근에 더해요.",
)
def merged_form(w, g, state, lr, beta1, beta2, eps):
    w, g = _both(w, g)
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1.0 - beta1) * g
    v = beta2 * state.get("v", 0.0) + (1.0 - beta2) * g**2
    rate = lr * np.sqrt(1.0 - beta2**t) / (1.0 - beta1**t)
    return w - rate * m / np.sqrt(v + eps), {"t": t, "m": m, "v": v}


@mistake(
    "adam_step",
    en="ε is left out: where the gradient has been 0 from the start, this is 0 / 0. It is added to the root of v_hat.",
    ko="ε이 빠졌어요. 처음부터 기울기가 0인 곳에서는 0 / 0이 돼요. v_hat의 제곱근에 ε을 더하세요.",
)
def eps_left_out(w, g, state, lr, beta1, beta2, eps):  # noqa: F811
    with np.errstate(all="ignore"):
        return reference.adam_step(w, g, state, lr, beta1, beta2, 0.0)


@mistake(
    "adam_step",
    en="The steps are counted outside of state, in a global name or an attribute: a step repeated from the same state "
    "then has another t. Keep t in the state, beside m and v.",
    ko="걸음 수를 state가 아니라 전역 변수나 함수의 속성에서 세었어요. 그러면 같은 state에서 걸음을 되풀이할 때 t가 "
    "달라져요. m, v와 함께 t도 state에 담으세요.",
)
def steps_counted_outside(w, g, state, lr, beta1, beta2, eps):
    _outside["t"] = _outside["t"] + 1 if state else 1
    w, new = _adam(w, g, {**state, "n": _outside["t"] - 1}, lr, beta1, beta2, eps)
    return w, {"m": new["m"], "v": new["v"]}


@mistake(
    "adam_step",
    en="Only m is corrected. v starts at 0 too, and needs the same with beta2.",
    ko="m만 보정했어요. v도 0에서 시작하니 beta2로 똑같이 보정하세요.",
)
def only_m_corrected(w, g, state, lr, beta1, beta2, eps):
    return _adam(w, g, state, lr, beta1, beta2, eps, correct=(True, False))


@mistake(
    "adam_step",
    en="Only v is corrected. m starts at 0 too, and needs the same with beta1.",
    ko="v만 보정했어요. m도 0에서 시작하니 beta1로 똑같이 보정하세요.",
)
def only_v_corrected(w, g, state, lr, beta1, beta2, eps):
    return _adam(w, g, state, lr, beta1, beta2, eps, correct=(False, True))


@mistake(
    "adam_step",
    en="beta1 and beta2 have changed places: beta1 belongs to m, beta2 to v.",
    ko="beta1과 beta2가 뒤바뀌었어요. beta1은 m에, beta2는 v에 써요.",
)
def betas_swapped(w, g, state, lr, beta1, beta2, eps):
    return _adam(w, g, state, lr, beta2, beta1, eps)


@mistake(
    "adam_step",
    en="The corrected m_hat and v_hat are kept in the state, and corrected again in the next step. Keep m and v.",
    ko="보정한 m_hat과 v_hat을 state에 담아서 다음 걸음에서 또 보정해요. m과 v를 담으세요.",
)
def hats_kept(w, g, state, lr, beta1, beta2, eps):
    w, new = _adam(w, g, state, lr, beta1, beta2, eps)
    t = new["n"]
    return w, {**new, "m": new["m"] / (1.0 - beta1**t), "v": new["v"] / (1.0 - beta2**t)}


@mistake(
    "adam_step",
    en="The root over v_hat is missing.",
    ko="v_hat의 제곱근이 빠졌어요.",
)
def no_root(w, g, state, lr, beta1, beta2, eps):  # noqa: F811
    return _adam(w, g, state, lr, beta1, beta2, eps, root=lambda v, eps: v + eps)


@mistake(
    "adam_step",
    en="The state that is returned holds nothing, so that every step is the first one.",
    ko="돌려주는 state가 비어 있어서 모든 걸음이 첫걸음이에요.",
)
def state_lost(w, g, state, lr, beta1, beta2, eps):  # noqa: F811
    return _adam(w, g, {}, lr, beta1, beta2, eps)[0], {}


@mistake(
    "adam_step",
    en="The state that was passed in has changed: the dict itself or an array in it (`+=` writes into the old array). "
    "Make new ones, so that a step can be taken again from the old state.",
    ko="받은 state가 바뀌었어요. 딕셔너리 자체나 그 안의 배열이 달라졌어요(`+=`는 원래 배열에 덮어써요). "
    "예전 state에서 다시 출발할 수 있도록 둘 다 새로 만들어 돌려주세요.",
)
def state_changed(w, g, state, lr, beta1, beta2, eps):  # noqa: F811
    w, new = reference.adam_step(w, g, state, lr, beta1, beta2, eps)
    state.update(new)
    return w, state


@mistake(
    "adam_step",
    en="What the steps remember is kept outside of state, in a global name or an attribute: "
    "a step repeated from the same state then goes elsewhere, and two walks disturb each other. "
    "Put it into the dict that you return.",
    ko="걸음이 기억할 것을 state가 아니라 전역 변수나 함수의 속성에 두었어요. "
    "그러면 같은 state에서 걸음을 되풀이해도 다른 곳으로 가고, 두 경로가 서로 섞여요. 돌려주는 딕셔너리에 담으세요.",
)
def kept_outside(w, g, state, lr, beta1, beta2, eps):  # noqa: F811
    memory = _outside["adam_step"] if state else {}
    w, _outside["adam_step"] = reference.adam_step(w, g, memory, lr, beta1, beta2, eps)
    return w, {"started": True}


@mistake(
    "adam_step",
    en="`-=` writes into the w that was passed in, so that the caller's own array changes. Make a new array.",
    ko="`-=`는 받은 배열에 덮어써서 부른 쪽의 w까지 바뀌어요. 새 배열을 만드세요.",
)
def in_place(w, g, state, lr, beta1, beta2, eps):  # noqa: F811
    moved, new = reference.adam_step(w, g, state, lr, beta1, beta2, eps)
    w -= w - moved
    return w, new


@mistake(
    "adam_step",
    en="The step goes along g, not along the average m: this is RMSprop with a correction.",
    ko="평균인 m이 아니라 g를 따라 움직여요. 보정만 붙은 RMSprop이에요.",
)
def m_not_used(w, g, state, lr, beta1, beta2, eps):
    w, g = _both(w, g)
    t = state.get("t", 0) + 1
    v = beta2 * state.get("v", 0.0) + (1.0 - beta2) * g**2
    return w - lr * g / (np.sqrt(v / (1.0 - beta2**t)) + eps), {"t": t, "v": v}


# --- race ------------------------------------------------------------------------------------------------------------


def _tuned(**changes):
    return {name: {**values, **changes.get(name, {})} for name, values in reference.race().items()}


@mistake(
    "race",
    en="All seven take part: gd, momentum, nesterov, adagrad, adadelta, rmsprop and adam.",
    ko="일곱이 모두 나와야 해요. gd, momentum, nesterov, adagrad, adadelta, rmsprop, adam이에요.",
)
def not_all_seven():
    return {name: values for name, values in reference.race().items() if name != "adadelta"}


@mistake(
    "race",
    en="Adadelta has no learning rate: that is what it was made for. Leave lr out and tune eps and gamma.",
    ko="Adadelta에는 학습률이 없어요. 그것을 없애려고 만든 방법이에요. lr을 빼고 eps와 gamma를 조절하세요.",
)
def lr_for_adadelta():
    return _tuned(adadelta={"lr": 1.0})


@mistake(
    "race",
    en="What runs away for good has too large a rate for the steep side of the valley. What does max_stable_lr say? "
    "(That is plain descent's limit; Nesterov's is lower.)",
    ko="끝없이 멀어지는 것이 있어요. 골짜기의 가파른 쪽에 비해 학습률이 너무 커요. "
    "max_stable_lr로 한계를 확인해 보세요. 이것은 경사 하강법의 한계이고, Nesterov의 한계는 더 낮아요.",
)
def rates_too_large():
    return _tuned(gd={"lr": 0.1}, momentum={"lr": 0.2, "beta": 0.5})


@mistake(
    "race",
    en="All of them are nearly where they started: with rates this small 300 steps lead nowhere.",
    ko="모두 출발점에서 거의 움직이지 않았어요. 학습률이 이렇게 작으면 300걸음으로는 어디에도 닿지 못해요.",
)
def hardly_moves():
    return {
        name: {key: 1e-9 if key in ("lr", "eps") else value for key, value in values.items()}
        for name, values in reference.race().items()
    }


@mistake(
    "race",
    en="All arrive in the valley that you know, but not in one that is up to 20 % steeper or flatter. "
    "Leave a margin on both sides.",
    ko="알고 있는 골짜기에서는 모두 도착하지만, 20 %까지 더 가파르거나 완만한 골짜기에서는 그렇지 못해요. "
    "양쪽으로 여유를 두세요.",
)
def tuned_to_one_valley():
    return _tuned(gd={"lr": 0.0655})


@mistake(
    "race",
    en="With a beta or gamma of 1 or more the memory never fades, and the walk does not settle.",
    ko="beta나 gamma가 1 이상이면 기억이 옅어지지 않아서 멈추지 못해요.",
)
def decay_of_one():
    return _tuned(momentum={"beta": 1.0})
