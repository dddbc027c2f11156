"""Starts one module of this folder in a bare interpreter: `python -I -S boot.py MODULE CONFIGURATION`.

The packages above this folder are replaced by empty ones, so that their names work and none of their code is read: a
sandboxed process must not need, and cannot see, the rest of the program.
"""

import importlib
import json
import os
import sys
import types

_HERE = os.path.dirname(os.path.abspath(__file__))
_PACKAGE = "vivavoce.engines.judge.sandbox"


def main() -> None:
    configuration = json.loads(sys.argv[2])
    sys.path.extend(configuration["roots"])
    parts = _PACKAGE.split(".")
    for depth in range(1, len(parts) + 1):
        package = types.ModuleType(".".join(parts[:depth]))
        package.__path__ = [_HERE] if depth == len(parts) else []
        sys.modules[package.__name__] = package
    importlib.import_module(f"{_PACKAGE}.{sys.argv[1]}").main(configuration)


if __name__ == "__main__":
    main()
