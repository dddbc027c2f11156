"""Numbers of system calls, `name:x86_64:aarch64`, in three classes. `-`: the machine has no such call."""

from __future__ import annotations


def _table(text: str) -> dict[str, tuple[int | None, int | None]]:
    rows = (entry.split(":") for entry in text.split())
    return {name: (_number(x86_64), _number(aarch64)) for name, x86_64, aarch64 in rows}


def _number(text: str) -> int | None:
    return None if text == "-" else int(text)


ALLOWED = _table("""
    read:0:63 write:1:64 mmap:9:222 munmap:11:215 mprotect:10:226 futex:202:98 brk:12:214 madvise:28:233
    mremap:25:216 close:3:57 readv:19:65 writev:20:66 pread64:17:67 lseek:8:62 fstat:5:80 stat:4:- lstat:6:-
    newfstatat:262:79 statx:332:291 open:2:- openat:257:56 access:21:- faccessat:269:48 faccessat2:439:439
    readlink:89:- readlinkat:267:78 getdents64:217:61 getcwd:79:17 statfs:137:43 fstatfs:138:44 fadvise64:221:223
    poll:7:- ppoll:271:73 select:23:- pselect6:270:72 rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139
    rt_sigpending:127:136 rt_sigsuspend:130:133 rt_sigtimedwait:128:137 sigaltstack:131:132 restart_syscall:219:128
    pause:34:- alarm:37:- getitimer:36:102 setitimer:38:103 gettid:186:178 getpid:39:172 getppid:110:173
    getuid:102:174 geteuid:107:175 getgid:104:176 getegid:108:177 getresuid:118:148 getresgid:120:150
    getgroups:115:158 getpgid:121:155 getpgrp:111:- getsid:124:156 capget:125:90 sched_yield:24:124
    sched_getaffinity:204:123 sched_getscheduler:145:120 sched_getparam:143:121 sched_get_priority_max:146:125
    sched_get_priority_min:147:126 getpriority:140:141 getcpu:309:168 set_robust_list:273:99 get_robust_list:274:100
    set_tid_address:218:96 rseq:334:293 exit:60:93 exit_group:231:94 membarrier:324:283 dup:32:23 dup2:33:-
    dup3:292:24 clock_gettime:228:113 clock_getres:229:114 clock_nanosleep:230:115 nanosleep:35:101
    gettimeofday:96:169 time:201:- getrusage:98:165 times:100:153 getrandom:318:278 uname:63:160 sysinfo:99:179
    getrlimit:97:163 mincore:27:232 msync:26:227 umask:95:166
""")
"""What Python, NumPy and PyTorch need to compute in one process; the frequent ones first."""

CHECKED = _table("""
    clone:56:220 clone3:435:435 kill:62:129 tkill:200:130 tgkill:234:131 prctl:157:167 ioctl:16:29 fcntl:72:25
    prlimit64:302:261 openat2:437:437
""")
"""Decided by their arguments."""

EXPLOIT = _table("""
    ptrace:101:117 process_vm_readv:310:270 process_vm_writev:311:271 process_madvise:440:440 bpf:321:280
    userfaultfd:323:282 io_uring_setup:425:425 io_uring_enter:426:426 io_uring_register:427:427 add_key:248:217
    request_key:249:218 keyctl:250:219 mount:165:40 umount2:166:39 pivot_root:155:41 move_mount:429:429
    fsopen:430:430 fsconfig:431:431 fsmount:432:432 fspick:433:433 open_tree:428:428 mount_setattr:442:442
    unshare:272:97 setns:308:268 name_to_handle_at:303:264 open_by_handle_at:304:265 perf_event_open:298:241
    pidfd_open:434:434 pidfd_getfd:438:438 pidfd_send_signal:424:424 kcmp:312:272 init_module:175:105
    finit_module:313:273 delete_module:176:106 kexec_load:246:104 kexec_file_load:320:294 reboot:169:142
    swapon:167:224 swapoff:168:225 acct:163:89 iopl:172:- ioperm:173:- modify_ldt:154:- lookup_dcookie:212:18
    quotactl:179:60 syslog:103:116
""")
"""Only ever used to leave a sandbox: the process dies. What is in no list fails with EPERM."""
