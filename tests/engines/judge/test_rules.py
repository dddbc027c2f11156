"""Bans are found under every alias, and explain themselves."""

from __future__ import annotations

import pytest

from vivavoce.domain.exercise import Ban
from vivavoce.engines.judge.rules import broken_rule

CONV = Ban("torch.nn.functional.conv2d", "you write it here")


@pytest.mark.parametrize(
    "code",
    [
        "import torch\ntorch.nn.functional.conv2d(x, w)",
        "import torch.nn.functional as F\nF.conv2d(x, w)",
        "from torch.nn import functional as F\nF.conv2d(x, w)",
        "from torch.nn.functional import conv2d\nconv2d(x, w)",
        "from torch.nn.functional import conv2d as c\nc(x, w)",
        "from torch import nn\ndef f(x): return nn.functional.conv2d(x)",
        "import torch.nn as nn\ng = nn.functional.conv2d",
        "import torch\ntorch.conv2d(x, w)",
        "from torch._C._nn import conv2d",
        "import torch\nf = getattr(torch.nn.functional, 'conv2d')",
        "import torch.nn.functional as F\nG = F\nG.conv2d(x)",
        "import torch\nm = torch.nn\nG = m.functional\nG.conv2d(x)",
        "import torch.nn.functional as F\nvars(F)['conv2d'](x)",
        "import torch.nn.functional as F\nF.__dict__['conv2d'](x)",
        "import operator\nimport torch.nn.functional as F\noperator.attrgetter('conv2d')(F)",
        "import importlib\nimportlib.import_module('torch.nn.functional').conv2d(x)",
    ],
)
def test_a_banned_call_is_found_under_every_name(code: str) -> None:
    broken = broken_rule(code, [CONV])
    assert broken is not None
    assert "conv2d, which this exercise does not allow" in broken.message
    assert "you write it here" in broken.message


@pytest.mark.parametrize(
    "code",
    [
        "import torch\ntorch.nn.functional.relu(x)",
        "def conv2d(x, w): return x",
        "# torch.nn.functional.conv2d",
        "s = 'torch.nn.functional.conv2d'",
        "import torch.nn.functional as F\nF.conv2d_like(x)",
        "this is no python",
        "class Layer:\n    def conv2d(self): pass\nLayer().conv2d()",
        "import numpy as np\nnp.conv2d",
    ],
)
def test_what_is_not_banned_is_left_alone(code: str) -> None:
    assert broken_rule(code, [CONV]) is None


def test_a_star_import_of_what_holds_a_banned_name_is_found() -> None:
    broken = broken_rule("from torch.nn.functional import *\nconv2d(x, w)", [CONV])
    assert broken is not None
    assert "torch.nn.functional.*" in broken.message


def test_a_ban_covers_what_is_inside_and_methods_by_name() -> None:
    assert broken_rule("import numpy as np\nnp.linalg.svd(x)", [Ban("numpy.linalg", "no")]) is not None
    assert broken_rule("loss.backward()", [Ban(".backward", "no")]) is not None
    assert broken_rule("backward()", [Ban(".backward", "no")]) is None


def test_the_first_line_is_named() -> None:
    broken = broken_rule("import numpy as np\n\nnp.var(x)\nnp.var(y)", [Ban("numpy.var", "no")])
    assert broken is not None
    assert broken.line == 3
