"""The trusted end of a zygote."""

from __future__ import annotations

import array
import contextlib
import json
import os
import socket
import struct
import subprocess
import threading

from vivavoce.domain.exercise import Confinement, Framework
from vivavoce.engines.judge.sandbox.client import Exit, SandboxStartError
from vivavoce.engines.judge.sandbox.launch import command, environment, permissions
from vivavoce.engines.judge.sandbox.process import LinuxProcess
from vivavoce.engines.judge.sandbox.structs import FORK, FORKED, REAP, REAPED

_START_S = 120.0
"""PyTorch takes nine seconds to import and warm on a busy machine."""
_CREDENTIALS = struct.Struct("3i")  # process, user, group


class Zygote:
    """The trusted end of one zygote. Its methods may be called from any thread."""

    def __init__(self, framework: Framework, confinement: Confinement) -> None:
        self._lock = threading.Lock()
        self.children = 0
        self.users = 0
        """Children that still run; whoever takes one counts it here."""
        self._broken = False
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                    command(framework, confinement, theirs.fileno()),
                    env=environment(),
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    cwd="/",
                    start_new_session=True,  # Ctrl-C in the terminal is for the judge
                )
        except (OSError, SandboxStartError):
            self._control.close()
            raise
        with contextlib.suppress(OSError):  # it ended at once: its first word says why
            self._control.send(json.dumps(permissions(framework, confinement)).encode())
        answer, self.pid = self._first_word()  # the zygote's own number: what was started may be bubblewrap
        if answer != b"Z":
            said = self._stop()
            text = (answer[1:] + said).decode(errors="replace").strip()
            raise SandboxStartError(text.splitlines()[-1] if text else "the process ended without a word")
        self._control.settimeout(10.0)

    def _first_word(self) -> tuple[bytes, int]:
        """What it says when it is ready or has failed, and who says it, by the kernel's word."""
        self._control.settimeout(_START_S)
        self._control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        try:
            answer, extra, _, _ = self._control.recvmsg(65536, socket.CMSG_SPACE(_CREDENTIALS.size))
        except ConnectionResetError:  # it ended without reading what it may do
            return b"", 0
        except OSError as error:
            return b"E" + str(error).encode(), 0
        finally:
            self._control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        return answer, next((_CREDENTIALS.unpack(data)[0] for _, _, data in extra), 0)

    @property
    def alive(self) -> bool:
        return not self._broken and self._process.poll() is None

    def fork(self, memory_bytes: int) -> LinuxProcess:
        """A confined child. Raises `SandboxStartError` when it, or the zygote, cannot have one."""
        data, theirs = socket.socketpair()
        reads, writes = os.pipe()
        try:
            with self._lock:
                self.children += 1
                rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [theirs.fileno(), writes]))]
                self._control.sendmsg([FORK.pack(b"F", memory_bytes)], rights)
                answer, descriptors, _, _ = socket.recv_fds(self._control, 2048, 1)
            if answer[:1] != b"P" or len(descriptors) != 1:
                raise SandboxStartError(answer[1:].decode(errors="replace") or "the zygote has ended")
        except OSError as error:
            self._broken = True  # a late answer would be taken for the next one's
            data.close()
            os.close(reads)
            raise SandboxStartError(f"the zygote does not answer ({error})") from None
        except SandboxStartError:
            data.close()
            os.close(reads)
            raise
        finally:
            theirs.close()
            os.close(writes)
        inner_pid = FORKED.unpack(answer)[1]
        return LinuxProcess(lambda: self.reap(inner_pid), descriptors[0], data, reads)

    def reap(self, pid: int) -> Exit | None:
        try:
            with self._lock:
                self._control.send(REAP.pack(b"R", pid))
                answer = self._control.recv(2048)
            _, status, cpu_s, max_rss = REAPED.unpack(answer)
        except (OSError, struct.error):
            self._broken = True
            return None
        return Exit(os.WTERMSIG(status) if os.WIFSIGNALED(status) else None, cpu_s, max_rss)

    def close(self) -> None:
        """End it, and with it every child that it still has."""
        self._stop()

    def _stop(self) -> bytes:
        """What it said on its standard error before it was ready. May be called again, and from several threads."""
        self._broken = True
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for an answer, so that the lock is given up
        with self._lock:
            self._control.close()
            if self._process.stderr is None or self._process.stderr.closed:
                return b""
            try:
                return self._process.communicate(timeout=2)[1]
            except subprocess.TimeoutExpired:
                self._process.kill()
                return self._process.communicate()[1]
