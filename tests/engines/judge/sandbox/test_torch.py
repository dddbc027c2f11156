"""PyTorch in a confined child: tensors both ways, gradients, and what a confined process must still be able to do."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.security.support import stopped
from vivavoce.domain.exercise import Confinement, Framework, Limits, Outcome
from vivavoce.engines.judge.base import Child, Request, Sandbox, Tensor
from vivavoce.engines.judge.sandbox import packages
from vivavoce.engines.judge.sandbox.select import choose

pytestmark = pytest.mark.skipif(not packages.installed(Framework.TORCH), reason="PyTorch is not installed")
LIMITS = Limits(cpu_s=5, memory_mib=512)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = choose().sandbox
    if sandbox.confinement is Confinement.LIMITED:
        sandbox.close()
        pytest.skip("this machine offers limits only")
    yield sandbox
    sandbox.close()


@pytest.fixture
def child(sandbox: Sandbox) -> Iterator[Child]:
    with sandbox.child(Framework.TORCH, LIMITS) as child:
        yield child


def test_arrays_arrive_as_tensors_of_their_dtype_and_layout(child: Child) -> None:
    child.load(
        "import torch\n"
        "def look(x): return isinstance(x, torch.Tensor), str(x.dtype), list(x.stride()), x.requires_grad, x * 1\n"
    )
    base = np.arange(6.0, dtype=np.float32).reshape(2, 3)
    for array, stride in [(base, [3, 1]), (base.T, [1, 3]), (base[:, ::2], [3, 2]), (base[::-1], [3, 1])]:
        is_tensor, dtype, got_stride, grad, back = child.ask(Request("call", "look", (array,))).value
        assert (is_tensor, dtype, got_stride, grad) == (True, "torch.float32", stride, False)
        assert (back.dtype, back.array.dtype) == ("float32", np.float32)
        assert np.array_equal(back.array, array)


def test_a_tensor_can_be_sent_in_half_precision_and_with_a_gradient(child: Child) -> None:
    child.load("def look(x): return str(x.dtype), x.requires_grad, x * 2")
    sent = Tensor(np.array([1.0, 2.5], np.float32), "bfloat16", requires_grad=True)
    dtype, grad, back = child.ask(Request("call", "look", (sent,))).value
    assert (dtype, grad) == ("torch.bfloat16", True)
    assert (back.dtype, back.array.dtype, back.array.tolist()) == ("bfloat16", np.float32, [2.0, 5.0])


FORMS = {
    "torch.ones(2, requires_grad=True) * 2": ("float32", [2.0, 2.0], True),
    "torch.complex(torch.ones(1), torch.ones(1)).conj()": ("complex64", [1 - 1j], False),
    "torch.tensor([True])": ("bool", [True], False),
    "torch.tensor(3)": ("int64", 3, False),
    "torch.nn.Parameter(torch.zeros(1))": ("float32", [0.0], True),
    "torch.arange(6).reshape(2, 3).T[::2]": ("int64", [[0, 3], [2, 5]], False),
}
REFUSED = {
    "torch.ones(2, device='meta')": "make returned a tensor on the meta device, which has no values",
    "torch.eye(2).to_sparse()": "make returned a tensor of layout sparse_coo; return a dense one",
    "type('Lazy', (torch.Tensor,), {})(torch.ones(2))": (
        "make returned a Lazy (a kind of tensor); return a plain torch.Tensor"
    ),
    "(t for t in torch.ones(2))": "make returned a generator",
    "torch.float32": "make returned the dtype torch.float32",
    "torch.ones(1).expand(1 << 30)": "make returned a tensor of more than 64 MiB",
}


@pytest.mark.parametrize("form", FORMS)
def test_any_dense_tensor_crosses_by_its_values(child: Child, form: str) -> None:
    child.load(f"import torch\ndef make(): return {form}")
    got = child.ask(Request("call", "make")).value
    assert (got.dtype, got.array.tolist(), got.requires_grad) == FORMS[form]


@pytest.mark.parametrize("form", REFUSED)
def test_what_has_no_values_is_named(child: Child, form: str) -> None:
    child.load(f"import torch\ndef make(): return {form}")
    error = stopped(child, lambda: child.ask(Request("call", "make")))
    assert (error.outcome, error.message) == (Outcome.WRONG_TYPE, REFUSED[form])
    assert child.alive


def test_the_gradient_of_a_function_is_the_one_of_calculus(child: Child) -> None:
    child.load("import torch\ndef f(x, w, b=0.0): return torch.tanh(x @ w) + b\ndef cut(x): return x.detach() * 2")
    rng = np.random.default_rng(0)
    x, w, c = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=(3, 2))
    got = child.ask(Request("vjp", "f", (x, w), {"b": 1.0}, wrt=(0, 1), cotangent=c, echo=True))
    slope = c * (1 - np.tanh(x @ w) ** 2)
    for gradient, expected in zip(got.value, (slope @ w.T, x.T @ slope), strict=True):
        assert np.allclose(gradient.array, expected, rtol=1e-12)
    assert got.echoed is not None
    error = stopped(child, lambda: child.ask(Request("vjp", "cut", (x,), wrt=(0,))))
    assert error.outcome is Outcome.WRONG_TYPE
    assert "it does not depend on the inputs, or was detached" in error.message


WORKS = {
    "training step": (
        "torch.manual_seed(0)\n    nn = torch.nn\n"
        "    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))\n"
        "    opt = torch.optim.AdamW(net.parameters(), lr=0.01)\n    x = torch.randn(16, 4)\n"
        "    def loss(): return (net(x) - 1).pow(2).mean()\n"
        "    first = loss()\n    first.backward()\n    opt.step()\n    return bool(loss() < first)"
    ),
    "convolution and batch normalization": (
        "m = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2))\n"
        "    return m(torch.randn(2, 1, 5, 5)).shape == (2, 2, 3, 3)"
    ),
    "recurrent and attention layers": (
        "y, _ = torch.nn.GRU(3, 4)(torch.randn(5, 1, 3))\n"
        "    t = torch.nn.TransformerEncoderLayer(4, 2, 8)(y)\n    return t.shape == (5, 1, 4)"
    ),
    "functional transforms": (
        "g = torch.func.vmap(torch.func.grad(lambda v: v ** 3))\n    return g(torch.ones(2)).tolist() == [3, 3]"
    ),
    "gradient check": (
        "return torch.autograd.gradcheck(torch.sin, torch.randn(3, dtype=torch.double, requires_grad=True))"
    ),
    "linear algebra": "a = torch.randn(4, 4)\n    u, s, v = torch.linalg.svd(a)\n"
    "    return torch.allclose(u @ s.diag() @ v, a, atol=1e-4)",
    "saving and loading in memory": (
        "import io\n    b = io.BytesIO()\n    torch.save({'w': torch.ones(2)}, b)\n    b.seek(0)\n"
        "    return bool((torch.load(b)['w'] == 1).all())"
    ),
    "two threads": "torch.set_num_threads(2)\n    a = torch.eye(600)\n    return torch.equal(a @ a, a)",
    "scripted function": "f = torch.jit.script(lambda_like)\n    return float(f(torch.ones(1))) == 2.0",
    "NumPy beside it": "import numpy as np\n    return bool((torch.from_numpy(np.ones(2)) == 1).all())",
}  # fmt: skip


@pytest.mark.parametrize("name", WORKS)
@pytest.mark.filterwarnings("ignore")
def test_what_people_write_in_interviews_works_confined(child: Child, name: str) -> None:
    script = "import torch\ndef lambda_like(x):\n    return x + 1\n"
    child.load(f"{script}def work():\n    {WORKS[name]}")
    assert child.ask(Request("call", "work")).value is True


@pytest.mark.parametrize(
    "code",
    [
        "torch.utils.data.DataLoader(list(range(4)), num_workers=2)",
        "torch.save(torch.ones(1), '/tmp/weights.pt') or [1]",
    ],
    ids=["loader with processes", "file"],
)
def test_processes_and_files_are_refused_with_a_hint(child: Child, code: str) -> None:
    child.load(f"import torch\ndef work(): return sum(1 for _ in {code})")
    error = stopped(child, lambda: child.ask(Request("call", "work")))
    assert error.outcome is Outcome.RAISED
    assert child.alive


def test_a_module_stays_and_answers_by_handle(child: Child) -> None:
    child.load("import torch\ndef build(n): return torch.nn.Linear(n, 1)\ndef run(m, x): return m(x)")
    module = child.ask(Request("call", "build", (3,))).value
    assert module.type_name == "Linear"
    assert child.ask(Request("call", "run", (module, np.ones((2, 3), np.float32)))).value.array.shape == (2, 1)
    assert child.ask(Request("get", "weight", handle=module)).value.array.shape == (1, 3)
    assert child.ask(Request("method", "state_dict", handle=module)).value.keys() == {"weight", "bias"}


def test_the_next_child_has_no_modules_or_numbers_of_the_last(sandbox: Sandbox) -> None:
    draws = []
    for _ in range(2):
        with sandbox.child(Framework.TORCH, LIMITS) as child:
            child.load(
                "import torch\nassert not hasattr(torch, 'left')\ntorch.left = 1\ndef draw(): return torch.rand(3)"
            )
            draws.append(child.ask(Request("call", "draw")).value.array.tolist())
    assert draws[0] != draws[1]
