"""A pack with one estimate whose numbers are drawn."""

from __future__ import annotations

from pathlib import Path

ITEM = "cnn/count"
PACK = {
    "pack.yaml": '{name: p, title: P, version: "1", licence: CC0-1.0, description: d}',
    "concepts/cnn/concept.md": "---\ntitle: CNN\narea: vision\nlevel: basic\nsummary: s\n---\nA lesson.\n",
    "concepts/cnn/questions/count.yaml": """
kind: estimate
level: basic
minutes: 2
prompt: A filter of [[k]] by [[k]] over [[c]] channels, [[f]] of them with biases. How many parameters?
why: To see.
numbers: {k: [3, 5, 7], c: [16, 32, 64], f: [8, 24, 48]}
steps:
  one-filter: {says: "one filter: [[k*k]]·[[c]]", value: k*k*c, unit: weights, points: 1, within: 0}
  result: {says: "all, with biases", value: (one_filter + 1)*f, unit: parameters, points: 2, within: 0.0002}
slips:
  no-bias: {value: one_filter*f, says: The biases were left out., instead: "There are [[f]] of them."}
model_answer: One filter has [[one_filter]], so the answer is [[result]].
short_answer: "[[result]]."
follow_ups:
  - {when: one-filter, ask: "How many weights has one filter of [[k]] by [[k]]?", answer: "[[one_filter]]"}
  - {when: all-met, ask: "Deeper than [[k]]?", answer: "Yes, deeper.", criterion: It is deeper., paraphrases: [deep]}
likelihood: {}
""",
}


def written_pack(folder: Path) -> Path:
    """The pack, written into `folder`."""
    for name, text in PACK.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
