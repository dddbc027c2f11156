"""Pages as a test looks at them: parsed, with every tag closed, nothing inline."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

BANK = Path(__file__).parent / "bank"
ITEM = "dropout/what-is-it"
ORIGIN = "http://127.0.0.1:8765"

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line", "source"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str]
    text: str = ""


@dataclass
class Html(HTMLParser):
    """The start tags of a page in order, each with the text inside it, and what is badly nested."""

    nodes: list[Node] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    open: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.nodes.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1].tag if self.open else 'nothing'}>")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for node in self.open:
            node.text += data

    def all(self, tag: str = "", **attrs: str) -> list[Node]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            n
            for n in self.nodes
            if tag in ("", n.tag) and all(value in n.attrs.get(name, "\0").split() for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attrs: str) -> Node:
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of <{tag} {attrs}>"
        return found[0]

    def by_name(self, name: str) -> str:
        """The value of the first form field of that name."""
        return next(n.attrs.get("value", n.text) for n in self.nodes if n.attrs.get("name") == name)

    @property
    def text(self) -> str:
        return " ".join(self.one("body").text.split())


def parse(html: str) -> Html:
    page = Html()
    page.feed(html)
    page.close()
    page.faults += [f"<{node.tag}> is never closed" for node in page.open]
    return page
