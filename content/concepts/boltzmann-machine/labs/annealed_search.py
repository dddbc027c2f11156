"""Does annealing a Boltzmann machine find the best solution of an optimisation problem?

Dividing objects into two groups, so that those which belong together stay together, is written as the energy of a
Boltzmann machine: units are +1 or -1, and a random symmetric weight says how much a pair belongs together. All searches
update one random unit after the other, equally often. A run is successful if it visited the best state; that is known
from trying all of them, and for 32 units, where it takes too long, it is the best that any of the runs came upon.

What would change the outcome: so few units that every search succeeds, so many that none does, a schedule that cools
too fast, or another fixed temperature. The one here happens to be good; with a first temperature of 8 it is too hot,
and annealing, which passes through the good ones, wins at 16 and 32 units. No search was tuned.

The theorem by which annealing ends in the best state needs cooling so slow that trying all states would take no longer.
"""

import numpy as np

ARMS = {
    "annealed": "temperature lowered geometrically from hot to cold",
    "descent": "zero temperature, one start: a Hopfield network",
    "restarts": "zero temperature, a new random start after every five sweeps",
    "fixed": "one temperature all the time, the geometric mean of hot and cold",
}
MEASURES = {"found": {"says": "runs that visited the best state", "unit": "%", "better": "higher"}}
CONDITIONS = ["8", "16", "32"]
AXIS = "units"
PARAMETERS = {
    "sweeps": {"says": "updates per unit in each run", "default": 40, "low": 10, "high": 240},
    "hot": {"says": "first temperature, where 1 is a typical input of a unit", "default": 2.0, "low": 0.2, "high": 8.0},
}
CLAIMS = {
    "annealing-finds-the-best": {
        "says": "Annealing finds the best solution: at least 95 % of its runs visit the state of least energy.",
        "test": "found: annealed > 95",
    },
    "beats-descent": {
        "says": "Annealing finds the best state more often than descent from one start, by 10 points or more.",
        "test": "found: annealed > descent + 10",
    },
    "beats-restarts": {
        "says": "Annealing finds the best state more often than descent with restarts, by 10 points or more.",
        "test": "found: annealed > restarts + 10",
    },
    "beats-fixed": {
        "says": "Lowering the temperature finds the best state more often than one fixed temperature: by 10 points.",
        "test": "found: annealed > fixed + 10",
    },
}
SOURCES = ["kirkpatrick-1983", "ackley-1985", "geman-1984"]
BUDGET_S = 10

PROBLEMS, RUNS, COOLED = 12, 30, 20  # problems of a seed, runs of a problem, hot / cold


def measure(seed, sweeps, hot):
    """For each size: random problems, their best states, and how often each search visits one."""
    rng = np.random.default_rng(seed)
    result = {}
    for condition in CONDITIONS:
        weights = problems(rng, PROBLEMS, int(condition))
        visited = {arm: search(rng, weights, temperatures(arm, sweeps, hot), arm == "restarts") for arm in ARMS}
        least = np.min([energy.min(1) for energy in visited.values()], axis=0)
        if int(condition) <= 16:
            least = np.array([least_energy(w) for w in weights])
        result[condition] = {
            arm: {"found": 100 * np.mean(energy < least[:, None] + 1e-5)} for arm, energy in visited.items()
        }
    return result


def illustrate(seed, sweeps, hot):
    """The energy of single runs on one problem of 32 units, sweep by sweep."""
    rng = np.random.default_rng(seed)
    weights = problems(rng, 1, 32)
    lines = {}
    for arm in ("annealed", "descent", "fixed"):
        path = []
        search(rng, weights, temperatures(arm, sweeps, hot), path=path)
        lines[arm] = path
    title, x_label, y_label = "One run on one problem", "sweeps", "energy"
    x = list(range(1, sweeps + 1))
    return [{"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": x, "lines": lines}]


def problems(rng, count, n):
    """Symmetric weights without self-connections (problem, unit, unit); the input of a unit is typically 1."""
    weights = np.triu(rng.normal(size=(count, n, n)) / np.sqrt(n), 1)
    return weights + weights.transpose(0, 2, 1)


def least_energy(weights):
    """The energy of the best state, by trying all; the last unit may be fixed because -s is as good as s."""
    n = len(weights)
    bits = np.arange(2 ** (n - 1))[:, None] >> np.arange(n) & 1  # (state, unit)
    states = (2 * bits - 1).astype(np.float32)
    return -0.5 * np.einsum("su,su->s", states @ weights.astype(np.float32), states).max()


def temperatures(arm, sweeps, hot):
    """The temperature of each sweep."""
    if arm == "annealed":
        return np.geomspace(hot, hot / COOLED, sweeps)
    return np.full(sweeps, hot / COOLED**0.5 if arm == "fixed" else 0.0)


def search(rng, weights, schedule, restarts=False, path=None):
    """The least energy that each run visited (problem, run). One random unit is updated after the other."""
    count, n, _ = weights.shape
    best = np.full((count, RUNS), np.inf)
    for sweep, temperature in enumerate(schedule):
        if sweep == 0 or (restarts and sweep % 5 == 0):
            states = rng.choice([-1.0, 1.0], (count, RUNS, n))
            inputs = states @ weights  # (problem, run, unit)
            energy = -0.5 * (states * inputs).sum(2)
        for unit in rng.permutation(n):
            gain = 2 * inputs[:, :, unit]  # energy saved by +1 instead of -1
            # p(+1) = 1 / (1 + exp(-gain / temperature)), drawn as a threshold on the gain
            noise = rng.logistic(size=(count, RUNS)) * temperature
            change = np.where(gain > noise, 1.0, -1.0) - states[:, :, unit]  # 0, +2 or -2
            energy -= change * inputs[:, :, unit]
            states[:, :, unit] += change
            inputs += change[:, :, None] * weights[:, None, unit]
            best = np.minimum(best, energy)
        if path is not None:
            path.append(float(energy[0, 0]))
    return best
