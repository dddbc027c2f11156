"""What differs between frameworks inside a child: how arrays become tensors and back, gradients, seeds, warming up."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from vivavoce.engines.judge.sandbox.wire import Array, UnsupportedError, type_name


class Adapter(Protocol):
    """One framework. `to_tensor` answers None for what is not its tensor."""

    def from_array(self, array: Array) -> Any: ...
    def from_scalar(self, array: Array) -> Any: ...
    def from_tensor(self, array: Array, dtype: str, requires_grad: bool) -> Any: ...
    def to_tensor(self, value: Any) -> tuple[Array, str, bool] | None: ...
    def is_module(self, value: Any) -> bool: ...
    def seed(self, seed: int) -> None: ...
    def vjp(
        self, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], wrt: Any, cotangent: Any
    ) -> Any: ...
    def warm(self) -> None: ...


class NumPy:
    """Arrays stay arrays."""

    def from_array(self, array: Array) -> Any:
        return array

    def from_scalar(self, array: Array) -> Any:
        return array[()]

    def from_tensor(self, array: Array, dtype: str, requires_grad: bool) -> Any:
        return array

    def to_tensor(self, value: Any) -> tuple[Array, str, bool] | None:
        return None

    def is_module(self, value: Any) -> bool:
        return False

    def seed(self, seed: int) -> None:
        pass

    def vjp(
        self, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], wrt: Any, cotangent: Any
    ) -> Any:
        raise UnsupportedError("something that NumPy cannot differentiate; ask for it in PyTorch or JAX")

    def warm(self) -> None:
        """Import what NumPy imports late, and call what initialises itself late."""
        for name in ("numpy.random", "numpy.linalg", "numpy.fft", "numpy.polynomial", "numpy.ma"):
            importlib.import_module(name)
        generator = np.random.default_rng(0)
        square = generator.normal(size=(8, 8))
        np.linalg.svd(square @ square.T)
        np.einsum("ij,jk->ik", square, square)
        np.lib.stride_tricks.sliding_window_view(square, 2, axis=0)
        repr(square)


class Torch(NumPy):
    """Arrays become tensors of the same dtype and layout; PyTorch has no negative strides, so those are copied."""

    def __init__(self) -> None:
        self.torch: Any = importlib.import_module("torch")
        self.torch.set_num_threads(1)

    def from_array(self, array: Array) -> Any:
        if any(step < 0 for step in array.strides):
            array = array.copy()
        return self.torch.from_numpy(array)

    def from_scalar(self, array: Array) -> Any:
        return self.torch.from_numpy(array)

    def from_tensor(self, array: Array, dtype: str, requires_grad: bool) -> Any:
        kind = getattr(self.torch, dtype, None)
        if not isinstance(kind, self.torch.dtype):
            raise UnsupportedError(f"a tensor of dtype {dtype}")
        return self.from_array(array).to(kind).requires_grad_(requires_grad)

    def to_tensor(self, value: Any) -> tuple[Array, str, bool] | None:
        torch = self.torch
        if isinstance(value, torch.dtype):
            raise UnsupportedError(f"the dtype {value}")
        if not isinstance(value, torch.Tensor):
            return None
        if type(value) not in (torch.Tensor, torch.nn.Parameter):
            raise UnsupportedError(f"a {type_name(value)} (a kind of tensor); return a plain torch.Tensor")
        if value.is_meta:
            raise UnsupportedError("a tensor on the meta device, which has no values")
        if value.layout is not torch.strided or value.is_quantized or value.is_nested:
            raise UnsupportedError(f"a tensor of layout {str(value.layout).removeprefix('torch.')}; return a dense one")
        name, grad = str(value.dtype).removeprefix("torch."), bool(value.requires_grad)
        plain = value.detach().resolve_conj().resolve_neg().cpu()
        if plain.numel() * plain.element_size() > 64 << 20:
            raise UnsupportedError("a tensor of more than 64 MiB")
        if name == "bfloat16" or name.startswith("float8"):
            plain = plain.float()
        return plain.numpy(), name, grad

    def is_module(self, value: Any) -> bool:
        return isinstance(value, (self.torch.nn.Module, self.torch.optim.Optimizer))

    def seed(self, seed: int) -> None:
        self.torch.manual_seed(seed)

    def vjp(
        self, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], wrt: Any, cotangent: Any
    ) -> Any:
        torch = self.torch
        leaves = []
        for place in wrt:
            holder, key = (args, place) if isinstance(place, int) else (args[place[0]], place[1])
            holder[key] = holder[key].detach().requires_grad_(True)
            leaves.append(holder[key])
        result = function(*args, **kwargs)
        if not isinstance(result, torch.Tensor):
            raise UnsupportedError(f"a {type_name(result)}; a tensor is asked for, so that it can be differentiated")
        if not result.requires_grad:
            raise UnsupportedError("a tensor without a gradient: it does not depend on the inputs, or was detached")
        weights = torch.ones_like(result) if cotangent is None else cotangent.to(result.dtype)
        if weights.shape != result.shape:
            raise UnsupportedError(f"a tensor of shape {tuple(result.shape)}; {tuple(weights.shape)} is asked for")
        gradients = torch.autograd.grad(result, leaves, weights, allow_unused=True)
        return tuple(
            torch.zeros_like(leaf) if gradient is None else gradient
            for leaf, gradient in zip(leaves, gradients, strict=True)
        )

    def warm(self) -> None:
        """A training step: the first one in a process imports for seconds."""
        super().warm()
        torch = self.torch
        nn = torch.nn
        net = nn.Sequential(nn.Conv1d(1, 2, 3), nn.BatchNorm1d(2), nn.ReLU(), nn.Flatten(), nn.Linear(12, 2))
        for make in (torch.optim.SGD, torch.optim.AdamW, torch.optim.Adam):
            optimizer = make(net.parameters(), lr=1e-3)
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(torch.randn(4, 1, 8)), torch.tensor([0, 1, 0, 1]))
            loss.backward()
            optimizer.step()
        query = torch.randn(1, 1, 4, 8)
        nn.functional.scaled_dot_product_attention(query, query, query)
        nn.LSTM(4, 4)(torch.randn(2, 1, 4))
        torch.einsum("ij,jk->ik", query[0, 0], query[0, 0].T)
        repr(query)


class Jax(NumPy):
    """Only imported before the fork: its backend starts threads, which a fork does not copy."""

    def __init__(self) -> None:
        self.jax: Any = importlib.import_module("jax")
        self.jax.config.update("jax_platforms", "cpu")
        self.jax.config.update("jax_enable_x64", True)

    def from_array(self, array: Array) -> Any:
        return self.jax.numpy.asarray(array)

    def from_scalar(self, array: Array) -> Any:
        return self.jax.numpy.asarray(array)

    def from_tensor(self, array: Array, dtype: str, requires_grad: bool) -> Any:
        return self.jax.numpy.asarray(array, dtype=dtype)

    def to_tensor(self, value: Any) -> tuple[Array, str, bool] | None:
        if not isinstance(value, self.jax.Array):
            return None
        if isinstance(value, self.jax.core.Tracer):
            raise UnsupportedError("a tracer, which has no values")
        name = str(value.dtype)
        return np.asarray(value.astype("float32") if name == "bfloat16" else value), name, False

    def vjp(
        self, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], wrt: Any, cotangent: Any
    ) -> Any:
        if not all(isinstance(place, int) for place in wrt):
            raise UnsupportedError("something that is asked for inside a dictionary: not with JAX")

        def of_leaves(*leaves: Any) -> Any:
            filled = list(args)
            for position, leaf in zip(wrt, leaves, strict=True):
                filled[position] = leaf
            return function(*filled, **kwargs)

        result, pull = self.jax.vjp(of_leaves, *(args[position] for position in wrt))
        ones = self.jax.numpy.ones_like(result)
        return pull(ones if cotangent is None else cotangent.astype(result.dtype))

    def warm(self) -> None:
        super().warm()
        for name in ("jax.numpy", "jax.nn", "jax.random", "jax.lax"):
            importlib.import_module(name)


def adapter(framework: str) -> Adapter:
    """The adapter of `numpy`, `torch` or `jax`; ImportError when it is not installed."""
    return {"numpy": NumPy, "torch": Torch, "jax": Jax}[framework]()
