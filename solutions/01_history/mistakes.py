"""Known wrong answers, written as a learner would write them; the text names the mistake and says what to look at."""

import numpy as np

from dlbasic.authoring import mistake, reference

# --- ingredients -----------------------------------------------------------------------------------------------------


@mistake(
    "ingredients",
    en="Maximum likelihood is listed as an algorithm. It says what is to be made small (the negative log-likelihood), "
    "not by which steps.",
    ko="최대 가능도를 알고리즘으로 적었어요. 최대 가능도는 무엇을 줄일지(음의 로그 가능도)를 정할 뿐, "
    "어떤 걸음으로 줄일지는 말하지 않아요.",
)
def likelihood_as_algorithm():
    return {**reference.ingredients(), "maximum likelihood": "algorithm"}


@mistake(
    "ingredients",
    en="Maximum likelihood is listed as a model. It measures how well a model fits, whatever that model is.",
    ko="최대 가능도를 모델로 적었어요. 최대 가능도는 모델이 얼마나 맞는지를 재는 기준이지 모델이 아니에요.",
)
def likelihood_as_model():
    return {**reference.ingredients(), "maximum likelihood": "model"}


@mistake(
    "ingredients",
    en="GAN is listed as a loss. It is two networks; the two losses of gan_losses are what they are trained with.",
    ko="GAN을 손실로 적었어요. GAN은 두 신경망이고, gan_losses의 두 손실은 그 신경망을 학습시키는 데 써요.",
)
def gan_as_loss():
    return {**reference.ingredients(), "GAN": "loss"}


@mistake(
    "ingredients",
    en="GAN is listed as an algorithm. The name stands for two networks; SGD or Adam takes their steps.",
    ko="GAN을 알고리즘으로 적었어요. 이 이름은 두 신경망을 가리켜요. 걸음을 내딛는 것은 SGD나 Adam이에요.",
)
def gan_as_algorithm():
    return {**reference.ingredients(), "GAN": "algorithm"}


@mistake(
    "ingredients",
    en="GAN is listed as a loss and maximum likelihood as an algorithm. Ask of each what it is, not what it is used "
    "for.",
    ko="GAN을 손실로, 최대 가능도를 알고리즘으로 적었어요. 어디에 쓰는지가 아니라 그것이 무엇인지를 따져 보세요.",
)
def gan_as_loss_and_likelihood_as_algorithm():
    return {**reference.ingredients(), "GAN": "loss", "maximum likelihood": "algorithm"}


@mistake(
    "ingredients",
    en="VQA is listed as a model. It is a set of pictures with questions and answers; models are tried on it.",
    ko="VQA를 모델로 적었어요. VQA는 사진과 질문, 답을 모은 데이터예요. 모델을 시험할 때 써요.",
)
def vqa_as_model():
    return {**reference.ingredients(), "VQA": "model"}


@mistake(
    "ingredients",
    en="The three that take steps are listed as models. An optimizer changes a model's weights; it has no answer of "
    "its own.",
    ko="걸음을 내딛는 세 가지를 모델로 적었어요. 옵티마이저는 모델의 가중치를 바꿀 뿐 스스로 답을 내지 않아요.",
)
def optimizers_as_models():
    return {name: "model" if kind == "algorithm" else kind for name, kind in reference.ingredients().items()}


@mistake(
    "ingredients",
    en='The four words are in lower case: "data", "model", "loss", "algorithm".',
    ko='네 단어는 소문자로 써요: "data", "model", "loss", "algorithm".',
)
def capital_letters():
    return {name: kind.capitalize() for name, kind in reference.ingredients().items()}


@mistake(
    "ingredients",
    en="The dict is the wrong way round: the twelve names are the keys, and each has one of the four words.",
    ko="딕셔너리의 방향이 반대예요. 열두 이름이 키이고, 이름마다 네 단어 가운데 하나를 적어요.",
)
def kinds_as_keys():
    kinds = reference.ingredients()
    return {kind: [name for name in kinds if kinds[name] == kind] for kind in ("data", "model", "loss", "algorithm")}


# --- timeline --------------------------------------------------------------------------------------------------------


def _with(**years):
    return {**reference.timeline(), **{name.replace("_", "-"): year for name, year in years.items()}}


@mistake(
    "timeline",
    en="Only GAN is off. It is often put at 2015, but the paper is arXiv 1406.2661: the first two digits are the year.",
    ko="GAN의 연도만 틀렸어요. 2015년이라고 적는 일이 많지만 논문은 arXiv 1406.2661이에요. 처음 두 자리가 연도예요.",
)
def gan_in_2015():
    return _with(GAN=2015)


@mistake(
    "timeline",
    en="Only Adam is off. 2015 is the year of the conference (ICLR); the paper was on arXiv in December of the year "
    "before.",
    ko="Adam의 연도만 틀렸어요. 2015년은 학회(ICLR)가 열린 해이고, 논문은 그 전해 12월에 arXiv에 올라왔어요.",
)
def adam_at_its_conference():
    return _with(Adam=2015)


@mistake(
    "timeline",
    en="Only ResNet is off. 2016 is the year of the conference (CVPR); the paper was on arXiv in December of the year "
    "before.",
    ko="ResNet의 연도만 틀렸어요. 2016년은 학회(CVPR)가 열린 해이고, 논문은 그 전해 12월에 arXiv에 올라왔어요.",
)
def resnet_at_its_conference():
    return _with(ResNet=2016)


@mistake(
    "timeline",
    en="Adam and ResNet have the years of their conferences. First published means arXiv, where there is one.",
    ko="Adam과 ResNet에 학회가 열린 해를 적었어요. arXiv 논문이 있으면 거기 올라온 해가 처음 발표된 해예요.",
)
def adam_and_resnet_at_their_conferences():
    return _with(Adam=2015, ResNet=2016)


@mistake(
    "timeline",
    en="Only DQN is off. 2015 is the article in Nature; a first paper on Atari games was on arXiv two years earlier.",
    ko="DQN의 연도만 틀렸어요. 2015년은 Nature에 실린 해예요. "
    "Atari 게임을 다룬 첫 논문은 두 해 앞서 arXiv에 올라왔어요.",
)
def dqn_in_nature():
    return _with(DQN=2015)


@mistake(
    "timeline",
    en="Only BERT is off. 2019 is the year of the conference (NAACL); the paper was on arXiv in the October before.",
    ko="BERT의 연도만 틀렸어요. 2019년은 학회(NAACL)가 열린 해이고, 논문은 그 전해 10월에 arXiv에 올라왔어요.",
)
def bert_at_its_conference():
    return _with(BERT=2019)


@mistake(
    "timeline",
    en="These are the years of the conferences and journals. First published means arXiv, where there is one; for four "
    "of the eleven that is earlier.",
    ko="학회나 학술지의 연도를 적었어요. arXiv 논문이 있으면 거기 올라온 해가 처음 발표된 해예요. "
    "열한 개 가운데 네 개는 그쪽이 더 일러요.",
)
def everything_at_its_conference():
    return _with(DQN=2015, Adam=2015, ResNet=2016, BERT=2019)


@mistake(
    "timeline",
    en="Only GPT-3 is off. It is often thrown together with GPT-2, which came a year earlier.",
    ko="GPT-3의 연도만 틀렸어요. 한 해 먼저 나온 GPT-2와 한데 묶어 적는 일이 많아요.",
)
def gpt3_with_gpt2():
    return _with(GPT_3=2019)


@mistake(
    "timeline",
    en="Two years are off, as they are in many lecture notes: that of GAN (arXiv 1406.2661) and that of GPT-3, which "
    "did not appear together with GPT-2.",
    ko="강의 노트에 흔히 그렇듯 두 곳이 틀렸어요. GAN(arXiv 1406.2661)의 연도와 GPT-3의 연도예요. "
    "GPT-3은 GPT-2와 같은 해에 나오지 않았어요.",
)
def as_in_many_notes():
    return _with(GAN=2015, GPT_3=2019)


@mistake(
    "timeline",
    en="Only AlexNet is off. The data set, ImageNet, is from 2009; the network won its contest three years later.",
    ko="AlexNet의 연도만 틀렸어요. 2009년은 데이터인 ImageNet이 나온 해이고, 신경망은 세 해 뒤 그 대회에서 우승했어요.",
)
def alexnet_with_imagenet():
    return _with(AlexNet=2009)


@mistake(
    "timeline",
    en="The years are whole numbers: without quotation marks.",
    ko="연도는 정수예요. 따옴표 없이 쓰세요.",
)
def years_as_strings():
    return {name: str(year) for name, year in reference.timeline().items()}


# --- q_update --------------------------------------------------------------------------------------------------------


def _moved(q, state, action, lr, target):
    updated = np.array(q, dtype=float)
    updated[state, action] += lr * (target - updated[state, action])
    return updated


@mistake(
    "q_update",
    en="The next state's value is read at the action that was just taken. Q-learning looks at the best action there: "
    "a max is missing.",
    ko="다음 상태의 값을 방금 한 행동의 자리에서 읽었어요. Q러닝은 다음 상태에서 가장 좋은 행동을 봐요. "
    "최댓값이 빠졌어요.",
)
def no_max(q, state, action, reward, next_state, lr, discount, done):
    q = np.asarray(q)
    return _moved(q, state, action, lr, reward + (0.0 if done else discount * q[next_state, action]))


@mistake(
    "q_update",
    en="The next state's value is the mean over its actions. Q-learning assumes that the best one will be taken.",
    ko="다음 상태의 값으로 행동들의 평균을 썼어요. Q러닝은 가장 좋은 행동을 한다고 가정해요.",
)
def mean_of_the_next_state(q, state, action, reward, next_state, lr, discount, done):
    q = np.asarray(q)
    return _moved(q, state, action, lr, reward + (0.0 if done else discount * q[next_state].mean()))


@mistake(
    "q_update",
    en="The episode is over (done is True), but the target still looks at next_state. A terminal state has no future: "
    "the target is the reward alone.",
    ko="에피소드가 끝났는데(done이 True) 목표값에 next_state의 값이 들어 있어요. 끝난 상태에는 미래가 없으니 "
    "목표값은 보상뿐이에요.",
)
def bootstraps_from_a_terminal_state(q, state, action, reward, next_state, lr, discount, done):
    return _moved(q, state, action, lr, reward + discount * np.max(np.asarray(q)[next_state]))


@mistake(
    "q_update",
    en="done is used the wrong way round: the future counts only when the episode is over.",
    ko="done을 반대로 썼어요. 에피소드가 끝났을 때만 미래를 더하고 있어요.",
)
def done_the_wrong_way_round(q, state, action, reward, next_state, lr, discount, done):
    return reference.q_update(q, state, action, reward, next_state, lr, discount, not done)


@mistake(
    "q_update",
    en="The numbers are right, but q itself was changed. Whoever called may still need the old table: work on a copy.",
    ko="값은 맞지만 q 자체가 바뀌었어요. 함수를 부른 쪽에서 옛 표를 더 쓸 수 있으니 복사본에서 계산하세요.",
)
def changes_q(q, state, action, reward, next_state, lr, discount, done):
    target = reward if done else reward + discount * np.max(q[next_state])
    q[state, action] += lr * (target - q[state, action])
    return q


@mistake(
    "q_update",
    en="The numbers are right, but q itself was changed: np.asarray makes no copy of what is an array already. "
    "np.array does.",
    ko="값은 맞지만 q 자체가 바뀌었어요. 이미 배열인 것을 np.asarray에 넣으면 복사하지 않아요. np.array는 복사해요.",
)
def changes_q_through_asarray(q, state, action, reward, next_state, lr, discount, done):
    q = np.asarray(q, dtype=float)
    target = reward if done else reward + discount * np.max(q[next_state])
    q[state, action] += lr * (target - q[state, action])
    return q


@mistake(
    "q_update",
    en="The maximum is taken over the whole table. Only the row of next_state can be reached from here.",
    ko="최댓값을 표 전체에서 구했어요. 여기서 갈 수 있는 곳은 next_state의 행뿐이에요.",
)
def maximum_of_the_whole_table(q, state, action, reward, next_state, lr, discount, done):
    return _moved(q, state, action, lr, reward + (0.0 if done else discount * np.max(q)))


@mistake(
    "q_update",
    en="The maximum is taken in the row of state, where the agent was. The future lies in next_state.",
    ko="최댓값을 state의 행, 곧 떠나온 상태에서 구했어요. 미래는 next_state에 있어요.",
)
def maximum_of_the_old_state(q, state, action, reward, next_state, lr, discount, done):
    return _moved(q, state, action, lr, reward + (0.0 if done else discount * np.max(np.asarray(q)[state])))


@mistake(
    "q_update",
    en="argmax gives the number of the best action, not its value.",
    ko="argmax는 가장 좋은 행동의 번호예요. 필요한 것은 그 행동의 값이에요.",
)
def argmax_for_max(q, state, action, reward, next_state, lr, discount, done):
    return _moved(q, state, action, lr, reward + (0.0 if done else discount * np.argmax(np.asarray(q)[next_state])))


@mistake(
    "q_update",
    en="The future is not discounted: the next state's value is to be multiplied by discount.",
    ko="미래를 할인하지 않았어요. 다음 상태의 값에 discount를 곱해야 해요.",
)
def no_discount(q, state, action, reward, next_state, lr, discount, done):
    return reference.q_update(q, state, action, reward, next_state, lr, 1.0, done)


@mistake(
    "q_update",
    en="discount multiplies the reward too. Only what comes after it is discounted.",
    ko="보상에도 discount를 곱했어요. 할인하는 것은 그다음에 올 값뿐이에요.",
)
def reward_discounted(q, state, action, reward, next_state, lr, discount, done):
    future = 0.0 if done else np.max(np.asarray(q)[next_state])
    return _moved(q, state, action, lr, discount * (reward + future))


@mistake(
    "q_update",
    en="The entry jumps all the way to the target; the learning rate is not used.",
    ko="목표값으로 한 번에 건너뛰었어요. 학습률을 쓰지 않았어요.",
)
def learning_rate_ignored(q, state, action, reward, next_state, lr, discount, done):
    return reference.q_update(q, state, action, reward, next_state, 1.0, discount, done)


@mistake(
    "q_update",
    en="lr times the target is added without taking the old value off first: move by a share of the difference.",
    ko="옛값을 빼지 않고 목표값에 lr을 곱해 더하기만 했어요. 차이의 일부만큼 움직여야 해요.",
)
def old_value_not_subtracted(q, state, action, reward, next_state, lr, discount, done):
    updated = np.array(q, dtype=float)
    updated[state, action] += lr * (reward + (0.0 if done else discount * updated[next_state].max()))
    return updated


@mistake(
    "q_update",
    en="The old value is taken off twice: (1 - lr) times it is already the rest that stays, so no difference is needed "
    "in the other term.",
    ko="옛값을 두 번 뺐어요. (1 - lr)을 곱한 것이 이미 남는 몫이니, 다른 항에서 또 차이를 구하지 마세요.",
)
def old_value_taken_off_twice(q, state, action, reward, next_state, lr, discount, done):
    updated = np.array(q, dtype=float)
    target = reward + (0.0 if done else discount * updated[next_state].max())
    updated[state, action] = (1 - lr) * updated[state, action] + lr * (target - updated[state, action])
    return updated


@mistake(
    "q_update",
    en="When the episode is over, the entry is set to the reward. Only the target is the reward alone: the entry still "
    "moves just the share lr of the way.",
    ko="에피소드가 끝났을 때 값을 바로 보상으로 바꿨어요. 목표값만 보상이 될 뿐, 값은 여전히 lr의 비율만큼만 움직여요.",
)
def terminal_entry_is_the_reward(q, state, action, reward, next_state, lr, discount, done):
    return reference.q_update(q, state, action, reward, next_state, 1.0 if done else lr, discount, done)


@mistake(
    "q_update",
    en="The entry moves away from the target: the difference has the wrong sign.",
    ko="값이 목표값에서 멀어져요. 차이의 부호가 반대예요.",
)
def away_from_the_target(q, state, action, reward, next_state, lr, discount, done):
    return reference.q_update(q, state, action, reward, next_state, -lr, discount, done)


@mistake(
    "q_update",
    en="This is only the new entry. The whole table is asked for, with that entry in its place.",
    ko="새로 구한 값 하나뿐이에요. 그 값을 제자리에 넣은 표 전체를 돌려주세요.",
)
def only_the_entry(q, state, action, reward, next_state, lr, discount, done):
    return float(reference.q_update(q, state, action, reward, next_state, lr, discount, done)[state, action])


# --- greedy_decode ---------------------------------------------------------------------------------------------------


@mistake(
    "greedy_decode",
    en="The start token is in the answer. It was given, not emitted: leave it out.",
    ko="답에 시작 토큰이 들어 있어요. 모델이 낸 것이 아니라 주어진 것이니 빼세요.",
)
def keeps_the_start_token(step, start, end, max_len):
    return [start, *reference.greedy_decode(step, start, end, max_len)]


@mistake(
    "greedy_decode",
    en="The end token is in the answer. It says that nothing more follows; look before you append.",
    ko="답에 끝 토큰이 들어 있어요. 더 나올 것이 없다는 표시일 뿐이니, 붙이기 전에 확인하세요.",
)
def keeps_the_end_token(step, start, end, max_len):
    prefix = [start]
    for _ in range(max_len):
        prefix.append(int(np.argmax(step(prefix))))
        if prefix[-1] == end:
            break
    return prefix[1:]


@mistake(
    "greedy_decode",
    en="Both the start and the end token are in the answer. Neither was said: return what stands between them.",
    ko="답에 시작 토큰과 끝 토큰이 모두 들어 있어요. 둘 다 모델이 한 말이 아니니, 그 사이의 토큰만 돌려주세요.",
)
def keeps_start_and_end(step, start, end, max_len):
    return [start, *keeps_the_end_token(step, start, end, max_len)]


@mistake(
    "greedy_decode",
    en="max_len is ignored: only the end token stops this loop. A model that never says end would never stop.",
    ko="max_len을 쓰지 않아서 끝 토큰이 나와야만 멈춰요. 끝 토큰을 내지 않는 모델이라면 영원히 돌아요.",
)
def max_len_ignored(step, start, end, max_len):
    prefix = [start]
    while (token := int(np.argmax(step(prefix)))) != end:
        prefix.append(token)
    return prefix[1:]


@mistake(
    "greedy_decode",
    en="One token short when max_len ends the loop: max_len counts the emitted tokens, and the start token is none.",
    ko="max_len에서 멈출 때 토큰이 하나 모자라요. max_len은 낸 토큰의 수예요. 시작 토큰은 세지 않아요.",
)
def one_too_few(step, start, end, max_len):
    return reference.greedy_decode(step, start, end, max_len - 1)


@mistake(
    "greedy_decode",
    en="One token too many when max_len ends the loop: stop as soon as max_len tokens have been emitted.",
    ko="max_len에서 멈출 때 토큰이 하나 많아요. 토큰을 max_len개 냈으면 바로 멈추세요.",
)
def one_too_many(step, start, end, max_len):
    return reference.greedy_decode(step, start, end, max_len + 1)


@mistake(
    "greedy_decode",
    en="The end token doesn't stop the loop: decoding goes on until max_len.",
    ko="끝 토큰이 나와도 멈추지 않고 max_len까지 계속해요.",
)
def end_ignored(step, start, end, max_len):
    prefix = [start]
    for _ in range(max_len):
        prefix.append(int(np.argmax(step(prefix))))
    return prefix[1:]


@mistake(
    "greedy_decode",
    en="step sees only the last token each time. It is asked about the whole prefix: all tokens so far, start first.",
    ko="step에 매번 마지막 토큰만 넣었어요. 시작 토큰부터 지금까지의 토큰 전체를 넣어야 해요.",
)
def only_the_last_token(step, start, end, max_len):
    tokens, last = [], start
    for _ in range(max_len):
        last = int(np.argmax(step([last])))
        if last == end:
            break
        tokens.append(last)
    return tokens


@mistake(
    "greedy_decode",
    en="step is asked about the emitted tokens only. The prefix begins with the start token.",
    ko="step에 모델이 낸 토큰만 넣었어요. 접두 리스트는 시작 토큰으로 시작해요.",
)
def prefix_without_start(step, start, end, max_len):
    tokens = []
    for _ in range(max_len):
        token = int(np.argmax(step(tokens)))
        if token == end:
            break
        tokens.append(token)
    return tokens


@mistake(
    "greedy_decode",
    en="step is asked the same question every time: the prefix never grows. Append each token to what step sees.",
    ko="step에 늘 같은 것을 물어요. 접두 리스트가 길어지지 않아요. 토큰을 낼 때마다 덧붙이세요.",
)
def prefix_never_grows(step, start, end, max_len):
    tokens = []
    for _ in range(max_len):
        token = int(np.argmax(step([start])))
        if token == end:
            break
        tokens.append(token)
    return tokens


@mistake(
    "greedy_decode",
    en="The prefix is passed as an array. step takes the list [start, …].",
    ko="접두 리스트가 아니라 배열을 넘겼어요. step은 리스트 [start, …]를 받아요.",
)
def prefix_is_an_array(step, start, end, max_len):
    return reference.greedy_decode(lambda prefix: step(np.array(prefix)), start, end, max_len)


@mistake(
    "greedy_decode",
    en="step gets a single token, and a bare number at that. It is asked about the whole prefix: a list of all tokens "
    "so far, start first.",
    ko="step에 토큰 하나를 리스트도 아닌 수로 넣었어요. 시작 토큰부터 지금까지의 토큰을 모두 리스트로 넣으세요.",
)
def a_number_for_the_prefix(step, start, end, max_len):
    return reference.greedy_decode(lambda prefix: step(prefix[-1]), start, end, max_len)


@mistake(
    "greedy_decode",
    en="The prefix is a list of lists, like a batch. step takes a list of tokens: [start, …].",
    ko="배치처럼 리스트 안에 리스트를 넣어 넘겼어요. step은 토큰의 리스트 [start, …]를 받아요.",
)
def prefix_as_a_batch(step, start, end, max_len):
    return reference.greedy_decode(lambda prefix: step([prefix]), start, end, max_len)


@mistake(
    "greedy_decode",
    en="This takes the token with the smallest score. Greedy means the largest.",
    ko="점수가 가장 작은 토큰을 골랐어요. 탐욕적 디코딩은 가장 큰 것을 골라요.",
)
def smallest_score(step, start, end, max_len):
    return reference.greedy_decode(lambda prefix: -step(prefix), start, end, max_len)


@mistake(
    "greedy_decode",
    en="Every token that equals start is dropped from the answer. Only the first element of the prefix is: a model may "
    "emit that token again.",
    ko="시작 토큰과 같은 토큰을 답에서 모두 뺐어요. 빼야 하는 것은 맨 앞의 하나뿐이에요. "
    "모델이 같은 토큰을 다시 낼 수도 있어요.",
)
def drops_every_start_token(step, start, end, max_len):
    return [token for token in reference.greedy_decode(step, start, end, max_len) if token != start]


@mistake(
    "greedy_decode",
    en="The answer holds the scores of the chosen tokens. The tokens themselves are asked for: the index, not the "
    "value.",
    ko="답에 고른 토큰의 점수가 들어 있어요. 필요한 것은 토큰, 곧 값이 아니라 인덱스예요.",
)
def scores_for_tokens(step, start, end, max_len):
    prefix = [start, *reference.greedy_decode(step, start, end, max_len)]
    return [float(np.max(step(prefix[:length]))) for length in range(1, len(prefix))]


# --- gan_losses ------------------------------------------------------------------------------------------------------


def _softplus(z):
    return np.logaddexp(0.0, np.asarray(z, dtype=float))


def _probability(z):
    return 1.0 / (1.0 + np.exp(-np.asarray(z, dtype=float)))


@mistake(
    "gan_losses",
    en="This is the saturating generator, which makes -softplus(d_fake) small: flat where the discriminator is sure of "
    "a fake. Here the generator makes softplus(-d_fake) small, which has a slope there.",
    ko="포화되는 생성자 손실이에요. -softplus(d_fake)를 줄이고 있어서 판별자가 가짜임을 확신하는 곳에서 평평해요. "
    "여기서는 softplus(-d_fake)를 줄여요. 그래야 그런 곳에서도 기울기가 남아요.",
)
def saturating_generator(d_real, d_fake):
    return reference.gan_losses(d_real, d_fake)[0], float(-_softplus(d_fake).mean())


@mistake(
    "gan_losses",
    en="exp overflows for large logits, and log1p does not help that. log(1 + exp(z)) is right, but for z = 1000 it is "
    "simply z: find a form, or a numpy function, that never computes exp(1000).",
    ko="로짓이 크면 exp에서 오버플로가 나고, log1p를 써도 마찬가지예요. log(1 + exp(z))라는 식은 맞지만 "
    "z = 1000이면 그냥 z예요. exp(1000)을 계산하지 않는 꼴이나 그런 numpy 함수를 찾아보세요.",
)
def overflow(d_real, d_fake):
    d_real, d_fake = np.asarray(d_real), np.asarray(d_fake)
    discriminator = np.log(1 + np.exp(-d_real)).mean() + np.log(1 + np.exp(d_fake)).mean()
    return float(discriminator), float(np.log(1 + np.exp(-d_fake)).mean())


@mistake(
    "gan_losses",
    en="The warning is silenced, but exp still overflows and the loss is inf. For z = 1000 log(1 + exp(z)) is simply "
    "z: find a form, or a numpy function, that never computes exp(1000).",
    ko="경고만 껐을 뿐 exp의 오버플로는 그대로라서 손실이 inf예요. z = 1000이면 log(1 + exp(z))는 그냥 z예요. "
    "exp(1000)을 계산하지 않는 꼴이나 그런 numpy 함수를 찾아보세요.",
)
def overflow_silenced(d_real, d_fake):
    with np.errstate(over="ignore"):
        return overflow(d_real, d_fake)


@mistake(
    "gan_losses",
    en="np.where computes both branches for every element, so that the one you do not use still overflows. Let exp see "
    "only numbers that are not positive.",
    ko="np.where는 모든 원소에서 양쪽을 다 계산해요. 그래서 쓰지 않는 쪽에서 오버플로가 나요. "
    "exp에는 0 이하인 수만 넣으세요.",
)
def both_branches_computed(d_real, d_fake):
    def softplus(z):
        return np.where(z > 0, z + np.log1p(np.exp(-z)), np.log1p(np.exp(z))).mean()

    d_real, d_fake = np.asarray(d_real), np.asarray(d_fake)
    return float(softplus(-d_real) + softplus(d_fake)), float(softplus(-d_fake))


@mistake(
    "gan_losses",
    en="np.where takes z itself where it is large, but it computes log(1 + exp(z)) there as well, and that overflows. "
    "Let exp see only numbers that are not positive.",
    ko="np.where로 z가 큰 곳에서는 z를 골랐지만, 거기서도 log(1 + exp(z))를 계산해서 오버플로가 나요. "
    "exp에는 0 이하인 수만 넣으세요.",
)
def large_ones_computed_too(d_real, d_fake):
    def softplus(z):
        return np.where(z > 50, z, np.log1p(np.exp(z))).mean()

    d_real, d_fake = np.asarray(d_real), np.asarray(d_fake)
    return float(softplus(-d_real) + softplus(d_fake)), float(softplus(-d_fake))


@mistake(
    "gan_losses",
    en="A probability that rounds to 0 has the logarithm -inf. Do not turn the logits into probabilities first: write "
    "each loss with softplus, a function of the logit itself.",
    ko="확률이 반올림되어 0이 되면 로그가 -inf예요. 로짓을 확률로 먼저 바꾸지 말고, "
    "로짓을 그대로 넣는 softplus로 손실을 쓰세요.",
)
def log_of_zero(d_real, d_fake):
    real, fake = _probability(d_real), _probability(d_fake)
    return float(-np.log(real).mean() - np.log(1 - fake).mean()), float(-np.log(fake).mean())


@mistake(
    "gan_losses",
    en="A small constant inside the logarithm hides the problem: the loss can't grow beyond about 20, and the true one "
    "may be 1000.",
    ko="로그 안에 작은 상수를 더해 문제를 가렸을 뿐이에요. 손실이 20쯤에서 막히는데 참값은 1000일 수도 있어요.",
)
def epsilon_in_the_log(d_real, d_fake):
    with np.errstate(over="ignore"):
        return epsilon_and_overflow(d_real, d_fake)


@mistake(
    "gan_losses",
    en="exp overflows on the way to the probabilities, and the small constant inside the logarithm only hides it: the "
    "loss can't grow beyond about 20, and the true one may be 1000. Use the logits themselves.",
    ko="확률을 구하다가 exp에서 오버플로가 나고, 로그 안에 작은 상수를 더해 그것을 가렸을 뿐이에요. 손실이 20쯤에서 "
    "막히는데 참값은 1000일 수도 있어요. 로짓을 그대로 쓰세요.",
)
def epsilon_and_overflow(d_real, d_fake):
    real, fake = _probability(d_real), _probability(d_fake)
    discriminator = -np.log(real + 1e-8).mean() - np.log(1 - fake + 1e-8).mean()
    return float(discriminator), float(-np.log(fake + 1e-8).mean())


@mistake(
    "gan_losses",
    en="Clipping the probabilities hides the problem: the loss can't grow beyond about 20, and the true one may be "
    "1000. Use the logits themselves.",
    ko="확률을 잘라 문제를 가렸을 뿐이에요. 손실이 20쯤에서 막히는데 참값은 1000일 수도 있어요. 로짓을 그대로 쓰세요.",
)
def clipped_probabilities(d_real, d_fake):
    with np.errstate(over="ignore"):
        return clipping_and_overflow(d_real, d_fake)


@mistake(
    "gan_losses",
    en="exp overflows on the way to the probabilities, and clipping them only hides it: the loss can't grow beyond "
    "about 20, and the true one may be 1000. Use the logits themselves.",
    ko="확률을 구하다가 exp에서 오버플로가 나고, 확률을 잘라 그것을 가렸을 뿐이에요. 손실이 20쯤에서 막히는데 "
    "참값은 1000일 수도 있어요. 로짓을 그대로 쓰세요.",
)
def clipping_and_overflow(d_real, d_fake):
    real, fake = (np.clip(_probability(logits), 1e-8, 1 - 1e-8) for logits in (d_real, d_fake))
    return float(-np.log(real).mean() - np.log(1 - fake).mean()), float(-np.log(fake).mean())


@mistake(
    "gan_losses",
    en="These are sums over the batch. Every term is a mean, so that it doesn't grow with the number of pictures.",
    ko="배치 전체의 합이에요. 이미지가 많아져도 커지지 않도록 항마다 평균을 내세요.",
)
def sums_for_means(d_real, d_fake):
    discriminator = _softplus(-np.asarray(d_real)).sum() + _softplus(d_fake).sum()
    return float(discriminator), float(_softplus(-np.asarray(d_fake)).sum())


@mistake(
    "gan_losses",
    en="The discriminator's loss is halved. Here its two means are added, not averaged.",
    ko="판별자의 손실이 절반이에요. 여기서는 두 평균을 더하기만 해요. 둘을 다시 평균 내지 마세요.",
)
def half_a_discriminator(d_real, d_fake):
    discriminator, generator = reference.gan_losses(d_real, d_fake)
    return discriminator / 2, generator


@mistake(
    "gan_losses",
    en="The discriminator's loss is one mean over real and fake pictures together. Take a mean of each and add them.",
    ko="판별자의 손실을 진짜와 가짜 전체의 평균 하나로 구했어요. 따로 평균을 내어 더하세요.",
)
def one_mean_over_both(d_real, d_fake):
    both = np.concatenate([-np.ravel(d_real), np.ravel(d_fake)])
    return float(_softplus(both).mean()), reference.gan_losses(d_real, d_fake)[1]


@mistake(
    "gan_losses",
    en="The two losses come in the wrong order: discriminator first, generator second.",
    ko="두 손실의 순서가 바뀌었어요. 판별자가 먼저, 생성자가 나중이에요.",
)
def order_swapped(d_real, d_fake):
    return reference.gan_losses(d_real, d_fake)[::-1]


@mistake(
    "gan_losses",
    en="The discriminator is rewarded for being wrong: real pictures should get large logits and fake ones small.",
    ko="판별자가 틀릴수록 손실이 작아져요. 진짜는 로짓이 크고 가짜는 작아야 해요.",
)
def labels_swapped(d_real, d_fake):
    discriminator = _softplus(d_real).mean() + _softplus(-np.asarray(d_fake)).mean()
    return float(discriminator), reference.gan_losses(d_real, d_fake)[1]


@mistake(
    "gan_losses",
    en="The generator's loss looks at the real pictures, which it has no hand in. It is judged by d_fake.",
    ko="생성자의 손실에 진짜 이미지의 로짓을 썼어요. 생성자는 진짜 이미지와 상관이 없으니 d_fake를 쓰세요.",
)
def generator_of_the_real(d_real, d_fake):
    return reference.gan_losses(d_real, d_fake)[0], float(_softplus(-np.asarray(d_real)).mean())


@mistake(
    "gan_losses",
    en="The real pictures are missing: the discriminator learns from real and from fake ones.",
    ko="진짜 이미지의 항이 빠졌어요. 판별자는 진짜와 가짜 모두에서 배워요.",
)
def real_left_out(d_real, d_fake):
    return float(_softplus(d_fake).mean()), reference.gan_losses(d_real, d_fake)[1]


@mistake(
    "gan_losses",
    en="The fakes are missing from the discriminator's loss: it learns from real and from fake ones.",
    ko="판별자의 손실에 가짜 이미지의 항이 빠졌어요. 판별자는 진짜와 가짜 모두에서 배워요.",
)
def fake_left_out(d_real, d_fake):
    return float(_softplus(-np.asarray(d_real)).mean()), reference.gan_losses(d_real, d_fake)[1]


@mistake(
    "gan_losses",
    en="The mean of the logits is taken first and softplus after it. Each picture has a loss of its own; the mean of "
    "these comes last.",
    ko="로짓의 평균을 먼저 내고 softplus를 썼어요. 이미지마다 손실을 구한 다음 평균은 마지막에 내세요.",
)
def softplus_of_the_mean(d_real, d_fake):
    return reference.gan_losses(np.mean(d_real), np.mean(d_fake))


@mistake(
    "gan_losses",
    en="The generator's loss is the discriminator's with a minus. That is the game of the theory (its slope dies); "
    "here the generator has a loss of its own.",
    ko="생성자의 손실로 판별자의 손실에 마이너스를 붙인 값을 썼어요. 이론의 게임은 그렇지만 기울기가 사라져요. "
    "여기서는 생성자의 손실이 따로 있어요.",
)
def zero_sum(d_real, d_fake):
    discriminator, _ = reference.gan_losses(d_real, d_fake)
    return discriminator, -discriminator


# --- residual_block --------------------------------------------------------------------------------------------------


def _branch(x, w1, w2):
    return np.maximum(np.asarray(x) @ w1, 0) @ np.asarray(w2)


@mistake(
    "residual_block",
    en="x is not added: this is an ordinary block. The skip connection is the whole point.",
    ko="x를 더하지 않았어요. 보통의 블록일 뿐이에요. 핵심은 스킵 연결이에요.",
)
def no_skip(x, w1, w2):
    return _branch(x, w1, w2)


@mistake(
    "residual_block",
    en="There is a relu after the sum, as in the first ResNet. Here x passes untouched, negative entries too.",
    ko="첫 ResNet처럼 더한 뒤에 ReLU를 썼어요. 여기서는 x가 음수까지 그대로 지나가요.",
)
def relu_after_the_sum(x, w1, w2):
    return np.maximum(x + _branch(x, w1, w2), 0)


@mistake(
    "residual_block",
    en="The relu has moved: it comes after the sum instead of between the two matrices.",
    ko="ReLU의 자리가 바뀌었어요. 두 행렬 사이에 있어야 하는데 더한 뒤에 있어요.",
)
def relu_moved_behind_the_sum(x, w1, w2):
    return np.maximum(x + np.asarray(x) @ w1 @ w2, 0)


@mistake(
    "residual_block",
    en="The relu between the two matrices is missing: without it they are one matrix.",
    ko="두 행렬 사이의 ReLU가 빠졌어요. 그것이 없으면 두 행렬은 행렬 하나와 같아요.",
)
def no_relu(x, w1, w2):
    return x + np.asarray(x) @ w1 @ w2


@mistake(
    "residual_block",
    en="There is a relu on the branch's output as well, so that the block can only add and never take away.",
    ko="w2를 곱한 결과에도 ReLU를 썼어요. 그러면 블록이 더하기만 하고 빼지는 못해요.",
)
def relu_on_the_branch(x, w1, w2):
    return x + np.maximum(_branch(x, w1, w2), 0)


@mistake(
    "residual_block",
    en="The relu comes after both matrices, which makes them one matrix, and the block can only add. It belongs "
    "between the two.",
    ko="ReLU를 두 행렬을 모두 곱한 뒤에 썼어요. 그러면 두 행렬은 행렬 하나와 같고, 블록은 더하기만 해요. "
    "두 행렬 사이에 쓰세요.",
)
def relu_after_both_matrices(x, w1, w2):
    return x + np.maximum(np.asarray(x) @ w1 @ w2, 0)


@mistake(
    "residual_block",
    en="The relu acts on x before the first matrix. Here it stands between the two (the other order is He's later, "
    "pre-activation block).",
    ko="ReLU를 첫 행렬보다 먼저 x에 썼어요. 여기서는 두 행렬 사이에 써요"
    "(앞에 쓰는 것은 나중에 나온 사전 활성화 블록이에요).",
)
def relu_before_the_first_matrix(x, w1, w2):
    return x + np.maximum(x, 0) @ np.asarray(w1) @ np.asarray(w2)


@mistake(
    "residual_block",
    en="relu(x) is added instead of x: the negative entries are lost on the way that should change nothing.",
    ko="x가 아니라 relu(x)를 더했어요. 아무것도 바꾸지 않아야 할 길에서 음수가 사라져요.",
)
def skip_through_relu(x, w1, w2):
    return np.maximum(x, 0) + _branch(x, w1, w2)


@mistake(
    "residual_block",
    en="x is added to the hidden layer, before the second matrix. It belongs to the very end (and the shapes fit only "
    "by chance).",
    ko="둘째 행렬을 곱하기 전에 x를 은닉층에 더했어요. 맨 마지막에 더해야 해요(모양이 맞는 것도 우연이에요).",
)
def skip_into_the_hidden_layer(x, w1, w2):
    return (x + np.maximum(np.asarray(x) @ w1, 0)) @ np.asarray(w2)


@mistake(
    "residual_block",
    en="The branch is subtracted. It is added to x.",
    ko="가중치를 지나온 값을 x에서 뺐어요. x에 더해야 해요.",
)
def branch_subtracted(x, w1, w2):
    return x - _branch(x, w1, w2)


@mistake(
    "residual_block",
    en="The weights are transposed. w1 is (D, H) and w2 is (H, D): they fit as they are.",
    ko="가중치를 전치했어요. w1은 (D, H), w2는 (H, D)라서 그대로 쓰면 맞아요.",
)
def weights_transposed(x, w1, w2):
    return x + np.maximum(np.asarray(x) @ np.transpose(w1), 0) @ np.transpose(w2)


@mistake(
    "residual_block",
    en="The numbers are right, but x was changed on the way: `+=` writes into the argument.",
    ko="값은 맞지만 도중에 x가 바뀌었어요. `+=`는 인자에 덮어써요.",
)
def changes_x(x, w1, w2):
    x += _branch(x, w1, w2)
    return x


# --- attention -------------------------------------------------------------------------------------------------------


def _scores(q, k):
    q, k = np.asarray(q), np.asarray(k)
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])


def _softmax(scores, axis=-1):
    exponentials = np.exp(scores - np.max(scores, axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _masked(scores, mask):
    return scores if mask is None else np.where(mask, scores, -np.inf)


def _weigh(scores, v, mask=None):
    weights = _softmax(_masked(scores, mask))
    return weights @ np.asarray(v), weights


@mistake(
    "attention",
    en="The scores are not divided by the root of d. Without it they grow with d, and the softmax picks a single key.",
    ko="점수를 d의 제곱근으로 나누지 않았어요. 그러면 d가 클수록 점수가 커져서 소프트맥스가 키 하나만 골라요.",
)
def no_scaling(q, k, v, mask=None):
    return _weigh(_scores(q, k) * np.sqrt(np.shape(q)[-1]), v, mask)


@mistake(
    "attention",
    en="The scores are divided by d itself. The root of d is what keeps their size.",
    ko="점수를 d로 나눴어요. d의 제곱근으로 나눠야 점수의 크기가 유지돼요.",
)
def divided_by_d(q, k, v, mask=None):
    return _weigh(_scores(q, k) / np.sqrt(np.shape(q)[-1]), v, mask)


@mistake(
    "attention",
    en="The scores are multiplied by the root of d. Dividing is what keeps their size.",
    ko="점수에 d의 제곱근을 곱했어요. 나눠야 점수의 크기가 유지돼요.",
)
def multiplied_by_the_root(q, k, v, mask=None):
    return _weigh(_scores(q, k) * np.shape(q)[-1], v, mask)


@mistake(
    "attention",
    en="The scores are divided by the root of the values' size. d is the length of a query or key, which may differ.",
    ko="점수를 밸류의 길이의 제곱근으로 나눴어요. d는 쿼리와 키의 길이이고, 밸류의 길이와 다를 수 있어요.",
)
def scaled_by_the_values(q, k, v, mask=None):
    return _weigh(_scores(q, k) * np.sqrt(np.shape(q)[-1] / np.shape(v)[-1]), v, mask)


@mistake(
    "attention",
    en="The scores are divided by the root of the number of keys. d is the length of one query or key.",
    ko="점수를 키 개수의 제곱근으로 나눴어요. d는 쿼리나 키 하나의 길이예요.",
)
def scaled_by_the_number_of_keys(q, k, v, mask=None):
    return _weigh(_scores(q, k) * np.sqrt(np.shape(q)[-1] / np.shape(k)[-2]), v, mask)


@mistake(
    "attention",
    en="The scores are divided by the root of the number of queries, axis -2. d is the length of one query: axis -1.",
    ko="점수를 쿼리 개수(축 -2)의 제곱근으로 나눴어요. d는 쿼리 하나의 길이(축 -1)예요.",
)
def scaled_by_the_number_of_queries(q, k, v, mask=None):
    return _weigh(_scores(q, k) * np.sqrt(np.shape(q)[-1] / np.shape(q)[-2]), v, mask)


@mistake(
    "attention",
    en="The softmax runs over the queries: columns sum to 1. Each query shares its attention among the keys.",
    ko="소프트맥스를 쿼리를 따라 계산해서 열의 합이 1이에요. 쿼리마다 키들에 가중치를 나눠 줘야 해요.",
)
def softmax_over_the_queries(q, k, v, mask=None):
    scores = _scores(q, k)
    weights = _softmax(scores if mask is None else np.where(mask, scores, -1e9), axis=-2)
    return weights @ np.asarray(v), weights


@mistake(
    "attention",
    en="The softmax runs over the whole array. Every query has a distribution of its own.",
    ko="소프트맥스를 배열 전체에 썼어요. 쿼리마다 분포가 따로 있어야 해요.",
)
def softmax_over_everything(q, k, v, mask=None):
    weights = _softmax(_masked(_scores(q, k), mask), axis=None)
    return weights @ np.asarray(v), weights


@mistake(
    "attention",
    en="The mask is the wrong way round: True is where attention is allowed, and here it is forbidden there.",
    ko="마스크를 반대로 썼어요. True는 보아도 되는 곳인데 그곳을 막았어요.",
)
def mask_inverted(q, k, v, mask=None):
    return _weigh(_scores(q, k), v, None if mask is None else ~np.asarray(mask))


@mistake(
    "attention",
    en="The mask comes after the softmax, so that the weights no longer sum to 1. Forbidden keys must be out before.",
    ko="소프트맥스 뒤에 마스크를 써서 가중치의 합이 1이 아니에요. 막을 키는 소프트맥스 전에 빼야 해요.",
)
def mask_after_the_softmax(q, k, v, mask=None):
    weights = _softmax(_scores(q, k)) * (1.0 if mask is None else mask)
    return weights @ np.asarray(v), weights


@mistake(
    "attention",
    en="Forbidden scores are set to 0. A softmax gives a score of 0 its share; only minus infinity gets none.",
    ko="막을 점수를 0으로 만들었어요. 소프트맥스는 점수 0에도 몫을 줘요. 몫이 없는 것은 음의 무한대뿐이에요.",
)
def forbidden_scores_zero(q, k, v, mask=None):
    return _weigh(_scores(q, k) * (1.0 if mask is None else mask), v)


@mistake(
    "attention",
    en="Forbidden scores are set to a low number, but scores may be lower still: then the forbidden keys win. Only "
    "minus infinity is below them all.",
    ko="막을 점수를 낮은 수로 바꿨지만 점수는 그보다 더 낮을 수 있어요. 그러면 막은 키가 이겨요. "
    "음의 무한대라야 언제나 가장 낮아요.",
)
def forbidden_scores_not_low_enough(q, k, v, mask=None):
    return _weigh(_scores(q, k) if mask is None else np.where(mask, _scores(q, k), -100.0), v)


_FIRST_AXES = {
    "en": "scores[~mask] picks along the first axes, and in a batch those are not (T, S). np.where lines the mask up "
    "with the last two, whatever stands in front.",
    "ko": "scores[~mask]는 맨 앞의 축부터 맞춰 고르는데, 배치에서는 그 축이 (T, S)가 아니에요. "
    "np.where는 앞에 무엇이 있든 마스크를 마지막 두 축에 맞춰요.",
}


def _filled_along_the_first_axes(q, k, mask, filler):
    scores = _scores(q, k)
    if mask is not None:
        scores[~mask] = filler
    return scores


@mistake("attention", **_FIRST_AXES)
def mask_along_the_first_axes(q, k, v, mask=None):
    return _weigh(_filled_along_the_first_axes(q, k, mask, -np.inf), v)


@mistake("attention", **_FIRST_AXES)
def low_number_along_the_first_axes(q, k, v, mask=None):
    return _weigh(_filled_along_the_first_axes(q, k, mask, -1e9), v)


@mistake(
    "attention",
    en="0 times infinity is nan: a mask that is multiplied with minus infinity spoils the allowed scores too. Choose "
    "between score and minus infinity instead.",
    ko="0 곱하기 무한대는 nan이에요. 마스크에 음의 무한대를 곱하면 보아도 되는 곳의 점수까지 망가져요. "
    "곱하지 말고 점수와 음의 무한대 가운데 하나를 고르세요.",
)
def zero_times_infinity(q, k, v, mask=None):
    return _weigh(_scores(q, k) + (0.0 if mask is None else np.logical_not(mask) * -np.inf), v)


@mistake(
    "attention",
    en="The mask is added to the scores: True counts as 1 there, which forbids nothing.",
    ko="마스크를 점수에 더했어요. True가 1로 더해질 뿐 아무것도 막지 못해요.",
)
def mask_added(q, k, v, mask=None):
    return _weigh(_scores(q, k) + (0.0 if mask is None else mask), v)


@mistake(
    "attention",
    en="The mask is not used.",
    ko="마스크를 쓰지 않았어요.",
)
def mask_ignored(q, k, v, mask=None):
    return _weigh(_scores(q, k), v)


@mistake(
    "attention",
    en="exp overflows for large scores, and inf / inf is nan. Subtract each row's maximum first: it cancels.",
    ko="점수가 크면 exp에서 오버플로가 나고 inf / inf는 nan이에요. 먼저 행마다 최댓값을 빼세요. 나눌 때 지워져요.",
)
def nothing_subtracted(q, k, v, mask=None):
    exponentials = np.exp(_masked(_scores(q, k), mask))
    weights = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return weights @ np.asarray(v), weights


@mistake(
    "attention",
    en="The maximum is taken over the whole array: a row that lies far below it underflows to 0 / 0. Every row has its "
    "own.",
    ko="최댓값을 배열 전체에서 구했어요. 그보다 훨씬 작은 행은 모두 0이 되어 0 / 0이 나와요. "
    "행마다 최댓값을 따로 구하세요.",
)
def one_maximum_for_all(q, k, v, mask=None):
    scores = _masked(_scores(q, k), mask)
    exponentials = np.exp(scores - scores.max())
    weights = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return weights @ np.asarray(v), weights


@mistake(
    "attention",
    en="Right for one matrix of keys, but k.T turns every axis round, the batch's too. Swap the last two only.",
    ko="키가 행렬 하나일 때는 맞지만, k.T는 배치의 축까지 모두 뒤집어요. 마지막 두 축만 바꾸세요.",
)
def every_axis_transposed(q, k, v, mask=None):
    q, k = np.asarray(q), np.asarray(k)
    return _weigh(q @ k.T / np.sqrt(q.shape[-1]), v, mask)


@mistake(
    "attention",
    en="The sum over the keys has lost its axis and broadcasts along the wrong one. Keep it as an axis of length 1.",
    ko="키를 따라 더한 축이 사라져서 엉뚱한 축으로 브로드캐스팅돼요. 길이 1로 남겨 두세요.",
)
def summed_axis_lost(q, k, v, mask=None):
    scores = _masked(_scores(q, k), mask)
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exponentials / exponentials.sum(axis=-1)
    return weights @ np.asarray(v), weights


@mistake(
    "attention",
    en="Both are right but in the wrong order: first the output, then the weights.",
    ko="둘 다 맞지만 순서가 바뀌었어요. 출력이 먼저, 가중치가 나중이에요.",
)
def weights_first(q, k, v, mask=None):
    return reference.attention(q, k, v, mask)[::-1]


@mistake(
    "attention",
    en="Only the output is returned. The weights belong to the answer too: (output, weights).",
    ko="출력만 돌려줬어요. 가중치도 함께 (output, weights)로 돌려주세요.",
)
def output_alone(q, k, v, mask=None):
    return reference.attention(q, k, v, mask)[0]


@mistake(
    "attention",
    en="q itself is changed: `/=` writes into the argument, and fails where q holds whole numbers. Make a new array.",
    ko="q 자체가 바뀌어요. `/=`는 인자에 덮어쓰고, q가 정수 배열이면 오류가 나요. 새 배열을 만드세요.",
)
def changes_q_in_place(q, k, v, mask=None):
    q /= np.sqrt(q.shape[-1])
    return _weigh(q @ np.swapaxes(k, -1, -2), v, mask)


@mistake(
    "attention",
    en="Queries and keys have changed places: the rows of the weights belong to the queries.",
    ko="쿼리와 키가 뒤바뀌었어요. 가중치의 행은 쿼리예요.",
)
def queries_and_keys_swapped(q, k, v, mask=None):
    return _weigh(_scores(k, q), v, mask)


@mistake(
    "attention",
    en="The weights are right, but they are multiplied with the keys. The output is made of the values v.",
    ko="가중치는 맞지만 키에 곱했어요. 출력은 밸류 v로 만들어요.",
)
def output_of_the_keys(q, k, v, mask=None):
    _, weights = reference.attention(q, k, v, mask)
    return weights @ np.asarray(k), weights


# --- causal_mask -----------------------------------------------------------------------------------------------------


@mistake(
    "causal_mask",
    en="This is the upper triangle: every word sees what comes after it. Rows are the words that look.",
    ko="위쪽 삼각형이에요. 단어마다 뒤에 오는 것을 봐요. 행이 보는 쪽의 단어예요.",
)
def upper_for_lower(length):
    return np.triu(np.ones((length, length), dtype=bool))


@mistake(
    "causal_mask",
    en="The diagonal is off: no word sees itself, and the first one sees nothing at all.",
    ko="대각선이 False예요. 단어가 자기 자신을 못 보고, 첫 단어는 아무것도 못 봐요.",
)
def diagonal_off(length):
    return np.tril(np.ones((length, length), dtype=bool), -1)


@mistake(
    "causal_mask",
    en="True and False are exchanged: this marks what is forbidden. Here True is where attention is allowed.",
    ko="True와 False가 바뀌어 막을 곳이 True예요. 여기서는 보아도 되는 곳이 True예요.",
)
def marks_the_forbidden(length):
    return np.triu(np.ones((length, length), dtype=bool), 1)


@mistake(
    "causal_mask",
    en="Every word sees every other: that is BERT's mask. GPT's words don't see what comes after them.",
    ko="모든 단어가 모든 단어를 봐요. 이것은 BERT의 마스크예요. GPT의 단어는 뒤에 오는 것을 보지 못해요.",
)
def everything_allowed(length):
    return np.ones((length, length), dtype=bool)


@mistake(
    "causal_mask",
    en="The pattern is right, but these are numbers. A mask is an array of True and False: ask for dtype=bool.",
    ko="True가 놓일 자리는 맞지만 값이 수예요. 마스크는 True와 False로 된 배열이에요. dtype=bool로 만드세요.",
)
def numbers_for_truth(length):
    return np.tril(np.ones((length, length)))


@mistake(
    "causal_mask",
    en="This is a mask to be added to scores: 0 and minus infinity. An array of True and False is asked for.",
    ko="점수에 더하는 마스크(0과 음의 무한대)예요. 여기서는 True와 False로 된 배열이 필요해요.",
)
def to_be_added(length):
    return np.where(np.tri(length, dtype=bool), 0.0, -np.inf)


@mistake(
    "causal_mask",
    en="One column too many is open: each word sees the next one too.",
    ko="한 열이 더 열려 있어요. 단어마다 바로 다음 단어까지 봐요.",
)
def sees_the_next_word(length):
    return np.tri(length, k=1, dtype=bool)


@mistake(
    "causal_mask",
    en="Each word sees only itself. The words before it are allowed too.",
    ko="단어마다 자기 자신만 봐요. 앞에 온 단어들도 볼 수 있어야 해요.",
)
def only_itself(length):
    return np.eye(length, dtype=bool)


# --- nt_xent ---------------------------------------------------------------------------------------------------------


def _views(z1, z2):
    z = np.concatenate([z1, z2]).astype(float)
    return z / np.linalg.norm(z, axis=1, keepdims=True)


def _similarity(z, temperature):
    similarity = z @ z.T / temperature
    np.fill_diagonal(similarity, -np.inf)
    return similarity


def _terms(similarity, partners):
    """Per row: log of the sum of the exponentials, less the entry of the row's partner."""
    rows = np.arange(len(similarity))
    return np.logaddexp.reduce(similarity, axis=1) - similarity[rows, partners]


def _partners(z):
    return np.roll(np.arange(len(z)), len(z) // 2)


@mistake(
    "nt_xent",
    en="The similarity of a view to itself is still in the denominator. It is always 1 and says nothing: leave j = i "
    "out.",
    ko="자기 자신과의 유사도가 분모에 남아 있어요. 늘 1이라 알려 주는 것이 없으니 j = i인 항은 제외하세요.",
)
def self_similarity_kept(z1, z2, temperature):
    z = _views(z1, z2)
    return float(_terms(z @ z.T / temperature, _partners(z)).mean())


@mistake(
    "nt_xent",
    en="The views are not normalized: these are dot products, not cosines, and grow with the length of the vectors.",
    ko="뷰를 정규화하지 않았어요. 코사인이 아니라 내적이라서 벡터가 길수록 커져요.",
)
def no_normalization(z1, z2, temperature):
    z = np.concatenate([z1, z2]).astype(float)
    return float(_terms(_similarity(z, temperature), _partners(z)).mean())


@mistake(
    "nt_xent",
    en="Only the views in z1 are anchors. The loss goes in both directions: all 2N views take their turn.",
    ko="z1의 뷰만 기준으로 삼았어요. 손실은 양쪽 방향으로 계산해요. 뷰 2N개가 모두 한 번씩 기준이 돼요.",
)
def one_direction_only(z1, z2, temperature):
    z = _views(z1, z2)
    return float(_terms(_similarity(z, temperature), _partners(z))[: len(z) // 2].mean())


@mistake(
    "nt_xent",
    en="z1 is compared with z2 only: the other views of its own half are missing from the denominator, and only one "
    "half are anchors.",
    ko="z1을 z2하고만 견줬어요. 같은 쪽의 다른 뷰들이 분모에서 빠졌고, 한쪽만 기준이 됐어요.",
)
def across_in_one_direction(z1, z2, temperature):
    z = _views(z1, z2)
    half = len(z) // 2
    return float(_terms(z[:half] @ z[half:].T / temperature, np.arange(half)).mean())


@mistake(
    "nt_xent",
    en="Each view is compared with the other half only. In SimCLR the denominator holds all 2N - 1 other views, those "
    "of its own half too.",
    ko="뷰마다 반대쪽하고만 견줬어요. SimCLR의 분모에는 같은 쪽까지 포함해 나머지 뷰 2N - 1개가 모두 들어가요.",
)
def across_in_both_directions(z1, z2, temperature):
    z = _views(z1, z2)
    half = len(z) // 2
    across = z[:half] @ z[half:].T / temperature
    own = np.arange(half)
    return float((_terms(across, own).mean() + _terms(across.T, own).mean()) / 2)


@mistake(
    "nt_xent",
    en="The temperature is not used: the similarities are to be divided by it.",
    ko="온도를 쓰지 않았어요. 유사도를 온도로 나눠야 해요.",
)
def temperature_forgotten(z1, z2, temperature):
    z = _views(z1, z2)
    return float(_terms(_similarity(z, 1.0), _partners(z)).mean())


@mistake(
    "nt_xent",
    en="The similarities are multiplied by the temperature. Dividing makes a low temperature sharp.",
    ko="유사도에 온도를 곱했어요. 나눠야 온도가 낮을수록 분포가 뾰족해져요.",
)
def multiplied_by_temperature(z1, z2, temperature):
    z = _views(z1, z2)
    return float(_terms(_similarity(z, 1.0 / temperature), _partners(z)).mean())


@mistake(
    "nt_xent",
    en="This is the sum over the views; the loss is the mean over all 2N.",
    ko="뷰 전체의 합이에요. 손실은 2N개에 대한 평균이에요.",
)
def sum_over_the_views(z1, z2, temperature):
    return float(2 * len(z1) * reference.nt_xent(z1, z2, temperature))


@mistake(
    "nt_xent",
    en="The sum over 2N views is divided by N. There are 2N anchors.",
    ko="뷰 2N개의 합을 N으로 나눴어요. 기준이 되는 뷰는 2N개예요.",
)
def divided_by_pairs(z1, z2, temperature):
    return float(2 * reference.nt_xent(z1, z2, temperature))


@mistake(
    "nt_xent",
    en="The partner is missing from the denominator. It holds all views but the anchor itself, the partner too.",
    ko="분모에서 짝이 빠졌어요. 분모에는 기준 자신만 빼고 짝까지 모두 들어가요.",
)
def partner_not_in_the_denominator(z1, z2, temperature):
    z = _views(z1, z2)
    similarity, rows = _similarity(z, temperature), np.arange(len(z))
    positive = similarity[rows, _partners(z)]
    similarity[rows, _partners(z)] = -np.inf
    with np.errstate(divide="ignore"):
        return float((np.logaddexp.reduce(similarity, axis=1) - positive).mean())


@mistake(
    "nt_xent",
    en="The wrong views are taken as partners: its partner is N rows away, not the neighbour in the next row.",
    ko="짝을 잘못 골랐어요. 짝은 바로 옆 행이 아니라 N행 떨어져 있어요.",
)
def neighbours_as_partners(z1, z2, temperature):
    z = _views(z1, z2)
    return float(_terms(_similarity(z, temperature), np.arange(len(z)) ^ 1).mean())


@mistake(
    "nt_xent",
    en="The sign is wrong: this loss falls when partners move apart.",
    ko="부호가 반대예요. 짝이 멀어질수록 이 손실이 작아져요.",
)
def wrong_sign(z1, z2, temperature):
    return float(-reference.nt_xent(z1, z2, temperature))


@mistake(
    "nt_xent",
    en="The features are normalized over the batch. Each view, a row, gets the length 1.",
    ko="배치를 따라 특징마다 정규화했어요. 뷰, 곧 행마다 길이가 1이 되어야 해요.",
)
def normalized_down_the_batch(z1, z2, temperature):
    z = np.concatenate([z1, z2]).astype(float)
    z = z / np.linalg.norm(z, axis=0, keepdims=True)
    return float(_terms(_similarity(z, temperature), _partners(z)).mean())


@mistake(
    "nt_xent",
    en="All views are divided by one number, the length of the whole array: np.linalg.norm needs axis=1 here. Each "
    "view, a row, gets the length 1.",
    ko="모든 뷰를 배열 전체의 길이 하나로 나눴어요. 여기서는 np.linalg.norm에 axis=1이 필요해요. "
    "뷰, 곧 행마다 길이가 1이 되어야 해요.",
)
def one_length_for_all(z1, z2, temperature):
    z = np.concatenate([z1, z2]).astype(float)
    z = z / np.linalg.norm(z)
    return float(_terms(_similarity(z, temperature), _partners(z)).mean())


@mistake(
    "nt_xent",
    en="Each view is divided by the square of its length: a root is missing. Its length should become 1.",
    ko="뷰를 길이의 제곱으로 나눴어요. 제곱근이 빠졌어요. 나눈 다음의 길이가 1이 되어야 해요.",
)
def divided_by_the_squared_length(z1, z2, temperature):
    z = np.concatenate([z1, z2]).astype(float)
    z = z / np.sum(z**2, axis=1, keepdims=True)
    return float(_terms(_similarity(z, temperature), _partners(z)).mean())


@mistake(
    "nt_xent",
    en="The diagonal is set to 0, but exp(0) is 1 and still counts. Minus infinity takes it out.",
    ko="대각선을 0으로 만들었지만 exp(0)은 1이라 여전히 더해져요. 음의 무한대라야 빠져요.",
)
def diagonal_zero(z1, z2, temperature):
    z = _views(z1, z2)
    similarity = z @ z.T / temperature
    np.fill_diagonal(similarity, 0.0)
    return float(_terms(similarity, _partners(z)).mean())


@mistake(
    "nt_xent",
    en="z1 and z2 themselves are changed: `/=` writes into the argument, and fails where they hold whole numbers. Make "
    "new arrays.",
    ko="z1과 z2 자체가 바뀌어요. `/=`는 인자에 덮어쓰고, 정수 배열이면 오류가 나요. 새 배열을 만드세요.",
)
def changes_the_views(z1, z2, temperature):
    z1 /= np.linalg.norm(z1, axis=1, keepdims=True)
    z2 /= np.linalg.norm(z2, axis=1, keepdims=True)
    return reference.nt_xent(z1, z2, temperature)
