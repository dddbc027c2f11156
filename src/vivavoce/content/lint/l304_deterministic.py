"""L304."""

from __future__ import annotations

from vivavoce.content.lint.lab_executed import LabExecutedRule


class LabDeterministic(LabExecutedRule):
    """A lab gives two different values for one seed. Executed twice, in two processes.

    *Why:* a result that cannot be repeated proves nothing, and pairing arms by seed would pair nothing.

    *Example:* a shuffle by `np.random.default_rng()` without the seed.
    """

    code = "L304"
    title = "lab not deterministic"
    fault = "not-deterministic"
    remedy = "Draw every random number from a generator made from the seed."
