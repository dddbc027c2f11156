"""JAX in a confined child, where it is installed."""

from __future__ import annotations

import numpy as np
import pytest

from vivavoce.domain.exercise import Framework, Limits
from vivavoce.engines.judge.base import Request
from vivavoce.engines.judge.sandbox import packages
from vivavoce.engines.judge.sandbox.select import choose


@pytest.mark.skipif(not packages.installed(Framework.JAX), reason="JAX is not installed")
def test_a_compiled_function_and_its_gradient() -> None:
    sandbox = choose().sandbox
    try:
        with sandbox.child(Framework.JAX, Limits(cpu_s=30, memory_mib=4096)) as child:
            child.load("import jax, jax.numpy as jnp\ncompiled = jax.jit(jnp.sin)\ndef f(x): return compiled(x)")
            x = np.linspace(0, 1, 5)
            assert np.allclose(child.ask(Request("call", "f", (x,))).value.array, np.sin(x))
            assert np.allclose(child.ask(Request("vjp", "f", (x,), wrt=(0,))).value[0].array, np.cos(x))
    finally:
        sandbox.close()
