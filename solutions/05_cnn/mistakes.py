"""Known wrong answers, written as a learner would write them; the text names the mistake and says what to look at.

From whole numbers they make floats (1.0 * x), as answers that fill np.zeros do: a float is never taken for an int.
"""

import math

import numpy as np

from dlbasic.authoring import mistake, reference


def _padded(x, padding):
    return np.pad(1.0 * x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


# --- convolve1d ------------------------------------------------------------------------------------------------------


@mistake(
    "convolve1d",
    en="g is not flipped: this is the cross-correlation. In a convolution f[i] g[j] goes to place i + j.",
    ko="g를 뒤집지 않았어요. 이것은 교차 상관이에요. 합성곱에서는 f[i] g[j]가 i + j번 자리로 가요.",
)
def no_flip(f, g):
    return np.correlate(1.0 * f, g, "full")


@mistake(
    "convolve1d",
    en="f is flipped where g should be, so that the numbers come out in reverse order.",
    ko="g가 아니라 f를 뒤집어서 결과의 순서가 거꾸로 나와요.",
)
def flips_f(f, g):
    return np.convolve(1.0 * np.asarray(f)[::-1], g)


@mistake(
    "convolve1d",
    en="Both arrays are flipped, which turns the result around. One of the two is enough.",
    ko="두 배열을 모두 뒤집어서 결과가 거꾸로 되었어요. 하나만 뒤집으면 돼요.",
)
def flips_both(f, g):
    return np.convolve(1.0 * f, g)[::-1]


@mistake(
    "convolve1d",
    en="Only the places are kept where the arrays overlap wholly. The full convolution has all N + K - 1 of them.",
    ko="두 배열이 완전히 겹치는 자리만 남겼어요. 전체 합성곱에는 N + K - 1개가 모두 있어야 해요.",
)
def valid_length(f, g):
    return np.convolve(1.0 * f, g, "valid")


@mistake(
    "convolve1d",
    en="The result is cut to the length of the longer array. The full convolution has N + K - 1 numbers.",
    ko="결과를 긴 배열의 길이로 잘랐어요. 전체 합성곱의 길이는 N + K - 1이에요.",
)
def same_length(f, g):
    return np.convolve(1.0 * f, g, "same")


@mistake(
    "convolve1d",
    en="The result has one place too many: N + K numbers, the last one always 0.",
    ko="자리가 하나 더 많아요. 길이가 N + K이고 마지막 수는 언제나 0이에요.",
)
def one_place_too_many(f, g):
    return np.append(np.convolve(1.0 * f, g), 0.0)


@mistake(
    "convolve1d",
    en="The shifted copies overwrite each other (=). Where they overlap they are added (+=).",
    ko="옮겨 놓은 사본이 서로를 덮어써요(=). 겹치는 자리에서는 더해야 해요(+=).",
)
def overwrites(f, g):
    out = np.zeros(len(f) + len(g) - 1)
    for i in range(len(g)):
        out[i : i + len(f)] = g[i] * np.asarray(f)
    return out


@mistake(
    "convolve1d",
    en="The end wraps round to the beginning: this is the circular convolution. Beyond their ends f and g are 0.",
    ko="끝이 처음으로 돌아와 이어져요. 이것은 순환 합성곱이에요. f와 g는 양 끝 바깥에서 0이에요.",
)
def wraps_round(f, g):
    length = max(len(f), len(g))
    out = np.zeros(length)
    for i in range(len(f)):
        for j in range(len(g)):
            out[(i + j) % length] += f[i] * g[j]
    return out


@mistake(
    "convolve1d",
    en="The last number of g is never used. A loop over range(K) takes in 0 to K - 1 already.",
    ko="g의 마지막 수를 쓰지 않았어요. range(K)만으로도 0부터 K - 1까지 돌아요.",
)
def last_of_g_missing(f, g):
    out = np.convolve(1.0 * f, g)
    out[len(g) - 1 :] -= g[-1] * np.asarray(f)
    return out


# --- correlate2d -----------------------------------------------------------------------------------------------------


def _windows_times(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return windows * kernel


@mistake(
    "correlate2d",
    en="The kernel is flipped: this is the true convolution. A cross-correlation lays the kernel down as it is.",
    ko="커널을 뒤집었어요. 이것은 진짜 합성곱이에요. 교차 상관은 커널을 그대로 올려놓아요.",
)
def flips_the_kernel(image, kernel, bias=0.0):
    return reference.correlate2d(image, kernel[::-1, ::-1], bias)


@mistake(
    "correlate2d",
    en="The bias is added to every product, KH x KW times in all. Add it once, after the sum.",
    ko="곱마다 bias를 더해서 모두 KH x KW번 더했어요. 합을 구한 다음 한 번만 더하세요.",
)
def bias_per_cell(image, kernel, bias=0.0):
    return reference.correlate2d(image, kernel, bias * kernel.size)


@mistake(
    "correlate2d",
    en="The bias is left out.",
    ko="bias를 더하지 않았어요.",
)
def bias_left_out(image, kernel, bias=0.0):
    return reference.correlate2d(image, kernel)


@mistake(
    "correlate2d",
    en="The image is padded with zeros, so that the output is as large as the image. Keep only the places where the "
    "kernel fits: (H - KH + 1, W - KW + 1).",
    ko="이미지를 0으로 패딩해서 출력이 이미지만큼 커졌어요. 커널이 다 들어가는 자리만 남기세요. "
    "크기는 (H - KH + 1, W - KW + 1)이에요.",
)
def as_large_as_the_image(image, kernel, bias=0.0):
    kh, kw = kernel.shape
    top, left = (kh - 1) // 2, (kw - 1) // 2
    padded = np.pad(image, ((top, kh - 1 - top), (left, kw - 1 - left)))
    return reference.correlate2d(padded, kernel, bias)


@mistake(
    "correlate2d",
    en="The last row and the last column of outputs are missing: there are H - KH + 1 places, not H - KH.",
    ko="출력의 마지막 행과 마지막 열이 없어요. 자리는 H - KH개가 아니라 H - KH + 1개예요.",
)
def one_too_few(image, kernel, bias=0.0):
    return reference.correlate2d(image, kernel, bias)[:-1, :-1]


@mistake(
    "correlate2d",
    en="Only the rows of the kernel are flipped. A cross-correlation flips neither rows nor columns.",
    ko="커널의 행만 뒤집었어요. 교차 상관에서는 행도 열도 뒤집지 않아요.",
)
def flips_rows_of_the_kernel(image, kernel, bias=0.0):
    return reference.correlate2d(image, kernel[::-1], bias)


@mistake(
    "correlate2d",
    en="Only the columns of the kernel are flipped. A cross-correlation flips neither rows nor columns.",
    ko="커널의 열만 뒤집었어요. 교차 상관에서는 행도 열도 뒤집지 않아요.",
)
def flips_columns_of_the_kernel(image, kernel, bias=0.0):
    return reference.correlate2d(image, kernel[:, ::-1], bias)


@mistake(
    "correlate2d",
    en="The products are averaged. The output is their sum.",
    ko="곱의 평균을 구했어요. 출력은 곱의 합이에요.",
)
def mean_for_sum(image, kernel, bias=0.0):
    return _windows_times(image, kernel).mean(axis=(2, 3)) + bias


@mistake(
    "correlate2d",
    en="The output has the dtype of the image (np.zeros_like?), so that an image of whole numbers loses the decimals.",
    ko="출력이 이미지의 자료형을 따라가서(np.zeros_like를 쓰지 않았나요?) 값이 정수인 이미지에서는 소수 부분이 "
    "사라져요.",
)
def cut_to_whole_numbers(image, kernel, bias=0.0):
    return reference.correlate2d(image, kernel, bias).astype(image.dtype)


@mistake(
    "correlate2d",
    en="Rows and columns of the output have changed places: i counts rows, j columns.",
    ko="출력의 행과 열이 뒤바뀌었어요. i가 행, j가 열의 번호예요.",
)
def output_transposed(image, kernel, bias=0.0):
    return reference.correlate2d(image, kernel, bias).T


@mistake(
    "correlate2d",
    en="The bias multiplies the sum. It is added to it.",
    ko="합에 bias를 곱했어요. 곱하지 말고 더하세요.",
)
def bias_multiplied(image, kernel, bias=0.0):
    return reference.correlate2d(image, kernel) * bias


# --- convolve2d ------------------------------------------------------------------------------------------------------


@mistake(
    "convolve2d",
    en="Nothing is flipped: this is the cross-correlation. Turn the kernel by 180 degrees first.",
    ko="아무것도 뒤집지 않았어요. 이것은 교차 상관이에요. 먼저 커널을 180도 돌리세요.",
)
def not_flipped(image, kernel):
    return reference.correlate2d(image, kernel)


@mistake(
    "convolve2d",
    en="Only the rows of the kernel are flipped (kernel[::-1]). The columns have to run backwards too.",
    ko="커널의 행만 뒤집었어요(kernel[::-1]). 열도 거꾸로 되어야 해요.",
)
def flips_rows_only(image, kernel):
    return reference.correlate2d(image, kernel[::-1])


@mistake(
    "convolve2d",
    en="Only the columns of the kernel are flipped. The rows have to run backwards too.",
    ko="커널의 열만 뒤집었어요. 행도 거꾸로 되어야 해요.",
)
def flips_columns_only(image, kernel):
    return reference.correlate2d(image, kernel[:, ::-1])


@mistake(
    "convolve2d",
    en="The image is flipped in place of the kernel, which turns the output around as well.",
    ko="커널이 아니라 이미지를 뒤집어서 출력까지 거꾸로 되었어요.",
)
def flips_the_image(image, kernel):
    return reference.correlate2d(image[::-1, ::-1], kernel)


@mistake(
    "convolve2d",
    en="The output of the cross-correlation is flipped, by itself or because image and kernel both are. Turn the "
    "kernel alone, before it slides.",
    ko="교차 상관의 출력이 뒤집혔어요. 출력을 직접 뒤집었거나 이미지와 커널을 함께 뒤집은 결과예요. 움직이기 전에 "
    "커널만 뒤집으세요.",
)
def flips_the_output(image, kernel):
    return reference.correlate2d(image, kernel)[::-1, ::-1]


@mistake(
    "convolve2d",
    en="The image is padded with zeros until every overlap counts: the full convolution. Keep only the places where "
    "the kernel fits.",
    ko="조금이라도 겹치는 자리를 모두 세어 전체 합성곱을 구했어요. 커널이 다 들어가는 자리만 남기세요.",
)
def full_size(image, kernel):
    rows, columns = kernel.shape[0] - 1, kernel.shape[1] - 1
    return reference.convolve2d(np.pad(image, ((rows, rows), (columns, columns))), kernel)


@mistake(
    "convolve2d",
    en="The output is as large as the image, with zeros beyond its edges. Keep only the places where the kernel fits.",
    ko="이미지 바깥을 0으로 보아 출력이 이미지만큼 커졌어요. 커널이 다 들어가는 자리만 남기세요.",
)
def same_size(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image, (((kh - 1) - (kh - 1) // 2, (kh - 1) // 2), ((kw - 1) - (kw - 1) // 2, (kw - 1) // 2)))
    return reference.convolve2d(padded, kernel)


@mistake(
    "convolve2d",
    en="The kernel is transposed besides being flipped: rows have become columns. Turning it by 180 degrees flips both "
    "axes and swaps none.",
    ko="뒤집은 커널을 전치까지 해서 행이 열이 되었어요. 180도 돌리면 두 축이 뒤집힐 뿐 서로 바뀌지는 않아요.",
)
def kernel_transposed(image, kernel):
    return reference.convolve2d(image, kernel.T)


@mistake(
    "convolve2d",
    en="The kernel is turned by 90 degrees (np.rot90 once). A convolution turns it by 180.",
    ko="커널을 90도만 돌렸어요(np.rot90 한 번). 합성곱은 180도 돌려요.",
)
def quarter_turn(image, kernel):
    return reference.correlate2d(image, np.rot90(kernel))


# --- output_size -----------------------------------------------------------------------------------------------------


def _fits(n, k, padding, dilation):
    if dilation * (k - 1) + 1 > n + 2 * padding:
        raise ValueError("does not fit")


@mistake(
    "output_size",
    en="The quotient is rounded up. A kernel that would hang over the edge does not count: round down (//).",
    ko="나눗셈을 올림했어요. 가장자리 밖으로 나가는 커널은 세지 않으니 내림(//)하세요.",
)
def rounds_up(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return math.ceil((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1


@mistake(
    "output_size",
    en="The quotient is rounded to the nearest whole number. A kernel that would hang over the edge does not count: "
    "round down (//).",
    ko="나눗셈을 반올림했어요. 가장자리 밖으로 나가는 커널은 세지 않으니 내림(//)하세요.",
)
def rounds_to_nearest(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return round((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1


@mistake(
    "output_size",
    en="One output is missing: the place where the kernel starts counts too, so 1 is added after the division.",
    ko="출력이 하나 모자라요. 커널이 출발하는 자리도 세어야 하니, 나눈 다음 1을 더하세요.",
)
def plus_one_lost(n, k, stride=1, padding=0, dilation=1):
    return reference.output_size(n, k, stride, padding, dilation) - 1


@mistake(
    "output_size",
    en="The dilated kernel is taken to span dilation * k inputs. Between k weights there are only k - 1 gaps: it spans "
    "dilation * (k - 1) + 1.",
    ko="팽창한 커널이 dilation * k칸에 걸친다고 보았어요. 가중치 k개 사이의 간격은 k - 1개뿐이라 "
    "dilation * (k - 1) + 1칸에 걸쳐요.",
)
def spans_k_times_dilation(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return (n + 2 * padding - dilation * k) // stride + 1


@mistake(
    "output_size",
    en="dilation is counted as the zeros between two weights. It is the distance from one to the next: 1 means none "
    "are skipped.",
    ko="dilation을 두 가중치 사이에 낀 0의 개수로 세었어요. dilation은 한 가중치에서 다음 가중치까지의 거리라서, "
    "1이면 건너뛰지 않아요.",
)
def dilation_as_zeros_between(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return (n + 2 * padding - (k + (k - 1) * dilation)) // stride + 1


@mistake(
    "output_size",
    en="dilation is not used: the kernel is taken to span k inputs.",
    ko="dilation을 쓰지 않고 커널이 k칸에 걸친다고 보았어요.",
)
def dilation_ignored(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return (n + 2 * padding - k) // stride + 1


@mistake(
    "output_size",
    en="The padding is counted once. It is added on both sides: 2 * padding.",
    ko="패딩을 한 번만 더했어요. 양쪽에 붙으니 2 * padding이에요.",
)
def padding_on_one_side(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return (n + padding - dilation * (k - 1) - 1) // stride + 1


@mistake(
    "output_size",
    en="The padding is added after the division. It makes the input longer, before the stride divides.",
    ko="나눈 다음에 패딩을 더했어요. 패딩은 입력을 길게 하는 것이라 스트라이드로 나누기 전에 더해요.",
)
def padding_after_the_stride(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return (n - dilation * (k - 1) - 1) // stride + 1 + 2 * padding


@mistake(
    "output_size",
    en="The padding is not used.",
    ko="padding을 쓰지 않았어요.",
)
def padding_ignored(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return (n - dilation * (k - 1) - 1) // stride + 1


@mistake(
    "output_size",
    en="The stride is not used: this is how many places there are at stride 1.",
    ko="stride를 쓰지 않았어요. 스트라이드가 1일 때의 개수예요.",
)
def stride_ignored(n, k, stride=1, padding=0, dilation=1):
    return reference.output_size(n, k, 1, padding, dilation)


@mistake(
    "output_size",
    en="The 1 is added before the division. Divide the room that is left by the stride first, then add 1.",
    ko="나누기 전에 1을 더했어요. 남은 여유를 먼저 스트라이드로 나누고, 그다음에 1을 더하세요.",
)
def plus_one_inside(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return (n + 2 * padding - dilation * (k - 1)) // stride


@mistake(
    "output_size",
    en="This is a float. There is no half output: divide with //, which rounds down and keeps an int.",
    ko="결과가 float이에요. 출력은 반 개일 수 없으니, 내림하고 정수로 남기는 //로 나누세요.",
)
def a_float(n, k, stride=1, padding=0, dilation=1):
    _fits(n, k, padding, dilation)
    return (n + 2 * padding - dilation * (k - 1) - 1) / stride + 1


@mistake(
    "output_size",
    en="A kernel that does not fit gets a number all the same. Raise ValueError then.",
    ko="들어가지 않는 커널에도 수를 돌려주고 있어요. 그때는 ValueError를 일으키세요.",
)
def accepts_what_does_not_fit(n, k, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


@mistake(
    "output_size",
    en="A kernel that does not fit gives 0 outputs here. Such a layer cannot be built: raise ValueError.",
    ko="들어가지 않는 커널에 0을 돌려주고 있어요. 그런 층은 만들 수 없으니 ValueError를 일으키세요.",
)
def zero_for_an_error(n, k, stride=1, padding=0, dilation=1):
    return max((n + 2 * padding - dilation * (k - 1) - 1) // stride + 1, 0)


@mistake(
    "output_size",
    en="Only k itself is compared with the input. A dilated kernel spans more than k, and that span has to fit.",
    ko="입력과 k만 견주었어요. 팽창한 커널은 k칸보다 넓게 걸치고, 그 폭이 들어가야 해요.",
)
def compares_k_alone(n, k, stride=1, padding=0, dilation=1):
    if k > n + 2 * padding:
        raise ValueError("the kernel is too large")
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


@mistake(
    "output_size",
    en="The error is of another type (assert raises AssertionError). A ValueError is asked for: raise ValueError(...).",
    ko="다른 종류의 오류예요(assert는 AssertionError를 일으켜요). ValueError가 필요해요. raise ValueError(...)를 "
    "쓰세요.",
)
def another_error(n, k, stride=1, padding=0, dilation=1):
    size = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    assert size > 0
    return size


# --- same_padding ----------------------------------------------------------------------------------------------------


def _odd(k, dilation):
    if dilation * (k - 1) % 2:
        raise ValueError("an even span")


@mistake(
    "same_padding",
    en="dilation is not used: half of k is enough only where the kernel spans k inputs.",
    ko="dilation을 쓰지 않았어요. k의 절반은 커널이 k칸에 걸칠 때만 맞아요.",
)
def half_of_k(k, dilation=1):
    _odd(k, dilation)
    return k // 2


@mistake(
    "same_padding",
    en="The dilated kernel is taken to span dilation * k. It spans dilation * (k - 1) + 1, and half of one less is the "
    "padding.",
    ko="팽창한 커널이 dilation * k칸에 걸친다고 보았어요. dilation * (k - 1) + 1칸에 걸치고, 거기서 1을 뺀 값의 절반이 "
    "패딩이에요.",
)
def half_of_k_times_dilation(k, dilation=1):
    _odd(k, dilation)
    return dilation * k // 2


@mistake(
    "same_padding",
    en="This is the padding of both sides together. The padding is added on each side, so half of it.",
    ko="양쪽을 합한 패딩이에요. 패딩은 한쪽마다 붙으니 그 절반이에요.",
)
def both_sides_together(k, dilation=1):
    _odd(k, dilation)
    return dilation * (k - 1)


@mistake(
    "same_padding",
    en="One too many: k inputs are covered at the first place already, so only k - 1 are lost, half of them on a side.",
    ko="하나가 많아요. 첫 자리에서 이미 k칸을 덮으니 잃는 것은 k - 1칸이고, 한쪽은 그 절반이에요.",
)
def rounded_up(k, dilation=1):
    _odd(k, dilation)
    return (dilation * (k - 1) + 2) // 2


@mistake(
    "same_padding",
    en="dilation is counted as the zeros between two weights. It is the distance from one to the next: 1 means none "
    "are skipped.",
    ko="dilation을 두 가중치 사이에 낀 0의 개수로 세었어요. dilation은 한 가중치에서 다음 가중치까지의 거리라서, "
    "1이면 건너뛰지 않아요.",
)
def zeros_between_the_weights(k, dilation=1):
    _odd(k, dilation)
    return (k - 1) * (dilation + 1) // 2


@mistake(
    "same_padding",
    en="This is a float. A padding is a whole number of rows: halve with //.",
    ko="결과가 float이에요. 패딩은 칸의 수라서 정수예요. //로 절반을 구하세요.",
)
def half_as_a_float(k, dilation=1):
    _odd(k, dilation)
    return dilation * (k - 1) / 2


@mistake(
    "same_padding",
    en="A kernel that spans an even number has no middle, so no padding that is equal on both sides keeps the size. "
    "Raise ValueError then.",
    ko="짝수 칸에 걸치는 커널은 가운데가 없어서, 양쪽에 똑같이 패딩하면 크기를 지킬 수 없어요. 그때는 ValueError를 "
    "일으키세요.",
)
def accepts_an_even_span(k, dilation=1):
    return dilation * (k - 1) // 2


@mistake(
    "same_padding",
    en="Every even k is refused. What counts is the dilated span dilation * (k - 1) + 1: k = 2 with dilation 2 spans 3 "
    "inputs and has a middle.",
    ko="짝수인 k를 모두 거절했어요. 따져야 할 것은 팽창한 폭 dilation * (k - 1) + 1이에요. k가 2여도 dilation이 2이면 "
    "3칸에 걸치고 가운데가 있어요.",
)
def refuses_every_even_k(k, dilation=1):
    if k % 2 == 0:
        raise ValueError("k is even")
    return dilation * (k - 1) // 2


@mistake(
    "same_padding",
    en="The error is of another type (assert raises AssertionError). A ValueError is asked for: raise ValueError(...).",
    ko="다른 종류의 오류예요(assert는 AssertionError를 일으켜요). ValueError가 필요해요. raise ValueError(...)를 "
    "쓰세요.",
)
def an_assertion(k, dilation=1):
    assert dilation * (k - 1) % 2 == 0
    return dilation * (k - 1) // 2


# --- transposed_output_size ------------------------------------------------------------------------------------------


@mistake(
    "transposed_output_size",
    en="This is the formula of an ordinary convolution, which makes the grid smaller. The transposed one runs it "
    "backwards.",
    ko="격자가 작아지는 보통 합성곱의 식이에요. 전치 합성곱은 그 식을 거꾸로 써요.",
)
def ordinary_formula(n, k, stride=1, padding=0, output_padding=0):
    return (n + 2 * padding - k) // stride + 1 + output_padding


@mistake(
    "transposed_output_size",
    en="n inputs are n - 1 steps apart, from the first to the last: (n - 1) * stride, not n * stride.",
    ko="첫 입력에서 마지막 입력까지는 n걸음이 아니라 n - 1걸음이에요. n * stride가 아니라 (n - 1) * stride예요.",
)
def n_steps(n, k, stride=1, padding=0, output_padding=0):
    return n * stride - 2 * padding + k + output_padding


@mistake(
    "transposed_output_size",
    en="The padding is taken off once. It belongs to both sides: 2 * padding.",
    ko="패딩을 한 번만 뺐어요. 양쪽에서 빼야 하니 2 * padding이에요.",
)
def padding_once(n, k, stride=1, padding=0, output_padding=0):
    return (n - 1) * stride - padding + k + output_padding


@mistake(
    "transposed_output_size",
    en="The padding makes the output larger here. It is that of the ordinary convolution that is run backwards, so it "
    "is taken off.",
    ko="패딩을 더해서 출력이 커졌어요. 거꾸로 되짚는 보통 합성곱의 패딩이라서 빼야 해요.",
)
def padding_added(n, k, stride=1, padding=0, output_padding=0):
    return (n - 1) * stride + 2 * padding + k + output_padding


@mistake(
    "transposed_output_size",
    en="output_padding is not used.",
    ko="output_padding을 쓰지 않았어요.",
)
def output_padding_ignored(n, k, stride=1, padding=0, output_padding=0):
    return (n - 1) * stride - 2 * padding + k


@mistake(
    "transposed_output_size",
    en="output_padding is added on both sides. It is added at the end only, once.",
    ko="output_padding을 양쪽에 더했어요. 끝에만 한 번 더해요.",
)
def output_padding_twice(n, k, stride=1, padding=0, output_padding=0):
    return (n - 1) * stride - 2 * padding + k + 2 * output_padding


@mistake(
    "transposed_output_size",
    en="The last kernel covers k places, not k - 1: one output is missing.",
    ko="마지막 커널은 k - 1칸이 아니라 k칸을 덮어요. 출력이 하나 모자라요.",
)
def k_minus_one(n, k, stride=1, padding=0, output_padding=0):
    return (n - 1) * stride - 2 * padding + k - 1 + output_padding


@mistake(
    "transposed_output_size",
    en="One output too many: k already counts the place where the last kernel starts.",
    ko="출력이 하나 많아요. 마지막 커널이 시작하는 자리는 k에 이미 들어 있어요.",
)
def one_more(n, k, stride=1, padding=0, output_padding=0):
    return (n - 1) * stride - 2 * padding + k + output_padding + 1


@mistake(
    "transposed_output_size",
    en="The stride is not used. It is what spreads the inputs out.",
    ko="stride를 쓰지 않았어요. 입력 사이를 벌리는 것이 바로 스트라이드예요.",
)
def stride_left_out(n, k, stride=1, padding=0, output_padding=0):
    return n - 1 - 2 * padding + k + output_padding


@mistake(
    "transposed_output_size",
    en="This is a float. A size is a whole number: nothing has to be divided here.",
    ko="결과가 float이에요. 크기는 정수이고, 여기서는 나눌 일이 없어요.",
)
def size_as_a_float(n, k, stride=1, padding=0, output_padding=0):
    return float((n - 1) * stride - 2 * padding + k + output_padding)


# --- pad_images ------------------------------------------------------------------------------------------------------


@mistake(
    "pad_images",
    en="All four axes are padded (np.pad(x, p)): there are more images and channels than before. Pad the last two "
    "only.",
    ko="네 축을 모두 패딩해서(np.pad(x, p)) 이미지와 채널까지 늘었어요. 마지막 두 축만 패딩하세요.",
)
def pads_every_axis(x, p):
    return np.pad(1.0 * x, p)


@mistake(
    "pad_images",
    en="The channels are padded too. Only the last two axes are rows and columns.",
    ko="채널까지 패딩했어요. 행과 열은 마지막 두 축뿐이에요.",
)
def pads_channels(x, p):
    return np.pad(1.0 * x, ((0, 0), (p, p), (p, p), (p, p)))


@mistake(
    "pad_images",
    en="The first two axes are padded, images and channels. Rows and columns are the last two.",
    ko="처음 두 축(이미지와 채널)을 패딩했어요. 행과 열은 마지막 두 축이에요.",
)
def pads_the_first_axes(x, p):
    return np.pad(1.0 * x, ((p, p), (p, p), (0, 0), (0, 0)))


@mistake(
    "pad_images",
    en="Only rows are added, above and below. Columns are needed too, left and right.",
    ko="위아래로 행만 붙였어요. 왼쪽과 오른쪽에 열도 붙여야 해요.",
)
def rows_only(x, p):
    return np.pad(1.0 * x, ((0, 0), (0, 0), (p, p), (0, 0)))


@mistake(
    "pad_images",
    en="Only columns are added, left and right. Rows are needed too, above and below.",
    ko="왼쪽과 오른쪽에 열만 붙였어요. 위아래로 행도 붙여야 해요.",
)
def columns_only(x, p):
    return np.pad(1.0 * x, ((0, 0), (0, 0), (0, 0), (p, p)))


@mistake(
    "pad_images",
    en="The zeros are all below and on the right. There should be p on each of the four sides.",
    ko="0이 모두 아래와 오른쪽에만 붙었어요. 네 변에 p씩 있어야 해요.",
)
def one_side_only(x, p):
    return np.pad(1.0 * x, ((0, 0), (0, 0), (0, p), (0, p)))


@mistake(
    "pad_images",
    en="The size is right, but the image sits in the upper left corner: all zeros are below and on the right.",
    ko="크기는 맞지만 이미지가 왼쪽 위 구석에 있어요. 0이 모두 아래와 오른쪽에 몰렸어요.",
)
def in_the_corner(x, p):
    return np.pad(1.0 * x, ((0, 0), (0, 0), (0, 2 * p), (0, 2 * p)))


@mistake(
    "pad_images",
    en="The edge pixels are repeated (mode='edge'). Zeros are asked for.",
    ko="가장자리 픽셀을 되풀이했어요(mode='edge'). 0으로 채우세요.",
)
def repeats_the_edge(x, p):
    return np.pad(1.0 * x, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge")


@mistake(
    "pad_images",
    en="p is not used: there is always one row and one column of zeros on each side.",
    ko="p를 쓰지 않아서 언제나 한 줄씩만 붙어요.",
)
def always_one(x, p):
    return np.pad(1.0 * x, ((0, 0), (0, 0), (1, 1), (1, 1)))


@mistake(
    "pad_images",
    en="The padding is p in all, half of it on each side. It is p on every side.",
    ko="패딩이 모두 합해서 p이고 한쪽은 그 절반이에요. 변마다 p씩 붙이세요.",
)
def half_of_p(x, p):
    return np.pad(1.0 * x, ((0, 0), (0, 0), (p // 2, p - p // 2), (p // 2, p - p // 2)))


# --- receptive_field -------------------------------------------------------------------------------------------------


def _field(layers, start=1, own=False, compounds=True, reach=1):
    field, jump = start, 1
    for k, stride in layers:
        before = jump
        jump = jump * stride if compounds else stride
        field += (k - reach) * (jump if own else before)
    return field


@mistake(
    "receptive_field",
    en="The strides are not used. Behind a stride of 2, neighbours see windows that are twice as far apart.",
    ko="스트라이드를 쓰지 않았어요. 스트라이드가 2인 층을 지나면 이웃한 두 출력의 시야가 두 배 멀어져요.",
)
def strides_ignored(layers):
    return _field([(k, 1) for k, _ in layers])


@mistake(
    "receptive_field",
    en="A layer's own stride is counted too early. It moves this layer's outputs apart, so it matters to the layers "
    "behind it only.",
    ko="층의 스트라이드를 너무 일찍 곱했어요. 스트라이드는 그 층의 출력 사이를 벌리니 다음 층부터 영향을 줘요.",
)
def own_stride_counted(layers):
    return _field(layers, own=True)


@mistake(
    "receptive_field",
    en="The layers are taken in reverse order. The list runs from input to output.",
    ko="층을 거꾸로 따라갔어요. 목록은 입력에서 출력 순서예요.",
)
def from_the_other_end(layers):
    return _field(layers[::-1])


@mistake(
    "receptive_field",
    en="Only the stride of the layer just before counts. The strides of all layers before it multiply.",
    ko="바로 앞 층의 스트라이드만 썼어요. 앞에 있는 모든 층의 스트라이드를 곱해야 해요.",
)
def strides_do_not_multiply(layers):
    return _field(layers, compounds=False)


@mistake(
    "receptive_field",
    en="The kernel sizes are added up. Each layer adds only k - 1 neighbours, and they are a jump apart.",
    ko="커널 크기를 그냥 더했어요. 층마다 이웃 k - 1개가 더해지고, 이웃끼리는 간격(jump)만큼 떨어져 있어요.",
)
def sum_of_kernels(layers):
    return sum(k for k, _ in layers)


@mistake(
    "receptive_field",
    en="The kernel sizes are multiplied. Windows of neighbours overlap, so the field grows by addition.",
    ko="커널 크기를 곱했어요. 이웃의 창은 서로 겹치니 수용 영역은 덧셈으로 커져요.",
)
def product_of_kernels(layers):
    return math.prod(k for k, _ in layers)


@mistake(
    "receptive_field",
    en="Each layer adds k jumps here. A kernel of size k has only k - 1 neighbours besides the one it had already.",
    ko="층마다 간격을 k번 더했어요. 이미 보던 하나를 빼면 커널이 새로 보는 이웃은 k - 1개예요.",
)
def k_jumps(layers):
    return _field(layers, reach=0)


@mistake(
    "receptive_field",
    en="One input is missing: before the first layer an output sees 1 input, not 0.",
    ko="입력이 하나 모자라요. 첫 층 앞에서는 0칸이 아니라 1칸을 봐요.",
)
def starts_at_zero(layers):
    return _field(layers, start=0)


@mistake(
    "receptive_field",
    en="Strides are added up. They multiply: behind strides of 2 and 3 neighbours are 6 inputs apart.",
    ko="스트라이드를 더했어요. 스트라이드는 곱해요. 2와 3을 지나면 이웃은 입력 6칸만큼 떨어져요.",
)
def strides_added(layers):
    field, jump = 1, 1
    for k, stride in layers:
        field += (k - 1) * jump
        jump += stride - 1
    return field


# --- conv2d ----------------------------------------------------------------------------------------------------------


@mistake(
    "conv2d",
    en="The filters are flipped: this is the true convolution. A layer of a network cross-correlates.",
    ko="필터를 뒤집었어요. 이것은 진짜 합성곱이에요. 신경망의 층은 교차 상관을 계산해요.",
)
def flips_the_filters(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w[:, :, ::-1, ::-1], b, stride, padding)


@mistake(
    "conv2d",
    en="Only the first channel is used. A filter spans all channels, and its products are summed over them.",
    ko="첫 채널만 썼어요. 필터는 모든 채널에 걸쳐 있고, 곱을 채널에 걸쳐서도 더해야 해요.",
)
def first_channel_only(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x[:, :1], w[:, :1], b, stride, padding)


@mistake(
    "conv2d",
    en="Only the last channel is left: the loop over channels overwrites (=) what it should add up (+=).",
    ko="마지막 채널만 남았어요. 채널을 도는 반복문이 더하지(+=) 않고 덮어써요(=).",
)
def last_channel_only(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x[:, -1:], w[:, -1:], b, stride, padding)


@mistake(
    "conv2d",
    en="The channels are averaged. Their products are summed.",
    ko="채널에 걸쳐 평균을 냈어요. 평균이 아니라 합이에요.",
)
def mean_over_channels(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w / w.shape[1], b, stride, padding)


@mistake(
    "conv2d",
    en="The stride is used down the rows only; the columns move on by one at a time.",
    ko="행에만 stride를 썼어요. 열은 한 칸씩 움직이고 있어요.",
)
def stride_on_rows_only(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w, b, 1, padding)[:, :, ::stride]


@mistake(
    "conv2d",
    en="The stride is used along the columns only; the rows move on by one at a time.",
    ko="열에만 stride를 썼어요. 행은 한 칸씩 움직이고 있어요.",
)
def stride_on_columns_only(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w, b, 1, padding)[:, :, :, ::stride]


@mistake(
    "conv2d",
    en="The stride is not used.",
    ko="stride를 쓰지 않았어요.",
)
def stride_not_used(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w, b, 1, padding)


@mistake(
    "conv2d",
    en="The output has the size that stride asks for, but the windows lie side by side: they start at i and not at "
    "i * stride.",
    ko="출력의 크기는 맞지만 창이 한 칸씩만 움직여요. 창은 i가 아니라 i * stride에서 시작해요.",
)
def windows_side_by_side(x, w, b, stride=1, padding=0):
    rows, columns = reference.conv2d(1.0 * x, w, b, stride, padding).shape[2:]
    return reference.conv2d(1.0 * x, w, b, 1, padding)[:, :, :rows, :columns]


@mistake(
    "conv2d",
    en="The padding is not used.",
    ko="padding을 쓰지 않았어요.",
)
def padding_not_used(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w, b, stride, 0)


@mistake(
    "conv2d",
    en="The padding repeats the edge pixels. It should be zeros.",
    ko="가장자리 픽셀을 되풀이해서 패딩했어요. 0으로 채워야 해요.",
)
def padded_with_the_edge(x, w, b, stride=1, padding=0):
    pairs = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return reference.conv2d(np.pad(1.0 * x, pairs, mode="edge"), w, b, stride)


@mistake(
    "conv2d",
    en="The bias is left out. Each filter has one, added to its whole feature map.",
    ko="편향을 더하지 않았어요. 필터마다 하나씩 있고, 그 필터의 특징 맵 전체에 더해요.",
)
def no_bias(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w, 0 * b, stride, padding)


@mistake(
    "conv2d",
    en="The bias is added once for every channel, C times in all. Add it once, after the sum over channels.",
    ko="채널마다 편향을 더해서 모두 C번 더했어요. 채널에 걸쳐 합한 다음 한 번만 더하세요.",
)
def bias_per_channel(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w, b * w.shape[1], stride, padding)


@mistake(
    "conv2d",
    en="The bias is added to every product, C x KH x KW times in all. Add it once, after the sum.",
    ko="곱마다 편향을 더해서 모두 C x KH x KW번 더했어요. 합을 구한 다음 한 번만 더하세요.",
)
def bias_per_weight(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w, b * w[0].size, stride, padding)


@mistake(
    "conv2d",
    en="Only rows are padded. Columns of zeros belong on the left and on the right as well.",
    ko="위아래로만 패딩했어요. 왼쪽과 오른쪽에도 0으로 된 열이 있어야 해요.",
)
def pads_rows_alone(x, w, b, stride=1, padding=0):
    return reference.conv2d(np.pad(1.0 * x, ((0, 0), (0, 0), (padding, padding), (0, 0))), w, b, stride)


@mistake(
    "conv2d",
    en="The last row and the last column of outputs are missing. The place where the window starts counts too: 1 is "
    "added after the division by the stride.",
    ko="출력의 마지막 행과 마지막 열이 없어요. 창이 출발하는 자리도 세어야 하니, 스트라이드로 나눈 다음 1을 더하세요.",
)
def last_places_missing(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w, b, stride, padding)[:, :, :-1, :-1]


@mistake(
    "conv2d",
    en="Every feature map gets the bias of the first filter. Filter f has its own, b[f].",
    ko="모든 특징 맵에 첫 필터의 편향을 더했어요. 필터 f에는 b[f]를 더하세요.",
)
def one_bias_for_all(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, w, np.full_like(b, b[0]), stride, padding)


@mistake(
    "conv2d",
    en="Every feature map comes from the first filter. Filter f makes map f.",
    ko="모든 특징 맵을 첫 필터로 만들었어요. f번째 맵은 f번째 필터로 만드세요.",
)
def first_filter_only(x, w, b, stride=1, padding=0):
    return reference.conv2d(1.0 * x, np.repeat(w[:1], len(w), axis=0), b, stride, padding)


@mistake(
    "conv2d",
    en="The filters' axis comes last: (N, OH, OW, F). Move it to the second place.",
    ko="필터의 축이 맨 뒤에 있어요(N, OH, OW, F). 두 번째로 옮기세요.",
)
def filters_last(x, w, b, stride=1, padding=0):
    return np.moveaxis(reference.conv2d(1.0 * x, w, b, stride, padding), 1, 3)


@mistake(
    "conv2d",
    en="The filters' axis comes first: (F, N, OH, OW). The images come first, then the filters.",
    ko="필터의 축이 맨 앞에 있어요(F, N, OH, OW). 이미지가 먼저, 필터가 다음이에요.",
)
def filters_first(x, w, b, stride=1, padding=0):
    return np.swapaxes(reference.conv2d(1.0 * x, w, b, stride, padding), 0, 1)


@mistake(
    "conv2d",
    en="Part of the points is for speed. Loop over the KH * KW places of the kernel at most, and leave images, "
    "filters, channels and places to one np.einsum or np.tensordot.",
    ko="점수의 일부는 속도에 달려 있어요. 반복문은 커널의 KH * KW자리까지만 쓰고, 이미지와 필터와 채널과 출력 자리는 "
    "np.einsum이나 np.tensordot 하나에 맡기세요.",
)
def as_slow_as_loops(x, w, b, stride=1, padding=0):
    padded, (count, depth, kh, kw) = _padded(x, padding), w.shape
    rows, columns = (padded.shape[2] - kh) // stride + 1, (padded.shape[3] - kw) // stride + 1
    out = np.zeros((len(x), count, rows, columns))
    for n, f, i, j in np.ndindex(out.shape):
        total = b[f]
        for c, p, q in np.ndindex(depth, kh, kw):
            total = total + padded[n, c, i * stride + p, j * stride + q] * w[f, c, p, q]
        out[n, f, i, j] = total
    return out


# --- conv2d_backward -------------------------------------------------------------------------------------------------


def _backward(dout, x, w, stride, padding):
    """Everything a wrong backward pass could need: each weight's strided slice of the padded x, and its two shares."""
    padded = _padded(x, padding)
    down, across = stride * (dout.shape[2] - 1) + 1, stride * (dout.shape[3] - 1) + 1
    for i, j in np.ndindex(*w.shape[2:]):
        place = np.s_[:, :, i : i + down : stride, j : j + across : stride]
        yield i, j, place, padded[place], np.einsum("fc,nfhw->nchw", w[:, :, i, j], dout)


def _cropped(dpadded, x, padding):
    height, width = x.shape[2:]
    return dpadded[:, :, padding : padding + height, padding : padding + width]


@mistake(
    "conv2d_backward",
    en="dx still has the padding around it. The zeros are no inputs: cut p rows and columns off on every side.",
    ko="dx에 패딩이 그대로 붙어 있어요. 패딩한 0은 입력이 아니니 네 변에서 padding만큼 잘라 내세요.",
)
def padding_not_cropped(dout, x, w, stride=1, padding=0):
    dpadded, dw, db = reference.conv2d_backward(1.0 * dout, _padded(x, padding), w, stride)
    return dpadded, dw, db


@mistake(
    "conv2d_backward",
    en="The corner is cut out at the wrong place: dx starts p rows and columns further in, not at 0.",
    ko="잘라 낸 위치가 달라요. dx는 0이 아니라 padding번째 행과 열에서 시작해요.",
)
def cropped_at_the_corner(dout, x, w, stride=1, padding=0):
    dpadded, dw, db = reference.conv2d_backward(1.0 * dout, _padded(x, padding), w, stride)
    return dpadded[:, :, : x.shape[2], : x.shape[3]], dw, db


@mistake(
    "conv2d_backward",
    en="Where windows overlap, dx is overwritten (=). An input that several outputs saw gets the sum of their "
    "gradients (+=).",
    ko="창이 겹치는 자리에서 dx를 덮어써요(=). 여러 출력이 본 입력은 그 기울기를 모두 더해 받아요(+=).",
)
def overlap_overwritten(dout, x, w, stride=1, padding=0):
    padded = _padded(x, padding)
    dpadded, (_, dw, db) = np.zeros(padded.shape), reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    for i, j in np.ndindex(*dout.shape[2:]):
        seen = np.s_[:, :, i * stride : i * stride + w.shape[2], j * stride : j * stride + w.shape[3]]
        dpadded[seen] = np.einsum("nf,fchw->nchw", dout[:, :, i, j], w)
    return _cropped(dpadded, x, padding), dw, db


@mistake(
    "conv2d_backward",
    en="In loops over images, filters and places, dx is overwritten (=): what other filters and overlapping windows "
    "gave is lost. Add it up (+=).",
    ko="그림, 필터, 자리를 도는 반복문에서 dx를 덮어써요(=). 다른 필터와 겹친 창에서 온 몫이 사라지니 +=로 더하세요.",
)
def dx_overwritten_in_loops(dout, x, w, stride=1, padding=0):
    last = np.zeros(_padded(x, padding).shape)  # the last filter comes after all others and has the last word
    for i, j in np.ndindex(*dout.shape[2:]):
        seen = np.s_[:, :, i * stride : i * stride + w.shape[2], j * stride : j * stride + w.shape[3]]
        last[seen] = dout[:, -1, i, j][:, None, None, None] * w[-1]
    _, dw, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return _cropped(last, x, padding), dw, db


@mistake(
    "conv2d_backward",
    en="dw keeps the last place of the last image only (=). A weight is used at every place of every image: add (+=).",
    ko="dw에 마지막 그림의 마지막 자리만 남아요(=). 가중치는 모든 그림의 모든 자리에서 쓰이니 +=로 모두 더하세요.",
)
def dw_overwritten_in_loops(dout, x, w, stride=1, padding=0):
    dx, _, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    rows, columns = stride * (dout.shape[2] - 1), stride * (dout.shape[3] - 1)
    seen = _padded(x, padding)[-1, :, rows : rows + w.shape[2], columns : columns + w.shape[3]]
    return dx, dout[-1, :, -1, -1][:, None, None, None] * seen, db


@mistake(
    "conv2d_backward",
    en="Each weight's share of dx overwrites the one before (=). They are added up (+=).",
    ko="가중치마다 dx에 준 몫이 앞의 몫을 덮어써요(=). 더해 가야 해요(+=).",
)
def shares_overwritten(dout, x, w, stride=1, padding=0):
    dpadded = np.zeros(_padded(x, padding).shape)
    _, dw, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    for _, _, place, _, share in _backward(dout, x, w, stride, padding):
        dpadded[place] = share
    return _cropped(dpadded, x, padding), dw, db


@mistake(
    "conv2d_backward",
    en="dw keeps the last place of the output only (=). A weight is used at every place, so all of them add up (+=).",
    ko="dw에 출력의 마지막 자리만 남았어요(=). 가중치는 모든 자리에서 쓰였으니 모두 더해야 해요(+=).",
)
def weights_of_the_last_place(dout, x, w, stride=1, padding=0):
    dx, _, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    rows, columns = dout.shape[2] - 1, dout.shape[3] - 1
    padded = _padded(x, padding)
    last = np.s_[:, :, rows * stride : rows * stride + w.shape[2], columns * stride : columns * stride + w.shape[3]]
    return dx, np.einsum("nf,nchw->fchw", dout[:, :, -1, -1], padded[last]), db


@mistake(
    "conv2d_backward",
    en="dw and db are divided by the number of images. dout carries whatever the loss was divided by: only add up.",
    ko="dw와 db를 이미지 수로 나눴어요. 손실을 나눈 수는 dout에 이미 들어 있으니 더하기만 하세요.",
)
def averaged_over_images(dout, x, w, stride=1, padding=0):
    dx, dw, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return dx, dw / len(x), db / len(x)


@mistake(
    "conv2d_backward",
    en="db is averaged over images and places. Each of them adds its own share: sum.",
    ko="db를 이미지와 자리에 걸쳐 평균했어요. 자리마다 제 몫을 더하니 합을 구하세요.",
)
def bias_averaged(dout, x, w, stride=1, padding=0):
    dx, dw, _ = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return dx, dw, dout.mean(axis=(0, 2, 3))


@mistake(
    "conv2d_backward",
    en="db is summed over the images only. The bias is added at every place too: sum over axes 0, 2 and 3.",
    ko="db를 이미지에 걸쳐서만 더했어요. 편향은 모든 자리에 더해졌으니 0, 2, 3번 축에 걸쳐 더하세요.",
)
def bias_summed_over_images_only(dout, x, w, stride=1, padding=0):
    dx, dw, _ = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return dx, dw, 1.0 * dout.sum(axis=0)


@mistake(
    "conv2d_backward",
    en="db is summed over the filters and has one number an image. It needs one a filter: keep axis 1.",
    ko="db를 필터에 걸쳐 더해서 이미지마다 하나씩 나왔어요. 필터마다 하나씩이니 1번 축을 남기세요.",
)
def bias_per_image(dout, x, w, stride=1, padding=0):
    dx, dw, _ = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return dx, dw, 1.0 * dout.sum(axis=(1, 2, 3))


@mistake(
    "conv2d_backward",
    en="dx is made with flipped filters. Every input gets back the very weight that it met in the forward pass.",
    ko="뒤집은 필터로 dx를 구했어요. 입력은 순전파에서 만난 바로 그 가중치를 돌려받아요.",
)
def filters_flipped_in_dx(dout, x, w, stride=1, padding=0):
    _, dw, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return reference.conv2d_backward(1.0 * dout, x, w[:, :, ::-1, ::-1], stride, padding)[0], dw, db


@mistake(
    "conv2d_backward",
    en="dw is flipped. The weight at (i, j) met the window's pixel at (i, j), since nothing was flipped on the way in.",
    ko="dw가 뒤집혔어요. 순전파에서 뒤집은 것이 없으니 (i, j)의 가중치는 창의 (i, j) 픽셀과 만났어요.",
)
def dw_flipped(dout, x, w, stride=1, padding=0):
    dx, dw, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return dx, dw[:, :, ::-1, ::-1], db


@mistake(
    "conv2d_backward",
    en="The three come in another order. Return (dx, dw, db).",
    ko="세 값의 순서가 달라요. (dx, dw, db)를 돌려주세요.",
)
def another_order(dout, x, w, stride=1, padding=0):
    dx, dw, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return dw, db, dx


@mistake(
    "conv2d_backward",
    en="dw comes from the last image alone (=). All images of the batch add up (+=).",
    ko="dw를 마지막 이미지로만 구했어요(=). 배치의 모든 이미지를 더하세요(+=).",
)
def weights_of_the_last_image(dout, x, w, stride=1, padding=0):
    dx, _, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return dx, reference.conv2d_backward(1.0 * dout[-1:], x[-1:], w, stride, padding)[1], db


@mistake(
    "conv2d_backward",
    en="dx comes from one filter alone, the last. Every filter saw this input: sum over them.",
    ko="dx를 마지막 필터 하나로만 구했어요. 모든 필터가 같은 입력을 보았으니 필터에 걸쳐 더하세요.",
)
def dx_of_the_last_filter(dout, x, w, stride=1, padding=0):
    _, dw, db = reference.conv2d_backward(1.0 * dout, x, w, stride, padding)
    return reference.conv2d_backward(1.0 * dout[:, -1:], x, w[-1:], stride, padding)[0], dw, db


# --- max_pool2d ------------------------------------------------------------------------------------------------------


def _pool_windows(x, k, stride=None):
    step = k if stride is None else stride
    return np.lib.stride_tricks.sliding_window_view(1.0 * x, (k, k), axis=(2, 3))[:, :, ::step, ::step]


@mistake(
    "max_pool2d",
    en="This is the mean of each window. The maximum is asked for.",
    ko="창의 평균을 구했어요. 최댓값을 구하세요.",
)
def mean_pooling(x, k, stride=None):
    return _pool_windows(x, k, stride).mean(axis=(4, 5))


@mistake(
    "max_pool2d",
    en="This is the minimum of each window. The maximum is asked for.",
    ko="창의 최솟값을 구했어요. 최댓값을 구하세요.",
)
def min_pooling(x, k, stride=None):
    return _pool_windows(x, k, stride).min(axis=(4, 5))


@mistake(
    "max_pool2d",
    en="stride is not used: the windows are always k apart.",
    ko="stride를 쓰지 않아서 창이 언제나 k칸씩 움직여요.",
)
def always_k_apart(x, k, stride=None):
    return _pool_windows(x, k).max(axis=(4, 5))


@mistake(
    "max_pool2d",
    en="Without a stride the windows move by 1 here. None means that they lie side by side: k apart.",
    ko="stride가 없을 때 창이 한 칸씩 움직여요. None이면 창이 겹치지 않게 k칸씩 움직여요.",
)
def one_apart_by_default(x, k, stride=None):
    return _pool_windows(x, k, 1 if stride is None else stride).max(axis=(4, 5))


@mistake(
    "max_pool2d",
    en="Windows that hang over the edge are kept. Only those that fit wholly count.",
    ko="가장자리 밖으로 나가는 창까지 남겼어요. 다 들어가는 창만 세요.",
)
def keeps_what_hangs_over(x, k, stride=None):
    step = k if stride is None else stride
    size = [max(math.ceil((length - k) / step), 0) + 1 for length in x.shape[2:]]
    out = np.zeros((*x.shape[:2], *size))
    for i, j in np.ndindex(*size):
        out[:, :, i, j] = x[:, :, i * step : i * step + k, j * step : j * step + k].max(axis=(2, 3))
    return out


@mistake(
    "max_pool2d",
    en="A maximum is never below 0 here: where all numbers of a window are negative, the largest of those is the "
    "answer. Do not start from 0.",
    ko="최댓값이 0보다 작아지지 않아요. 창의 수가 모두 음수이면 그중 가장 큰 수가 답이에요. 0에서 시작하지 마세요.",
)
def never_below_zero(x, k, stride=None):
    return np.maximum(_pool_windows(x, k, stride).max(axis=(4, 5)), 0)


@mistake(
    "max_pool2d",
    en="The largest absolute value wins. The maximum keeps the sign in mind: -3 is less than 1.",
    ko="절댓값이 가장 큰 수를 골랐어요. 최댓값은 부호까지 따져요. -3은 1보다 작아요.",
)
def largest_absolute_value(x, k, stride=None):
    return np.abs(_pool_windows(x, k, stride)).max(axis=(4, 5))


@mistake(
    "max_pool2d",
    en="The maximum is taken over the channels as well. Each channel is pooled by itself.",
    ko="채널에 걸쳐서도 최댓값을 구했어요. 채널마다 따로 풀링하세요.",
)
def over_the_channels(x, k, stride=None):
    return _pool_windows(x, k, stride).max(axis=(1, 4, 5))


@mistake(
    "max_pool2d",
    en="This takes the first number of each window. It should be the largest.",
    ko="창마다 첫 번째 수를 가져왔어요. 가장 큰 수여야 해요.",
)
def first_of_the_window(x, k, stride=None):
    return _pool_windows(x, k, stride)[..., 0, 0]


@mistake(
    "max_pool2d",
    en="The stride is used down the rows only; the columns move on by one at a time.",
    ko="행에만 stride를 썼어요. 열은 한 칸씩 움직이고 있어요.",
)
def pool_stride_on_rows_only(x, k, stride=None):
    return _pool_windows(x, k, 1)[:, :, :: k if stride is None else stride].max(axis=(4, 5))


@mistake(
    "max_pool2d",
    en="The windows start at i and j whatever the stride. Output (i, j) looks at the window from i * stride and "
    "j * stride on.",
    ko="스트라이드가 얼마든 창이 i와 j에서 시작해요. 출력의 (i, j)는 i * stride와 j * stride에서 시작하는 창을 봐요.",
)
def starts_without_stride(x, k, stride=None):
    rows, columns = _pool_windows(x, k, stride).shape[2:4]
    return _pool_windows(x, k, 1).max(axis=(4, 5))[:, :, :rows, :columns]


@mistake(
    "max_pool2d",
    en="The windows are one row and one column too small: a slice i : i + k has k rows, since its end does not count.",
    ko="창이 한 행, 한 열 모자라요. 슬라이스는 끝을 빼고 세니 i : i + k가 k행이에요.",
)
def window_too_small(x, k, stride=None):
    return _pool_windows(x, k, stride)[..., :-1, :-1].max(axis=(4, 5))


# --- max_pool2d_backward ---------------------------------------------------------------------------------------------


def _spread(dout, x, k, stride, share, add=True):
    """dx when `share(window)` of shape (N, C, k, k) says what part of a window's gradient each place gets."""
    step = k if stride is None else stride
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        place = np.s_[:, :, i * step : i * step + k, j * step : j * step + k]
        part = share(x[place]) * dout[:, :, i : i + 1, j : j + 1]
        dx[place] = dx[place] + part if add else part
    return dx


def _winners(window):
    return (window == window.max(axis=(2, 3), keepdims=True)).astype(float)


def _one_winner(window, order="first"):
    flat = window.transpose(0, 1, 3, 2) if order == "column" else window
    flat = flat.reshape(*window.shape[:2], -1)
    place = flat.shape[2] - 1 - flat[..., ::-1].argmax(axis=2) if order == "last" else flat.argmax(axis=2)
    chosen = np.eye(flat.shape[2])[place].reshape(window.shape)
    return chosen.transpose(0, 1, 3, 2) if order == "column" else chosen


@mistake(
    "max_pool2d_backward",
    en="Where several numbers share the maximum, each of them gets the whole gradient. Only the first one does.",
    ko="최댓값이 여럿이면 모두가 기울기 전체를 받아요. 처음 나오는 하나만 받아야 해요.",
)
def every_tie(dout, x, k, stride=None):
    return _spread(dout, x, k, stride, _winners)


@mistake(
    "max_pool2d_backward",
    en="Where several numbers share the maximum, they share the gradient here. The first one gets all of it.",
    ko="최댓값이 여럿이면 기울기를 나누어 가져요. 처음 나오는 하나가 모두 받아야 해요.",
)
def ties_share(dout, x, k, stride=None):
    return _spread(dout, x, k, stride, lambda v: _winners(v) / _winners(v).sum(axis=(2, 3), keepdims=True))


@mistake(
    "max_pool2d_backward",
    en="The last of equal maxima gets the gradient. It should be the first, counted row by row.",
    ko="같은 최댓값 가운데 마지막 것이 기울기를 받아요. 행 순서로 처음 나오는 것이 받아야 해요.",
)
def last_tie(dout, x, k, stride=None):
    return _spread(dout, x, k, stride, lambda window: _one_winner(window, "last"))


@mistake(
    "max_pool2d_backward",
    en="The first of equal maxima is looked for column by column. Count row by row.",
    ko="같은 최댓값 가운데 첫째를 열 순서로 찾았어요. 행 순서로 찾으세요.",
)
def first_by_columns(dout, x, k, stride=None):
    return _spread(dout, x, k, stride, lambda window: _one_winner(window, "column"))


@mistake(
    "max_pool2d_backward",
    en="A number that wins in several windows keeps the gradient of the last one (=). It gets the sum (+=).",
    ko="여러 창에서 최댓값인 수가 마지막 창의 기울기만 받아요(=). 모두 더해야 해요(+=).",
)
def wins_overwritten(dout, x, k, stride=None):
    step = k if stride is None else stride
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        row, column = divmod(int(x[n, c, i * step : i * step + k, j * step : j * step + k].argmax()), k)
        dx[n, c, i * step + row, j * step + column] = dout[n, c, i, j]
    return dx


@mistake(
    "max_pool2d_backward",
    en="Each window overwrites the whole of its region, zeros included (=). Where windows overlap, add (+=).",
    ko="창마다 0까지 포함해 제 구역 전체를 덮어써요(=). 창이 겹치는 자리에서는 더하세요(+=).",
)
def regions_overwritten(dout, x, k, stride=None):
    return _spread(dout, x, k, stride, _one_winner, add=False)


@mistake(
    "max_pool2d_backward",
    en="The gradient is spread evenly over the window: that belongs to average pooling. Here the maximum gets it all.",
    ko="기울기를 창 전체에 고르게 나눴어요. 그것은 평균 풀링이에요. 여기서는 최댓값의 자리가 모두 받아요.",
)
def spread_evenly(dout, x, k, stride=None):
    return _spread(dout, x, k, stride, lambda window: np.full(window.shape, 1 / k**2))


@mistake(
    "max_pool2d_backward",
    en="The whole window gets the whole gradient. Only the place of its maximum does.",
    ko="창 전체가 기울기를 그대로 받아요. 최댓값의 자리만 받아야 해요.",
)
def whole_window(dout, x, k, stride=None):
    return _spread(dout, x, k, stride, np.ones_like)


@mistake(
    "max_pool2d_backward",
    en="dout is not used: these are only marks (1) at the maxima. Put dout there.",
    ko="dout을 쓰지 않고 최댓값 자리에 1만 표시했어요. 그 자리에 dout을 넣으세요.",
)
def marks_only(dout, x, k, stride=None):
    return _spread(np.ones_like(dout), x, k, stride, _one_winner)


@mistake(
    "max_pool2d_backward",
    en="The gradient is multiplied by the maximum. The winner passes on dout itself: the derivative of max is 1 there.",
    ko="기울기에 최댓값을 곱했어요. 최댓값에서 max의 도함수는 1이니 dout을 그대로 넘기세요.",
)
def times_the_maximum(dout, x, k, stride=None):
    return _spread(dout, x, k, stride, lambda window: _one_winner(window) * window)


@mistake(
    "max_pool2d_backward",
    en="The window that hangs over the edge counts in the size: dx is not shaped like x. Rows and columns that no "
    "window sees keep 0.",
    ko="dx의 모양이 x와 달라요. 어떤 창에도 들어가지 않은 행과 열도 0으로 남겨 두어야 해요.",
)
def unseen_rows_cut_off(dout, x, k, stride=None):
    step = k if stride is None else stride
    rows, columns = ((size - 1) * step + k for size in dout.shape[2:])
    return _spread(dout, x, k, stride, _one_winner)[:, :, :rows, :columns]


# --- global_avg_pool -------------------------------------------------------------------------------------------------


@mistake(
    "global_avg_pool",
    en="This is the sum of every feature map. Divide it by H * W.",
    ko="특징 맵의 합이에요. H * W로 나누세요.",
)
def sum_of_the_map(x):
    return 1.0 * x.sum(axis=(2, 3))


@mistake(
    "global_avg_pool",
    en="This is the maximum of every feature map. The mean is asked for.",
    ko="특징 맵의 최댓값이에요. 평균을 구하세요.",
)
def maximum_of_the_map(x):
    return 1.0 * x.max(axis=(2, 3))


@mistake(
    "global_avg_pool",
    en="Height and width are still there as axes of length 1 (keepdims). The result has shape (N, C).",
    ko="높이와 너비가 길이 1인 축으로 남아 있어요(keepdims). 결과의 모양은 (N, C)예요.",
)
def axes_kept(x):
    return x.mean(axis=(2, 3), keepdims=True)


@mistake(
    "global_avg_pool",
    en="Only the columns are averaged. Rows and columns both go.",
    ko="열에 걸쳐서만 평균했어요. 행과 열을 모두 없애야 해요.",
)
def columns_averaged_only(x):
    return x.mean(axis=3)


@mistake(
    "global_avg_pool",
    en="The mean is taken over the channels as well: one number an image. Each feature map has its own.",
    ko="채널에 걸쳐서도 평균을 내서 이미지마다 수가 하나예요. 특징 맵마다 하나씩이어야 해요.",
)
def over_channels_too(x):
    return x.mean(axis=(1, 2, 3))


@mistake(
    "global_avg_pool",
    en="The mean is taken over the images as well: one number a channel. Each image keeps its own.",
    ko="이미지에 걸쳐서도 평균을 내서 채널마다 수가 하나예요. 이미지마다 따로 구하세요.",
)
def over_images_too(x):
    return x.mean(axis=(0, 2, 3))


@mistake(
    "global_avg_pool",
    en="The first two axes are averaged, images and channels. Rows and columns are the last two.",
    ko="처음 두 축(이미지와 채널)에 걸쳐 평균했어요. 행과 열은 마지막 두 축이에요.",
)
def first_axes_averaged(x):
    return x.mean(axis=(0, 1))


@mistake(
    "global_avg_pool",
    en="The median of every feature map is taken. The mean is asked for.",
    ko="특징 맵의 중앙값이에요. 평균을 구하세요.",
)
def median_of_the_map(x):
    return np.median(x, axis=(2, 3))


# --- conv_params -----------------------------------------------------------------------------------------------------


def _weights(c_in, c_out, k, groups):
    return c_out * (c_in // groups) * k * k


@mistake(
    "conv_params",
    en="There is a bias for every weight here. A filter has one bias, whatever its size.",
    ko="가중치마다 편향을 하나씩 세었어요. 필터의 크기와 상관없이 필터마다 하나예요.",
)
def bias_for_every_weight(c_in, c_out, k, bias=True, groups=1):
    return _weights(c_in, c_out, k, groups) * (2 if bias else 1)


@mistake(
    "conv_params",
    en="There is a bias for every input channel of every filter. A filter adds one bias, after the sum over channels.",
    ko="필터의 입력 채널마다 편향을 하나씩 세었어요. 필터는 채널에 걸쳐 합한 다음 편향 하나를 더해요.",
)
def bias_for_every_channel(c_in, c_out, k, bias=True, groups=1):
    return _weights(c_in, c_out, k, groups) + (c_out * (c_in // groups) if bias else 0)


@mistake(
    "conv_params",
    en="The biases are counted for the input channels. There is one for each of the c_out filters.",
    ko="편향을 입력 채널의 수만큼 세었어요. c_out개의 필터마다 하나씩이에요.",
)
def bias_for_the_inputs(c_in, c_out, k, bias=True, groups=1):
    return _weights(c_in, c_out, k, groups) + (c_in if bias else 0)


@mistake(
    "conv_params",
    en="One bias serves the whole layer here. Each of the c_out filters has its own.",
    ko="층 전체에 편향을 하나만 세었어요. c_out개의 필터마다 하나씩 있어요.",
)
def a_single_bias(c_in, c_out, k, bias=True, groups=1):
    return _weights(c_in, c_out, k, groups) + (1 if bias else 0)


@mistake(
    "conv_params",
    en="The biases are left out, also where there are some.",
    ko="편향이 있을 때도 세지 않았어요.",
)
def biases_left_out(c_in, c_out, k, bias=True, groups=1):
    return _weights(c_in, c_out, k, groups)


@mistake(
    "conv_params",
    en="The biases are counted even when bias is False.",
    ko="bias가 False일 때도 편향을 세었어요.",
)
def biases_always(c_in, c_out, k, bias=True, groups=1):
    return _weights(c_in, c_out, k, groups) + c_out


@mistake(
    "conv_params",
    en="groups is not used: with groups a filter sees only c_in // groups channels.",
    ko="groups를 쓰지 않았어요. 그룹으로 나누면 필터 하나가 c_in // groups개의 채널만 봐요.",
)
def groups_not_used(c_in, c_out, k, bias=True, groups=1):
    return _weights(c_in, c_out, k, 1) + (c_out if bias else 0)


@mistake(
    "conv_params",
    en="Both numbers of channels are divided by groups. All c_out filters are there; each of them just sees fewer "
    "channels.",
    ko="입력과 출력의 채널 수를 모두 groups로 나눴어요. 필터는 그대로 c_out개이고, 하나하나가 보는 채널만 줄어요.",
)
def one_group_only(c_in, c_out, k, bias=True, groups=1):
    return (c_out // groups) * (c_in // groups) * k * k + (c_out if bias else 0)


@mistake(
    "conv_params",
    en="groups multiplies the weights. It divides them, since every filter sees fewer channels.",
    ko="가중치에 groups를 곱했어요. 필터마다 보는 채널이 줄어드니 나누어야 해요.",
)
def groups_multiply(c_in, c_out, k, bias=True, groups=1):
    return c_out * c_in * groups * k * k + (c_out if bias else 0)


@mistake(
    "conv_params",
    en="k counts once. A filter is k wide and k high.",
    ko="k를 한 번만 곱했어요. 필터는 너비도 k, 높이도 k예요.",
)
def k_counts_once(c_in, c_out, k, bias=True, groups=1):
    return c_out * (c_in // groups) * k + (c_out if bias else 0)


@mistake(
    "conv_params",
    en="The input channels do not count. A filter spans all of them (of its group).",
    ko="입력 채널을 세지 않았어요. 필터는 (제 그룹의) 모든 입력 채널에 걸쳐 있어요.",
)
def flat_filters(c_in, c_out, k, bias=True, groups=1):
    return c_out * k * k + (c_out if bias else 0)


@mistake(
    "conv_params",
    en="This is a float. Parameters are counted: divide with //.",
    ko="결과가 float이에요. 파라미터는 개수이니 //로 나누세요.",
)
def params_as_a_float(c_in, c_out, k, bias=True, groups=1):
    return c_out * (c_in / groups) * k * k + (c_out if bias else 0)


# --- conv_macs -------------------------------------------------------------------------------------------------------


@mistake(
    "conv_macs",
    en="The size of the input is used. A dot product is taken for every output: h_out * w_out, as they were passed in.",
    ko="입력의 크기를 썼어요. 내적은 출력마다 하니, 받은 h_out과 w_out을 그대로 곱하세요.",
)
def input_size_used(c_in, c_out, k, h_out, w_out, groups=1):
    return _weights(c_in, c_out, k, groups) * (h_out + k - 1) * (w_out + k - 1)


@mistake(
    "conv_macs",
    en="Multiplications and additions are counted apart. A multiply-accumulate is one of each and counts as one.",
    ko="곱셈과 덧셈을 따로 세었어요. 곱셈-누산은 둘을 합쳐 한 번으로 세요.",
)
def counted_twice(c_in, c_out, k, h_out, w_out, groups=1):
    return 2 * _weights(c_in, c_out, k, groups) * h_out * w_out


@mistake(
    "conv_macs",
    en="The biases are counted too. Adding a bias multiplies nothing; only weights count.",
    ko="편향까지 세었어요. 편향을 더할 때는 곱셈이 없으니 가중치만 세요.",
)
def biases_counted(c_in, c_out, k, h_out, w_out, groups=1):
    return (_weights(c_in, c_out, k, groups) + c_out) * h_out * w_out


@mistake(
    "conv_macs",
    en="groups is not used: with groups a filter sees only c_in // groups channels.",
    ko="groups를 쓰지 않았어요. 그룹으로 나누면 필터 하나가 c_in // groups개의 채널만 봐요.",
)
def macs_without_groups(c_in, c_out, k, h_out, w_out, groups=1):
    return _weights(c_in, c_out, k, 1) * h_out * w_out


@mistake(
    "conv_macs",
    en="k counts once. A filter is k wide and k high.",
    ko="k를 한 번만 곱했어요. 필터는 너비도 k, 높이도 k예요.",
)
def k_once(c_in, c_out, k, h_out, w_out, groups=1):
    return c_out * (c_in // groups) * k * h_out * w_out


@mistake(
    "conv_macs",
    en="These are the weights, each used once. A filter works at every one of the h_out * w_out places.",
    ko="가중치를 한 번씩만 세었어요. 필터는 h_out * w_out개의 자리마다 계산해요.",
)
def weights_for_work(c_in, c_out, k, h_out, w_out, groups=1):
    return _weights(c_in, c_out, k, groups)


@mistake(
    "conv_macs",
    en="The output is taken to be square: h_out counts twice and w_out not at all.",
    ko="출력을 정사각형으로 보았어요. h_out을 두 번 곱하고 w_out은 쓰지 않았어요.",
)
def square_output(c_in, c_out, k, h_out, w_out, groups=1):
    return _weights(c_in, c_out, k, groups) * h_out * h_out


@mistake(
    "conv_macs",
    en="The input channels do not count. Every output sums over all channels that its filter sees.",
    ko="입력 채널을 세지 않았어요. 출력마다 필터가 보는 모든 채널에 걸쳐 더해요.",
)
def one_channel_deep(c_in, c_out, k, h_out, w_out, groups=1):
    return c_out * k * k * h_out * w_out


@mistake(
    "conv_macs",
    en="The filters do not count. Each of the c_out filters makes a whole feature map.",
    ko="필터의 수를 세지 않았어요. c_out개의 필터가 저마다 특징 맵 한 장을 만들어요.",
)
def one_filter(c_in, c_out, k, h_out, w_out, groups=1):
    return (c_in // groups) * k * k * h_out * w_out


@mistake(
    "conv_macs",
    en="Both numbers of channels are divided by groups. All c_out filters work; each of them just sees fewer channels.",
    ko="입력과 출력의 채널 수를 모두 groups로 나눴어요. 필터는 c_out개가 모두 일하고, 하나하나가 보는 채널만 줄어요.",
)
def work_of_one_group(c_in, c_out, k, h_out, w_out, groups=1):
    return (c_out // groups) * (c_in // groups) * k * k * h_out * w_out


@mistake(
    "conv_macs",
    en="This is a float. The work is counted: divide with //.",
    ko="결과가 float이에요. 계산 횟수는 정수이니 //로 나누세요.",
)
def macs_as_a_float(c_in, c_out, k, h_out, w_out, groups=1):
    return c_out * (c_in / groups) * k * k * h_out * w_out


# --- bottleneck_saving -----------------------------------------------------------------------------------------------


@mistake(
    "bottleneck_saving",
    en="The two numbers have changed places: (direct, bottleneck).",
    ko="두 수의 순서가 바뀌었어요. (바로 갈 때, 병목을 거칠 때)의 순서예요.",
)
def swapped(c_in, c_mid, c_out, k):
    return reference.bottleneck_saving(c_in, c_mid, c_out, k)[::-1]


@mistake(
    "bottleneck_saving",
    en="Both layers of the bottleneck are k x k here. The first is 1 x 1: it mixes channels and looks at no neighbour.",
    ko="병목의 두 층을 모두 k x k로 계산했어요. 첫 층은 1 x 1이에요. 채널을 섞을 뿐 이웃은 보지 않아요.",
)
def both_layers_wide(c_in, c_mid, c_out, k):
    return k * k * c_in * c_out, k * k * c_in * c_mid + k * k * c_mid * c_out


@mistake(
    "bottleneck_saving",
    en="The k x k layer comes first here and the 1 x 1 layer last. The channels are reduced first, where they are "
    "cheap to reduce.",
    ko="k x k 층을 먼저, 1 x 1 층을 나중에 두었어요. 값싼 1 x 1로 채널부터 줄여요.",
)
def wide_layer_first(c_in, c_mid, c_out, k):
    return k * k * c_in * c_out, k * k * c_in * c_mid + c_mid * c_out


@mistake(
    "bottleneck_saving",
    en="This is ResNet's bottleneck with three layers: 1 x 1, k x k among c_mid channels, 1 x 1. Here there are two.",
    ko="층이 셋인 ResNet의 병목이에요(1 x 1, c_mid 사이의 k x k, 1 x 1). 여기서는 두 층이에요.",
)
def three_layers(c_in, c_mid, c_out, k):
    return k * k * c_in * c_out, c_in * c_mid + k * k * c_mid * c_mid + c_mid * c_out


@mistake(
    "bottleneck_saving",
    en="The biases are counted. Only weights are asked for.",
    ko="편향까지 세었어요. 가중치만 세면 돼요.",
)
def with_biases(c_in, c_mid, c_out, k):
    return k * k * c_in * c_out + c_out, c_in * c_mid + c_mid + k * k * c_mid * c_out + c_out


@mistake(
    "bottleneck_saving",
    en="k counts once. A filter is k wide and k high.",
    ko="k를 한 번만 곱했어요. 필터는 너비도 k, 높이도 k예요.",
)
def k_only_once(c_in, c_mid, c_out, k):
    return k * c_in * c_out, c_in * c_mid + k * c_mid * c_out


@mistake(
    "bottleneck_saving",
    en="The 1 x 1 layer is left out. It has c_in * c_mid weights of its own.",
    ko="1 x 1 층을 빠뜨렸어요. 이 층에도 가중치가 c_in * c_mid개 있어요.",
)
def one_by_one_left_out(c_in, c_mid, c_out, k):
    return k * k * c_in * c_out, k * k * c_mid * c_out


@mistake(
    "bottleneck_saving",
    en="The weights of the two layers are multiplied. Parameters of layers add up.",
    ko="두 층의 가중치 수를 곱했어요. 층의 파라미터 수는 더해요.",
)
def layers_multiplied(c_in, c_mid, c_out, k):
    return k * k * c_in * c_out, c_in * c_mid * (k * k * c_mid * c_out)


@mistake(
    "bottleneck_saving",
    en="The second number is what is saved. Return what the bottleneck itself has; the difference is for later.",
    ko="둘째 수가 절약한 양이에요. 병목이 가진 수를 그대로 돌려주세요. 뺄셈은 나중 일이에요.",
)
def difference_for_the_second(c_in, c_mid, c_out, k):
    direct, bottleneck = reference.bottleneck_saving(c_in, c_mid, c_out, k)
    return direct, direct - bottleneck


@mistake(
    "bottleneck_saving",
    en="The k x k layer still starts from c_in channels. Behind the 1 x 1 layer there are only c_mid.",
    ko="k x k 층이 여전히 c_in개의 채널에서 시작해요. 1 x 1 층을 지나면 c_mid개뿐이에요.",
)
def still_all_channels(c_in, c_mid, c_out, k):
    return k * k * c_in * c_out, c_in * c_mid + k * k * c_in * c_out


# --- alexnet_table and vgg16_table -----------------------------------------------------------------------------------


def _with(rows, **changed):
    """The rows with other parameters or another shape in some: `conv1=5` or `conv1=(1, 2, 3)`."""

    def row(name, shape, parameters):
        new = changed.get(name, parameters)
        return (name, new, parameters) if isinstance(new, tuple) else (name, shape, new)

    return [row(*each) for each in rows]


def _units(rows):
    return {name: shape[0] for name, shape, _ in rows}


def _inputs(rows, **seen):
    """The dense layers' parameters when they see other numbers of inputs."""
    units = _units(rows)
    return {name: (inputs + 1) * units[name] for name, inputs in seen.items()}


_ALEXNET_IN = {"conv1": 3, "conv2": 96, "conv3": 256, "conv4": 384, "conv5": 384}
_ALEXNET_K = {"conv1": 11, "conv2": 5, "conv3": 3, "conv4": 3, "conv5": 3}


def _alexnet_conv(names, groups):
    units = _units(reference.alexnet_table())
    return {name: reference.conv_params(_ALEXNET_IN[name], units[name], _ALEXNET_K[name], True, groups)
            for name in names}  # fmt: skip


@mistake(
    "alexnet_table",
    en="The two towers are ignored, which makes 62 378 344 parameters in all. In conv2, conv4 and conv5 a filter sees "
    "only the channels of its own tower.",
    ko="두 탑을 무시해서 파라미터가 모두 62 378 344개예요. conv2, conv4, conv5의 필터는 제 탑의 채널만 봐요.",
)
def groups_ignored():
    return _with(reference.alexnet_table(), **_alexnet_conv(["conv2", "conv4", "conv5"], 1))


@mistake(
    "alexnet_table",
    en="conv3 has groups too here. It is the one convolution in which the two towers see each other.",
    ko="conv3에도 그룹을 썼어요. conv3은 두 탑이 서로의 채널을 보는 유일한 합성곱이에요.",
)
def conv3_in_groups():
    return _with(reference.alexnet_table(), **_alexnet_conv(["conv3"], 2))


@mistake(
    "alexnet_table",
    en="pool5 is forgotten: fc6 does not see 13 x 13 maps but what the last pooling leaves of them.",
    ko="pool5를 잊었어요. fc6은 13 x 13 특징 맵이 아니라 마지막 풀링을 거쳐 줄어든 맵을 봐요.",
)
def pool5_forgotten():
    rows = reference.alexnet_table()
    return _with(rows, **_inputs(rows, fc6=13 * 13 * 256))


@mistake(
    "alexnet_table",
    en="The two towers are ignored and pool5 is forgotten: conv2, conv4 and conv5 have groups, and fc6 sees what the "
    "last pooling leaves.",
    ko="두 탑을 무시했고 pool5도 잊었어요. conv2, conv4, conv5에는 그룹이 있고, fc6은 마지막 풀링이 남긴 맵을 봐요.",
)
def groups_and_pool5():
    rows = reference.alexnet_table()
    return _with(rows, **_alexnet_conv(["conv2", "conv4", "conv5"], 1), **_inputs(rows, fc6=13 * 13 * 256))


@mistake(
    "alexnet_table",
    en="The biases are forgotten, in every row. Each filter and each unit has one.",
    ko="모든 행에서 편향을 빠뜨렸어요. 필터마다, 유닛마다 하나씩 있어요.",
)
def biases_forgotten():
    return [(name, shape, parameters - shape[0]) for name, shape, parameters in reference.alexnet_table()]


@mistake(
    "alexnet_table",
    en="The biases of the dense layers are forgotten: fc6, fc7 and fc8 have one a unit.",
    ko="완전 연결층의 편향을 빠뜨렸어요. fc6, fc7, fc8에는 유닛마다 하나씩 있어요.",
)
def dense_biases_forgotten():
    return [
        (name, shape, parameters - (shape[0] if len(shape) == 1 else 0))
        for name, shape, parameters in reference.alexnet_table()
    ]


@mistake(
    "alexnet_table",
    en="The biases of the convolutions are forgotten: each filter has one.",
    ko="합성곱의 편향을 빠뜨렸어요. 필터마다 하나씩 있어요.",
)
def convolution_biases_forgotten():
    return [
        (name, shape, parameters - (shape[0] if len(shape) == 3 else 0))
        for name, shape, parameters in reference.alexnet_table()
    ]


@mistake(
    "alexnet_table",
    en="The shapes are those after pooling. The table asks for what each convolution itself gives, before pooling.",
    ko="풀링을 거친 모양이에요. 표에는 풀링하기 전, 합성곱의 출력 모양을 적어요.",
)
def shapes_after_pooling():
    return _with(reference.alexnet_table(), conv1=(96, 27, 27), conv2=(256, 13, 13), conv5=(256, 6, 6))


@mistake(
    "alexnet_table",
    en="conv1 gives 54 x 54 here: that follows from 224 pixels, as the paper prints them. Its own 55 x 55 needs 227.",
    ko="conv1의 출력이 54 x 54예요. 논문에 적힌 224픽셀로 계산하면 그렇게 돼요. 논문의 55 x 55가 나오려면 "
    "227픽셀이어야 해요.",
)
def from_224_pixels():
    return _with(reference.alexnet_table(), conv1=(96, 54, 54))


@mistake(
    "alexnet_table",
    en="These are the shapes of one tower. Both belong to the network, so each convolution has twice as many maps.",
    ko="탑 하나의 모양이에요. 두 탑이 모두 신경망에 들어 있으니 합성곱마다 특징 맵이 두 배예요.",
)
def one_tower():
    rows = reference.alexnet_table()
    return [
        (name, (shape[0] // 2, *shape[1:]) if len(shape) == 3 else shape, parameters)
        for name, shape, parameters in rows
    ]


@mistake(
    "alexnet_table",
    en="The channels come last in the shapes. They come first, as everywhere in this chapter: (C, H, W).",
    ko="모양에서 채널이 맨 뒤에 있어요. 이 장의 다른 곳처럼 채널이 먼저예요(C, H, W).",
)
def channels_last():
    return [(name, (*shape[1:], *shape[:1]), parameters) for name, shape, parameters in reference.alexnet_table()]


@mistake(
    "alexnet_table",
    en="This is the other AlexNet, the one with a single tower (64, 192, 384, 256 and 256 filters) that torchvision "
    "ships. The table asks for the paper's two towers.",
    ko="torchvision에 든, 탑이 하나인 다른 AlexNet(필터 64, 192, 384, 256, 256개)이에요. 표에는 논문의 탑 두 개짜리를 "
    "적으세요.",
)
def the_single_tower_version():
    filters = [(3, 64, 11, 55), (64, 192, 5, 27), (192, 384, 3, 13), (384, 256, 3, 13), (256, 256, 3, 13)]
    rows = [
        (f"conv{number}", (c_out, size, size), reference.conv_params(c_in, c_out, k))
        for number, (c_in, c_out, k, size) in enumerate(filters, 1)
    ]
    return rows + reference.alexnet_table()[5:]


@mistake(
    "vgg16_table",
    en="pool5 is forgotten: fc6 does not see 14 x 14 maps but what the last pooling leaves of them.",
    ko="pool5를 잊었어요. fc6은 14 x 14 특징 맵이 아니라 마지막 풀링을 거쳐 줄어든 맵을 봐요.",
)
def vgg_pool5_forgotten():
    rows = reference.vgg16_table()
    return _with(rows, **_inputs(rows, fc6=14 * 14 * 512))


@mistake(
    "vgg16_table",
    en="The biases are forgotten, in every row. Each filter and each unit has one.",
    ko="모든 행에서 편향을 빠뜨렸어요. 필터마다, 유닛마다 하나씩 있어요.",
)
def vgg_biases_forgotten():
    return [(name, shape, parameters - shape[0]) for name, shape, parameters in reference.vgg16_table()]


@mistake(
    "vgg16_table",
    en="The biases of the dense layers are forgotten: fc6, fc7 and fc8 have one a unit.",
    ko="완전 연결층의 편향을 빠뜨렸어요. fc6, fc7, fc8에는 유닛마다 하나씩 있어요.",
)
def vgg_dense_biases_forgotten():
    return [
        (name, shape, parameters - (shape[0] if len(shape) == 1 else 0))
        for name, shape, parameters in reference.vgg16_table()
    ]


@mistake(
    "vgg16_table",
    en="The biases of the convolutions are forgotten: each filter has one.",
    ko="합성곱의 편향을 빠뜨렸어요. 필터마다 하나씩 있어요.",
)
def vgg_convolution_biases_forgotten():
    return [
        (name, shape, parameters - (shape[0] if len(shape) == 3 else 0))
        for name, shape, parameters in reference.vgg16_table()
    ]


@mistake(
    "vgg16_table",
    en="The last layer of each block has its shape after pooling. The table asks for shapes before pooling.",
    ko="블록마다 마지막 층에 풀링을 거친 모양을 적었어요. 표에는 풀링하기 전의 모양을 적어요.",
)
def vgg_last_shapes_after_pooling():
    rows, ends = reference.vgg16_table(), {"conv1_2", "conv2_2", "conv3_3", "conv4_3", "conv5_3"}
    return [
        (name, (shape[0], shape[1] // 2, shape[2] // 2) if name in ends else shape, parameters)
        for name, shape, parameters in rows
    ]


@mistake(
    "vgg16_table",
    en="Each block's size is halved already. Pooling comes after a block, so the first one works on 224 x 224.",
    ko="블록마다 크기가 이미 절반이에요. 풀링은 블록 다음에 있으니 첫 블록은 224 x 224에서 계산해요.",
)
def vgg_halved_too_early():
    return [
        (name, (shape[0], shape[1] // 2, shape[2] // 2) if len(shape) == 3 else shape, parameters)
        for name, shape, parameters in reference.vgg16_table()
    ]


@mistake(
    "vgg16_table",
    en="Within a block every layer has the first one's number of inputs. From the second layer on, the input is what "
    "the layer before gave.",
    ko="블록 안의 모든 층에 첫 층의 입력 채널 수를 썼어요. 둘째 층부터는 앞 층의 출력이 입력이에요.",
)
def vgg_inputs_not_updated():
    first = {"1": 3, "2": 64, "3": 128, "4": 256, "5": 512}
    return [
        (name, shape, reference.conv_params(first[name[4]], shape[0], 3) if name.startswith("conv") else parameters)
        for name, shape, parameters in reference.vgg16_table()
    ]


@mistake(
    "vgg16_table",
    en="Without padding every convolution would lose two rows and columns. VGG's have padding 1 and keep the size.",
    ko="패딩이 없다고 보아 합성곱마다 행과 열이 둘씩 줄었어요. VGG의 합성곱은 패딩이 1이라 크기를 지켜요.",
)
def vgg_without_padding():
    rows, size, block = [], 224, "1"
    for name, shape, parameters in reference.vgg16_table():
        if name.startswith("conv"):
            if name[4] != block:
                size, block = size // 2, name[4]
            size -= 2
            shape = (shape[0], size, size)
        rows.append((name, shape, parameters))
    return rows


@mistake(
    "vgg16_table",
    en="The channels double once too often: blocks 4 and 5 both have 512.",
    ko="채널이 한 번 더 두 배가 되었어요. 네 번째 블록과 다섯 번째 블록은 모두 512예요.",
)
def vgg_doubles_once_more():
    rows = []
    for name, shape, parameters in reference.vgg16_table():
        if name.startswith("conv5"):
            c_in = 512 if name == "conv5_1" else 1024
            shape, parameters = (1024, *shape[1:]), reference.conv_params(c_in, 1024, 3)
        rows.append((name, shape, 7 * 7 * 1024 * 4096 + 4096 if name == "fc6" else parameters))
    return rows


@mistake(
    "vgg16_table",
    en="The channels come last in the shapes. They come first, as everywhere in this chapter: (C, H, W).",
    ko="모양에서 채널이 맨 뒤에 있어요. 이 장의 다른 곳처럼 채널이 먼저예요(C, H, W).",
)
def vgg_channels_last():
    return [(name, (*shape[1:], *shape[:1]), parameters) for name, shape, parameters in reference.vgg16_table()]


# --- train_cnn -------------------------------------------------------------------------------------------------------


def _nearest(images, known):
    return np.square(np.asarray(images)[:, None] - known[None]).sum(axis=(2, 3)).argmin(axis=1)


@mistake(
    "train_cnn",
    en="Nothing has been learned: each image gets the label of the training image that is nearest to it, pixel by "
    "pixel. Train filters and weights.",
    ko="배운 것이 없어요. 픽셀끼리 견주어 가장 가까운 학습 데이터의 레이블을 돌려주고 있어요. 필터와 가중치를 "
    "학습하세요.",
)
def nearest_image(x, labels, rng):
    return lambda images: labels[_nearest(images, x)]


@mistake(
    "train_cnn",
    en="It knows the training images by heart and nothing else. On images that it has not seen it must answer too.",
    ko="학습 데이터의 이미지만 통째로 외웠어요. 보지 못한 이미지에도 답할 수 있어야 해요.",
)
def memorises(x, labels, rng):
    known = {image.tobytes(): label for image, label in zip(x, labels, strict=True)}
    return lambda images: np.array([known.get(np.ascontiguousarray(image).tobytes(), 0) for image in images])


@mistake(
    "train_cnn",
    en="The network has seen the held-out digits. Train on x and labels, on nothing else.",
    ko="따로 떼어 둔 숫자로 학습했어요. x와 labels로만 학습하세요.",
)
def trains_on_the_held_out(x, labels, rng):
    from dlbasic import digits

    _, _, held_out, answers = digits()
    held_out = held_out.reshape(-1, 8, 8)
    return lambda images: answers[_nearest(images, held_out)]


@mistake(
    "train_cnn",
    en="predict returns scores, one row of 10 an image. Return the label with the highest score: np.argmax along axis "
    "1.",
    ko="predict가 이미지마다 점수 10개를 돌려줘요. 점수가 가장 높은 레이블을 돌려주세요. 1번 축을 따라 np.argmax를 "
    "쓰면 돼요.",
)
def returns_scores(x, labels, rng):
    predict = reference.train_cnn(x, labels, rng)
    return lambda images: np.eye(10)[predict(images)]


@mistake(
    "train_cnn",
    en="predict works on (N, 1, 8, 8) only. It is called with (N, 8, 8): add the channel axis inside.",
    ko="predict가 (N, 1, 8, 8)만 받아요. (N, 8, 8)로 부르니 채널 축은 안에서 붙이세요.",
)
def needs_a_channel_axis(x, labels, rng):
    predict = reference.train_cnn(x, labels, rng)

    def with_channels(images):
        count, _, height, width = images.shape
        return predict(images.reshape(count, height, width))

    return with_channels


@mistake(
    "train_cnn",
    en="predict works on flattened rows (N, 64) only. It is called with images (N, 8, 8).",
    ko="predict가 한 줄로 편 (N, 64)만 받아요. 이미지 (N, 8, 8)로 불러요.",
)
def needs_flat_rows(x, labels, rng):
    predict = reference.train_cnn(x, labels, rng)

    def flat(rows):
        count, size = rows.shape
        return predict(rows.reshape(count, 8, size // 8))

    return flat


@mistake(
    "train_cnn",
    en="This is a number, an accuracy perhaps. Return the function predict itself.",
    ko="수(아마도 정확도)를 돌려주고 있어요. 함수 predict 자체를 돌려주세요.",
)
def returns_the_accuracy(x, labels, rng):
    return float(np.mean(reference.train_cnn(x, labels, rng)(x) == labels))


@mistake(
    "train_cnn",
    en="These are labels, not a function: predict has been called already. Return predict itself, without parentheses.",
    ko="함수가 아니라 레이블이에요. predict를 이미 불렀네요. 괄호 없이 predict 자체를 돌려주세요.",
)
def returns_the_labels(x, labels, rng):
    return reference.train_cnn(x, labels, rng)(x)


@mistake(
    "train_cnn",
    en="These are parameters or a list of things. Return one function, predict, that has them inside.",
    ko="파라미터나 여러 값을 묶어 돌려주고 있어요. 그것을 안에 품은 함수 predict 하나만 돌려주세요.",
)
def returns_more_than_a_function(x, labels, rng):
    return reference.train_cnn(x, labels, rng), [0.0]


@mistake(
    "train_cnn",
    en="predict answers for the first image only. It gets (N, 8, 8) and returns N labels.",
    ko="predict가 첫 이미지에만 답해요. (N, 8, 8)을 받아 레이블 N개를 돌려주세요.",
)
def first_image_only(x, labels, rng):
    predict = reference.train_cnn(x, labels, rng)
    return lambda images: int(predict(images)[0])


@mistake(
    "train_cnn",
    en="Something random does not come from the rng that was passed in: the same seed gives another network.",
    ko="인자로 받은 rng에서 뽑지 않은 난수가 있어요. 시드가 같은데 신경망이 달라져요.",
)
def not_from_rng(x, labels, rng):
    return reference.train_cnn(x, labels, np.random.default_rng())


@mistake(
    "train_cnn",
    en="An image's label depends on the images that it is shown with. Use nothing of the batch when you predict.",
    ko="함께 보여 준 이미지에 따라 레이블이 달라져요. 예측할 때는 배치에서 얻은 값을 쓰지 마세요.",
)
def depends_on_the_batch(x, labels, rng):
    predict = reference.train_cnn(x, labels, rng)
    return lambda images: predict((images - images.mean(axis=0)) / (images.std(axis=0) + 0.1))


@mistake(
    "train_cnn",
    en="x has been changed in place. Work on a copy, or make a new array.",
    ko="x를 그 자리에서 바꿨어요. 복사본에서 계산하거나 새 배열을 만드세요.",
)
def changes_x(x, labels, rng):
    predict = reference.train_cnn(x, labels, rng)
    x -= x.mean()
    return predict
