"""Does it need what is not here?

It imports a package that nobody has. What would change the outcome: installing it.
"""

import package_that_nobody_has

ARMS = {"a": "one", "b": "two"}
MEASURES = {"steps": {"says": "steps to converge", "log": True, "better": "lower"}}
CLAIMS = {"fewer": {"says": "One takes half the steps.", "test": "steps: a < b / 2"}}
SOURCES = ["srivastava-2014"]
BUDGET_S = 5


def measure(seed):
    """Never reached."""
    return package_that_nobody_has.measure(seed)
