"""Ways out of a sandbox, as bodies of `attack()`: each returns what it got, or raises when it was refused.

`{...}` is filled in by the test. `libc` raises an OSError when a call fails, as Python's own functions do.
"""

from __future__ import annotations

from tests.security.support import SOFTMAX

PRELUDE = """
import ctypes, os, socket, sys
_LIBC = ctypes.CDLL(None, use_errno=True)
def libc(name, *args):
    result = getattr(_LIBC, name)(*args)
    if result < 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return f"{name} gave {result}"
def call(number, *args): return libc("syscall", ctypes.c_long(number), *args)
def say(text): os.write(1, (text + "\\n").encode("utf-8", "replace"))
X86 = os.uname().machine == "x86_64"
"""
RUN = """
say("TRIED")
try:
    got = attack()
except BaseException as error:
    say(f"refused: {type(error).__name__}: {error}")
else:
    say(f"BREACH: {got}" if got else "nothing")
"""


def submission(body: str, **filled: object) -> str:
    """An honest answer whose module tries the attack first."""
    for key, value in filled.items():
        body = body.replace("{" + key + "}", repr(value))
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    return f"{PRELUDE}\ndef attack():\n{lines}\n{RUN}\n{SOFTMAX}"


FILES = {
    "/etc/passwd": "return open('/etc/passwd').read()",
    "a file open to everybody": "return open({secret}).read()",
    "the tests": "return open({tests}).read()",
    "the judge's source": "return open({source}).read()",
    "the root folder": "return os.listdir('/')",
    "own memory by file": "return open('/proc/self/mem', 'r+b')",
    "the parent's environment": "return open(f'/proc/{os.getppid()}/environ', 'rb').read()",
    "the judge's memory map": "return open('/proc/{judge}/maps').read()",
    "the environment": "found = {k: v for k, v in os.environ.items() if 'SECRET' in k}\nreturn found or None",
    "writing anywhere": """
for place in ('/tmp', '/var/tmp', '/dev/shm', '.', os.path.expanduser('~'), {folder}, '/usr/lib'):
    try: open(os.path.join(place, 'viva-was-here'), 'w')
    except OSError as error: last = error
    else: return place
raise last""",
    "a symbolic link": "os.symlink('/etc/passwd', os.path.join({folder}, 'link')); return 'link'",
    "shared memory": "from multiprocessing import shared_memory as s\nreturn s.SharedMemory(create=True, size=64).name",
    "System V shared memory": "return call(29 if X86 else 194, 0, 4096, 0o1666)",
    "a lock on a shared file": """
import fcntl
with open(os.__file__) as file: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
return 'locked'""",
    "a lease on a shared file": "file = open(os.__file__)\nreturn call(72 if X86 else 25, file.fileno(), 1024, 0)",
    "a deleted or changed file": "os.unlink({secret}); return 'gone'",
    "a changed mode": "os.chmod({secret}, 0o777); return 'changed'",
}
NETWORK = {
    "TCP": "socket.create_connection(('127.0.0.1', {tcp}), 1); return 'connected'",
    "UDP": "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('127.0.0.1', {udp})); return 'sent'",
    "abstract Unix socket": "s = socket.socket(socket.AF_UNIX, 2); s.sendto(b'x', {unix}); return 'sent'",
    "a socket pair": "return socket.socketpair()",
}
PROCESSES = {
    "execv": "os.execv('/bin/sh', ['sh', '-c', 'echo BREACH'])",
    "subprocess": "import subprocess\nreturn subprocess.run(['/bin/echo', 'BREACH'], capture_output=True).stdout",
    "os.system": "code = os.system('echo BREACH')\nif code: raise OSError(code)\nreturn code == 0",
    "posix_spawn": "return os.posix_spawn('/bin/echo', ['echo', 'BREACH'], {})",
    "fork": "pid = os.fork()\nif pid == 0: os._exit(0)\nreturn pid",
    "signal to the parent": "os.kill(os.getppid(), 0); return 'sent'",
    "signal to the judge": "os.kill({judge}, 0); return 'sent'",
    "signal to everybody": "os.kill(-1, 0); return 'sent'",
    "signal to the group": "os.killpg(os.getpgid(os.getppid()), 0); return 'sent'",
    "clone with new namespaces": "return call(56 if X86 else 220, 0x10000000 | 17, 0, 0, 0, 0)",
    "setuid": "os.setuid(0); return 'root'",
    "chroot": "os.chroot('/'); return 'moved'",
    "typing into the terminal": "import fcntl, termios\nfcntl.ioctl(0, termios.TIOCSTI, b'x'); return 'typed'",
    "loosened filter": "return libc('prctl', 22, 2, 0, 0, 0)",
    "a filter of its own": "return call(317 if X86 else 277, 0, 0, 0)",
    "a new Landlock domain": "return call(444, None, 0, 1)",
    "own limits": "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (999, 999)); return 'raised'",
}
DEADLY = {
    "ptrace": "return call(101 if X86 else 117, 16, {judge}, 0, 0)",
    "process_vm_readv": "return call(310 if X86 else 270, {judge}, 0, 0, 0, 0, 0)",
    "unshare": "return libc('unshare', 0x10000000)",
    "io_uring": "return call(425, 1, 0)",
    "bpf": "return call(321 if X86 else 280, 0, 0, 0)",
    "keyctl": "return call(250 if X86 else 219, 0, 0, 0, 0, 0)",
    "mount": "return libc('mount', None, b'/', None, 0, None)",
    "userfaultfd": "return call(323 if X86 else 282, 0)",
    "descriptors of others": "return call(438, 3, 0, 0)",
    "open by handle": "return call(304 if X86 else 265, 0, 0, 0)",
}
"""The filter ends the process."""
X86_ONLY = {
    "numbers of x32": "return call(0x40000000 + 39)",
    "32-bit calls": """
import mmap
code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
code.write(bytes.fromhex('b814000000cd80c3'))  # mov eax, 20 (getpid); int 0x80; ret
return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()""",
}
HARMLESS = {
    "executable memory": """
import mmap
code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
code.write(bytes.fromhex('b82a000000c3' if X86 else '40058052c0035fd6'))  # return 42
if ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))() == 42: say('ran')""",
}
"""Allowed, because compilers of numeric code need it."""
