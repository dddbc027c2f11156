"""Run by test_offline.py inside a network namespace: bring loopback up, practise, print a report as JSON."""

from __future__ import annotations

import errno
import fcntl
import json
import socket
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import sync_playwright

from tests.browser.support import PATIENCE_MS, Watch, launch, server_at

_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1
ELSEWHERE = ("192.0.2.1", 80)  # an address that documentation reserves: nobody's


def loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        fcntl.ioctl(handle, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _IFF_UP))


def reach() -> str:
    with socket.socket() as probe:
        probe.settimeout(2)
        try:
            probe.connect(ELSEWHERE)
        except OSError as error:
            return "unreachable" if error.errno == errno.ENETUNREACH else f"other error: {error}"
    return "reached"


def main(data: Path) -> None:
    loopback_up()
    with server_at(data) as server, sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context()
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(server.base)
        watch.context(context)
        page = context.new_page()
        page.goto(server.url)
        page.goto(server.base + "/concepts/attention")
        page.locator(".katex").first.wait_for()
        fonts = page.evaluate(
            "document.fonts.ready.then(f => [...f].filter(x => x.status === 'loaded').map(x => x.family))"
        )
        page.goto(server.base + "/questions/gradient-descent/why-mini-batches")
        page.get_by_label("Your answer").fill("The processor works on a whole batch in parallel, which is far faster.")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/attempts/*")
        criteria = page.locator(".criterion").count()
        browser.close()
    print(json.dumps({"outside": reach(), "faults": watch.faults, "criteria": criteria, "fonts": fonts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
