"""Known wrong answers, written as a learner would write them; the text names the mistake and says what to look at."""

import numpy as np

from dlbasic.authoring import mistake, reference

# --- early_stopping --------------------------------------------------------------------------------------------------


def _scan(
    val_losses, patience, better=lambda new, best: new < best, enough=lambda waited, patience: waited >= patience
):
    best = 0
    for epoch, loss in enumerate(val_losses):
        if epoch and better(loss, val_losses[best]):
            best = epoch
        if enough(epoch - best, patience):
            return epoch, best
    return len(val_losses) - 1, best


@mistake(
    "early_stopping",
    en="A loss that only equals the best counts as an improvement here, and on a plateau the waiting never ends. "
    "Strictly smaller is asked for.",
    ko="지금까지의 최솟값과 같기만 해도 좋아진 것으로 쳐서, 손실이 제자리인데도 계속 기다려요. 더 작을 때만 좋아진 "
    "거예요.",
)
def equal_counts_as_better(val_losses, patience):
    return _scan(val_losses, patience, better=lambda new, best: new <= best)


@mistake(
    "early_stopping",
    en="best_epoch is the epoch of the stop. The net to keep is the one from before the waiting began.",
    ko="best_epoch에 멈춘 에포크가 들어 있어요. 간직할 것은 기다리기 전, 손실이 가장 작았을 때의 신경망이에요.",
)
def best_is_the_stop(val_losses, patience):
    stop, _ = _scan(val_losses, patience)
    return stop, stop


@mistake(
    "early_stopping",
    en="It stops one epoch too late: with `>` the best may lie patience + 1 epochs back.",
    ko="한 에포크 늦게 멈춰요. `>`로 비교하면 가장 좋은 에포크에서 patience + 1만큼 지나야 멈춰요.",
)
def one_epoch_too_late(val_losses, patience):
    return _scan(val_losses, patience, enough=lambda waited, patience: waited > patience)


@mistake(
    "early_stopping",
    en="It stops one epoch too early: the best must lie patience epochs back, not patience - 1.",
    ko="한 에포크 일찍 멈춰요. 가장 좋은 에포크에서 patience - 1이 아니라 patience만큼 지나야 멈춰요.",
)
def one_epoch_too_early(val_losses, patience):
    return _scan(val_losses, patience, enough=lambda waited, patience: waited >= patience - 1)


@mistake(
    "early_stopping",
    en="The count of bad epochs is never set back: a new best should start the waiting anew.",
    ko="나빠진 에포크를 세는 수가 처음으로 돌아가지 않아요. 가장 좋은 값이 새로 나오면 기다림도 처음부터 다시 "
    "시작해요.",
)
def waiting_never_starts_anew(val_losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        else:
            waited += 1
        if waited >= patience:
            return epoch, best
    return len(val_losses) - 1, best


@mistake(
    "early_stopping",
    en="Each loss is compared with the one before it. A loss may fall again and still be worse than the best: compare "
    "with the best so far.",
    ko="손실을 바로 앞의 손실과 비교했어요. 다시 줄더라도 지금까지의 최솟값보다 클 수 있으니, 최솟값과 비교하세요.",
)
def compared_with_the_one_before(val_losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(val_losses)):
        waited = 0 if val_losses[epoch] < val_losses[epoch - 1] else waited + 1
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        if waited >= patience:
            return epoch, best
    return len(val_losses) - 1, best


@mistake(
    "early_stopping",
    en="The best epoch is looked for among all losses, also those after the stop: at that time nobody has seen them.",
    ko="멈춘 뒤의 손실까지 포함해 가장 좋은 에포크를 찾았어요. 멈추는 순간에는 그 손실을 아무도 보지 못했어요.",
)
def looks_into_the_future(val_losses, patience):
    return _scan(val_losses, patience)[0], int(np.argmin(val_losses))


@mistake(
    "early_stopping",
    en="The two are the wrong way round: (stop_epoch, best_epoch) is asked for.",
    ko="두 값의 순서가 바뀌었어요. (stop_epoch, best_epoch) 순서로 돌려주세요.",
)
def best_first(val_losses, patience):
    return _scan(val_losses, patience)[::-1]


@mistake(
    "early_stopping",
    en="The epochs are counted from 1; here the first one is epoch 0.",
    ko="에포크를 1부터 셌어요. 여기서는 첫 에포크가 0이에요.",
)
def counted_from_one(val_losses, patience):
    stop, best = _scan(val_losses, patience)
    return stop + 1, best + 1


@mistake(
    "early_stopping",
    en="When it never stops, stop_epoch is one too large: the last of n epochs is n - 1.",
    ko="끝까지 멈추지 않을 때 stop_epoch가 하나 커요. 에포크가 n개면 마지막은 n - 1이에요.",
)
def one_past_the_last(val_losses, patience):
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(val_losses), best


@mistake(
    "early_stopping",
    en="It stops at best + patience even where there is no such epoch: the losses may end first.",
    ko="있지도 않은 에포크에서 멈춰요. best + patience에 이르기 전에 손실이 끝날 수 있어요.",
)
def stops_beyond_the_end(val_losses, patience):
    best = _scan(val_losses, patience)[1]
    return best + patience, best


@mistake(
    "early_stopping",
    en="It stops at the first loss that is no improvement. patience says how many epochs to go on waiting.",
    ko="좋아지지 않은 첫 에포크에서 바로 멈춰요. 몇 에포크를 더 기다릴지는 patience가 정해요.",
)
def no_patience(val_losses, patience):
    return _scan(val_losses, 1)


@mistake(
    "early_stopping",
    en="It keeps the epoch with the largest loss. A validation loss is the better, the smaller it is.",
    ko="손실이 가장 큰 에포크를 간직했어요. 검증 손실은 작을수록 좋아요.",
)
def larger_is_better(val_losses, patience):
    return _scan(val_losses, patience, better=lambda new, best: new > best)


# --- l2_penalty ------------------------------------------------------------------------------------------------------


def _squares(params, which=0):
    return sum(float(np.sum(pair[which] ** 2)) for pair in params)


def _slopes(params, alpha):
    return [(alpha * w, np.zeros(b.shape)) for w, b in params]


@mistake(
    "l2_penalty",
    en="The biases are penalized as well. A bias makes no function steeper: only weights cost something, and db is 0.",
    ko="편향에도 벌점을 매겼어요. 편향은 함수를 더 가파르게 만들지 않으니 가중치에만 매기고, db는 0이에요.",
)
def biases_penalized(params, alpha):
    return 0.5 * alpha * (_squares(params) + _squares(params, 1)), [(alpha * w, alpha * b) for w, b in params]


@mistake(
    "l2_penalty",
    en="The biases are in the penalty, although their gradients are 0 as they should be. Sum over the weights only.",
    ko="db는 0으로 맞는데 벌점에는 편향이 들어 있어요. 가중치만 더하세요.",
)
def biases_in_the_penalty_only(params, alpha):
    return 0.5 * alpha * (_squares(params) + _squares(params, 1)), _slopes(params, alpha)


@mistake(
    "l2_penalty",
    en="The penalty is right, but the biases get a gradient. They are not in the penalty, so db is 0.",
    ko="벌점은 맞는데 편향에 기울기가 있어요. 편향은 벌점에 들어 있지 않으니 db는 0이에요.",
)
def biases_in_the_gradient_only(params, alpha):
    return 0.5 * alpha * _squares(params), [(alpha * w, alpha * b) for w, b in params]


@mistake(
    "l2_penalty",
    en="The half is missing in the penalty: the gradients are those of alpha / 2 times the sum of squares.",
    ko="벌점에 절반이 빠졌어요. grads는 제곱합에 alpha / 2를 곱한 벌점의 기울기로 맞게 되어 있어요.",
)
def half_lost(params, alpha):
    return alpha * _squares(params), _slopes(params, alpha)


@mistake(
    "l2_penalty",
    en="The gradient is twice as large as it should be: the half in the penalty takes away the 2 of the derivative.",
    ko="기울기가 두 배예요. 제곱을 미분하면 나오는 2는 벌점의 절반과 상쇄돼요.",
)
def gradient_doubled(params, alpha):
    return 0.5 * alpha * _squares(params), _slopes(params, 2 * alpha)


@mistake(
    "l2_penalty",
    en="This is the penalty without the half, alpha times the sum of squares, with its gradient. In this chapter it is "
    "alpha / 2.",
    ko="절반이 없는 벌점, 곧 제곱합에 alpha를 곱한 것과 그 기울기예요. 이 장에서는 alpha / 2를 곱해요.",
)
def convention_without_the_half(params, alpha):
    return alpha * _squares(params), _slopes(params, 2 * alpha)


@mistake(
    "l2_penalty",
    en="The squares are averaged; they are to be summed, however many weights a layer has.",
    ko="제곱의 평균을 썼어요. 층에 가중치가 몇 개이든 합을 구해야 해요.",
)
def mean_for_sum(params, alpha):
    return 0.5 * alpha * sum(float(np.mean(w**2)) for w, _ in params), _slopes(params, alpha)


@mistake(
    "l2_penalty",
    en="This is the length of the weights, not its square: np.linalg.norm has taken a root.",
    ko="가중치의 길이를 썼어요. np.linalg.norm은 제곱근까지 구한 값이니, 그 제곱이 필요해요.",
)
def norm_not_squared(params, alpha):
    return 0.5 * alpha * sum(float(np.linalg.norm(w)) for w, _ in params), _slopes(params, alpha)


@mistake(
    "l2_penalty",
    en="This is the L1 penalty, with absolute values and signs. L2 takes squares, and a gradient in proportion to w.",
    ko="절댓값과 부호를 쓰는 L1 벌점이에요. L2는 제곱을 더하고 기울기가 w에 비례해요.",
)
def absolute_values(params, alpha):
    return alpha * sum(float(np.sum(np.abs(w))) for w, _ in params), [
        (alpha * np.sign(w), np.zeros(b.shape)) for w, b in params
    ]


@mistake(
    "l2_penalty",
    en="Only the last layer is in the penalty: each round of the loop writes over the one before. Add them up.",
    ko="벌점에 마지막 층만 들어 있어요. 반복할 때마다 앞의 값을 덮어써요. 모두 더하세요.",
)
def last_layer_only(params, alpha):
    penalty = 0.0
    for w, _ in params:
        penalty = 0.5 * alpha * float(np.sum(w**2))
    return penalty, _slopes(params, alpha)


@mistake(
    "l2_penalty",
    en="alpha is missing in the gradients: they are w itself.",
    ko="grads에 alpha가 빠져 w가 그대로 들어 있어요.",
)
def alpha_missing_in_the_gradient(params, alpha):
    return 0.5 * alpha * _squares(params), _slopes(params, 1.0)


@mistake(
    "l2_penalty",
    en="The gradients have the wrong sign. The penalty grows with the weights, so its gradient points where w points.",
    ko="기울기의 부호가 반대예요. 벌점은 가중치가 클수록 커지니 기울기의 방향은 w와 같아요.",
)
def gradient_negated(params, alpha):
    return 0.5 * alpha * _squares(params), _slopes(params, -alpha)


# --- decay_step ------------------------------------------------------------------------------------------------------


@mistake(
    "decay_step",
    en="The penalty makes the weights grow: its gradient has the wrong sign beside g. Both are added.",
    ko="벌점 때문에 가중치가 커져요. g와 나란히 놓인 벌점의 기울기 부호가 반대예요. 둘은 더해야 해요.",
)
def penalty_grows_w(w, g, lr, alpha):
    return w - lr * (g - alpha * w)


@mistake(
    "decay_step",
    en="This step goes uphill: the gradient of loss and penalty is added to w. Take it away.",
    ko="오르막으로 가는 걸음이에요. 손실과 벌점의 기울기를 w에 더했어요. 빼세요.",
)
def uphill(w, g, lr, alpha):
    return w + lr * (g + alpha * w)


@mistake(
    "decay_step",
    en="The penalty's gradient is twice as large as it should be: it is alpha times w, for a penalty with a half.",
    ko="벌점의 기울기가 두 배예요. 벌점에 절반이 붙어 있으니 기울기는 alpha에 w를 곱한 값이에요.",
)
def penalty_doubled(w, g, lr, alpha):
    return w - lr * (g + 2 * alpha * w)


@mistake(
    "decay_step",
    en="The penalty's gradient is half of what it should be: the half of the penalty is gone once it is "
    "differentiated.",
    ko="벌점의 기울기가 절반이에요. 벌점에 붙은 절반은 미분하면 사라져요.",
)
def penalty_halved(w, g, lr, alpha):
    return w - lr * (g + 0.5 * alpha * w)


@mistake(
    "decay_step",
    en="The penalty's part is not multiplied by lr. It belongs to the gradient, and one step takes lr times all of "
    "that.",
    ko="벌점 쪽에 lr을 곱하지 않았어요. 벌점도 기울기의 일부이고, 한 걸음은 전체 기울기에 lr을 곱해 가요.",
)
def decay_without_lr(w, g, lr, alpha):
    return w - lr * g - alpha * w


@mistake(
    "decay_step",
    en="The weights are shrunk after the step, from where it has led. Both gradients are taken at the old w.",
    ko="걸음을 옮긴 뒤의 가중치를 줄였어요. 두 기울기 모두 옛 w에서 구해야 해요.",
)
def shrinks_the_new_weights(w, g, lr, alpha):
    return (w - lr * g) * (1 - lr * alpha)


@mistake(
    "decay_step",
    en="There is no penalty in this step: alpha is not used.",
    ko="이 걸음에는 벌점이 없어요. alpha를 쓰지 않았어요.",
)
def no_penalty(w, g, lr, alpha):
    return w - lr * g


@mistake(
    "decay_step",
    en="The step takes the penalty itself, one number, in the place of its gradient, which differs from weight to "
    "weight.",
    ko="벌점의 기울기 자리에 벌점 자체를 썼어요. 벌점은 수 하나이지만 그 기울기는 가중치마다 달라요.",
)
def value_for_gradient(w, g, lr, alpha):
    return w - lr * (g + 0.5 * alpha * np.sum(w**2))


@mistake(
    "decay_step",
    en="Every weight loses the same amount: that is the step of an L1 penalty. With L2 a weight shrinks in proportion.",
    ko="모든 가중치가 같은 양만큼 줄어요. 그것은 L1 벌점의 걸음이에요. L2에서는 가중치의 크기에 비례해 줄어요.",
)
def sign_for_weight(w, g, lr, alpha):
    return w - lr * (g + alpha * np.sign(w))


@mistake(
    "decay_step",
    en="The gradient of the loss is missing: the weights only shrink.",
    ko="손실의 기울기가 빠졌어요. 가중치가 줄기만 해요.",
)
def only_shrinks(w, g, lr, alpha):
    return w - lr * alpha * w


@mistake(
    "decay_step",
    en="The numbers are right, but w itself was changed (`-=` writes into the argument). Return a new array.",
    ko="값은 맞지만 w 자체가 바뀌었어요. `-=`는 받은 배열에 덮어써요. 새 배열을 돌려주세요.",
)
def changes_w(w, g, lr, alpha):
    step = lr * (g + alpha * w)
    if np.issubdtype(w.dtype, np.floating):
        w -= step
        return w
    return w - step


# --- shift_images ----------------------------------------------------------------------------------------------------


@mistake(
    "shift_images",
    en="What leaves on one side comes back on the other: np.roll goes round in a circle. What comes in should be 0.",
    ko="한쪽으로 나간 픽셀이 반대쪽에서 들어와요. np.roll은 빙 돌아요. 새로 들어오는 자리는 0이어야 해요.",
)
def wraps_round(images, dy, dx):
    return np.roll(images, (dy, dx), axis=(1, 2))


@mistake(
    "shift_images",
    en="It moves the other way: positive dy is down, positive dx to the right.",
    ko="반대로 움직여요. dy가 양수면 아래로, dx가 양수면 오른쪽으로 옮겨요.",
)
def the_other_way(images, dy, dx):
    return reference.shift_images(images, -dy, -dx)


@mistake(
    "shift_images",
    en="Up and down are swapped: row 0 is at the top, and positive dy moves down.",
    ko="위아래가 바뀌었어요. 0번 행이 맨 위이고, dy가 양수면 아래로 옮겨요.",
)
def up_for_down(images, dy, dx):
    return reference.shift_images(images, -dy, dx)


@mistake(
    "shift_images",
    en="Left and right are swapped: positive dx moves to the right.",
    ko="좌우가 바뀌었어요. dx가 양수면 오른쪽으로 옮겨요.",
)
def left_for_right(images, dy, dx):
    return reference.shift_images(images, dy, -dx)


@mistake(
    "shift_images",
    en="dy and dx are swapped: rows (axis 1) move by dy, columns (axis 2) by dx.",
    ko="dy와 dx가 바뀌었어요. 행(축 1)은 dy만큼, 열(축 2)은 dx만큼 움직여요.",
)
def dy_and_dx_swapped(images, dy, dx):
    return reference.shift_images(images, dx, dy)


@mistake(
    "shift_images",
    en="The edge is drawn out into the space that opens up; 0 is asked for there.",
    ko="새로 생긴 자리에 가장자리 픽셀이 늘어나 있어요. 그 자리는 0이어야 해요.",
)
def edge_drawn_out(images, dy, dx):
    _, height, width = images.shape
    rows = np.clip(np.arange(height) - dy, 0, height - 1)
    columns = np.clip(np.arange(width) - dx, 0, width - 1)
    return images[:, rows][:, :, columns]


@mistake(
    "shift_images",
    en="A shift by 0 empties the image: the slice `[:-0]` holds nothing. Give 0 a case of its own, or count from the "
    "front.",
    ko="0만큼 옮기면 이미지가 비어요. 슬라이스 `[:-0]`에는 아무것도 없어요. 0을 따로 다루거나 앞에서부터 세세요.",
)
def nothing_left_at_zero(images, dy, dx):
    return reference.shift_images(images, dy, dx) if dy and dx else np.zeros_like(images)


@mistake(
    "shift_images",
    en="Negative shifts do nothing: up and to the left are asked for too.",
    ko="음수만큼 옮기는 경우가 빠졌어요. 위쪽과 왼쪽으로도 옮겨야 해요.",
)
def negative_shifts_ignored(images, dy, dx):
    return reference.shift_images(images, max(dy, 0), max(dx, 0))


@mistake(
    "shift_images",
    en="A shift as large as the image or larger starts over: it should leave nothing but 0.",
    ko="이미지 크기 이상으로 옮기면 처음 자리부터 다시 시작해요. 그때는 0만 남아야 해요.",
)
def large_shifts_start_over(images, dy, dx):
    _, height, width = images.shape
    return reference.shift_images(images, int(np.fmod(dy, height)), int(np.fmod(dx, width)))


@mistake(
    "shift_images",
    en="A shift larger than the image is cut to its size less one, so that an edge stays visible: nothing should.",
    ko="이미지보다 크게 옮길 때 이동량을 크기 - 1로 잘라서 가장자리가 보여요. 아무것도 보이지 않아야 해요.",
)
def large_shifts_cut(images, dy, dx):
    _, height, width = images.shape
    return reference.shift_images(
        images, int(np.clip(dy, 1 - height, height - 1)), int(np.clip(dx, 1 - width, width - 1))
    )


@mistake(
    "shift_images",
    en="The first axis was shifted: it counts images. Rows are axis 1, columns axis 2.",
    ko="첫째 축을 옮겼어요. 그 축은 이미지의 번호예요. 행은 축 1, 열은 축 2예요.",
)
def batch_shifted(images, dy, dx):
    return np.moveaxis(reference.shift_images(np.moveaxis(images, 2, 0), dy, dx), 0, 2)


# --- cutout ----------------------------------------------------------------------------------------------------------


def _cut(images, rows, columns):
    out = images.copy()
    out[:, rows, columns] = 0
    return out


@mistake(
    "cutout",
    en="A negative top or left counts from the far end, and the box is empty or in the wrong place. Raise the start of "
    "the slice to 0.",
    ko="top이나 left가 음수면 뒤에서부터 세어 상자가 비거나 엉뚱한 곳에 놓여요. 슬라이스의 시작을 0으로 올리세요.",
)
def negative_counts_from_the_end(images, top, left, size):
    return _cut(images, slice(top, top + size), slice(left, left + size))


@mistake(
    "cutout",
    en="The start is raised to 0, but the end of a box above or left of the image is still negative, and cuts nearly "
    "everything. Raise it to 0 too.",
    ko="시작은 0으로 올렸지만, 이미지의 위나 왼쪽으로 벗어난 상자는 끝이 여전히 음수라 거의 다 지워져요. "
    "끝도 0으로 올리세요.",
)
def negative_end(images, top, left, size):
    return _cut(images, slice(max(top, 0), top + size), slice(max(left, 0), left + size))


@mistake(
    "cutout",
    en="A box that hangs over the edge is pushed back into the image at its full size. Only the part inside is cut.",
    ko="가장자리를 벗어난 상자를 크기 그대로 이미지 안으로 밀어 넣었어요. 안에 있는 부분만 지우세요.",
)
def box_pushed_inside(images, top, left, size):
    top, left = max(top, 0), max(left, 0)
    return _cut(images, slice(top, top + size), slice(left, left + size))


@mistake(
    "cutout",
    en="What hangs over one edge is cut at the opposite one: positions beyond the image wrap round.",
    ko="한쪽 가장자리를 벗어난 부분을 반대쪽에서 지워요. 이미지 밖의 위치가 빙 돌아 들어왔어요.",
)
def box_wraps_round(images, top, left, size):
    _, height, width = images.shape
    rows, columns = np.arange(top, top + size) % height, np.arange(left, left + size) % width
    return _cut(images, rows[:, None], columns)


@mistake(
    "cutout",
    en="The numbers are right, but images itself was changed. Cut into a copy.",
    ko="값은 맞지만 images 자체가 바뀌었어요. 복사본에서 지우세요.",
)
def changes_images(images, top, left, size):
    images[:, max(top, 0) : max(top + size, 0), max(left, 0) : max(left + size, 0)] = 0
    return images


@mistake(
    "cutout",
    en="top and left are taken as the middle of the box; they are its first row and column.",
    ko="top과 left를 상자의 한가운데로 썼어요. 상자의 첫 행과 첫 열이에요.",
)
def box_around_the_point(images, top, left, size):
    return reference.cutout(images, top - size // 2, left - size // 2, size)


@mistake(
    "cutout",
    en="top and left are swapped: rows (axis 1) start at top, columns (axis 2) at left.",
    ko="top과 left가 바뀌었어요. 행(축 1)은 top에서, 열(축 2)은 left에서 시작해요.",
)
def top_and_left_swapped(images, top, left, size):
    return reference.cutout(images, left, top, size)


@mistake(
    "cutout",
    en="The box is one row and one column too large: it ends at top + size - 1.",
    ko="상자가 한 행, 한 열 더 커요. 마지막 행은 top + size - 1이에요.",
)
def box_too_large(images, top, left, size):
    return reference.cutout(images, top, left, size + 1)


@mistake(
    "cutout",
    en="The box is kept and everything else cut away: it is the other way round.",
    ko="상자만 남기고 나머지를 지웠어요. 반대예요.",
)
def keeps_the_box(images, top, left, size):
    return images - reference.cutout(images, top, left, size)


@mistake(
    "cutout",
    en="The box is filled with the images' mean. Here it is set to 0.",
    ko="상자를 이미지의 평균값으로 채웠어요. 여기서는 0으로 바꿔요.",
)
def filled_with_the_mean(images, top, left, size):
    box = reference.cutout(np.ones(images.shape), top, left, size) == 0
    return np.where(box, images.mean(), images)


@mistake(
    "cutout",
    en="Only the first image is cut. The box is taken out of every image of the batch.",
    ko="첫 이미지만 지웠어요. 배치의 모든 이미지에서 상자를 지우세요.",
)
def first_image_only(images, top, left, size):
    return np.concatenate([reference.cutout(images[:1], top, left, size), images[1:]])


@mistake(
    "cutout",
    en="Whole rows and whole columns are cut: the box is where they cross.",
    ko="행과 열을 통째로 지웠어요. 상자는 그 행과 열이 만나는 부분이에요.",
)
def a_cross_for_a_box(images, top, left, size):
    out = _cut(images, slice(max(top, 0), max(top + size, 0)), slice(None))
    return _cut(out, slice(None), slice(max(left, 0), max(left + size, 0)))


# --- flip_report -----------------------------------------------------------------------------------------------------


def _per_digit(right, labels):
    return np.array([right[labels == d].mean() if (labels == d).any() else 0.0 for d in range(10)])


@mistake(
    "flip_report",
    en="This is one accuracy over all digits, ten times. Each digit needs its own: count only where the label is that "
    "digit.",
    ko="모든 숫자를 합친 정확도 하나를 열 번 적었어요. 숫자마다 레이블이 그 숫자인 것만 세세요.",
)
def overall_accuracy(predict, images, labels):
    return np.full(10, np.mean(predict(images[:, :, ::-1]) == labels))


@mistake(
    "flip_report",
    en="The images are turned upside down: axis 1 holds the rows. Left and right are the last axis.",
    ko="이미지를 위아래로 뒤집었어요. 축 1은 행이에요. 왼쪽과 오른쪽은 마지막 축이에요.",
)
def upside_down(predict, images, labels):
    return _per_digit(predict(images[:, ::-1]) == labels, labels)


@mistake(
    "flip_report",
    en="The images are turned by half a circle: both axes are reversed. Mirror left and right only.",
    ko="두 축을 모두 뒤집어 이미지가 반 바퀴 돌았어요. 좌우만 뒤집으세요.",
)
def half_a_turn(predict, images, labels):
    return _per_digit(predict(images[:, ::-1, ::-1]) == labels, labels)


@mistake(
    "flip_report",
    en="The images are not mirrored: this is the accuracy on them as they are.",
    ko="이미지를 뒤집지 않았어요. 원래 이미지에서 구한 정확도예요.",
)
def not_mirrored(predict, images, labels):
    return _per_digit(predict(images) == labels, labels)


@mistake(
    "flip_report",
    en="The first axis is reversed: the images come in another order, and none of them is mirrored.",
    ko="첫째 축을 뒤집었어요. 이미지의 순서만 바뀌고, 뒤집힌 이미지는 없어요.",
)
def order_reversed(predict, images, labels):
    return _per_digit(predict(images[::-1]) == labels, labels)


@mistake(
    "flip_report",
    en="A digit that does not occur gets NaN, the mean of nothing. It should be 0.",
    ko="나오지 않는 숫자에 NaN이 들어 있어요. 빈 배열의 평균이라서예요. 그 자리는 0이어야 해요.",
)
def nan_for_an_absent_digit(predict, images, labels):
    right = predict(images[:, :, ::-1]) == labels
    return np.array([right[labels == d].mean() for d in range(10)])


@mistake(
    "flip_report",
    en="The list stops at the digits that occur. It should have ten entries, with 0 for an absent digit.",
    ko="나온 숫자만 담았어요. 없는 숫자의 자리에는 0을 넣어 열 개를 채우세요.",
)
def only_digits_that_occur(predict, images, labels):
    right = predict(images[:, :, ::-1]) == labels
    return np.array([right[labels == d].mean() for d in np.unique(labels)])


@mistake(
    "flip_report",
    en="This counts how many of a digit are right; the accuracy is that number over how many there are.",
    ko="숫자마다 맞힌 개수예요. 정확도는 그 수를 그 숫자의 전체 개수로 나눈 값이에요.",
)
def counts_for_shares(predict, images, labels):
    return np.bincount(labels[predict(images[:, :, ::-1]) == labels], minlength=10).astype(float)


@mistake(
    "flip_report",
    en="The images are grouped by what was predicted. Group them by their label: of all 3s, how many are still read "
    "as 3?",
    ko="예측한 숫자로 묶었어요. 레이블로 묶으세요. 3이라고 쓴 것 가운데 몇 개를 여전히 3으로 읽나요?",
)
def grouped_by_prediction(predict, images, labels):
    predicted = predict(images[:, :, ::-1])
    return _per_digit(predicted == labels, predicted)


@mistake(
    "flip_report",
    en="Each digit's right answers are divided by the number of all images. Divide by the number of that digit.",
    ko="숫자마다 맞힌 수를 전체 이미지 수로 나누었어요. 그 숫자의 개수로 나누세요.",
)
def divided_by_all(predict, images, labels):
    return np.bincount(labels[predict(images[:, :, ::-1]) == labels], minlength=10) / len(labels)


@mistake(
    "flip_report",
    en="This is the share of errors. The accuracy is 1 minus that (and 0 for an absent digit).",
    ko="틀린 비율이에요. 정확도는 1에서 그 값을 뺀 것이에요(없는 숫자는 0).",
)
def errors_for_accuracy(predict, images, labels):
    return _per_digit(predict(images[:, :, ::-1]) != labels, labels)


@mistake(
    "flip_report",
    en="The mirrored predictions are compared with those for the images as they are. Compare with the labels.",
    ko="뒤집은 이미지의 예측을 원래 이미지의 예측과 비교했어요. 레이블과 비교하세요.",
)
def compared_with_its_own_prediction(predict, images, labels):
    return _per_digit(predict(images[:, :, ::-1]) == predict(images), labels)


# --- noisy_weights ---------------------------------------------------------------------------------------------------


def _with_noise(params, draw):
    return [(w + draw(w), b.copy()) for w, b in params]


@mistake(
    "noisy_weights",
    en="The noise has the variance sigma squared squared: rng.normal takes the standard deviation, which is sigma "
    "itself.",
    ko="sigma의 제곱을 표준편차로 썼어요. rng.normal에는 분산이 아니라 표준편차를 넣으니 sigma를 그대로 쓰세요.",
)
def variance_for_deviation(params, sigma, rng):
    return _with_noise(params, lambda w: rng.normal(0.0, sigma**2, w.shape))


@mistake(
    "noisy_weights",
    en="The root of sigma is the noise's standard deviation here. sigma is one already.",
    ko="잡음의 표준편차가 sigma의 제곱근이에요. sigma가 이미 표준편차예요.",
)
def root_of_sigma(params, sigma, rng):
    return _with_noise(params, lambda w: np.sqrt(sigma) * rng.standard_normal(w.shape))


@mistake(
    "noisy_weights",
    en="The noise has the same spread whatever sigma is.",
    ko="sigma를 바꾸어도 잡음의 크기가 같아요.",
)
def sigma_ignored(params, sigma, rng):
    return _with_noise(params, lambda w: rng.standard_normal(w.shape))


@mistake(
    "noisy_weights",
    en="The biases get noise as well. They stay as they are.",
    ko="편향에도 잡음을 더했어요. 편향은 그대로 두세요.",
)
def noise_on_biases(params, sigma, rng):
    return [(w + rng.normal(0.0, sigma, w.shape), b + rng.normal(0.0, sigma, b.shape)) for w, b in params]


@mistake(
    "noisy_weights",
    en="One number is added to all weights of a layer. Every weight needs its own: pass the shape to rng.normal.",
    ko="한 층의 모든 가중치에 같은 수를 더했어요. 가중치마다 따로 필요하니 rng.normal에 모양을 넣으세요.",
)
def one_number_for_all(params, sigma, rng):
    return _with_noise(params, lambda w: rng.normal(0.0, sigma))


@mistake(
    "noisy_weights",
    en="All weights of a row or of a column get the same number. The noise needs w's whole shape.",
    ko="한 행이나 한 열의 가중치가 모두 같은 수를 받아요. 잡음의 모양이 w와 같아야 해요.",
)
def one_number_for_a_row(params, sigma, rng):
    return _with_noise(params, lambda w: rng.normal(0.0, sigma, w.shape[1]))


@mistake(
    "noisy_weights",
    en="Each weight is multiplied by its noise, so that large ones get more and zeros none. Noise is added here.",
    ko="잡음을 곱해서 큰 가중치일수록 많이 흔들리고 0은 그대로예요. 여기서는 잡음을 더해요.",
)
def times_the_weights(params, sigma, rng):
    return [(w * (1.0 + rng.normal(0.0, sigma, w.shape)), b.copy()) for w, b in params]


@mistake(
    "noisy_weights",
    en="This is the noise alone: the weights are gone. Add it to them.",
    ko="잡음만 남고 가중치가 사라졌어요. 가중치에 더하세요.",
)
def noise_alone(params, sigma, rng):
    return [(rng.normal(0.0, sigma, w.shape), b.copy()) for w, b in params]


@mistake(
    "noisy_weights",
    en="The noise is uniform. Normal noise is asked for: most of it small, a little of it large.",
    ko="균등 분포에서 뽑은 잡음이에요. 대부분 작고 가끔 큰 가우스 분포의 잡음이 필요해요.",
)
def uniform(params, sigma, rng):
    return _with_noise(params, lambda w: rng.uniform(-np.sqrt(3) * sigma, np.sqrt(3) * sigma, w.shape))


@mistake(
    "noisy_weights",
    en="The params that were passed in have changed (`+=` writes into them). The caller still needs the quiet weights.",
    ko="넘겨받은 params가 바뀌었어요. `+=`는 받은 배열에 덮어써요. 부른 쪽에서는 잡음 없는 가중치가 아직 필요해요.",
)
def changes_params(params, sigma, rng):
    for k, (w, b) in enumerate(params):
        noise = rng.normal(0.0, sigma, w.shape)
        if np.issubdtype(w.dtype, np.floating):
            w += noise
        else:
            params[k] = (w + noise, b)
    return params


@mistake(
    "noisy_weights",
    en="Something random does not come from the rng that was passed in. Use its methods, such as rng.normal.",
    ko="인자로 받은 rng에서 뽑지 않은 난수가 있어요. rng.normal처럼 rng의 메서드를 쓰세요.",
)
def not_from_rng(params, sigma, rng):
    return _with_noise(params, lambda w: np.random.normal(0.0, sigma, w.shape))


@mistake(
    "noisy_weights",
    en="The noise is the same at every call: a seed set inside makes rng useless.",
    ko="부를 때마다 잡음이 같아요. 함수 안에서 시드를 정하면 rng를 받는 의미가 없어져요.",
)
def rng_ignored(params, sigma, rng):
    own = np.random.default_rng(0)
    return _with_noise(params, lambda w: own.normal(0.0, sigma, w.shape))


@mistake(
    "noisy_weights",
    en="Layers of one shape get the same noise: the generator is made anew for each. Draw on.",
    ko="모양이 같은 층이 같은 잡음을 받아요. 층마다 난수 생성기를 새로 만들고 있어요. 이어서 뽑으세요.",
)
def every_layer_alike(params, sigma, rng):
    seed = rng.integers(2**32)
    return _with_noise(params, lambda w: np.random.default_rng(seed).normal(0.0, sigma, w.shape))


@mistake(
    "noisy_weights",
    en="Only the first layer has noise. Every layer's weights get some.",
    ko="첫 층에만 잡음이 있어요. 모든 층의 가중치에 더하세요.",
)
def one_layer_only(params, sigma, rng):
    return _with_noise(params[:1], lambda w: rng.normal(0.0, sigma, w.shape)) + list(params[1:])


@mistake(
    "noisy_weights",
    en="The weights come back without their biases. Return pairs (w, b), as they came in.",
    ko="편향 없이 가중치만 돌려주었어요. 받은 것처럼 (w, b) 쌍으로 돌려주세요.",
)
def biases_left_out(params, sigma, rng):
    return [w + rng.normal(0.0, sigma, w.shape) for w, _ in params]


# --- smooth_labels ---------------------------------------------------------------------------------------------------


def _one_hot(labels, classes):
    return np.eye(classes)[labels]


@mistake(
    "smooth_labels",
    en="eps is shared by the other classes only, eps / (classes - 1) each. Here it is shared by all of them, the "
    "true one "
    "too.",
    ko="eps를 다른 클래스에만 eps / (classes - 1)씩 나누었어요. 여기서는 정답까지 포함한 모든 클래스에 나누어요.",
)
def shared_by_the_others_only(labels, classes, eps):
    hot = _one_hot(labels, classes)
    return (1 - eps) * hot + (1 - hot) * eps / (classes - 1)


@mistake(
    "smooth_labels",
    en="Every class gets the whole of eps, and a row sums to more than 1. Divide it by the number of classes.",
    ko="모든 클래스에 eps를 통째로 더해서 행의 합이 1보다 커요. 클래스 수로 나누세요.",
)
def eps_not_divided(labels, classes, eps):
    return (1 - eps) * _one_hot(labels, classes) + eps


@mistake(
    "smooth_labels",
    en="The one-hot part is not made smaller, and a row sums to 1 + eps. It is weighted by 1 - eps.",
    ko="원핫 쪽을 줄이지 않아서 행의 합이 1 + eps예요. 원핫에는 1 - eps를 곱해요.",
)
def one_hot_not_reduced(labels, classes, eps):
    return _one_hot(labels, classes) + eps / classes


@mistake(
    "smooth_labels",
    en="The true class gets no share of eps, and a row sums to less than 1.",
    ko="정답 클래스가 eps의 몫을 받지 못해 행의 합이 1보다 작아요.",
)
def true_class_without_a_share(labels, classes, eps):
    hot = _one_hot(labels, classes)
    return (1 - eps) * hot + (1 - hot) * eps / classes


@mistake(
    "smooth_labels",
    en="These are one-hot labels: eps is not used.",
    ko="원핫 레이블 그대로예요. eps를 쓰지 않았어요.",
)
def not_smoothed(labels, classes, eps):
    return _one_hot(labels, classes)


@mistake(
    "smooth_labels",
    en="eps and 1 - eps are swapped: with eps = 0 nothing should be smoothed.",
    ko="eps와 1 - eps가 바뀌었어요. eps가 0이면 원핫 그대로여야 해요.",
)
def weights_swapped(labels, classes, eps):
    return eps * _one_hot(labels, classes) + (1 - eps) / classes


@mistake(
    "smooth_labels",
    en="eps is divided by the number of samples. It is shared by the classes.",
    ko="eps를 샘플 수로 나누었어요. 클래스끼리 나누어 가져요.",
)
def divided_by_the_batch(labels, classes, eps):
    return (1 - eps) * _one_hot(labels, classes) + eps / len(labels)


@mistake(
    "smooth_labels",
    en="The axes are swapped: a row per sample, a column per class.",
    ko="축이 바뀌었어요. 행이 샘플, 열이 클래스예요.",
)
def classes_in_rows(labels, classes, eps):
    return reference.smooth_labels(labels, classes, eps).T


@mistake(
    "smooth_labels",
    en="The number of classes is read off the labels. A class may be absent from a batch: use `classes`.",
    ko="클래스 수를 레이블에서 셌어요. 배치에 없는 클래스도 있을 수 있으니 `classes`를 쓰세요.",
)
def classes_counted_in_the_batch(labels, classes, eps):
    return reference.smooth_labels(labels, int(np.max(labels)) + 1, eps)


@mistake(
    "smooth_labels",
    en="The labels are counted from 1: the 1 is one column too far to the left. Label 0 is the first column.",
    ko="레이블을 1부터 센 것으로 보아 한 칸 왼쪽 열에 표시했어요. 레이블 0이 첫 열이에요.",
)
def labels_from_one(labels, classes, eps):
    return reference.smooth_labels(np.asarray(labels) - 1, classes, eps)


# --- mixup -----------------------------------------------------------------------------------------------------------


def _blend(array, lam, perm):
    return lam * array + (1 - lam) * array[perm]


@mistake(
    "mixup",
    en="lam and 1 - lam are swapped: lam is the share of the sample itself.",
    ko="lam과 1 - lam이 바뀌었어요. lam은 샘플 자신의 몫이에요.",
)
def lam_for_the_partner(x, y, lam, perm):
    return _blend(x, 1 - lam, perm), _blend(y, 1 - lam, perm)


@mistake(
    "mixup",
    en="The inputs are mixed, the labels are not: an image that is half a 3 has half a 3's label.",
    ko="입력은 섞었는데 레이블은 그대로예요. 반만 3인 이미지라면 레이블도 반만 3이어야 해요.",
)
def labels_unmixed(x, y, lam, perm):
    return _blend(x, lam, perm), y.copy()


@mistake(
    "mixup",
    en="The labels are mixed, the inputs are not.",
    ko="레이블만 섞고 입력은 섞지 않았어요.",
)
def inputs_unmixed(x, y, lam, perm):
    return x.copy(), _blend(y, lam, perm)


@mistake(
    "mixup",
    en="The sample itself is not multiplied by lam: the two shares should sum to 1.",
    ko="샘플 자신에 lam을 곱하지 않았어요. 두 몫의 합이 1이어야 해요.",
)
def lam_on_the_partner_only(x, y, lam, perm):
    return x + (1 - lam) * x[perm], y + (1 - lam) * y[perm]


@mistake(
    "mixup",
    en="The labels are mixed the other way round than the inputs: lam belongs to the sample itself in both.",
    ko="레이블을 입력과 반대로 섞었어요. 둘 다 lam이 샘플 자신의 몫이에요.",
)
def labels_the_other_way(x, y, lam, perm):
    return _blend(x, lam, perm), _blend(y, 1 - lam, perm)


@mistake(
    "mixup",
    en="Sample i went to place perm[i]. Its partner should come from there: index with perm.",
    ko="샘플 i를 perm[i] 자리로 보냈어요. 짝을 perm[i] 자리에서 가져와야 하니 perm으로 인덱싱하세요.",
)
def inverse_order(x, y, lam, perm):
    back = np.argsort(perm)
    return _blend(x, lam, back), _blend(y, lam, back)


@mistake(
    "mixup",
    en="perm is not used: the partners are simply the samples in reverse.",
    ko="perm을 쓰지 않고 샘플을 거꾸로 늘어놓아 짝으로 삼았어요.",
)
def reversed_partners(x, y, lam, perm):
    back = np.arange(len(x))[::-1]
    return _blend(x, lam, back), _blend(y, lam, back)


@mistake(
    "mixup",
    en="The label is that of whichever sample has the larger share. Mix the labels as well.",
    ko="몫이 더 큰 샘플의 레이블만 썼어요. 레이블도 섞으세요.",
)
def label_of_the_larger_share(x, y, lam, perm):
    return _blend(x, lam, perm), (1.0 * y if lam >= 0.5 else 1.0 * y[perm])


@mistake(
    "mixup",
    en="The labels are those of the partners, not a mix.",
    ko="레이블이 섞이지 않고 짝의 것으로 바뀌었어요.",
)
def labels_of_the_partners(x, y, lam, perm):
    return _blend(x, lam, perm), y[perm].copy()


@mistake(
    "mixup",
    en="The labels come first here; (x, y) is asked for.",
    ko="레이블이 먼저 나와요. (x, y) 순서로 돌려주세요.",
)
def labels_first(x, y, lam, perm):
    return _blend(y, lam, perm), _blend(x, lam, perm)


@mistake(
    "mixup",
    en="x was changed on the way (`*=` and `+=` write into the argument). Return new arrays.",
    ko="계산하다가 x가 바뀌었어요. `*=`과 `+=`는 받은 배열에 덮어써요. 새 배열을 돌려주세요.",
)
def changes_x(x, y, lam, perm):
    mixed = _blend(x, lam, perm)
    if x.dtype == mixed.dtype:
        x[:] = mixed
    return mixed, _blend(y, lam, perm)


# --- cutmix ----------------------------------------------------------------------------------------------------------


def _inside(images, top, left, height, width):
    rows = slice(max(top, 0), max(min(top + height, images.shape[1]), 0))
    columns = slice(max(left, 0), max(min(left + width, images.shape[2]), 0))
    return rows, columns


def _kept(images, rows, columns):
    return 1 - images[0, rows, columns].size / images[0].size


def _pasted(images, rows, columns, perm):
    out = images.copy()
    out[:, rows, columns] = images[perm][:, rows, columns]
    return out


@mistake(
    "cutmix",
    en="The labels go by the box as it was asked for, although part of it lies outside. Count the pixels that were "
    "really replaced.",
    ko="이미지 밖으로 나간 부분까지 넣은 상자의 넓이로 레이블을 섞었어요. 실제로 바뀐 픽셀을 세세요.",
)
def area_of_the_whole_box(images, y, top, left, height, width, perm):
    rows, columns = _inside(images, top, left, height, width)
    lam = 1 - height * width / images[0].size
    return _pasted(images, rows, columns, perm), _blend(y, lam, perm)


@mistake(
    "cutmix",
    en="The labels are mixed the wrong way round: the share of the box belongs to the image that it came from.",
    ko="레이블을 반대로 섞었어요. 상자의 몫은 상자를 가져온 이미지의 것이에요.",
)
def shares_swapped(images, y, top, left, height, width, perm):
    rows, columns = _inside(images, top, left, height, width)
    return _pasted(images, rows, columns, perm), _blend(y, 1 - _kept(images, rows, columns), perm)


@mistake(
    "cutmix",
    en="The labels are not mixed. They share by area, as the pixels do.",
    ko="레이블을 섞지 않았어요. 레이블도 픽셀처럼 넓이에 따라 나누어요.",
)
def labels_unmixed_by_cutmix(images, y, top, left, height, width, perm):
    return _pasted(images, *_inside(images, top, left, height, width), perm), y.copy()


@mistake(
    "cutmix",
    en="A negative top or left counts from the far end, so that the box is empty or in the wrong place. Clip both "
    "ends.",
    ko="top이나 left가 음수면 뒤에서부터 세어 상자가 비거나 엉뚱한 곳에 놓여요. 양 끝을 이미지 안으로 자르세요.",
)
def negative_counts_from_the_end_in_cutmix(images, y, top, left, height, width, perm):
    rows, columns = slice(top, top + height), slice(left, left + width)
    return _pasted(images, rows, columns, perm), _blend(y, _kept(images, rows, columns), perm)


@mistake(
    "cutmix",
    en="A box that hangs over the top or the left is pushed back into the image at its full size. Only the part inside "
    "is mixed.",
    ko="위나 왼쪽으로 벗어난 상자를 크기 그대로 이미지 안으로 밀어 넣었어요. 안에 있는 부분만 섞으세요.",
)
def box_pushed_inside_by_cutmix(images, y, top, left, height, width, perm):
    return reference.cutmix(images, y, max(top, 0), max(left, 0), height, width, perm)


@mistake(
    "cutmix",
    en="height and width are swapped: rows go from top to top + height.",
    ko="height와 width가 바뀌었어요. 행이 top에서 top + height까지예요.",
)
def height_and_width_swapped(images, y, top, left, height, width, perm):
    return reference.cutmix(images, y, top, left, width, height, perm)


@mistake(
    "cutmix",
    en="The box stays and all around it comes from the partner: it is the other way round.",
    ko="상자만 남고 그 둘레가 짝에서 왔어요. 반대예요.",
)
def all_but_the_box(images, y, top, left, height, width, perm):
    rows, columns = _inside(images, top, left, height, width)
    out = images[perm].copy()
    out[:, rows, columns] = images[:, rows, columns]
    return out, _blend(y, _kept(images, rows, columns), perm)


@mistake(
    "cutmix",
    en="One image after the other is changed, and later ones copy from images that are mixed already. Take every box "
    "from the originals.",
    ko="이미지를 하나씩 바꾸다 보니 뒤의 것이 이미 섞인 이미지에서 가져와요. 상자는 모두 원본에서 가져오세요.",
)
def copies_from_mixed_images(images, y, top, left, height, width, perm):
    rows, columns = _inside(images, top, left, height, width)
    out = images.copy()
    for i, j in enumerate(perm):
        out[i, rows, columns] = out[j, rows, columns]
    return out, _blend(y, _kept(images, rows, columns), perm)


@mistake(
    "cutmix",
    en="Image i's box went into image perm[i]. It should come from there: index with perm.",
    ko="이미지 i의 상자를 perm[i]번 이미지에 넣었어요. perm[i]번에서 가져와야 하니 perm으로 인덱싱하세요.",
)
def boxes_sent_not_fetched(images, y, top, left, height, width, perm):
    return reference.cutmix(images, y, top, left, height, width, np.argsort(perm))


@mistake(
    "cutmix",
    en="The box is blended like mixup. CutMix replaces its pixels.",
    ko="상자 안을 mixup처럼 섞었어요. CutMix는 픽셀을 그대로 바꾸어 넣어요.",
)
def blends_the_box(images, y, top, left, height, width, perm):
    rows, columns = _inside(images, top, left, height, width)
    lam, out = _kept(images, rows, columns), images.astype(float)
    out[:, rows, columns] = lam * images[:, rows, columns] + (1 - lam) * images[perm][:, rows, columns]
    return out, _blend(y, lam, perm)


@mistake(
    "cutmix",
    en="The numbers are right, but images itself was changed. Paste into a copy.",
    ko="값은 맞지만 images 자체가 바뀌었어요. 복사본에 붙이세요.",
)
def pastes_into_the_argument(images, y, top, left, height, width, perm):
    rows, columns = _inside(images, top, left, height, width)
    images[:, rows, columns] = images[perm][:, rows, columns]
    return images, _blend(y, _kept(images, rows, columns), perm)


# --- dropout ---------------------------------------------------------------------------------------------------------


def _dropped(x, p, rng, train, scale=lambda p: 1 / (1 - p), keep=lambda p: 1 - p, shape=np.shape):
    """(out, mask) with another scale, another share that is kept, or a mask of another shape."""
    if not train:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = np.broadcast_to(rng.random(shape(x)) < keep(p), x.shape).copy()
    return scale(p) * x * mask, mask


@mistake(
    "dropout",
    en="What is kept is not scaled up: on average the next layer sees too little. Divide by 1 - p when training.",
    ko="남긴 값을 키우지 않아서 다음 층이 받는 평균이 줄어요. 학습할 때 1 - p로 나누세요.",
)
def not_scaled(x, p, rng, train):
    return _dropped(x, p, rng, train, scale=lambda p: 1.0)


@mistake(
    "dropout",
    en="This is scaled when it predicts, by 1 - p. Inverted dropout scales when it trains, and then leaves x alone.",
    ko="예측할 때 1 - p를 곱했어요. 역드롭아웃은 학습할 때 1 - p로 나누고, 예측할 때는 x를 그대로 두어요.",
)
def scales_when_predicting(x, p, rng, train):
    if not train:
        return x * (1 - p), np.ones(x.shape, dtype=bool)
    return _dropped(x, p, rng, train, scale=lambda p: 1.0)


@mistake(
    "dropout",
    en="Keeping and dropping are swapped: p is the probability of being dropped.",
    ko="남기는 것과 버리는 것이 바뀌었어요. p는 버릴 확률이에요.",
)
def keep_and_drop_swapped(x, p, rng, train):
    return _dropped(x, p, rng, train, keep=lambda p: p)


@mistake(
    "dropout",
    en="p is taken as the probability of keeping, as some texts have it. Here it is that of dropping: 1 - p are "
    "kept, and "
    "divided by 1 - p.",
    ko="어떤 글에서처럼 p를 남길 확률로 보았어요. 여기서 p는 버릴 확률이에요. 1 - p만큼 남기고 1 - p로 나누어요.",
)
def p_as_keep_probability(x, p, rng, train):
    return _dropped(x, p, rng, train, keep=lambda p: p, scale=lambda p: 1 / p)


@mistake(
    "dropout",
    en="Too few are kept, p of them, and they are not scaled either. 1 - p are kept, and divided by 1 - p.",
    ko="p만큼만 남겼고 키우지도 않았어요. 1 - p만큼 남기고 1 - p로 나누어요.",
)
def swapped_and_not_scaled(x, p, rng, train):
    return _dropped(x, p, rng, train, keep=lambda p: p, scale=lambda p: 1.0)


@mistake(
    "dropout",
    en="The right share is kept, but it is divided by p. The mean survives only if it is divided by the share that is "
    "kept.",
    ko="남긴 비율은 맞는데 p로 나누었어요. 남긴 비율로 나누어야 평균이 유지돼요.",
)
def scaled_by_p(x, p, rng, train):
    return _dropped(x, p, rng, train, scale=lambda p: 1 / p)


@mistake(
    "dropout",
    en="What is kept is multiplied by 1 - p and gets smaller. It should get larger, to make up for what is missing.",
    ko="남긴 값에 1 - p를 곱해 작아졌어요. 빠진 만큼을 메우려면 커져야 해요.",
)
def multiplied_for_divided(x, p, rng, train):
    return _dropped(x, p, rng, train, scale=lambda p: 1 - p)


@mistake(
    "dropout",
    en="It drops when it predicts too. Without training, out is x and the mask True everywhere.",
    ko="예측할 때도 버려요. 학습할 때가 아니면 out은 x이고 마스크는 모두 True예요.",
)
def drops_when_predicting(x, p, rng, train):
    return _dropped(x, p, rng, True)


@mistake(
    "dropout",
    en="It drops when it predicts and not when it trains: train is read the wrong way round.",
    ko="예측할 때 버리고 학습할 때는 버리지 않아요. train을 반대로 읽었어요.",
)
def only_when_predicting(x, p, rng, train):
    return _dropped(x, p, rng, not train)


@mistake(
    "dropout",
    en="When predicting, out is x but the mask still has holes. Nothing is dropped then: True everywhere.",
    ko="예측할 때 out은 x와 같은데 마스크에는 여전히 False가 있어요. 이때는 버리는 것이 없으니 모두 True예요.",
)
def mask_drawn_when_predicting(x, p, rng, train):
    out, mask = _dropped(x, p, rng, True)
    return (out if train else x.copy()), mask


@mistake(
    "dropout",
    en="When predicting, the mask is False everywhere, as if all had been dropped. Nothing is: True everywhere.",
    ko="예측할 때 마스크가 모두 False라 다 버린 것처럼 보여요. 버린 것이 없으니 모두 True예요.",
)
def mask_false_when_predicting(x, p, rng, train):
    return _dropped(x, p, rng, train) if train else (x.copy(), np.zeros(x.shape, dtype=bool))


@mistake(
    "dropout",
    en="When predicting, x is divided by 1 - p although nothing was dropped.",
    ko="예측할 때는 버린 것이 없는데도 x를 1 - p로 나누었어요.",
)
def scales_up_when_predicting(x, p, rng, train):
    return _dropped(x, p, rng, train) if train else (x / (1 - p), np.ones(x.shape, dtype=bool))


@mistake(
    "dropout",
    en="The mask is True where an element was dropped. It should be True where it was kept.",
    ko="버린 자리가 마스크에서 True예요. 남긴 자리가 True여야 해요.",
)
def mask_marks_the_dropped(x, p, rng, train):
    out, mask = _dropped(x, p, rng, train)
    return out, ~mask


@mistake(
    "dropout",
    en="The mask is scaled already, with 1 / (1 - p) in it. It should only say what was kept: True or False.",
    ko="마스크에 이미 1 / (1 - p)이 곱해져 있어요. 마스크는 무엇을 남겼는지만 True와 False로 나타내요.",
)
def mask_is_scaled(x, p, rng, train):
    if not train:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask


@mistake(
    "dropout",
    en="The mask holds 0 and 1. It should be of type bool: what a comparison gives.",
    ko="마스크가 0과 1로 되어 있어요. 비교한 결과처럼 bool이어야 해요.",
)
def mask_of_numbers(x, p, rng, train):
    out, mask = _dropped(x, p, rng, train)
    return out, mask.astype(float)


@mistake(
    "dropout",
    en="One mask is used for the whole batch: every sample loses the same units. Draw a number for every element of x.",
    ko="배치 전체에 마스크 하나를 써서 모든 샘플이 같은 유닛을 잃어요. x의 원소마다 수를 하나씩 뽑으세요.",
)
def one_mask_for_the_batch(x, p, rng, train):
    return _dropped(x, p, rng, train, shape=lambda x: x.shape[1:])


@mistake(
    "dropout",
    en="Whole rows are dropped at once. Every element is dropped or kept for itself.",
    ko="한 행을 통째로 버려요. 원소마다 따로 버리거나 남겨야 해요.",
)
def whole_rows(x, p, rng, train):
    return _dropped(x, p, rng, train, shape=lambda x: (*x.shape[:-1], 1))


@mistake(
    "dropout",
    en="Always the same number of elements is dropped. Each has its own chance, p, whatever happens to the others.",
    ko="버리는 개수가 늘 같아요. 다른 원소가 어떻게 되든 원소마다 확률 p로 버려야 해요.",
)
def always_as_many(x, p, rng, train):
    if not train:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = np.ones(x.size, dtype=bool)
    mask[rng.permutation(x.size)[: round(p * x.size)]] = False
    mask = mask.reshape(x.shape)
    return x * mask / (1 - p), mask


@mistake(
    "dropout",
    en="The mask is made from out: where x itself is 0 it says dropped. Keep the mask that was drawn.",
    ko="out에서 마스크를 만들어서, x가 0인 곳도 버린 것으로 되어 있어요. 뽑은 마스크를 그대로 쓰세요.",
)
def zeros_count_as_dropped(x, p, rng, train):
    out, mask = _dropped(x, p, rng, train)
    return out, ((out != 0) if train else mask)


@mistake(
    "dropout",
    en="Something random does not come from the rng that was passed in. Use its methods, such as rng.random.",
    ko="인자로 받은 rng에서 뽑지 않은 난수가 있어요. rng.random처럼 rng의 메서드를 쓰세요.",
)
def not_from_rng(x, p, rng, train):  # noqa: F811
    return _dropped(x, p, np.random, train)


@mistake(
    "dropout",
    en="The mask is the same at every call: a seed set inside makes rng useless. Each step should drop others.",
    ko="부를 때마다 마스크가 같아요. 함수 안에서 시드를 정하면 rng를 받는 의미가 없어져요. 걸음마다 다른 것을 버려야 "
    "해요.",
)
def rng_ignored(x, p, rng, train):  # noqa: F811
    return _dropped(x, p, np.random.default_rng(0), train)


@mistake(
    "dropout",
    en="x itself was changed. The backward pass may still need it: write into a new array.",
    ko="x 자체가 바뀌었어요. 역전파에서 아직 필요할 수 있으니 새 배열에 쓰세요.",
)
def changes_x(x, p, rng, train):  # noqa: F811
    out, mask = _dropped(x, p, rng, train)
    if x.dtype == out.dtype:
        x[:] = out
    return out, mask


# --- dropout_backward ------------------------------------------------------------------------------------------------


@mistake(
    "dropout_backward",
    en="The scaling is missing: the forward pass divided by 1 - p, so the gradient is divided by it too.",
    ko="배율이 빠졌어요. 순전파에서 1 - p로 나누었으니 기울기도 1 - p로 나누어요.",
)
def scaling_missing(dout, mask, p):
    return dout * mask


@mistake(
    "dropout_backward",
    en="The gradient is multiplied by 1 - p. The forward pass divided by it, and so does the gradient.",
    ko="기울기에 1 - p를 곱했어요. 순전파에서 나누었으니 기울기도 나누어야 해요.",
)
def times_what_is_kept(dout, mask, p):
    return dout * mask * (1 - p)


@mistake(
    "dropout_backward",
    en="It is divided by p. The forward pass divided by 1 - p.",
    ko="p로 나누었어요. 순전파에서는 1 - p로 나누었어요.",
)
def divided_by_p(dout, mask, p):
    with np.errstate(all="ignore"):
        return dout * mask / np.float64(p)


@mistake(
    "dropout_backward",
    en="The mask is missing: what was dropped had no part in out, so its gradient is 0.",
    ko="마스크가 빠졌어요. 버린 원소는 out에 아무 영향도 주지 않았으니 기울기가 0이에요.",
)
def mask_missing(dout, mask, p):
    return dout / (1 - p)


@mistake(
    "dropout_backward",
    en="The gradient passes where an element was dropped. The mask is True where it was kept.",
    ko="버린 자리로 기울기가 흘러요. 마스크는 남긴 자리가 True예요.",
)
def through_the_dropped(dout, mask, p):
    return dout * ~mask / (1 - p)


@mistake(
    "dropout_backward",
    en="It is scaled twice. Each element was divided by 1 - p once.",
    ko="배율을 두 번 곱했어요. 원소마다 1 - p로 한 번만 나누었어요.",
)
def scaled_twice(dout, mask, p):
    return dout * mask / (1 - p) ** 2


@mistake(
    "dropout_backward",
    en="This is the derivative of dropout alone. The chain rule multiplies it by dout.",
    ko="드롭아웃만의 도함수예요. 연쇄 법칙에 따라 dout을 곱해야 해요.",
)
def without_dout(dout, mask, p):
    return mask / (1 - p)


@mistake(
    "dropout_backward",
    en="This is the gradient as it came in: neither mask nor scaling.",
    ko="들어온 기울기 그대로예요. 마스크도 배율도 없어요.",
)
def passes_straight_through(dout, mask, p):
    return dout.copy()


@mistake(
    "dropout_backward",
    en="The numbers are right, but dout itself was changed. Return a new array.",
    ko="값은 맞지만 dout 자체가 바뀌었어요. 새 배열을 돌려주세요.",
)
def changes_dout(dout, mask, p):
    grad = dout * mask / (1 - p)
    dout[~mask] = 0
    return grad


# --- batch_norm ------------------------------------------------------------------------------------------------------


def _running(state, mean, var, momentum):
    return {key: (1 - momentum) * state[key] + momentum * new for key, new in (("mean", mean), ("var", var))}


def _norm(x, mean, var, gamma, beta, eps):
    return gamma * (x - mean) / np.sqrt(var + eps) + beta


def _refuse_one(x, train):
    if train and len(x) < 2:
        raise ValueError("two samples at least")


@mistake(
    "batch_norm",
    en="The batch's own statistics are used when predicting, so that an answer depends on its company. Use the running "
    "ones.",
    ko="예측할 때도 배치의 통계량을 써서, 함께 넣은 샘플에 따라 답이 달라져요. 이동 통계량을 쓰세요.",
)
def batch_statistics_when_predicting(x, gamma, beta, state, train, momentum, eps):
    _refuse_one(x, train)
    out = _norm(x, x.mean(axis=0), x.var(axis=0), gamma, beta, eps)
    return out, (reference.batch_norm(x, gamma, beta, state, True, momentum, eps)[1] if train else dict(state))


@mistake(
    "batch_norm",
    en="Training normalizes by the running statistics. It should use the batch's own; the running ones are for later.",
    ko="학습할 때 이동 통계량으로 정규화했어요. 배치의 통계량을 써야 해요. 이동 통계량은 나중에 예측할 때 써요.",
)
def running_statistics_when_training(x, gamma, beta, state, train, momentum, eps):
    _, new = reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    return _norm(x, state["mean"], state["var"], gamma, beta, eps), new


@mistake(
    "batch_norm",
    en="The batch is normalized by the unbiased variance (ddof=1). That one is for the running variance only.",
    ko="배치를 불편 분산(ddof=1)으로 정규화했어요. 불편 분산은 이동 분산에만 써요.",
)
def unbiased_in_the_normalization(x, gamma, beta, state, train, momentum, eps):
    out, new = reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    return (_norm(x, x.mean(axis=0), x.var(axis=0, ddof=1), gamma, beta, eps) if train else out), new


@mistake(
    "batch_norm",
    en="The running variance takes the biased variance. It estimates that of all data: ddof=1 there.",
    ko="이동 분산에 보통 분산(ddof=0)을 넣었어요. 전체 데이터의 분산을 추정하는 값이니 그쪽에는 ddof=1을 쓰세요.",
)
def biased_running_variance(x, gamma, beta, state, train, momentum, eps):
    out, new = reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    return out, (_running(state, x.mean(axis=0), x.var(axis=0), momentum) if train else new)


@mistake(
    "batch_norm",
    en="The two variances are swapped: the biased one normalizes, the unbiased one (ddof=1) goes into the running "
    "variance.",
    ko="두 분산이 바뀌었어요. 정규화에는 보통 분산을, 이동 분산에는 불편 분산(ddof=1)을 써요.",
)
def variances_swapped(x, gamma, beta, state, train, momentum, eps):
    _refuse_one(x, train)
    if not train:
        return reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    out = _norm(x, x.mean(axis=0), x.var(axis=0, ddof=1), gamma, beta, eps)
    return out, _running(state, x.mean(axis=0), x.var(axis=0), momentum)


@mistake(
    "batch_norm",
    en="Each sample is normalized over its features (axis=1): that is layer norm. Batch norm takes a feature over the "
    "batch.",
    ko="샘플마다 특성에 걸쳐(axis=1) 정규화했어요. 그것은 층 정규화예요. 배치 정규화는 특성마다 배치에 걸쳐 구해요.",
)
def over_the_features(x, gamma, beta, state, train, momentum, eps):
    if not train:
        return reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    _refuse_one(x, train)
    mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    return _norm(x, mean, var, gamma, beta, eps), reference.batch_norm(x, gamma, beta, state, True, momentum, eps)[1]


@mistake(
    "batch_norm",
    en="One mean and one variance are taken of the whole array. Every feature has its own: axis=0.",
    ko="배열 전체에서 평균과 분산을 하나씩 구했어요. 특성마다 따로 구하세요. axis=0이에요.",
)
def one_mean_for_all(x, gamma, beta, state, train, momentum, eps):
    if not train:
        return reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    _refuse_one(x, train)
    new = _running(state, x.mean(), x.var(ddof=1), momentum)
    return _norm(x, x.mean(), x.var(), gamma, beta, eps), new


@mistake(
    "batch_norm",
    en="momentum weights the old statistics here. It weights the new ones, as in PyTorch: with 0.1 the old keep 0.9.",
    ko="momentum을 옛 통계량에 곱했어요. PyTorch처럼 새 통계량에 곱해요. 0.1이면 옛 값이 0.9를 지켜요.",
)
def momentum_on_the_old(x, gamma, beta, state, train, momentum, eps):
    return reference.batch_norm(x, gamma, beta, state, train, 1 - momentum, eps)


@mistake(
    "batch_norm",
    en="The new state is the batch's statistics alone: nothing is kept of the old ones.",
    ko="새 state에 배치의 통계량만 있어요. 옛 값이 하나도 남지 않았어요.",
)
def old_statistics_forgotten(x, gamma, beta, state, train, momentum, eps):
    return reference.batch_norm(x, gamma, beta, state, train, 1.0, eps)


@mistake(
    "batch_norm",
    en="The running statistics are never moved: the state comes back as it was. Predictions would use the start values "
    "for ever.",
    ko="이동 통계량이 바뀌지 않고 state가 그대로 나와요. 그러면 예측할 때 처음 값을 계속 쓰게 돼요.",
)
def state_never_moves(x, gamma, beta, state, train, momentum, eps):
    return reference.batch_norm(x, gamma, beta, state, train, momentum, eps)[0], dict(state)


@mistake(
    "batch_norm",
    en="Predicting moves the running statistics. They are learned from training data and stay as they are afterwards.",
    ko="예측하면서 이동 통계량을 바꿔요. 이 값은 학습 데이터에서 얻은 것이니 예측할 때는 그대로 두세요.",
)
def predicting_moves_the_state(x, gamma, beta, state, train, momentum, eps):
    out, new = reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    if train:
        return out, new
    return out, _running(state, x.mean(axis=0), x.var(axis=0, ddof=int(len(x) > 1)), momentum)


@mistake(
    "batch_norm",
    en="eps stands outside the root. It is added to the variance: the root is taken of both.",
    ko="eps가 제곱근 밖에 있어요. 분산에 더한 다음 함께 제곱근을 구해요.",
)
def eps_outside_the_root(x, gamma, beta, state, train, momentum, eps):
    _, new = reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    mean, var = (x.mean(axis=0), x.var(axis=0)) if train else (state["mean"], state["var"])
    return gamma * (x - mean) / (np.sqrt(var) + eps) + beta, new


@mistake(
    "batch_norm",
    en="It divides by the variance. Divide by its root, so that the result has deviation 1.",
    ko="분산으로 나누었어요. 결과의 표준편차가 1이 되려면 분산의 제곱근으로 나누세요.",
)
def divided_by_the_variance(x, gamma, beta, state, train, momentum, eps):
    _, new = reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    mean, var = (x.mean(axis=0), x.var(axis=0)) if train else (state["mean"], state["var"])
    return gamma * (x - mean) / (var + eps) + beta, new


@mistake(
    "batch_norm",
    en="gamma and beta are missing: the layer's learned scale and shift come after the normalization.",
    ko="gamma와 beta가 빠졌어요. 정규화한 다음 학습한 배율과 이동을 적용해야 해요.",
)
def no_scale_and_shift(x, gamma, beta, state, train, momentum, eps):
    return reference.batch_norm(x, np.ones_like(gamma), np.zeros_like(beta), state, train, momentum, eps)


@mistake(
    "batch_norm",
    en="gamma and beta are swapped: gamma multiplies, beta is added.",
    ko="gamma와 beta가 바뀌었어요. gamma는 곱하고 beta는 더해요.",
)
def gamma_and_beta_swapped(x, gamma, beta, state, train, momentum, eps):
    return reference.batch_norm(x, beta, gamma, state, train, momentum, eps)


@mistake(
    "batch_norm",
    en="The state that was passed in has changed. Build a new dict with new arrays.",
    ko="넘겨받은 state가 바뀌었어요. 새 배열을 담은 새 딕셔너리를 만드세요.",
)
def changes_state(x, gamma, beta, state, train, momentum, eps):
    out, new = reference.batch_norm(x, gamma, beta, state, train, momentum, eps)
    state.update(new)
    return out, state


@mistake(
    "batch_norm",
    en="A batch of one is trained on: its variance is 0, every output would be beta. Raise ValueError then.",
    ko="샘플 하나로도 학습해요. 그러면 분산이 0이라 출력이 언제나 beta예요. 이때는 ValueError를 일으키세요.",
)
def trains_on_one_sample(x, gamma, beta, state, train, momentum, eps):
    if train and len(x) < 2:
        return _norm(x, x.mean(axis=0), x.var(axis=0), gamma, beta, eps), _running(state, x[0], 0.0, momentum)
    return reference.batch_norm(x, gamma, beta, state, train, momentum, eps)


@mistake(
    "batch_norm",
    en="It refuses to predict for a single sample. Only training needs two: predicting uses the running statistics.",
    ko="샘플 하나를 예측하는 것도 거부해요. 둘 이상이 필요한 것은 학습할 때뿐이고, 예측할 때는 이동 통계량을 써요.",
)
def refuses_to_predict_one(x, gamma, beta, state, train, momentum, eps):
    if len(x) < 2:
        raise ValueError("two samples at least")
    return reference.batch_norm(x, gamma, beta, state, train, momentum, eps)


# --- batch_norm_backward ---------------------------------------------------------------------------------------------


def _parts(dout, x, eps, ddof=0):
    std = np.sqrt(x.var(axis=0, ddof=ddof) + eps)
    x_hat = (x - x.mean(axis=0)) / std
    return std, x_hat, np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)


@mistake(
    "batch_norm_backward",
    en="Mean and variance are treated as constants. They depend on x as well: two more paths lead back to it.",
    ko="평균과 분산을 상수로 다루었어요. 이 둘도 x에 따라 달라지니 x로 돌아가는 길이 두 개 더 있어요.",
)
def mean_and_variance_as_constants(dout, x, gamma, eps):
    std, _, dgamma, dbeta = _parts(dout, x, eps)
    return gamma * dout / std, dgamma, dbeta


@mistake(
    "batch_norm_backward",
    en="The path through the variance is missing in dx.",
    ko="dx에 분산을 거치는 길이 빠졌어요.",
)
def path_through_the_variance_missing(dout, x, gamma, eps):
    std, _, dgamma, dbeta = _parts(dout, x, eps)
    return gamma / std * (dout - dout.mean(axis=0)), dgamma, dbeta


@mistake(
    "batch_norm_backward",
    en="The path through the mean is missing in dx.",
    ko="dx에 평균을 거치는 길이 빠졌어요.",
)
def path_through_the_mean_missing(dout, x, gamma, eps):
    std, x_hat, dgamma, dbeta = _parts(dout, x, eps)
    return gamma / std * (dout - x_hat * dgamma / len(x)), dgamma, dbeta


@mistake(
    "batch_norm_backward",
    en="gamma is missing in dx: out is gamma times x_hat, so every path to x carries it.",
    ko="dx에 gamma가 빠졌어요. out은 x_hat에 gamma를 곱한 것이라 x로 가는 모든 길에 gamma가 곱해져요.",
)
def gamma_missing_in_dx(dout, x, gamma, eps):
    return reference.batch_norm_backward(dout, x, np.ones_like(gamma), eps)[0], *_parts(dout, x, eps)[2:]


@mistake(
    "batch_norm_backward",
    en="The unbiased variance (ddof=1) is used. The batch is normalized by the biased one.",
    ko="불편 분산(ddof=1)을 썼어요. 배치를 정규화할 때는 보통 분산을 써요.",
)
def unbiased_variance(dout, x, gamma, eps):
    std, x_hat, dgamma, dbeta = _parts(dout, x, eps, ddof=1)
    return gamma / std * (dout - dbeta / len(x) - x_hat * dgamma / len(x)), dgamma, dbeta


@mistake(
    "batch_norm_backward",
    en="dgamma and dbeta are means over the batch. gamma and beta act on every sample: sum.",
    ko="dgamma와 dbeta를 배치에서 평균했어요. gamma와 beta는 모든 샘플에 쓰이니 더해야 해요.",
)
def means_for_sums(dout, x, gamma, eps):
    dx, dgamma, dbeta = reference.batch_norm_backward(dout, x, gamma, eps)
    return dx, dgamma / len(x), dbeta / len(x)


@mistake(
    "batch_norm_backward",
    en="In dx the sums over the batch are not divided by N: mean and variance are averages.",
    ko="dx에서 배치에 걸친 합을 N으로 나누지 않았어요. 평균도 분산도 N으로 나눈 값이에요.",
)
def sums_for_means_in_dx(dout, x, gamma, eps):
    std, x_hat, dgamma, dbeta = _parts(dout, x, eps)
    return gamma / std * (dout - dbeta - x_hat * dgamma), dgamma, dbeta


@mistake(
    "batch_norm_backward",
    en="dgamma multiplies dout by x. gamma multiplies the normalized x_hat, so that is what stands in its gradient.",
    ko="dgamma에 x를 곱했어요. gamma는 정규화된 x_hat에 곱해지니 기울기에도 x_hat이 들어가요.",
)
def x_for_x_hat_in_dgamma(dout, x, gamma, eps):
    dx, _, dbeta = reference.batch_norm_backward(dout, x, gamma, eps)
    return dx, np.sum(dout * x, axis=0), dbeta


@mistake(
    "batch_norm_backward",
    en="eps stands outside the root. It is added to the variance.",
    ko="eps가 제곱근 밖에 있어요. 분산에 더해야 해요.",
)
def eps_outside_the_root_backward(dout, x, gamma, eps):
    std = np.sqrt(x.var(axis=0)) + eps
    x_hat = (x - x.mean(axis=0)) / std
    dgamma, dbeta = np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)
    return gamma / std * (dout - dbeta / len(x) - x_hat * dgamma / len(x)), dgamma, dbeta


@mistake(
    "batch_norm_backward",
    en="eps is missing: a feature that hardly varies would get a gradient without bounds.",
    ko="eps가 빠졌어요. 값이 거의 변하지 않는 특성에서는 기울기가 끝없이 커져요.",
)
def eps_missing(dout, x, gamma, eps):
    with np.errstate(all="ignore"):
        return reference.batch_norm_backward(dout, x, gamma, 0.0)


@mistake(
    "batch_norm_backward",
    en="dgamma and dbeta are swapped: (dx, dgamma, dbeta) is asked for.",
    ko="dgamma와 dbeta가 바뀌었어요. (dx, dgamma, dbeta) 순서로 돌려주세요.",
)
def dbeta_first(dout, x, gamma, eps):
    dx, dgamma, dbeta = reference.batch_norm_backward(dout, x, gamma, eps)
    return dx, dbeta, dgamma


@mistake(
    "batch_norm_backward",
    en="dgamma contains gamma. Its gradient is the sum of dout times x_hat.",
    ko="dgamma에 gamma가 들어 있어요. dgamma는 dout에 x_hat을 곱해 더한 값이에요.",
)
def gamma_in_dgamma(dout, x, gamma, eps):
    dx, dgamma, dbeta = reference.batch_norm_backward(dout, x, gamma, eps)
    return dx, gamma * dgamma, dbeta


# --- layer_norm ------------------------------------------------------------------------------------------------------


def _standard(x, axes, eps, ddof=0):
    return (x - x.mean(axis=axes, keepdims=True)) / np.sqrt(x.var(axis=axes, keepdims=True, ddof=ddof) + eps)


def _per_channel(x_hat, gamma, beta):
    return np.reshape(gamma, (1, -1, 1, 1)) * x_hat + np.reshape(beta, (1, -1, 1, 1))


@mistake(
    "layer_norm",
    en="Each channel is normalized over the batch: that is batch norm. Layer norm looks at one sample at a time.",
    ko="채널마다 배치에 걸쳐 정규화했어요. 그것은 배치 정규화예요. 층 정규화는 샘플을 하나씩 봐요.",
)
def batch_axis(x, gamma, beta, eps):
    return _per_channel(_standard(x, (0, 2, 3), eps), gamma, beta)


@mistake(
    "layer_norm",
    en="Each channel of a sample is normalized by itself: that is instance norm. Layer norm takes all channels "
    "together.",
    ko="샘플의 채널마다 따로 정규화했어요. 그것은 인스턴스 정규화예요. 층 정규화는 모든 채널을 함께 봐요.",
)
def channel_by_channel(x, gamma, beta, eps):
    return _per_channel(_standard(x, (2, 3), eps), gamma, beta)


@mistake(
    "layer_norm",
    en="Each pixel is normalized over its channels only. Height and width belong to the same mean.",
    ko="픽셀마다 채널에 걸쳐서만 정규화했어요. 높이와 너비도 같은 평균에 들어가요.",
)
def pixel_by_pixel(x, gamma, beta, eps):
    return _per_channel(_standard(x, 1, eps), gamma, beta)


@mistake(
    "layer_norm",
    en="Only the last axis is normalized, as in a transformer, whose features stand there. Here C, H and W belong "
    "together.",
    ko="마지막 축만 정규화했어요. 특성이 마지막 축에 있는 트랜스포머에서 쓰는 방식이에요. 여기서는 C, H, W를 함께 "
    "봐요.",
)
def last_axis_only(x, gamma, beta, eps):
    return _per_channel(_standard(x, 3, eps), gamma, beta)


@mistake(
    "layer_norm",
    en="One mean and one variance are taken of the whole batch. Every sample has its own.",
    ko="배치 전체에서 평균과 분산을 하나씩 구했어요. 샘플마다 따로 구하세요.",
)
def whole_batch_at_once(x, gamma, beta, eps):
    return _per_channel(_standard(x, None, eps), gamma, beta)


@mistake(
    "layer_norm",
    en="The unbiased variance (ddof=1) is used. Layer norm divides by the root of the plain one.",
    ko="불편 분산(ddof=1)을 썼어요. 층 정규화는 보통 분산을 써요.",
)
def unbiased_in_layer_norm(x, gamma, beta, eps):
    return _per_channel(_standard(x, (1, 2, 3), eps, ddof=1), gamma, beta)


@mistake(
    "layer_norm",
    en="eps stands outside the root. It is added to the variance.",
    ko="eps가 제곱근 밖에 있어요. 분산에 더해야 해요.",
)
def eps_outside_the_root_of_a_layer(x, gamma, beta, eps):
    mean, std = x.mean(axis=(1, 2, 3), keepdims=True), x.std(axis=(1, 2, 3), keepdims=True)
    return _per_channel((x - mean) / (std + eps), gamma, beta)


@mistake(
    "layer_norm",
    en="It divides by the variance. Divide by its root.",
    ko="분산으로 나누었어요. 분산의 제곱근으로 나누세요.",
)
def divided_by_a_layers_variance(x, gamma, beta, eps):
    mean, var = x.mean(axis=(1, 2, 3), keepdims=True), x.var(axis=(1, 2, 3), keepdims=True)
    return _per_channel((x - mean) / (var + eps), gamma, beta)


@mistake(
    "layer_norm",
    en="gamma and beta are missing: every channel has a learned scale and shift.",
    ko="gamma와 beta가 빠졌어요. 채널마다 학습한 배율과 이동이 있어요.",
)
def channels_not_scaled(x, gamma, beta, eps):
    return _standard(x, (1, 2, 3), eps)


@mistake(
    "layer_norm",
    en="gamma and beta are swapped: gamma multiplies, beta is added.",
    ko="gamma와 beta가 바뀌었어요. gamma는 곱하고 beta는 더해요.",
)
def scale_and_shift_swapped(x, gamma, beta, eps):
    return _per_channel(_standard(x, (1, 2, 3), eps), beta, gamma)


@mistake(
    "layer_norm",
    en="gamma and beta are applied before the normalization, which undoes most of it. They come after.",
    ko="gamma와 beta를 정규화하기 전에 적용해서 대부분 지워졌어요. 정규화한 다음에 적용하세요.",
)
def scaled_before(x, gamma, beta, eps):
    return _standard(_per_channel(x, gamma, beta), (1, 2, 3), eps)


# --- group_norm ------------------------------------------------------------------------------------------------------


def _in_groups(x, groups, eps, ddof=0):
    return _standard(x.reshape(len(x), groups, -1), 2, eps, ddof).reshape(x.shape)


@mistake(
    "group_norm",
    en="Every groups-th channel lands in one group: the channels are interleaved. Neighbours belong together.",
    ko="groups칸씩 건너뛴 채널끼리 한 그룹이 되었어요. 이웃한 채널끼리 묶어야 해요.",
)
def channels_interleaved(x, gamma, beta, groups, eps):
    n, c, h, w = x.shape
    split = _standard(x.reshape(n, c // groups, groups, h, w), (1, 3, 4), eps)
    return _per_channel(split.reshape(x.shape), gamma, beta)


@mistake(
    "group_norm",
    en="groups is taken as the number of channels in a group. It is the number of groups: each has C / groups "
    "channels.",
    ko="groups를 한 그룹의 채널 수로 보았어요. groups는 그룹의 개수이고, 그룹마다 채널이 C / groups개예요.",
)
def groups_as_their_size(x, gamma, beta, groups, eps):
    return _per_channel(_in_groups(x, x.shape[1] // groups, eps), gamma, beta)


@mistake(
    "group_norm",
    en="All channels share one mean: that is layer norm, and groups is not used.",
    ko="모든 채널이 평균 하나를 써요. 그것은 층 정규화이고, groups를 쓰지 않았어요.",
)
def one_group_always(x, gamma, beta, groups, eps):
    return _per_channel(_in_groups(x, 1, eps), gamma, beta)


@mistake(
    "group_norm",
    en="Every channel has a mean of its own: that is instance norm, and groups is not used.",
    ko="채널마다 평균이 따로 있어요. 그것은 인스턴스 정규화이고, groups를 쓰지 않았어요.",
)
def every_channel_alone(x, gamma, beta, groups, eps):
    return _per_channel(_in_groups(x, x.shape[1], eps), gamma, beta)


@mistake(
    "group_norm",
    en="The batch is in the mean: samples influence one another. Every sample has its own groups.",
    ko="평균에 배치 축이 들어 있어 샘플끼리 영향을 줘요. 샘플마다 그룹이 따로 있어야 해요.",
)
def batch_axis_in_the_groups(x, gamma, beta, groups, eps):
    split = _standard(x.reshape(len(x), groups, -1), (0, 2), eps)
    return _per_channel(split.reshape(x.shape), gamma, beta)


@mistake(
    "group_norm",
    en="Each pixel is normalized over its group's channels only. Height and width belong to the same mean.",
    ko="픽셀마다 그룹의 채널에 걸쳐서만 정규화했어요. 높이와 너비도 같은 평균에 들어가요.",
)
def pixels_apart(x, gamma, beta, groups, eps):
    n, c, h, w = x.shape
    split = _standard(x.reshape(n, groups, c // groups, h, w), 2, eps)
    return _per_channel(split.reshape(x.shape), gamma, beta)


@mistake(
    "group_norm",
    en="The unbiased variance (ddof=1) is used. Group norm divides by the root of the plain one.",
    ko="불편 분산(ddof=1)을 썼어요. 그룹 정규화는 보통 분산을 써요.",
)
def unbiased_in_the_groups(x, gamma, beta, groups, eps):
    return _per_channel(_in_groups(x, groups, eps, ddof=1), gamma, beta)


@mistake(
    "group_norm",
    en="eps stands outside the root. It is added to the variance.",
    ko="eps가 제곱근 밖에 있어요. 분산에 더해야 해요.",
)
def eps_outside_the_root_of_a_group(x, gamma, beta, groups, eps):
    split = x.reshape(len(x), groups, -1)
    x_hat = (split - split.mean(axis=2, keepdims=True)) / (split.std(axis=2, keepdims=True) + eps)
    return _per_channel(x_hat.reshape(x.shape), gamma, beta)


@mistake(
    "group_norm",
    en="gamma and beta are missing: every channel has a learned scale and shift.",
    ko="gamma와 beta가 빠졌어요. 채널마다 학습한 배율과 이동이 있어요.",
)
def groups_not_scaled(x, gamma, beta, groups, eps):
    return _in_groups(x, groups, eps)


@mistake(
    "group_norm",
    en="All channels of a group share one gamma and one beta. Each channel has its own.",
    ko="한 그룹의 채널이 모두 같은 gamma와 beta를 써요. 채널마다 자기 것이 있어요.",
)
def one_gamma_for_a_group(x, gamma, beta, groups, eps):
    size = x.shape[1] // groups
    return _per_channel(_in_groups(x, groups, eps), np.repeat(gamma[::size], size), np.repeat(beta[::size], size))


@mistake(
    "group_norm",
    en="gamma and beta are swapped: gamma multiplies, beta is added.",
    ko="gamma와 beta가 바뀌었어요. gamma는 곱하고 beta는 더해요.",
)
def gamma_for_beta(x, gamma, beta, groups, eps):
    return _per_channel(_in_groups(x, groups, eps), beta, gamma)


# --- shrink_the_gap --------------------------------------------------------------------------------------------------


def _fit(x, labels, rng, steps=300, lr=0.5):
    """A short training without momentum: enough to see which digits it was that taught the net."""
    w1, b1 = rng.normal(0.0, np.sqrt(2 / 64), (64, 64)), np.zeros(64)
    w2, b2 = rng.normal(0.0, np.sqrt(2 / 64), (64, 10)), np.zeros(10)
    for _ in range(steps):
        batch = rng.integers(0, len(x), 50)
        hidden = np.maximum(x[batch] @ w1 + b1, 0.0)
        z = hidden @ w2 + b2
        e = np.exp(z - z.max(axis=1, keepdims=True))
        d = (e / e.sum(axis=1, keepdims=True) - np.eye(10)[labels[batch]]) / 50
        back = (d @ w2.T) * (hidden > 0)
        w2, b2 = w2 - lr * hidden.T @ d, b2 - lr * d.sum(axis=0)
        w1, b1 = w1 - lr * x[batch].T @ back, b1 - lr * back.sum(axis=0)
    return [(w1, b1), (w2, b2)]


@mistake(
    "shrink_the_gap",
    en="x_val and its labels are trained on. They may only choose: between settings, or between epochs.",
    ko="x_val과 그 레이블로도 학습했어요. 검증 데이터는 설정이나 에포크를 고르는 데만 쓸 수 있어요.",
)
def fits_validation_data(x, labels, x_val, labels_val, rng):
    return _fit(np.concatenate([x, x_val]), np.concatenate([labels, labels_val]), rng, steps=1500)


@mistake(
    "shrink_the_gap",
    en="The net was trained on digits that it was not given. Only x and labels are there to be learned from.",
    ko="넘겨받지 않은 숫자로 학습했어요. 학습에 쓸 수 있는 것은 x와 labels뿐이에요.",
)
def trains_on_the_other_digits(x, labels, x_val, labels_val, rng):
    from dlbasic import digits

    images, answers, _, _ = digits()
    return _fit(images, answers, rng, steps=800)


@mistake(
    "shrink_the_gap",
    en="Something random does not come from the rng that was passed in: hand it on to everything that draws.",
    ko="인자로 받은 rng에서 뽑지 않은 난수가 있어요. 난수를 뽑는 모든 곳에 rng를 넘기세요.",
)
def not_from_rng(x, labels, x_val, labels_val, rng):  # noqa: F811
    order = np.random.permutation(len(x))
    return _fit(x[order], labels[order], rng)


@mistake(
    "shrink_the_gap",
    en="rng is not used: a seed set inside gives the same net for every generator.",
    ko="rng를 쓰지 않았어요. 함수 안에서 시드를 정하면 어떤 난수 생성기를 주어도 같은 신경망이 나와요.",
)
def rng_ignored(x, labels, x_val, labels_val, rng):  # noqa: F811
    return _fit(x, labels, np.random.default_rng(0))


@mistake(
    "shrink_the_gap",
    en="The digits or labels that were passed in have changed (`+=` writes into them). Make noisy or shifted copies.",
    ko="넘겨받은 숫자나 레이블이 바뀌었어요. `+=`는 받은 배열에 덮어써요. 잡음을 넣거나 옮길 때는 복사본을 쓰세요.",
)
def changes_the_digits(x, labels, x_val, labels_val, rng):
    x += rng.normal(0.0, 0.1, x.shape)
    return _fit(x, labels, rng)


@mistake(
    "shrink_the_gap",
    en="The result is four arrays in a row. Return a pair for each layer: [(w1, b1), (w2, b2)].",
    ko="배열 네 개를 나란히 돌려주었어요. 층마다 쌍으로 묶어 [(w1, b1), (w2, b2)]로 돌려주세요.",
)
def no_pairs(x, labels, x_val, labels_val, rng):
    return [array for pair in _fit(x, labels, rng, steps=1) for array in pair]


@mistake(
    "shrink_the_gap",
    en="Every w has its axes swapped: it should be (fan_in, fan_out), so that x @ w1 works.",
    ko="모든 w의 축이 바뀌었어요. x @ w1을 계산할 수 있게 (입력 수, 출력 수)여야 해요.",
)
def weights_transposed(x, labels, x_val, labels_val, rng):
    (w1, b1), (w2, b2) = _fit(x, labels, rng, steps=1)
    return [(w1.T, b1), (w2.T, b2)]


@mistake(
    "shrink_the_gap",
    en="The net does not even read the digits that it was trained on, as they were passed in: it was trained too "
    "little or "
    "held back too hard, or it expects inputs that were prepared in another way.",
    ko="학습에 쓴 숫자조차 받은 그대로 넣으면 읽지 못해요. 학습이 모자라거나, 규제가 너무 세거나, 입력을 다르게 바꾸어 "
    "학습한 신경망이에요.",
)
def fails_on_its_own_digits(x, labels, x_val, labels_val, rng):
    return _fit(x, labels, rng, steps=10, lr=0.1)
