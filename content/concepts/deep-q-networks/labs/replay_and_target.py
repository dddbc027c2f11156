"""Does DQN need a replay buffer and a target network?

A small Q-network learns to balance a pole on a cart from its own trials (Barto, Sutton and Anderson 1983): push left or
right, one point for each step until the pole falls, at most 200. There are four versions. With replay it learns from 32
random past transitions, without from the latest 32. With a target network it aims at a copy of itself that is renewed
now and then, without at its present self. Afterwards it plays greedily. All networks of all seeds are trained together:
every tensor has the network as its first axis.

What would change the outcome: a learning rate tuned for each version, another network, more steps (the advantage may
shrink), a harder game, or many parallel environments, which decorrelate transitions without a buffer.
"""

import numpy as np
import torch

ARMS = {
    "both": "replay buffer and target network",
    "replay": "replay buffer only",
    "target": "target network only",
    "neither": "the latest transitions and no target network",
}
MEASURES = {
    "steps": {"says": "steps balanced greedily, mean over the last quarter", "unit": "steps", "better": "higher"},
    "value": {"says": "highest Q-value, mean over states played", "log": True},
}
PARAMETERS = {
    "steps": {"says": "environment steps, one update each", "default": 3000, "low": 1000, "high": 12000},
    "learning_rate": {"says": "learning rate of Adam", "default": 0.001, "low": 0.0001, "high": 0.01},
    "renewal": {"says": "steps between copies to the target network", "default": 50, "low": 10, "high": 1000},
}
CLAIMS = {
    "replay-needed": {
        "says": "Without a replay buffer DQN balances at least 40 steps less.",
        "test": "steps: target < both - 40",
        "check": "steps: both > 100",
    },
    "target-needed": {
        "says": "Without a target network DQN balances at least 40 steps less.",
        "test": "steps: replay < both - 40",
        "check": "steps: both > 100",
    },
    "overestimates": {
        "says": "Even the full DQN believes in more than is possible: its values exceed 100, the discounted maximum.",
        "test": "value: both > 100",
    },
}
SOURCES = ["mnih-2015", "van-hasselt-2016"]
BATCH = 8
BUDGET_S = 10
DISCOUNT, WIDTH, LIMIT = 0.99, 32, 200
SCALE = torch.tensor([2.4, 2.0, 0.21, 2.0])  # of position, speed, angle and angular speed


def measure_batch(seeds, steps, learning_rate, renewal):
    """Four networks for each seed, all trained together."""
    lasted, values = trained(seeds, steps, learning_rate, renewal)
    late = lasted[-(len(lasted) // 4) :].mean(0)  # (network,)
    return [
        {arm: {"steps": late[4 * n + k], "value": values[4 * n + k]} for k, arm in enumerate(ARMS)}
        for n in range(len(seeds))
    ]


def illustrate(seed, steps, learning_rate, renewal):
    """Learning curves: the mean of eight seeds."""
    lasted, _ = trained(range(8), steps, learning_rate, renewal)
    lines = {arm: lasted[:, k::4].mean(1).tolist() for k, arm in enumerate(ARMS)}
    x = [steps * (n + 1) // len(lasted) for n in range(len(lasted))]
    labels = {"x_label": "environment steps", "y_label": "steps balanced greedily"}
    return [{"kind": "curves", "title": "Learning to balance, mean of eight seeds", "x": x, "lines": lines, **labels}]


def trained(seeds, steps, learning_rate, renewal):
    """Greedy steps at 20 moments in training (moment, network), and mean highest Q at the end (network,)."""
    draw = [np.random.default_rng(seed) for seed in seeds for _ in ARMS]  # arms of a seed share their random numbers
    n = len(draw)
    has_replay = np.array([arm in ("both", "replay") for _ in seeds for arm in ARMS])
    has_target = torch.tensor([arm in ("both", "target") for _ in seeds for arm in ARMS])[:, None, None]
    online = network(draw)
    target = [p.detach().clone() for p in online]
    optimizer = torch.optim.Adam(online, lr=learning_rate, fused=True)
    seen = torch.zeros(n, steps, 10)  # state, next state, action, whether the pole fell
    state, age, lasted = start(draw), np.zeros(n), []
    rows = torch.arange(n)[:, None]
    for t in range(steps):
        chance = np.stack([r.random(3 + 32) for r in draw])
        explore = chance[:, 0] < max(0.05, 1 - t / (0.25 * steps))
        best = q(online, tensor(state)[:, None])[:, 0].argmax(1).numpy()
        action = np.where(explore, chance[:, 1] < 0.5, best)
        after, fell = pushed(state, action)
        seen[:, t] = tensor(np.column_stack([state, after, action, fell]))
        age += 1
        over = fell | (age >= LIMIT)
        state, age = np.where(over[:, None], start(draw), after), np.where(over, 0, age)
        if t >= 32:
            anywhere, latest = (chance[:, 3:] * (t + 1)).astype(int), np.arange(t - 31, t + 1)
            batch = seen[rows, torch.tensor(np.where(has_replay[:, None], anywhere, latest))]  # (network, 32, 10)
            with torch.no_grad():
                ahead = torch.where(has_target, q(target, batch[..., 4:8]), q(online, batch[..., 4:8])).amax(2)
                goal = 1 + DISCOUNT * (1 - batch[..., 9]) * ahead
            found = q(online, batch[..., :4]).gather(2, batch[..., 8:9].long())[..., 0]
            loss = ((found - goal) ** 2).mean(1).sum()  # a sum, so that networks do not influence each other
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if t % renewal == 0:
            target = [p.detach().clone() for p in online]
        if (t + 1) % (steps // 20) == 0:
            played, value = play(online, draw)
            lasted.append(played)
    return np.stack(lasted), value


def network(draw):
    """Parameters of Q-networks 4 -> 32 -> 32 -> 2, with one network for each generator."""
    sizes = [(4, WIDTH), (WIDTH, WIDTH), (WIDTH, 2)]
    weights = [tensor(np.stack([r.uniform(-1, 1, s) / s[0] ** 0.5 for r in draw])) for s in sizes]
    return [p.requires_grad_() for w in weights for p in (w, torch.zeros(len(draw), 1, w.shape[2]))]


def q(parameters, x):
    """Values of both actions: (network, batch, 4) to (network, batch, 2)."""
    w1, b1, w2, b2, w3, b3 = parameters
    return torch.baddbmm(b3, torch.baddbmm(b2, torch.baddbmm(b1, x / SCALE, w1).relu(), w2).relu(), w3)


def play(parameters, draw, episodes=8):
    """Mean steps of greedy episodes that start anew, and mean highest Q of their states."""
    state = np.stack([start(draw) for _ in range(episodes)], 1)  # (network, episode, 4)
    alive, lasted, value = np.ones(state.shape[:2], bool), 0, 0
    for _ in range(LIMIT):
        with torch.no_grad():
            best, action = q(parameters, tensor(state)).max(2)
        lasted, value = lasted + alive, value + alive * best.numpy()
        state, fell = pushed(state, action.numpy())
        alive &= ~fell
    return lasted.mean(1), value.sum(1) / lasted.sum(1)


def start(draw):
    return np.stack([r.uniform(-0.05, 0.05, 4) for r in draw])


def pushed(state, action):
    """One step of 0.02 s: position, speed, angle and angular speed, and whether the pole fell or the cart left."""
    x, v, angle, turn = np.moveaxis(state, -1, 0)
    sine, cosine = np.sin(angle), np.cos(angle)
    push = (np.where(action == 1, 10, -10) + 0.05 * turn**2 * sine) / 1.1
    spin = (9.8 * sine - cosine * push) / (0.5 * (4 / 3 - 0.1 * cosine**2 / 1.1))
    gain = push - 0.05 * spin * cosine / 1.1
    after = np.stack([x + 0.02 * v, v + 0.02 * gain, angle + 0.02 * turn, turn + 0.02 * spin], -1)
    return after, (abs(after[..., 0]) > 2.4) | (abs(after[..., 2]) > 0.2095)


def tensor(array):
    return torch.tensor(array, dtype=torch.float32)
