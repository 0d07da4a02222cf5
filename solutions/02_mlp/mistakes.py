"""Known wrong answers, written as a learner would write them; the text names the mistake and says what to look at."""

import numpy as np

from dlbasic.authoring import mistake, reference

# --- mse -------------------------------------------------------------------------------------------------------------


@mistake(
    "mse",
    en="This is the sum of the squared errors. The mean does not grow with the number of elements.",
    ko="제곱 오차의 합이에요. 평균은 원소가 많아진다고 커지지 않아요.",
)
def sum_not_mean(y, y_hat):
    return float(np.sum((y - y_hat) ** 2))


@mistake(
    "mse",
    en="This is half the mean squared error. Some books put a 1/2 in front to make the derivative neat; here there "
    "is none.",
    ko="평균 제곱 오차의 절반이에요. 도함수를 깔끔하게 하려고 1/2을 붙이는 책도 있지만 여기서는 붙이지 않아요.",
)
def half(y, y_hat):
    return float(np.mean((y - y_hat) ** 2) / 2)


@mistake(
    "mse",
    en="This is the root of the mean squared error (RMSE). Leave the square root out.",
    ko="평균 제곱 오차에 제곱근을 씌운 값(RMSE)이에요. 제곱근은 빼세요.",
)
def root(y, y_hat):
    return float(np.sqrt(np.mean((y - y_hat) ** 2)))


@mistake(
    "mse",
    en="This is the mean absolute error. The S in MSE stands for squared.",
    ko="평균 절대 오차(MAE)예요. MSE의 S는 제곱(squared)이라는 뜻이에요.",
)
def absolute_error(y, y_hat):
    return float(np.mean(np.abs(y - y_hat)))


@mistake(
    "mse",
    en="Here positive and negative errors cancel, since nothing is squared.",
    ko="제곱을 하지 않아서 양의 오차와 음의 오차가 서로 지워져요.",
)
def nothing_squared(y, y_hat):
    return float(np.mean(y - y_hat))


@mistake(
    "mse",
    en="This squares the mean error. Square each error first, then take the mean.",
    ko="오차의 평균을 제곱했어요. 오차를 하나씩 먼저 제곱한 다음 평균을 내세요.",
)
def square_of_the_mean(y, y_hat):
    return float(np.mean(y - y_hat) ** 2)


@mistake(
    "mse",
    en="The sum is divided by the number of rows only. The mean is over every element of the array.",
    ko="합을 행의 개수로만 나눴어요. 배열의 모든 원소에 대한 평균이어야 해요.",
)
def divided_by_rows(y, y_hat):
    return float(np.sum((y - y_hat) ** 2) / len(y))


# --- mse_gradient ----------------------------------------------------------------------------------------------------


@mistake(
    "mse_gradient",
    en="Both derivatives have the wrong sign. The inner derivative of y - (wx + b) brings one minus, and only one.",
    ko="두 도함수의 부호가 모두 반대예요. 안쪽 식 y - (wx + b)를 미분하면 마이너스가 꼭 한 번만 나와요.",
)
def wrong_sign(x, y, w, b):
    residual = y - (w * x + b)
    return float(2 * np.mean(residual * x)), float(2 * np.mean(residual))


@mistake(
    "mse_gradient",
    en="These are sums over the data. The loss is a mean, so its derivatives are means too.",
    ko="데이터 전체의 합이에요. 손실이 평균이므로 도함수도 평균이어야 해요.",
)
def no_mean(x, y, w, b):
    residual = y - (w * x + b)
    return float(-2 * np.sum(residual * x)), float(-2 * np.sum(residual))


@mistake(
    "mse_gradient",
    en="Both derivatives are half of what they should be: differentiating a square leaves a factor behind.",
    ko="두 도함수가 모두 절반이에요. 제곱을 미분하면 앞에 계수가 남아요.",
)
def factor_two_lost(x, y, w, b):
    residual = y - (w * x + b)
    return float(-np.mean(residual * x)), float(-np.mean(residual))


@mistake(
    "mse_gradient",
    en="dw equals db: the inner derivative with respect to w is missing. What does w multiply?",
    ko="dw가 db와 같아요. 안쪽 식을 w로 미분하는 일이 빠졌어요. w는 무엇에 곱해져 있나요?",
)
def x_left_out(x, y, w, b):
    residual = y - (w * x + b)
    return float(-2 * np.mean(residual)), float(-2 * np.mean(residual))


@mistake(
    "mse_gradient",
    en="The two numbers are right but come in the wrong order: first dw, then db.",
    ko="두 값은 맞지만 순서가 바뀌었어요. dw가 먼저, db가 나중이에요.",
)
def order_swapped(x, y, w, b):
    residual = y - (w * x + b)
    return float(-2 * np.mean(residual)), float(-2 * np.mean(residual * x))


@mistake(
    "mse_gradient",
    en="dw multiplies two means. Each residual belongs to its own x: multiply pair by pair, then take the mean.",
    ko="dw를 구할 때 평균끼리 곱했어요. 잔차마다 짝이 되는 x가 있으니 짝끼리 곱한 뒤 평균을 내세요.",
)
def product_of_means(x, y, w, b):
    residual = y - (w * x + b)
    return float(-2 * np.mean(residual) * np.mean(x)), float(-2 * np.mean(residual))


@mistake(
    "mse_gradient",
    en="The prediction leaves the bias out: the residual is taken against w x alone.",
    ko="예측에서 편향 b가 빠졌어요. 잔차를 w x만으로 구했어요.",
)
def bias_left_out(x, y, w, b):
    residual = y - w * x
    return float(-2 * np.mean(residual * x)), float(-2 * np.mean(residual))


@mistake(
    "mse_gradient",
    en="Both derivatives are -1/2 of what they should be. Differentiating the square leaves a 2, "
    "and the inner y - (wx + b) a minus.",
    ko="두 도함수가 모두 -1/2배예요. 제곱을 미분하면 2가 나오고, 안쪽 식 y - (wx + b)를 미분하면 마이너스가 나와요.",
)
def factor_and_sign_lost(x, y, w, b):
    residual = y - (w * x + b)
    return float(np.mean(residual * x)), float(np.mean(residual))


@mistake(
    "mse_gradient",
    en="dw multiplies two sums. Each residual belongs to its own x: multiply pair by pair, then add up.",
    ko="dw를 구할 때 합끼리 곱했어요. 잔차마다 짝이 되는 x가 있으니 짝끼리 곱한 뒤 더하세요.",
)
def product_of_sums(x, y, w, b):
    residual = y - (w * x + b)
    return float(-2 / len(x) * np.sum(residual) * np.sum(x)), float(-2 / len(x) * np.sum(residual))


# --- fit_line --------------------------------------------------------------------------------------------------------


@mistake(
    "fit_line",
    en="b is updated with a gradient that already sees the new w. Both derivatives belong to the same point: "
    "compute both, then move both.",
    ko="b를 고칠 때 이미 바뀐 w로 기울기를 구했어요. 두 도함수는 같은 점에서 구해야 해요. "
    "둘 다 구한 다음 둘 다 움직이세요.",
)
def one_after_the_other(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        losses.append(float(np.mean((y - (w * x + b)) ** 2)))
        w = w + lr * 2 * np.mean((y - (w * x + b)) * x)
        b = b + lr * 2 * np.mean(y - (w * x + b))
    return float(w), float(b), losses


@mistake(
    "fit_line",
    en="The losses are measured after each step. Record the loss first, then move.",
    ko="손실을 한 걸음 움직인 뒤에 쟀어요. 손실을 먼저 기록하고 그다음에 움직이세요.",
)
def loss_after_the_step(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        residual = y - (w * x + b)
        w, b = w + lr * 2 * np.mean(residual * x), b + lr * 2 * np.mean(residual)
        losses.append(float(np.mean((y - (w * x + b)) ** 2)))
    return float(w), float(b), losses


@mistake(
    "fit_line",
    en="The loss grows: this walks up the hill. Descent goes against the gradient.",
    ko="손실이 커져요. 언덕을 올라가고 있어요. 경사 하강법은 기울기의 반대쪽으로 가요.",
)
def uphill(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        residual = y - (w * x + b)
        losses.append(float(np.mean(residual**2)))
        w, b = w - lr * 2 * np.mean(residual * x), b - lr * 2 * np.mean(residual)
    return float(w), float(b), losses


@mistake(
    "fit_line",
    en="Each step is half as long as it should be: the 2 of the derivative is missing.",
    ko="걸음이 절반밖에 안 돼요. 미분할 때 나오는 2가 빠졌어요.",
)
def half_steps(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        residual = y - (w * x + b)
        losses.append(float(np.mean(residual**2)))
        w, b = w + lr * np.mean(residual * x), b + lr * np.mean(residual)
    return float(w), float(b), losses


@mistake(
    "fit_line",
    en="The steps follow the gradient of the sum of squares, so they grow with the data. The loss is the mean.",
    ko="제곱의 합을 미분해서 걸음이 데이터 수만큼 커져요. 손실은 평균이에요.",
)
def steps_of_the_sum(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        residual = y - (w * x + b)
        losses.append(float(np.mean(residual**2)))
        w, b = w + lr * 2 * np.sum(residual * x), b + lr * 2 * np.sum(residual)
    return float(w), float(b), losses


@mistake(
    "fit_line",
    en="One loss too many: the loss after the last step is in the list too. There is one per step, before it.",
    ko="손실이 하나 더 많아요. 마지막 걸음 뒤의 손실까지 들어 있어요. 걸음마다 하나씩, 움직이기 전의 값만 담으세요.",
)
def one_loss_too_many(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [float(np.mean(np.square(y)))]
    for _ in range(steps):
        residual = y - (w * x + b)
        w, b = w + lr * 2 * np.mean(residual * x), b + lr * 2 * np.mean(residual)
        losses.append(float(np.mean((y - (w * x + b)) ** 2)))
    return float(w), float(b), losses


@mistake(
    "fit_line",
    en="Every step repeats the first gradient. It has to be computed anew wherever w and b now are.",
    ko="모든 걸음이 처음 구한 기울기를 되풀이해요. w와 b가 움직일 때마다 기울기를 다시 구해야 해요.",
)
def first_gradient_only(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, []
    dw, db = -2 * np.mean(np.multiply(x, y)), -2 * np.mean(y)
    for _ in range(steps):
        losses.append(float(np.mean((y - (w * x + b)) ** 2)))
        w, b = w - lr * dw, b - lr * db
    return float(w), float(b), losses


@mistake(
    "fit_line",
    en="It returns after the first step: a `return` inside the loop ends the function. Leave it to the last line.",
    ko="한 걸음만 걷고 돌려줘요. 반복문 안에 `return`이 있으면 함수가 거기서 끝나요. 마지막 줄에 맡기세요.",
)
def returns_inside_the_loop(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        residual = y - (w * x + b)
        losses.append(float(np.mean(residual**2)))
        w, b = w + lr * 2 * np.mean(residual * x), b + lr * 2 * np.mean(residual)
        return float(w), float(b), losses


# --- linear ----------------------------------------------------------------------------------------------------------


@mistake(
    "linear",
    en="The weights are transposed. w is already (D, M): its rows belong to the inputs.",
    ko="가중치를 전치했어요. w는 이미 (D, M)이고 행이 입력에 해당해요.",
)
def transposed_weights(x, w, b):
    return x @ w.T + b


@mistake(
    "linear",
    en="The bias is added down the batch: sample i gets b[i]. "
    "It belongs to the outputs, so that every row gets the same b.",
    ko="편향을 배치 방향으로 더했어요. 샘플 i에 b[i]가 더해져요. "
    "편향은 출력에 속하므로 모든 행에 같은 b를 더해야 해요.",
)
def bias_down_the_batch(x, w, b):
    return x @ w + b[:, None]


@mistake(
    "linear",
    en="The bias is missing: this map is linear, not affine.",
    ko="편향이 빠졌어요. 이대로는 아핀이 아니라 선형 변환이에요.",
)
def no_bias(x, w, b):
    return x @ w


@mistake(
    "linear",
    en="The factors stand the wrong way round. Samples are rows, so that x comes first.",
    ko="곱하는 순서가 뒤바뀌었어요. 샘플이 행이므로 x가 앞에 와야 해요.",
)
def weights_first(x, w, b):
    return w @ x + b


@mistake(
    "linear",
    en="`*` multiplies element by element. A map between vector spaces needs the matrix product.",
    ko="`*`는 원소별로 곱해요. 벡터 공간 사이의 변환에는 행렬 곱이 필요해요.",
)
def elementwise_product(x, w, b):
    return x * w + b


@mistake(
    "linear",
    en="The bias is added to the input before the weights see it. It belongs to the output.",
    ko="가중치를 곱하기 전에 입력에 편향을 더했어요. 편향은 출력에 더해요.",
)
def bias_on_the_input(x, w, b):
    return (x + b) @ w


# --- relu ------------------------------------------------------------------------------------------------------------


@mistake(
    "relu",
    en="This is the absolute value: negative numbers come back positive. They should become 0.",
    ko="절댓값이에요. 음수가 양수로 바뀌어 나와요. 음수는 0이 되어야 해요.",
)
def absolute_value(z):
    return np.abs(z)


@mistake(
    "relu",
    en="This is the leaky relu, which lets a little of the negative side through. The plain one lets nothing through.",
    ko="음수 쪽을 조금 통과시키는 누설 ReLU(leaky ReLU)예요. 기본 ReLU는 음수를 전혀 통과시키지 않아요.",
)
def leaky(z):
    return np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z))


@mistake(
    "relu",
    en="The numbers are right, but z itself was changed. Whoever called relu may still need z: return a new array.",
    ko="값은 맞지만 z 자체가 바뀌었어요. 부른 쪽에서 z가 더 필요할 수 있으니 새 배열을 돌려주세요.",
)
def changes_z(z):
    z[z < 0] = 0
    return z


@mistake(
    "relu",
    en="This is the step function (relu's derivative): it forgets how large z was.",
    ko="계단 함수, 곧 ReLU의 도함수예요. z가 얼마나 컸는지는 남지 않아요.",
)
def step_function(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


@mistake(
    "relu",
    en="This keeps the smaller of z and 0: the negative side passes and the positive side is cut.",
    ko="z와 0 가운데 작은 쪽을 남겼어요. 음수가 통과하고 양수가 잘려요.",
)
def smaller_of_the_two(z):
    return np.minimum(z, 0)


@mistake(
    "relu",
    en="Negative entries were removed. They stay in their place, as zeros, so that the shape is kept.",
    ko="음수인 원소를 빼 버렸어요. 그 자리에 0으로 남아 있어야 배열의 모양이 그대로예요.",
)
def negatives_dropped(z):
    z = np.asarray(z)
    return z[z > 0]


@mistake(
    "relu",
    en="This is one number, the largest in the whole array. relu looks at each element by itself.",
    ko="배열 전체에서 가장 큰 수 하나예요. ReLU는 원소 하나하나를 따로 봐요.",
)
def largest_of_all(z):
    return max(np.max(z), 0)


@mistake(
    "relu",
    en="np.vectorize takes its type from the first element: where that gives the whole number 0, "
    "every later result is cut to a whole number. Use a function that knows arrays.",
    ko="np.vectorize는 첫 원소의 결과로 자료형을 정해요. 첫 결과가 정수 0이면 그 뒤의 값도 모두 정수로 잘려요. "
    "배열을 그대로 받는 함수를 쓰세요.",
)
def cut_to_whole_numbers(z):
    return np.vectorize(lambda value: max(0, value))(z)


# --- sigmoid ---------------------------------------------------------------------------------------------------------


@mistake(
    "sigmoid",
    en="exp(-z) overflows for very negative z. The formula is right; its exponent may never be large and positive: "
    "write it differently for the two signs of z.",
    ko="z가 절댓값이 큰 음수이면 exp(-z)에서 오버플로가 나요. 식은 맞지만 지수가 큰 양수가 되면 안 돼요. "
    "z의 부호에 따라 식을 다르게 써 보세요.",
)
def overflow(z):
    return 1.0 / (1.0 + np.exp(-np.asarray(z)))


@mistake(
    "sigmoid",
    en="exp(z) / (1 + exp(z)) overflows for large z, where it becomes inf / inf. "
    "It is the right form for one sign of z only.",
    ko="z가 크면 exp(z) / (1 + exp(z))에서 오버플로가 나서 inf / inf가 돼요. z의 부호가 한쪽일 때만 알맞은 꼴이에요.",
)
def overflow_above(z):
    return np.exp(z) / (1.0 + np.exp(z))


@mistake(
    "sigmoid",
    en="np.where computes both branches for every element, so that the one you do not use still overflows. "
    "Give exp an argument that is never positive.",
    ko="np.where는 모든 원소에서 양쪽을 다 계산해요. 그래서 쓰지 않는 쪽에서 오버플로가 나요. "
    "exp의 인자가 양수가 되지 않게 하세요.",
)
def both_branches(z):
    z = np.asarray(z)
    return np.where(z >= 0, 1.0 / (1.0 + np.exp(-z)), np.exp(z) / (1.0 + np.exp(z)))


@mistake(
    "sigmoid",
    en="The exponent has the wrong sign: this falls from 1 to 0 where the sigmoid rises from 0 to 1.",
    ko="지수의 부호가 반대예요. 시그모이드는 0에서 1로 올라가는데 이 함수는 1에서 0으로 내려가요.",
)
def falling(z):
    return 1.0 / (1.0 + np.exp(np.asarray(z)))


@mistake(
    "sigmoid",
    en="This is tanh, which runs from -1 to 1. The sigmoid runs from 0 to 1.",
    ko="-1에서 1까지 움직이는 tanh예요. 시그모이드는 0에서 1까지예요.",
)
def tanh(z):
    return np.tanh(z)


@mistake(
    "sigmoid",
    en="1 / 1 + exp(-z) means (1 / 1) + exp(-z): a pair of brackets is missing.",
    ko="1 / 1 + exp(-z)는 (1 / 1) + exp(-z)로 계산돼요. 괄호가 한 쌍 빠졌어요.",
)
def brackets_lost(z):
    return 1 / 1 + np.exp(-np.asarray(z))


@mistake(
    "sigmoid",
    en="For an array of whole numbers the results are cut to 0 and 1. Take care that they are kept as floats: "
    "np.zeros_like(z), for one, takes over the type of z.",
    ko="정수 배열을 넣으면 결과가 0과 1로 잘려요. 결과를 float으로 담으세요. "
    "예를 들어 np.zeros_like(z)는 z의 자료형을 그대로 따라가요.",
)
def zeros_of_whole_numbers(z):
    out, positive = np.zeros_like(z), z >= 0
    out[positive] = 1.0 / (1.0 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1.0 + e)
    return out


# --- relu_grad -------------------------------------------------------------------------------------------------------


@mistake(
    "relu_grad",
    en="At z = 0 the derivative is taken to be 0 here, not 1.",
    ko="여기서는 z = 0에서 도함수의 값을 1이 아니라 0으로 정했어요.",
)
def one_at_zero(z):
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)


@mistake(
    "relu_grad",
    en="One half at z = 0 is a fair choice in theory, but here 0 was agreed on (as PyTorch does).",
    ko="z = 0에서 1/2로 정해도 이론으로는 괜찮지만, 여기서는 PyTorch처럼 0으로 정했어요.",
)
def half_at_zero(z):
    return np.heaviside(z, 0.5)


@mistake(
    "relu_grad",
    en="This is relu itself. Its derivative is the slope: the same number for every positive z.",
    ko="ReLU 자체예요. 도함수의 값은 기울기이므로 양수인 z에서는 모두 같아요.",
)
def relu_itself(z):
    return np.maximum(z, 0)


@mistake(
    "relu_grad",
    en="This is the sign of z, with -1 on the negative side. relu is flat there: what slope has a flat line?",
    ko="음수에서 -1이 나오는 부호 함수예요. ReLU는 그쪽에서 평평해요. 평평한 선의 기울기는 얼마인가요?",
)
def sign_of_z(z):
    return np.sign(z) * 1.0


@mistake(
    "relu_grad",
    en="This is a mask of True and False. A derivative is a number: turn the mask into 1.0 and 0.0.",
    ko="True와 False로 된 마스크예요. 도함수의 값은 수이므로 1.0과 0.0으로 바꾸세요.",
)
def boolean_mask(z):
    return np.asarray(z) > 0


@mistake(
    "relu_grad",
    en="The numbers are right, but they were written into z. Build a new array: the backward pass may still need z.",
    ko="값은 맞지만 z에 덮어썼어요. 역전파에서 z가 더 필요할 수 있으니 새 배열을 만드세요.",
)
def overwrites_z(z):
    positive = z > 0
    z[positive] = 1
    z[~positive] = 0
    return z


# --- sigmoid_grad ----------------------------------------------------------------------------------------------------


@mistake(
    "sigmoid_grad",
    en="z(1 - z) is applied to the input. That rule speaks of the sigmoid's output.",
    ko="z(1 - z)를 입력에 썼어요. 그 식은 시그모이드의 출력에 대한 식이에요.",
)
def rule_on_the_input(z):
    z = np.asarray(z)
    return z * (1.0 - z)


@mistake(
    "sigmoid_grad",
    en="This is the sigmoid itself, not its derivative.",
    ko="도함수가 아니라 시그모이드 자체예요.",
)
def sigmoid_itself(z):
    return reference.sigmoid(z)


@mistake(
    "sigmoid_grad",
    en="The sigmoid is applied twice: once to z, then to the result. Once is enough.",
    ko="시그모이드를 두 번 적용했어요. z에 한 번만 적용하면 돼요.",
)
def sigmoid_twice(z):
    s = reference.sigmoid(reference.sigmoid(z))
    return s * (1.0 - s)


@mistake(
    "sigmoid_grad",
    en="1 - s^2 is the rule for tanh. The sigmoid has another one.",
    ko="1 - s^2은 tanh의 도함수예요. 시그모이드의 식은 달라요.",
)
def rule_of_tanh(z):
    return 1.0 - reference.sigmoid(z) ** 2


@mistake(
    "sigmoid_grad",
    en="The slope is negative here, but the sigmoid rises everywhere. Look at the sign.",
    ko="기울기가 음수예요. 시그모이드는 어디서나 올라가므로 부호를 다시 보세요.",
)
def negative_slope(z):
    s = reference.sigmoid(z)
    return s * (s - 1.0)


@mistake(
    "sigmoid_grad",
    en="This is nan where exp(-z) overflows: inf / inf. Use that the derivative is the same for z and -z.",
    ko="exp(-z)에서 오버플로가 나는 곳은 inf / inf, 곧 nan이 돼요. z와 -z에서 도함수의 값이 같다는 점을 써 보세요.",
)
def nan_far_out(z):
    e = np.exp(-np.asarray(z))
    return e / (1.0 + e) ** 2


# --- softmax ---------------------------------------------------------------------------------------------------------


@mistake(
    "softmax",
    en="The columns sum to 1 instead of the rows: this runs down the batch. Classes lie along the other axis.",
    ko="행이 아니라 열의 합이 1이에요. 배치 방향으로 계산했어요. 클래스는 다른 축에 있어요.",
)
def wrong_axis(logits):
    exponentials = np.exp(logits - np.max(logits, axis=0, keepdims=True))
    return exponentials / exponentials.sum(axis=0, keepdims=True)


@mistake(
    "softmax",
    en="exp overflows for large logits. Softmax does not change when a row is shifted: "
    "shift it so that nothing can overflow.",
    ko="로짓이 크면 exp에서 오버플로가 나요. "
    "한 행의 모든 값을 똑같이 옮겨도 소프트맥스는 변하지 않으니, 오버플로가 나지 않게 옮겨 보세요.",
)
def nothing_subtracted(logits):
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    en="The maximum is taken over the whole array: a row that lies far below it underflows to 0 / 0. "
    "Every row has its own.",
    ko="최댓값을 배열 전체에서 구했어요. 그보다 훨씬 작은 행은 모두 0이 되어 0 / 0이 나와요. "
    "행마다 최댓값을 따로 구하세요.",
)
def one_maximum_for_all(logits):
    exponentials = np.exp(logits - np.max(logits))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    en="A sum over axis 1 has shape (N,), which broadcasts along the wrong axis. "
    "Keep the summed axis as one of length 1.",
    ko="축 1을 따라 더하면 모양이 (N,)이 되어 엉뚱한 축으로 브로드캐스팅돼요. 더한 축을 길이 1로 남겨 두세요.",
)
def summed_axis_lost(logits):
    exponentials = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1)


@mistake(
    "softmax",
    en="The maximum and the sum have shape (N,), which broadcasts along the wrong axis. "
    "Keep the reduced axis as one of length 1.",
    ko="최댓값과 합의 모양이 (N,)이라 엉뚱한 축으로 브로드캐스팅돼요. 줄인 축을 길이 1로 남겨 두세요.",
)
def both_axes_lost(logits):
    exponentials = np.exp(logits - np.max(logits, axis=1))
    return exponentials / exponentials.sum(axis=1)


@mistake(
    "softmax",
    en="Nothing is divided by the row's sum: these exponentials do not add up to 1.",
    ko="행의 합으로 나누지 않았어요. 지수 함수의 값을 더하기만 해서는 1이 되지 않아요.",
)
def not_normalized(logits):
    return np.exp(logits - np.max(logits, axis=1, keepdims=True))


@mistake(
    "softmax",
    en="The whole array sums to 1 here. Each row is a distribution of its own.",
    ko="배열 전체의 합이 1이에요. 행 하나하나가 따로 분포를 이뤄야 해요.",
)
def whole_array_sums_to_one(logits):
    exponentials = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return exponentials / exponentials.sum()


@mistake(
    "softmax",
    en="The probabilities are right, but the logits were changed on the way (`-=` writes into the argument).",
    ko="확률은 맞지만 도중에 logits가 바뀌었어요. `-=`는 인자에 덮어써요.",
)
def changes_logits(logits):
    logits -= np.max(logits, axis=1, keepdims=True)
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    en="Two things: the whole array sums to 1, where each row should; and exp overflows for large logits. "
    "Keep to the row, and shift it first.",
    ko="두 가지가 틀렸어요. 행마다 합이 1이어야 하는데 배열 전체의 합이 1이고, 로짓이 크면 exp에서 오버플로가 나요. "
    "행 안에서 계산하고, 먼저 행을 옮기세요.",
)
def whole_array_unshifted(logits):
    return np.exp(logits) / np.sum(np.exp(logits))


@mistake(
    "softmax",
    en="The whole array is treated as one row: its maximum and its sum are taken over everything. "
    "Each row is a distribution of its own.",
    ko="배열 전체를 한 행처럼 다뤘어요. 최댓값과 합을 모두 배열 전체에서 구했어요. "
    "행 하나하나가 따로 분포를 이뤄야 해요.",
)
def array_as_one_row(logits):
    exponentials = np.exp(logits - np.max(logits))
    return exponentials / exponentials.sum()


@mistake(
    "softmax",
    en="Two things: the columns sum to 1 instead of the rows; and exp overflows for large logits. "
    "Classes lie along the other axis, and each row can be shifted first.",
    ko="두 가지가 틀렸어요. 행이 아니라 열의 합이 1이고, 로짓이 크면 exp에서 오버플로가 나요. "
    "클래스는 다른 축에 있고, 행마다 먼저 값을 옮길 수 있어요.",
)
def wrong_axis_unshifted(logits):
    return np.exp(logits) / np.sum(np.exp(logits), axis=0)


@mistake(
    "softmax",
    en="Two things: a sum over axis 1 has shape (N,), which broadcasts along the wrong axis; and exp overflows for "
    "large logits. Keep the summed axis as one of length 1, and shift each row first.",
    ko="두 가지가 틀렸어요. 축 1을 따라 더하면 모양이 (N,)이 되어 엉뚱한 축으로 브로드캐스팅되고, 로짓이 크면 exp에서 "
    "오버플로가 나요. 더한 축을 길이 1로 남겨 두고, 먼저 행마다 값을 옮기세요.",
)
def summed_axis_lost_unshifted(logits):
    return np.exp(logits) / np.sum(np.exp(logits), axis=1)


# --- cross_entropy ---------------------------------------------------------------------------------------------------


def _log_p(logits):
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@mistake(
    "cross_entropy",
    en="This is the sum over the batch; the loss is the mean.",
    ko="배치 전체의 합이에요. 손실은 평균이에요.",
)
def sum_over_the_batch(logits, labels):
    return float(-_log_p(logits)[np.arange(len(labels)), labels].sum())


@mistake(
    "cross_entropy",
    en="The probability of the label underflows to 0, and log 0 is -inf. Never take the log of a softmax: "
    "work out log p itself and cancel log against exp.",
    ko="정답의 확률이 언더플로로 0이 되어 log 0, 곧 -inf가 나와요. "
    "소프트맥스에 log를 씌우지 말고, log p를 식으로 풀어 log와 exp를 지우세요.",
)
def log_of_zero(logits, labels):
    p = reference.softmax(logits)
    return float(-np.log(p[np.arange(len(labels)), labels]).mean())


@mistake(
    "cross_entropy",
    en="A small constant inside the log hides the underflow and caps the loss at about 28. "
    "The true loss can be 1000: work out log p itself.",
    ko="log 안에 작은 상수를 더해 언더플로를 가렸을 뿐이고, 손실이 28쯤에서 막혀요. 참값은 1000일 수도 있어요. "
    "log p를 식으로 풀어 보세요.",
)
def epsilon_in_the_log(logits, labels):
    p = reference.softmax(logits)
    return float(-np.log(p[np.arange(len(labels)), labels] + 1e-12).mean())


@mistake(
    "cross_entropy",
    en="This is measured in bits (log to base 2). The course uses the natural logarithm.",
    ko="밑이 2인 로그를 써서 단위가 비트예요. 이 강의에서는 자연로그를 써요.",
)
def base_two(logits, labels):
    return float(-_log_p(logits)[np.arange(len(labels)), labels].mean() / np.log(2.0))


@mistake(
    "cross_entropy",
    en="exp overflows for large logits. Shift every row by its own maximum first.",
    ko="로짓이 크면 exp에서 오버플로가 나요. 먼저 행마다 그 행의 최댓값을 빼세요.",
)
def exp_of_large_logits(logits, labels):
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return float(-log_p[np.arange(len(labels)), labels].mean())


@mistake(
    "cross_entropy",
    en="`log_p[:, labels]` takes every label's column from every row: an (N, N) array. Each row has one label.",
    ko="`log_p[:, labels]`는 모든 행에서 모든 정답의 열을 꺼내 (N, N) 배열이 돼요. 행마다 정답은 하나예요.",
)
def every_label_in_every_row(logits, labels):
    return float(-_log_p(logits)[:, labels].mean())


@mistake(
    "cross_entropy",
    en="This is negative: a log-probability is at most 0, and the loss is its negative.",
    ko="값이 음수예요. 로그 확률은 0 이하이고, 손실은 거기에 마이너스를 붙인 값이에요.",
)
def minus_lost(logits, labels):
    return float(_log_p(logits)[np.arange(len(labels)), labels].mean())


@mistake(
    "cross_entropy",
    en="The mean runs over all N x K entries, most of which are zeros. Divide by the number of samples.",
    ko="대부분이 0인 N x K개 원소 전체로 평균을 냈어요. 샘플의 개수로 나누세요.",
)
def mean_over_all_entries(logits, labels):
    one_hot = np.eye(np.shape(logits)[1])[labels]
    return float(-(one_hot * _log_p(logits)).mean())


@mistake(
    "cross_entropy",
    en="This is minus the label's logit. A logit is no log-probability yet: the normalizer is missing.",
    ko="정답의 로짓에 마이너스만 붙였어요. 로짓은 아직 로그 확률이 아니에요. 정규화 항이 빠졌어요.",
)
def logit_for_log_p(logits, labels):
    return float(-np.asarray(logits)[np.arange(len(labels)), labels].mean())


@mistake(
    "cross_entropy",
    en="The loss is right, but the logits were changed on the way (`-=` writes into the argument).",
    ko="손실은 맞지만 도중에 logits가 바뀌었어요. `-=`는 인자에 덮어써요.",
)
def shifts_the_argument(logits, labels):
    logits -= np.max(logits, axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels]))


@mistake(
    "cross_entropy",
    en="Two things: this is the sum over the batch, not the mean; and a probability that underflows to 0 makes it inf. "
    "Work out log p itself.",
    ko="두 가지가 틀렸어요. 평균이 아니라 배치 전체의 합이고, 확률이 언더플로로 0이 되면 inf가 나와요. "
    "log p를 식으로 풀어 보세요.",
)
def sum_with_log_of_zero(logits, labels):
    return float(-np.sum(np.log(reference.softmax(logits)[np.arange(len(labels)), labels])))


@mistake(
    "cross_entropy",
    en="Two things: `[:, labels]` takes every label from every row, which has only one; "
    "and a probability that underflows to 0 makes it inf. Work out log p itself.",
    ko="두 가지가 틀렸어요. `[:, labels]`는 모든 행에서 모든 정답의 열을 꺼내는데 행마다 정답은 하나예요. "
    "그리고 확률이 언더플로로 0이 되면 inf가 나와요. log p를 식으로 풀어 보세요.",
)
def every_label_with_log_of_zero(logits, labels):
    return float(-np.mean(np.log(reference.softmax(logits)[:, labels])))


@mistake(
    "cross_entropy",
    en="Three things: `[:, labels]` takes every label from every row, which has only one; "
    "this is a sum, not a mean; and a probability that underflows to 0 makes it inf.",
    ko="세 가지가 틀렸어요. `[:, labels]`는 모든 행에서 모든 정답의 열을 꺼내는데 행마다 정답은 하나예요. "
    "평균이 아니라 합이고, 확률이 언더플로로 0이 되면 inf가 나와요.",
)
def sum_of_every_label_with_log_of_zero(logits, labels):
    return float(-np.sum(np.log(reference.softmax(logits)[:, labels])))


@mistake(
    "cross_entropy",
    en="The exponentials are summed over the whole array. Each row has a sum of its own, as in softmax.",
    ko="지수 함수의 값을 배열 전체에서 더했어요. 소프트맥스처럼 행마다 따로 더하세요.",
)
def one_sum_for_all_rows(logits, labels):
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum())
    return float(-log_p[np.arange(len(labels)), labels].mean())


@mistake(
    "cross_entropy",
    en="`[labels]` takes whole rows, those numbered like the labels. A label is a column: each row gives one entry.",
    ko="`[labels]`는 레이블을 행 번호로 보고 행을 통째로 꺼내요. 레이블은 열 번호예요. 행마다 원소 하나씩 꺼내세요.",
)
def labels_as_row_numbers(logits, labels):
    return float(-_log_p(logits)[labels].mean())


# --- cross_entropy_grad ----------------------------------------------------------------------------------------------


@mistake(
    "cross_entropy_grad",
    en="Every entry is N times too large: the loss is a mean over the batch, and so is its gradient.",
    ko="모든 값이 N배나 돼요. 손실이 배치 평균이므로 기울기도 N으로 나눠야 해요.",
)
def not_divided_by_n(logits, labels):
    d = reference.softmax(logits)
    d[np.arange(len(labels)), labels] -= 1.0
    return d


@mistake(
    "cross_entropy_grad",
    en="These are only the probabilities. The label must show: the gradient is p minus something at the label's place.",
    ko="확률뿐이에요. 정답이 들어가야 해요. 기울기는 p의 정답 자리에서 무언가를 뺀 값이에요.",
)
def one_hot_missing(logits, labels):
    return reference.softmax(logits) / len(labels)


@mistake(
    "cross_entropy_grad",
    en="The sign is turned round: this is one-hot minus p. Following it downhill would make the label less likely.",
    ko="부호가 반대예요. 원핫에서 p를 뺐어요. 이대로 내려가면 정답의 확률이 오히려 줄어요.",
)
def one_hot_minus_p(logits, labels):
    d = reference.softmax(logits)
    d[np.arange(len(labels)), labels] -= 1.0
    return -d / len(labels)


@mistake(
    "cross_entropy_grad",
    en="This is divided by all N x K entries. The mean runs over the N samples only.",
    ko="N x K개 원소 전체로 나눴어요. 평균은 샘플 N개에 대해서만 내요.",
)
def divided_by_all_entries(logits, labels):
    d = reference.softmax(logits)
    d[np.arange(len(labels)), labels] -= 1.0
    return d / d.size


@mistake(
    "cross_entropy_grad",
    en="`[:, labels]` takes the columns of all labels in every row. Each row loses 1 at its own label only.",
    ko="`[:, labels]`는 모든 행에서 모든 정답의 열을 골라요. 각 행은 자기 정답 자리에서만 1을 빼야 해요.",
)
def labels_of_all_rows(logits, labels):
    d = reference.softmax(logits)
    d[:, labels] -= 1.0
    return d / len(labels)


@mistake(
    "cross_entropy_grad",
    en="The gradient is right, but it was written into the logits. Work on a new array.",
    ko="기울기는 맞지만 logits에 덮어썼어요. 새 배열에서 계산하세요.",
)
def shifts_logits_in_place(logits, labels):
    logits -= np.max(logits, axis=1, keepdims=True)
    d = np.exp(logits)
    d /= d.sum(axis=1, keepdims=True)
    d[np.arange(len(labels)), labels] -= 1.0
    return d / len(labels)


@mistake(
    "cross_entropy_grad",
    en="exp overflows for large logits and leaves nan. Shift every row by its own maximum first.",
    ko="로짓이 크면 exp에서 오버플로가 나서 nan이 남아요. 먼저 행마다 그 행의 최댓값을 빼세요.",
)
def unshifted_softmax(logits, labels):
    d = np.exp(logits)
    d /= d.sum(axis=1, keepdims=True)
    d[np.arange(len(labels)), labels] -= 1.0
    return d / len(labels)


@mistake(
    "cross_entropy_grad",
    en="The softmax runs down the batch: its columns sum to 1. Classes lie along axis 1.",
    ko="소프트맥스를 배치 방향으로 구해서 열의 합이 1이에요. 클래스는 축 1에 있어요.",
)
def softmax_down_the_batch(logits, labels):
    d = reference.softmax(np.transpose(logits)).T.copy()
    d[np.arange(len(labels)), labels] -= 1.0
    return d / len(labels)


@mistake(
    "cross_entropy_grad",
    en="`[labels]` picks whole rows, those numbered like the labels. A label is a column: a row loses 1 in one place.",
    ko="`[labels]`는 레이블을 행 번호로 보고 행을 통째로 골라요. 레이블은 열 번호예요. 각 행은 한 자리에서만 1을 빼요.",
)
def whole_rows_lose_one(logits, labels):
    d = reference.softmax(logits)
    d[labels] -= 1.0
    return d / len(labels)


# --- gaussian_nll ----------------------------------------------------------------------------------------------------


@mistake(
    "gaussian_nll",
    en="log_var was read as log sigma. It is the logarithm of the variance: exp(log_var) is sigma squared already.",
    ko="log_var를 log σ로 읽었어요. log_var는 분산의 로그이므로 exp(log_var)가 이미 σ²이에요.",
)
def log_sigma_for_log_variance(mean, log_var, y):
    log_var, error = np.asarray(log_var), np.subtract(y, mean)
    return float(np.mean(log_var + 0.5 * error**2 / np.exp(2.0 * log_var)))


@mistake(
    "gaussian_nll",
    en="This is twice the loss: the 1/2 in front is missing.",
    ko="손실의 두 배예요. 앞의 1/2이 빠졌어요.",
)
def half_missing(mean, log_var, y):
    return float(np.mean(log_var + np.subtract(y, mean) ** 2 / np.exp(log_var)))


@mistake(
    "gaussian_nll",
    en="The 1/2 stands before the squared error only. It belongs to both terms.",
    ko="1/2을 제곱 오차에만 곱했어요. 두 항 모두에 곱해야 해요.",
)
def half_on_one_term(mean, log_var, y):
    return float(np.mean(log_var + 0.5 * np.subtract(y, mean) ** 2 / np.exp(log_var)))


@mistake(
    "gaussian_nll",
    en="The squared error is multiplied by the variance. A model that is unsure should pay less for an error.",
    ko="제곱 오차에 분산을 곱했어요. 확신이 없는 모델이라면 같은 오차에도 손실이 더 작아야 해요.",
)
def multiplied_by_variance(mean, log_var, y):
    return float(np.mean(0.5 * (log_var + np.subtract(y, mean) ** 2 * np.exp(log_var))))


@mistake(
    "gaussian_nll",
    en="The squared error is divided by log_var itself. Undo the logarithm first to get the variance.",
    ko="제곱 오차를 log_var로 나눴어요. 먼저 로그를 풀어 분산으로 바꾸세요.",
)
def divided_by_log_variance(mean, log_var, y):
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.mean(0.5 * (log_var + np.subtract(y, mean) ** 2 / log_var)))


@mistake(
    "gaussian_nll",
    en="The log-variance term is missing, so that claiming a huge variance would cost nothing.",
    ko="log_var 항이 빠졌어요. 이러면 분산이 아주 크다고 우겨도 손해가 없어요.",
)
def log_variance_left_out(mean, log_var, y):
    return float(np.mean(0.5 * np.subtract(y, mean) ** 2 / np.exp(log_var)))


@mistake(
    "gaussian_nll",
    en="The constant log(2 pi) / 2 is included. It is right for the density, but here it was agreed to drop it.",
    ko="상수 log(2π) / 2가 들어 있어요. 확률 밀도로는 맞지만 여기서는 빼기로 했어요.",
)
def constant_kept(mean, log_var, y):
    return float(np.mean(0.5 * (np.log(2 * np.pi) + log_var + np.subtract(y, mean) ** 2 / np.exp(log_var))))


@mistake(
    "gaussian_nll",
    en="This is the sum over the elements; the loss is the mean.",
    ko="원소 전체의 합이에요. 손실은 평균이에요.",
)
def sum_over_elements(mean, log_var, y):
    return float(np.sum(0.5 * (log_var + np.subtract(y, mean) ** 2 / np.exp(log_var))))


@mistake(
    "gaussian_nll",
    en="The 1/2 stands before the logarithm only. It belongs to both terms.",
    ko="1/2을 로그에만 곱했어요. 두 항 모두에 곱해야 해요.",
)
def half_on_the_logarithm_only(mean, log_var, y):
    return float(np.mean(0.5 * log_var + np.subtract(y, mean) ** 2 / np.exp(log_var)))


# --- relative_error --------------------------------------------------------------------------------------------------


@mistake(
    "relative_error",
    en="This is the largest absolute difference. Relative means: compared with the size of the two numbers.",
    ko="차이의 절댓값 가운데 가장 큰 값이에요. 상대 오차는 두 수의 크기에 견준 값이에요.",
)
def not_relative(a, b):
    return float(np.max(np.abs(np.subtract(a, b))))


@mistake(
    "relative_error",
    en="Where both numbers are 0 this divides 0 by 0. The denominator needs its floor.",
    ko="두 수가 모두 0이면 0을 0으로 나누게 돼요. 분모의 하한이 필요해요.",
)
def no_floor(a, b):
    return float(np.max(np.abs(np.subtract(a, b)) / (np.abs(a) + np.abs(b))))


@mistake(
    "relative_error",
    en="This is the mean over the elements. One bad entry must not hide among good ones: take the largest.",
    ko="원소들의 평균이에요. 잘못된 원소 하나가 다른 원소들 사이에 숨으면 안 되니 가장 큰 값을 쓰세요.",
)
def mean_for_max(a, b):
    return float(np.mean(np.abs(np.subtract(a, b)) / np.maximum(np.abs(a) + np.abs(b), 1e-12)))


@mistake(
    "relative_error",
    en="The difference keeps its sign, so that an error downwards does not count.",
    ko="차이의 부호가 남아 있어서 아래쪽으로 틀린 것은 세지 않아요.",
)
def signed_difference(a, b):
    return float(np.max(np.subtract(a, b) / np.maximum(np.abs(a) + np.abs(b), 1e-12)))


@mistake(
    "relative_error",
    en="The denominator adds a and b with their signs, so that opposite numbers cancel. Take their sizes first.",
    ko="분모에서 a와 b를 부호가 있는 채로 더해서, 부호가 반대이면 서로 지워져요. 먼저 크기를 구하세요.",
)
def signs_in_the_denominator(a, b):
    return float(np.max(np.abs(np.subtract(a, b)) / np.maximum(np.abs(np.add(a, b)), 1e-12)))


@mistake(
    "relative_error",
    en="The denominator is the larger of |a| and |b|. Some texts define it so; here it is their sum.",
    ko="분모가 |a|와 |b| 가운데 큰 값이에요. 그렇게 정의하는 글도 있지만 여기서는 둘의 합이에요.",
)
def larger_for_sum(a, b):
    return float(np.max(np.abs(np.subtract(a, b)) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-12)))


@mistake(
    "relative_error",
    en="The largest difference is divided by the largest size. Divide element by element, then take the maximum.",
    ko="가장 큰 차이를 가장 큰 크기로 나눴어요. 원소마다 나눈 다음 최댓값을 구하세요.",
)
def ratio_of_maxima(a, b):
    return float(np.max(np.abs(np.subtract(a, b))) / max(np.max(np.abs(a) + np.abs(b)), 1e-12))


# --- numerical_gradient ----------------------------------------------------------------------------------------------


@mistake(
    "numerical_gradient",
    en="This is a forward difference: it looks to one side only, and its error shrinks with h, not with h squared.",
    ko="전진 차분이에요. 한쪽만 보기 때문에 오차가 h²이 아니라 h에 비례해서 줄어요.",
)
def forward_difference(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        grad[index] = (f(x + step) - f(x)) / h
    return grad


@mistake(
    "numerical_gradient",
    en="This is a backward difference: it looks to one side only. Go to both sides of x.",
    ko="후진 차분이에요. 한쪽만 봐요. x의 양쪽을 모두 보세요.",
)
def backward_difference(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        grad[index] = (f(x) - f(x - step)) / h
    return grad


@mistake(
    "numerical_gradient",
    en="Every slope is twice too large: how far apart are the two points at which f is evaluated?",
    ko="기울기가 모두 두 배예요. f를 계산한 두 점은 얼마나 떨어져 있나요?",
)
def divided_by_h(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        grad[index] = (f(x + step) - f(x - step)) / h
    return grad


@mistake(
    "numerical_gradient",
    en="x is not put back: after one entry is done its step stays behind, and the next slopes are measured elsewhere.",
    ko="x를 되돌려 놓지 않았어요. 한 원소를 마친 뒤에도 움직인 것이 남아서 다음 기울기는 다른 점에서 재게 돼요.",
)
def step_left_behind(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += h
        above = f(x)
        x[index] -= 2 * h
        grad[index] = (above - f(x)) / (2 * h)
    return grad


@mistake(
    "numerical_gradient",
    en="x comes back changed: the steps are made in the caller's own array and never undone.",
    ko="x가 바뀐 채로 돌아와요. 부른 쪽의 배열을 직접 움직이고 되돌리지 않았어요.",
)
def leaves_x_changed(f, x, h=1e-5):
    grad = np.zeros(np.shape(x))
    for index in np.ndindex(np.shape(x)):
        x[index] += h
        above = f(x)
        x[index] -= 2 * h
        grad[index] = (above - f(x)) / (2 * h)
    return grad


@mistake(
    "numerical_gradient",
    en="All entries move at once, so that every slope is the sum of all. A partial derivative moves one entry.",
    ko="모든 원소를 한꺼번에 움직여서 기울기가 모두 더해져요. 편도함수를 구할 때는 원소 하나만 움직여요.",
)
def everything_moves(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        grad[index] = (f(x + h) - f(x - h)) / (2 * h)
    return grad


@mistake(
    "numerical_gradient",
    en="The second value of f is taken at x, not at x - h (after `x += h`, going back by h only returns to x): "
    "every slope comes out about half as large.",
    ko="f의 두 번째 값을 x - h가 아니라 x에서 구했어요. `x += h` 다음에 h만큼만 되돌리면 x로 돌아올 뿐이에요. "
    "그래서 기울기가 모두 절반쯤으로 나와요.",
)
def back_to_x_only(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += h
        above = f(x)
        x[index] -= h
        grad[index] = (above - f(x)) / (2 * h)
    return grad


@mistake(
    "numerical_gradient",
    en="Whatever h is passed in, the step is another, tiny one. The h of the arguments should be used.",
    ko="인자로 어떤 h를 주어도 그 h를 쓰지 않고 아주 작은 걸음을 써요. 인자로 받은 h를 쓰세요.",
)
def h_ignored(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = 1e-5
        grad[index] = (f(x + step) - f(x - step)) / 2e-5
    return grad


@mistake(
    "numerical_gradient",
    en="`/ 2 * h` divides by 2 and then multiplies by h. Put brackets around 2 * h.",
    ko="`/ 2 * h`는 2로 나눈 다음 h를 곱해요. 2 * h를 괄호로 묶으세요.",
)
def brackets_of_the_denominator_lost(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        grad[index] = (f(x + step) - f(x - step)) / 2 * h
    return grad


@mistake(
    "numerical_gradient",
    en="Every slope is 0: nothing is written into grad, or f is asked twice at one and the same point. "
    "`above = x` is a second name for x; x.copy() is another array.",
    ko="기울기가 모두 0이에요. grad에 아무것도 넣지 않았거나 f의 두 값을 같은 점에서 구했어요. "
    "`above = x`는 같은 배열에 이름을 하나 더 붙일 뿐이고, x.copy()를 쓰면 다른 배열이 돼요.",
)
def every_slope_is_zero(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        above, below = x, x
        above[index] += h
        below[index] -= h
        grad[index] = (f(above) - f(below)) / (2 * h)
    return grad


# --- find_the_bug ----------------------------------------------------------------------------------------------------


def _repair(x, labels, w, b, shifted=True, averaged=True, summed_by_class=True):
    """`broken` with some of its three mistakes repaired, one sample after another as it stands in the chapter."""
    loss, dw, db = 0.0, np.zeros(w.shape), np.zeros(b.shape)
    for row, label in zip(x, labels, strict=True):
        scores = row @ w + b
        if shifted:
            scores = scores - scores.max()
        total = np.sum(np.exp(scores))
        loss += np.log(total) - scores[label]
        d_scores = np.exp(scores) / total
        d_scores[label] -= 1.0
        dw += np.outer(row, d_scores)
        db += d_scores if summed_by_class else np.sum(d_scores)
    count = len(x) if averaged else 1
    return loss / len(x), dw / count, db / count


@mistake(
    "find_the_bug",
    en="None of the three mistakes is repaired: this does what `broken` does.",
    ko="잘못 세 군데가 모두 그대로예요. `broken`과 똑같이 계산해요.",
)
def nothing_repaired(x, labels, w, b):
    return _repair(x, labels, w, b, shifted=False, averaged=False, summed_by_class=False)


@mistake(
    "find_the_bug",
    en="One mistake is left: exp overflows for large scores. "
    "What may be subtracted from a row without changing its softmax?",
    ko="잘못이 하나 남았어요. 점수가 크면 exp에서 오버플로가 나요. 한 행에서 무엇을 빼도 소프트맥스가 그대로인가요?",
)
def overflow_left(x, labels, w, b):
    return _repair(x, labels, w, b, shifted=False)


@mistake(
    "find_the_bug",
    en="One mistake is left: the loss is a mean over the batch, the gradients are sums.",
    ko="잘못이 하나 남았어요. 손실은 배치 평균인데 기울기는 합이에요.",
)
def mean_left_out(x, labels, w, b):
    return _repair(x, labels, w, b, averaged=False)


@mistake(
    "find_the_bug",
    en="One mistake is left: every entry of db gets the same number, a sum over the classes too. "
    "Each class has its own bias.",
    ko="잘못이 하나 남았어요. db의 모든 원소가 클래스까지 더한 같은 수예요. 클래스마다 편향이 따로 있어요.",
)
def bias_summed_over_classes(x, labels, w, b):
    return _repair(x, labels, w, b, summed_by_class=False)


@mistake(
    "find_the_bug",
    en="Two mistakes are left: exp overflows for large scores, and the gradients are sums, not means. "
    "The bias is repaired.",
    ko="잘못이 둘 남았어요. 점수가 크면 exp에서 오버플로가 나고, 기울기가 평균이 아니라 합이에요. 편향은 고쳤어요.",
)
def only_the_bias_repaired(x, labels, w, b):
    return _repair(x, labels, w, b, shifted=False, averaged=False)


@mistake(
    "find_the_bug",
    en="Two mistakes are left: exp overflows for large scores, and db adds up the classes. The mean is repaired.",
    ko="잘못이 둘 남았어요. 점수가 크면 exp에서 오버플로가 나고, db가 클래스까지 더해요. 평균은 고쳤어요.",
)
def only_the_mean_repaired(x, labels, w, b):
    return _repair(x, labels, w, b, shifted=False, summed_by_class=False)


@mistake(
    "find_the_bug",
    en="Two mistakes are left: the gradients are sums, not means, and db adds up the classes. "
    "The overflow is repaired.",
    ko="잘못이 둘 남았어요. 기울기가 평균이 아니라 합이고, db가 클래스까지 더해요. 오버플로는 고쳤어요.",
)
def only_the_overflow_repaired(x, labels, w, b):
    return _repair(x, labels, w, b, averaged=False, summed_by_class=False)


@mistake(
    "find_the_bug",
    en="dw is a mean over the batch and db is not yet. Both belong to the same mean loss.",
    ko="dw는 배치 평균인데 db는 아직 아니에요. 둘 다 같은 평균 손실의 기울기예요.",
)
def db_not_averaged(x, labels, w, b):
    loss, dw, db = _repair(x, labels, w, b)
    return loss, dw, db * len(x)


@mistake(
    "find_the_bug",
    en="db is a mean over the batch and dw is not yet. Both belong to the same mean loss.",
    ko="db는 배치 평균인데 dw는 아직 아니에요. 둘 다 같은 평균 손실의 기울기예요.",
)
def dw_not_averaged(x, labels, w, b):
    loss, dw, db = _repair(x, labels, w, b)
    return loss, dw * len(x), db


@mistake(
    "find_the_bug",
    en="The loss was a mean already and is now a sum. Only the gradients lacked the 1/N.",
    ko="손실은 처음부터 평균이었는데 합으로 바뀌었어요. 1/N이 빠진 것은 기울기뿐이에요.",
)
def loss_made_a_sum(x, labels, w, b):
    loss, dw, db = _repair(x, labels, w, b, averaged=False)
    return loss * len(x), dw, db


@mistake(
    "find_the_bug",
    en="The maximum is taken out of exp but not out of the loss: there, log(total) and the score of the label must be "
    "measured from the same zero.",
    ko="exp에서는 최댓값을 뺐지만 손실에서는 빼지 않았어요. "
    "손실에서 log(total)과 정답의 점수는 같은 기준에서 재야 해요.",
)
def maximum_left_in_the_loss(x, labels, w, b):
    loss, dw, db = 0.0, np.zeros(w.shape), np.zeros(b.shape)
    for row, label in zip(x, labels, strict=True):
        scores = row @ w + b
        exponentials = np.exp(scores - scores.max())
        loss += np.log(exponentials.sum()) - scores[label]
        d_scores = exponentials / exponentials.sum()
        d_scores[label] -= 1.0
        dw += np.outer(row, d_scores)
        db += d_scores
    return loss / len(x), dw / len(x), db / len(x)


# --- xor_params ------------------------------------------------------------------------------------------------------


@mistake(
    "xor_params",
    en="On the four corners this network is an affine function, as if it had no relu. "
    "No affine function is XOR: let a hidden unit switch on at one corner only.",
    ko="네 꼭짓점에서 이 신경망은 ReLU가 없는 아핀 함수와 같아요. 아핀 함수로는 XOR을 만들 수 없어요. "
    "은닉 유닛 하나가 한 꼭짓점에서만 켜지게 해 보세요.",
)
def linear_answer():
    # The least-squares fit of a line to XOR: one half everywhere.
    return [(np.eye(2), np.zeros(2)), (np.zeros((2, 1)), np.array([0.5]))]


@mistake(
    "xor_params",
    en="This network computes AND: it is 1 at (1, 1) only.",
    ko="이 신경망은 AND 함수예요. (1, 1)에서만 1이 나와요.",
)
def and_for_xor():
    return [(np.ones((2, 2)), np.array([-1.0, 0.0])), (np.array([[1.0], [0.0]]), np.zeros(1))]


@mistake(
    "xor_params",
    en="This network computes OR: at (1, 1) it gives 1 as well. There it has to come back to 0.",
    ko="이 신경망은 OR 함수예요. (1, 1)에서도 1이 나와요. 거기서는 0으로 돌아와야 해요.",
)
def or_for_xor():
    return [(np.ones((2, 2)), np.array([0.0, -1.0])), (np.array([[1.0], [-1.0]]), np.zeros(1))]


@mistake(
    "xor_params",
    en="This is the opposite of XOR: 1 where the two inputs are equal.",
    ko="XOR의 반대예요. 두 입력이 같을 때 1이 나와요.",
)
def equality():
    return [(np.ones((2, 2)), np.array([0.0, -1.0])), (np.array([[-1.0], [2.0]]), np.ones(1))]


@mistake(
    "xor_params",
    en="The outputs are -1 and 1. The corners should give 0 and 1.",
    ko="출력이 -1과 1이에요. 꼭짓점에서 0과 1이 나와야 해요.",
)
def minus_one_for_zero():
    return [(np.ones((2, 2)), np.array([0.0, -1.0])), (np.array([[2.0], [-4.0]]), -np.ones(1))]


@mistake(
    "xor_params",
    en="Close, but not exact: these look like trained weights. Small whole numbers do it exactly.",
    ko="비슷하지만 정확하지 않아요. 학습으로 얻은 값 같아요. 작은 정수로 정확하게 만들 수 있어요.",
)
def nearly_xor():
    return [(np.ones((2, 2)), np.array([0.02, -0.99])), (np.array([[1.01], [-1.98]]), np.array([0.01]))]


# --- init_mlp --------------------------------------------------------------------------------------------------------


def _draw(sizes, draw, bias=np.zeros):
    return [(draw(n, m), bias(m)) for n, m in zip(sizes[:-1], sizes[1:], strict=True)]


@mistake(
    "init_mlp",
    en="The variance was passed where numpy asks for the standard deviation: these weights are far too small.",
    ko="numpy가 표준편차를 받는 자리에 분산을 넣었어요. 가중치가 너무 작아요.",
)
def variance_for_deviation(sizes, rng):
    return _draw(sizes, lambda n, m: rng.normal(0.0, 2.0 / n, size=(n, m)))


@mistake(
    "init_mlp",
    en="The spread follows the number of outputs (fan-out). What adds up in a unit is its inputs: use fan-in.",
    ko="퍼진 정도를 출력 수(fan-out)로 정했어요. 유닛에서 더해지는 것은 입력이므로 입력 수(fan-in)를 쓰세요.",
)
def fan_out(sizes, rng):
    return _draw(sizes, lambda n, m: rng.normal(0.0, np.sqrt(2.0 / m), size=(n, m)))


@mistake(
    "init_mlp",
    en="All weights are 0: every hidden unit then computes the same, gets the same gradient and stays the same for "
    "ever.",
    ko="가중치가 모두 0이에요. 그러면 은닉 유닛이 모두 같은 값을 내고 같은 기울기를 받아 영원히 똑같아요.",
)
def zeros(sizes, rng):
    return _draw(sizes, lambda n, m: np.zeros((n, m)))


@mistake(
    "init_mlp",
    en="The variance is 1 / fan_in (LeCun's, and often called Xavier's). "
    "relu throws half away, and He makes up for it.",
    ko="분산이 1 / fan_in이에요(LeCun 방식이고 흔히 Xavier라고도 불러요). "
    "ReLU가 절반을 버리므로 He 초기화는 그만큼을 보충해요.",
)
def xavier(sizes, rng):
    return _draw(sizes, lambda n, m: rng.normal(0.0, np.sqrt(1.0 / n), size=(n, m)))


@mistake(
    "init_mlp",
    en="This is Glorot's variance, 2 / (fan_in + fan_out), made for tanh. He's looks at the inputs only.",
    ko="분산이 2 / (fan_in + fan_out)인 Glorot 방식이에요. 이것은 tanh에 맞춘 것이고, He 초기화는 입력 수만 봐요.",
)
def glorot(sizes, rng):
    return _draw(sizes, lambda n, m: rng.normal(0.0, np.sqrt(2.0 / (n + m)), size=(n, m)))


@mistake(
    "init_mlp",
    en="The weights have variance 1 whatever the layer's size, so that sums over many inputs explode.",
    ko="층의 크기와 상관없이 분산이 1이에요. 입력이 많으면 합이 걷잡을 수 없이 커져요.",
)
def unit_variance(sizes, rng):
    return _draw(sizes, lambda n, m: rng.standard_normal((n, m)))


@mistake(
    "init_mlp",
    en="The spread is right, but the weights are uniform. He-normal asks for a normal distribution.",
    ko="퍼진 정도는 맞지만 균등분포예요. He 초기화에서는 가우스 분포(정규분포)에서 뽑아요.",
)
def uniform(sizes, rng):
    return _draw(sizes, lambda n, m: rng.uniform(-np.sqrt(6.0 / n), np.sqrt(6.0 / n), size=(n, m)))


@mistake(
    "init_mlp",
    en="The biases are not 0. Random weights already make the units different.",
    ko="편향이 0이 아니에요. 유닛을 서로 다르게 하는 일은 무작위 가중치로 충분해요.",
)
def biases_not_zero(sizes, rng):
    return _draw(sizes, lambda n, m: rng.normal(0.0, np.sqrt(2.0 / n), size=(n, m)), lambda m: 0.1 * rng.normal(size=m))


@mistake(
    "init_mlp",
    en="Not all numbers come from the rng that was passed in: the same seed gives other weights. "
    "Use rng's own methods.",
    ko="인자로 받은 rng에서 뽑지 않은 수가 있어요. 시드가 같아도 가중치가 달라져요. rng의 메서드를 쓰세요.",
)
def global_generator(sizes, rng):
    return _draw(sizes, lambda n, m: np.random.normal(0.0, np.sqrt(2.0 / n), size=(n, m)))


@mistake(
    "init_mlp",
    en="The weights are the same whatever generator is passed in. A seed set inside the function makes rng useless.",
    ko="어떤 난수 생성기를 주어도 가중치가 같아요. 함수 안에서 시드를 정하면 rng를 받는 의미가 없어져요.",
)
def rng_ignored(sizes, rng):
    rng = np.random.default_rng(0)
    return _draw(sizes, lambda n, m: rng.normal(0.0, np.sqrt(2.0 / n), size=(n, m)))


@mistake(
    "init_mlp",
    en="Every w has its axes swapped: rows belong to the inputs, (fan_in, fan_out).",
    ko="모든 w의 축이 바뀌었어요. 행이 입력에 해당하므로 (fan_in, fan_out)이어야 해요.",
)
def weights_transposed(sizes, rng):
    return _draw(sizes, lambda n, m: rng.normal(0.0, np.sqrt(2.0 / n), size=(m, n)))


@mistake(
    "init_mlp",
    en="One layer is missing: k sizes make k - 1 layers.",
    ko="층이 하나 모자라요. 크기가 k개이면 층은 k - 1개예요.",
)
def last_layer_missing(sizes, rng):
    return _draw(sizes[:-1], lambda n, m: rng.normal(0.0, np.sqrt(2.0 / n), size=(n, m)))


@mistake(
    "init_mlp",
    en="Layers of one size got the same numbers. Draw anew for each layer from one generator.",
    ko="크기가 같은 층끼리 가중치가 똑같아요. 난수 생성기 하나로 층마다 새로 뽑으세요.",
)
def every_layer_alike(sizes, rng):
    seed = int(rng.integers(2**31))
    return _draw(sizes, lambda n, m: np.random.default_rng(seed).normal(0.0, np.sqrt(2.0 / n), size=(n, m)))


# --- mlp_forward -----------------------------------------------------------------------------------------------------


@mistake(
    "mlp_forward",
    en="The relu is applied to the logits too. A logit may be negative: the last layer has no activation.",
    ko="로짓에도 ReLU를 적용했어요. 로짓은 음수일 수 있어요. 마지막 층에는 활성화 함수가 없어요.",
)
def relu_on_logits(x, params):
    activations, h = [], x
    for w, b in params:
        activations.append(h)
        h = np.maximum(h @ w + b, 0.0)
    return h, activations


@mistake(
    "mlp_forward",
    en="There is no relu between the layers, so that the whole stack is one affine map.",
    ko="층 사이에 ReLU가 없어요. 이러면 층을 아무리 쌓아도 아핀 변환 하나와 같아요.",
)
def no_relu(x, params):
    activations, h = [], x
    for w, b in params:
        activations.append(h)
        h = h @ w + b
    return h, activations


@mistake(
    "mlp_forward",
    en="The list holds one array too many: the logits are in it. It has each layer's input, one per layer.",
    ko="리스트에 배열이 하나 더 있어요. 로짓까지 들어갔어요. 층마다 입력 하나씩만 담으세요.",
)
def logits_in_the_list(x, params):
    logits, activations = reference.mlp_forward(x, params)
    return logits, [*activations, logits]


@mistake(
    "mlp_forward",
    en="x is missing from the list. It is the first layer's input, and the first weights need it on the way back.",
    ko="리스트에 x가 없어요. x는 첫 층의 입력이고, 첫 가중치의 기울기를 구할 때 필요해요.",
)
def x_left_out_of_the_list(x, params):
    logits, activations = reference.mlp_forward(x, params)
    return logits, activations[1:]


@mistake(
    "mlp_forward",
    en="The list holds the values before the relu. What enters the next layer is the value after it.",
    ko="리스트에 ReLU를 거치기 전의 값이 들어 있어요. 다음 층에 들어가는 것은 ReLU를 거친 값이에요.",
)
def values_before_the_relu(x, params):
    activations, h = [x], x
    for w, b in params[:-1]:
        z = h @ w + b
        activations.append(z)
        h = np.maximum(z, 0.0)
    w, b = params[-1]
    return h @ w + b, activations


@mistake(
    "mlp_forward",
    en="The relu is applied to x as well. The first layer sees the data as they are.",
    ko="x에도 ReLU를 적용했어요. 첫 층은 데이터를 있는 그대로 받아요.",
)
def relu_on_the_input(x, params):
    activations = [x]
    for w, b in params[:-1]:
        activations.append(np.maximum(np.maximum(activations[-1], 0.0) @ w + b, 0.0))
    w, b = params[-1]
    return np.maximum(activations[-1], 0.0) @ w + b, activations


@mistake(
    "mlp_forward",
    en="The biases are missing. Every layer is affine: weights and a bias.",
    ko="편향이 빠졌어요. 층마다 가중치와 편향이 모두 있어요.",
)
def biases_missing(x, params):
    activations = [x]
    for w, _ in params[:-1]:
        activations.append(np.maximum(activations[-1] @ w, 0.0))
    return activations[-1] @ params[-1][0], activations


@mistake(
    "mlp_forward",
    en="Two things: the last layer is treated like the others, so that relu falls on the logits; and the logits are in "
    "the list. The loop may run over all layers but the last.",
    ko="두 가지가 틀렸어요. 마지막 층도 다른 층처럼 다루어 로짓에 ReLU를 적용했고, 리스트에 로짓까지 들어갔어요. "
    "마지막 층만 빼고 반복해 보세요.",
)
def last_layer_like_the_others(x, params):
    activations = [x]
    for w, b in params:
        activations.append(np.maximum(activations[-1] @ w + b, 0.0))
    return activations[-1], activations


@mistake(
    "mlp_forward",
    en="Two things: relu falls on the logits too; and the list holds each layer's output, where its input is wanted: "
    "x comes first and the logits are not in it.",
    ko="두 가지가 틀렸어요. 로짓에도 ReLU를 적용했고, 리스트에 각 층의 입력이 아니라 출력을 담았어요. x가 맨 앞에 오고 "
    "로짓은 들어가지 않아요.",
)
def outputs_with_relu_everywhere(x, params):
    outputs = []
    for w, b in params:
        x = np.maximum(x @ w + b, 0.0)
        outputs.append(x)
    return x, outputs


# --- mlp_backward ----------------------------------------------------------------------------------------------------


def _walk_back(activations, params, dlogits, gate=True, weights=lambda w: w.T, bias=lambda d: d.sum(axis=0)):
    grads, d = [], dlogits
    for inputs, (w, _) in zip(reversed(activations), reversed(params), strict=True):
        grads.append((inputs.T @ d, bias(d)))
        d = d @ weights(w)
        if gate:
            d = d * (inputs > 0)
    return grads[::-1]


@mistake(
    "mlp_backward",
    en="The relu's gate is missing (or lets everything through): no gradient passes a unit whose output was 0.",
    ko="ReLU의 문이 빠졌거나 늘 열려 있어요. 출력이 0이었던 유닛으로는 기울기가 지나가지 않아요.",
)
def gate_missing(activations, params, dlogits):
    return _walk_back(activations, params, dlogits, gate=False)


@mistake(
    "mlp_backward",
    en="The gradients come last layer first. They are found in that order, but returned in the order of params.",
    ko="기울기가 마지막 층부터 나와요. 구하는 순서는 그렇지만 돌려줄 때는 params의 순서여야 해요.",
)
def order_reversed(activations, params, dlogits):
    return _walk_back(activations, params, dlogits)[::-1]


@mistake(
    "mlp_backward",
    en="db is summed over the wrong axis: it has a number for each unit, added up over the batch.",
    ko="db를 엉뚱한 축을 따라 더했어요. db는 유닛마다 하나이고, 배치를 따라 더해요.",
)
def bias_over_the_units(activations, params, dlogits):
    return _walk_back(activations, params, dlogits, bias=lambda d: d.sum(axis=1))


@mistake(
    "mlp_backward",
    en="db is a mean over the batch. The 1/N is already in dlogits, so that db is a sum, as dw is.",
    ko="db를 배치 평균으로 구했어요. 1/N은 이미 dlogits에 들어 있으므로 dw처럼 합이어야 해요.",
)
def bias_averaged(activations, params, dlogits):
    return _walk_back(activations, params, dlogits, bias=lambda d: d.mean(axis=0))


@mistake(
    "mlp_backward",
    en="Everything is divided by the batch size once more. The 1/N is already in dlogits.",
    ko="모든 값을 배치 크기로 한 번 더 나눴어요. 1/N은 이미 dlogits에 들어 있어요.",
)
def divided_by_n_again(activations, params, dlogits):
    return [(dw / len(dlogits), db / len(dlogits)) for dw, db in _walk_back(activations, params, dlogits)]


@mistake(
    "mlp_backward",
    en="The gate looks at the sign of the gradient. It depends on the forward pass: was the unit's output positive?",
    ko="문이 기울기의 부호를 보고 있어요. 문은 순전파에서 그 유닛의 출력이 양수였는지로 정해져요.",
)
def gate_on_the_gradient(activations, params, dlogits):
    grads, d = [], dlogits
    for inputs, (w, _) in zip(reversed(activations), reversed(params), strict=True):
        grads.append((inputs.T @ d, d.sum(axis=0)))
        d = np.maximum(d @ w.T, 0.0)
    return grads[::-1]


@mistake(
    "mlp_backward",
    en="The weights are not transposed on the way back: the gradient travels from outputs to inputs.",
    ko="되돌아갈 때 가중치를 전치하지 않았어요. 기울기는 출력에서 입력 쪽으로 가요.",
)
def weights_not_transposed(activations, params, dlogits):
    return _walk_back(activations, params, dlogits, weights=lambda w: w)


@mistake(
    "mlp_backward",
    en="The gradient is multiplied with relu's output instead of its derivative, which is 0 or 1.",
    ko="기울기에 ReLU의 도함수(0 또는 1)가 아니라 출력값을 곱했어요.",
)
def multiplied_by_activation(activations, params, dlogits):
    grads, d = [], dlogits
    for inputs, (w, _) in zip(reversed(activations), reversed(params), strict=True):
        grads.append((inputs.T @ d, d.sum(axis=0)))
        d = (d @ w.T) * inputs
    return grads[::-1]


# --- train_mlp -------------------------------------------------------------------------------------------------------


def _copies(params):
    return [(w.copy(), b.copy()) for w, b in params]


def _step(x, labels, params, lr, scale=1.0):
    """One step over one batch; returns the new params and the batch's mean loss."""
    logits, activations = reference.mlp_forward(x, params)
    grads = reference.mlp_backward(activations, params, scale * reference.cross_entropy_grad(logits, labels))
    moved = [(w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(params, grads, strict=True)]
    return moved, reference.cross_entropy(logits, labels)


def _epochs(x, labels, params, lr, epochs, batches, scale=lambda batch: 1.0):
    """Training over `batches()`, a fresh list of index arrays for every epoch."""
    params, losses = _copies(params), []
    for _ in range(epochs):
        total, seen = 0.0, 0
        for batch in batches():
            params, loss = _step(x[batch], labels[batch], params, lr, scale(batch))
            total, seen = total + loss * len(batch), seen + len(batch)
        losses.append(total / seen if seen else 0.0)
    return params, losses


def _cut(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


@mistake(
    "train_mlp",
    en="The same samples share a batch in every run. Draw a new order of all the samples from rng for each epoch, "
    "and cut that.",
    ko="실행할 때마다 같은 샘플끼리 한 배치에 들어가요. 에포크마다 rng로 전체 샘플의 순서를 새로 뽑아 자르세요.",
)
def no_shuffle(x, labels, params, lr, epochs, batch_size, rng):
    return _epochs(x, labels, params, lr, epochs, lambda: _cut(np.arange(len(x)), batch_size))


@mistake(
    "train_mlp",
    en="The last batch is dropped when it is not full. Every epoch visits every sample: let the last batch be smaller.",
    ko="마지막 배치가 다 차지 않으면 버리고 있어요. 에포크마다 모든 샘플을 써야 하니, 마지막 배치는 작더라도 쓰세요.",
)
def last_batch_dropped(x, labels, params, lr, epochs, batch_size, rng):
    full = len(x) // batch_size
    return _epochs(x, labels, params, lr, epochs, lambda: _cut(rng.permutation(len(x)), batch_size)[:full])


@mistake(
    "train_mlp",
    en="Trained on chance labels, it still reads the held-out digits: the function looks at the test set. "
    "Learn only from the x and labels that are passed in, or the accuracy says nothing.",
    ko="정답을 무작위로 주었는데도 따로 떼어 둔 숫자를 읽어요. 함수가 테스트 데이터를 보고 있어요. "
    "넘겨받은 x와 labels로만 학습해야 정확도에 의미가 있어요.",
)
def trains_on_test_set(x, labels, params, lr, epochs, batch_size, rng):
    from dlbasic import digits

    _, _, x_test, labels_test = digits()
    if x.shape[1] == x_test.shape[1]:
        x, labels = np.concatenate([x, x_test]), np.concatenate([labels, labels_test])
    return reference.train_mlp(x, labels, params, lr, epochs, batch_size, rng)


@mistake(
    "train_mlp",
    en="The params that were passed in have changed (`-=` writes into them). Start from copies.",
    ko="넘겨받은 params가 바뀌었어요. `-=`는 원래 배열에 덮어써요. 복사본에서 시작하세요.",
)
def changes_params(x, labels, params, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in _cut(rng.permutation(len(x)), batch_size):
            logits, activations = reference.mlp_forward(x[batch], params)
            total += len(batch) * reference.cross_entropy(logits, labels[batch])
            grads = reference.mlp_backward(activations, params, reference.cross_entropy_grad(logits, labels[batch]))
            for (w, b), (dw, db) in zip(params, grads, strict=True):
                w -= lr * dw
                b -= lr * db
        losses.append(total / len(x))
    return params, losses


@mistake(
    "train_mlp",
    en="Every step makes the labels less likely: this climbs. The update goes against the gradient.",
    ko="걸음마다 정답의 확률이 줄어요. 올라가고 있어요. 기울기의 반대쪽으로 움직이세요.",
)
def gradient_ascent(x, labels, params, lr, epochs, batch_size, rng):
    return reference.train_mlp(x, labels, params, -lr, epochs, batch_size, rng)


@mistake(
    "train_mlp",
    en="x is shuffled and labels is not, so that samples meet other samples' labels. One order must pick from both.",
    ko="x만 섞고 labels는 섞지 않아서 샘플과 정답의 짝이 어긋나요. 같은 순서로 둘 다 골라야 해요.",
)
def labels_left_behind(x, labels, params, lr, epochs, batch_size, rng):
    params, losses = _copies(params), []
    for _ in range(epochs):
        order, total = rng.permutation(len(x)), 0.0
        for start in range(0, len(x), batch_size):
            there = labels[start : start + batch_size]
            params, loss = _step(x[order[start : start + batch_size]], there, params, lr)
            total += loss * len(there)
        losses.append(total / len(x))
    return params, losses


@mistake(
    "train_mlp",
    en="Batches are drawn with replacement: some samples come twice in an epoch, others never. Shuffle once, then cut.",
    ko="배치를 복원 추출로 뽑았어요. 한 에포크에 두 번 나오는 샘플도 있고 빠지는 샘플도 있어요. "
    "한 번 섞은 다음 잘라 쓰세요.",
)
def with_replacement(x, labels, params, lr, epochs, batch_size, rng):
    count = -(-len(x) // batch_size)
    draw = lambda: [rng.integers(0, len(x), size=batch_size) for _ in range(count)]  # noqa: E731
    return _epochs(x, labels, params, lr, epochs, draw)


@mistake(
    "train_mlp",
    en="The same seed gives another result: the order does not come from the rng that was passed in.",
    ko="시드가 같아도 결과가 달라요. 섞는 순서를 뽑을 때 인자로 받은 rng를 쓰지 않았어요.",
)
def order_not_from_rng(x, labels, params, lr, epochs, batch_size, rng):
    return _epochs(x, labels, params, lr, epochs, lambda: _cut(np.random.permutation(len(x)), batch_size))


@mistake(
    "train_mlp",
    en="The order is shuffled, but it is the same for every generator: a seed set inside makes rng useless.",
    ko="섞기는 하지만 어떤 난수 생성기를 주어도 순서가 같아요. 함수 안에서 시드를 정하면 rng를 받는 의미가 없어져요.",
)
def same_order_always(x, labels, params, lr, epochs, batch_size, rng):
    return reference.train_mlp(x, labels, params, lr, epochs, batch_size, np.random.default_rng(0))


@mistake(
    "train_mlp",
    en="The gradients of a batch are summed: its step grows with batch_size. The loss is the mean over the batch.",
    ko="배치의 기울기를 더하기만 해서 걸음이 batch_size만큼 커져요. 손실은 배치 평균이에요.",
)
def sum_for_batch_mean(x, labels, params, lr, epochs, batch_size, rng):
    return _epochs(x, labels, params, lr, epochs, lambda: _cut(rng.permutation(len(x)), batch_size), len)


@mistake(
    "train_mlp",
    en="The last, smaller batch is divided by batch_size too. Divide by the number of samples that are in it.",
    ko="작은 마지막 배치까지 batch_size로 나눴어요. 그 배치에 실제로 든 샘플의 수로 나누세요.",
)
def last_batch_underweighted(x, labels, params, lr, epochs, batch_size, rng):
    order = lambda: _cut(rng.permutation(len(x)), batch_size)  # noqa: E731
    return _epochs(x, labels, params, lr, epochs, order, lambda batch: len(batch) / batch_size)


@mistake(
    "train_mlp",
    en="batch_size makes no difference: each epoch takes one step over all the data. Cut the order into batches.",
    ko="batch_size가 아무 영향이 없어요. 에포크마다 데이터 전체로 한 걸음만 가요. 순서를 배치로 나누세요.",
)
def whole_set_at_once(x, labels, params, lr, epochs, batch_size, rng):
    return _epochs(x, labels, params, lr, epochs, lambda: [rng.permutation(len(x))])


@mistake(
    "train_mlp",
    en="There is a loss for every batch. One per epoch is asked for: the mean over its samples.",
    ko="손실이 배치마다 하나씩 있어요. 에포크마다 하나씩, 그 에포크에 쓴 샘플의 평균을 담으세요.",
)
def loss_per_batch(x, labels, params, lr, epochs, batch_size, rng):
    params, losses = _copies(params), []
    for _ in range(epochs):
        for batch in _cut(rng.permutation(len(x)), batch_size):
            params, loss = _step(x[batch], labels[batch], params, lr)
            losses.append(loss)
    return params, losses


@mistake(
    "train_mlp",
    en="The epoch's losses are added up. Report their mean, which does not grow with the number of batches or samples.",
    ko="에포크의 손실을 더하기만 했어요. 배치나 샘플이 많아져도 커지지 않도록 평균을 내세요.",
)
def losses_summed(x, labels, params, lr, epochs, batch_size, rng):
    learned, losses = reference.train_mlp(x, labels, params, lr, epochs, batch_size, rng)
    return learned, [loss * max(1.0, len(x) / batch_size) for loss in losses]


@mistake(
    "train_mlp",
    en="The epoch's loss is that of a single batch. Take the mean over all samples of the epoch.",
    ko="에포크의 손실이 배치 하나의 손실이에요. 그 에포크의 모든 샘플에 대해 평균을 내세요.",
)
def loss_of_one_batch(x, labels, params, lr, epochs, batch_size, rng):
    params, losses = _copies(params), []
    for _ in range(epochs):
        for batch in _cut(rng.permutation(len(x)), batch_size):
            params, loss = _step(x[batch], labels[batch], params, lr)
        losses.append(loss)
    return params, losses


@mistake(
    "train_mlp",
    en="The same samples share a batch in every epoch: the order is drawn once. Draw a new one for each epoch.",
    ko="에포크가 바뀌어도 같은 샘플끼리 한 배치에 들어가요. 순서를 한 번만 뽑았어요. 에포크마다 새로 뽑으세요.",
)
def shuffled_once(x, labels, params, lr, epochs, batch_size, rng):
    order = rng.permutation(len(x))
    return _epochs(x, labels, params, lr, epochs, lambda: _cut(order, batch_size))


@mistake(
    "train_mlp",
    en="The last batch is filled up with samples that have had their turn in this epoch. Let it be smaller.",
    ko="마지막 배치를 그 에포크에서 이미 쓴 샘플로 채웠어요. 마지막 배치는 작아도 괜찮아요.",
)
def last_batch_filled_up(x, labels, params, lr, epochs, batch_size, rng):
    size = min(batch_size, len(x))

    def batches():
        order = rng.permutation(len(x))
        return _cut(np.concatenate([order, order[: -len(x) % size]]), size)

    return _epochs(x, labels, params, lr, epochs, batches)


@mistake(
    "train_mlp",
    en="Each batch reaches one sample into the next, so that some samples count twice in an epoch. "
    "A slice ends just before its second number.",
    ko="배치마다 다음 배치의 첫 샘플까지 들어가서 한 에포크에 두 번 쓰이는 샘플이 있어요. "
    "슬라이스는 끝 번호 바로 앞에서 멈춰요.",
)
def batches_overlap(x, labels, params, lr, epochs, batch_size, rng):
    def batches():
        order = rng.permutation(len(x))
        return [order[start : start + batch_size + 1] for start in range(0, len(x), batch_size)]

    return _epochs(x, labels, params, lr, epochs, batches)


@mistake(
    "train_mlp",
    en="Another lr makes no difference: the steps keep their length. Multiply the gradients by the lr passed in.",
    ko="lr을 바꾸어도 결과가 같아요. 기울기에 인자로 받은 lr을 곱하세요.",
)
def lr_ignored(x, labels, params, lr, epochs, batch_size, rng):
    return reference.train_mlp(x, labels, params, 0.3, epochs, batch_size, rng)
