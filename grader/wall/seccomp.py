"""Which system calls a learner's code may not make: filters for the kernel, built outside and loaded inside."""

import ctypes
import errno
import functools
import os
import tempfile

# A denied call returns an error and kills nobody: a library that only tries must be able to go on.
# What neither the warm process nor a learner needs: other processes' memory, the kernel's own tables and devices,
# what outlives a process, and interfaces whose history is a list of holes.
NOBODY = """
    acct add_key adjtimex bpf clock_adjtime clock_settime create_module delete_module fanotify_init fanotify_mark
    finit_module get_kernel_syms init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp
    kexec_file_load kexec_load keyctl landlock_restrict_self lookup_dcookie map_shadow_stack memfd_secret mq_open
    mq_unlink msgget nfsservctl open_by_handle_at perf_event_open personality pidfd_getfd process_madvise
    process_mrelease process_vm_readv process_vm_writev ptrace query_module quotactl quotactl_fd reboot request_key
    semget sethostname setdomainname settimeofday shmget stime swapoff swapon _sysctl syslog uselib userfaultfd
    ustat vhangup vmsplice
"""
# What the warm process needs to enclose a learner, and a learner does not need. memfd_create: where no cgroup can be
# written, its memory is on nobody's account.
LEARNER = """
    chroot fsconfig fsmount fsopen fspick memfd_create mknod mknodat mount mount_setattr move_mount
    move_pages migrate_pages mbind set_mempolicy name_to_handle_at open_tree open_tree_attr pivot_root setns umount
    umount2 unshare
"""
NEW_NAMESPACES = (0x00000080, 0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
CLONE_THREAD, AF_UNIX, TIOCSTI, TIOCLINUX = 0x00010000, 1, 0x5412, 0x541C
LOW_WORD = 0xFFFFFFFF  # the kernel reads an ioctl's number as 32 bits; what stands above it must not hide it
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


@functools.cache
def program(*, learner: bool, fork: bool = True) -> bytes:
    """BPF for the warm process, or (`learner`) for what it forks; without `fork` only threads can be started.

    Raises ImportError or OSError where libseccomp is missing.
    """
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    denied, absent = pyseccomp.ERRNO(errno.EPERM), pyseccomp.ERRNO(errno.ENOSYS)
    # A call made the 32-bit way would have other numbers than those below.
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, denied)
    for name in (NOBODY + (LEARNER if learner else "")).split():
        _deny(rules, denied, name)
    for number in (TIOCSTI, TIOCLINUX):  # typing into the instructor's terminal
        rules.add_rule(denied, "ioctl", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, LOW_WORD, number))
    for name in ("socket", "socketpair"):
        rules.add_rule(denied, name, pyseccomp.Arg(0, pyseccomp.NE, AF_UNIX))
    if learner:
        for flag in NEW_NAMESPACES:
            rules.add_rule(denied, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
        # Its flags lie in memory, where no filter can look; the C library then uses clone.
        rules.add_rule(absent, "clone3")
    if not fork:
        again = pyseccomp.ERRNO(errno.EAGAIN)  # what a full process table says
        rules.add_rule(again, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, 0))
        for name in ("fork", "vfork"):
            _deny(rules, again, name)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _deny(rules, action: int, name: str) -> None:
    import pyseccomp

    try:
        number = pyseccomp.resolve_syscall(pyseccomp.system_arch(), name)
    except OSError:
        return  # younger than this libseccomp
    # Negative: another architecture's.
    if number >= 0:
        rules.add_rule(action, number)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def load(bpf: bytes) -> None:
    """From here on this process, and whatever it starts, lives under the filter; there is no way back."""
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    # Refused by the kernel from a process without privileges that could still gain some.
    if libc.prctl(PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero):
        raise OSError(ctypes.get_errno(), "no_new_privs: " + os.strerror(ctypes.get_errno()))
    filters = _Program(len(bpf) // 8, bpf)
    if libc.prctl(PR_SET_SECCOMP, ctypes.c_ulong(SECCOMP_MODE_FILTER), ctypes.byref(filters), zero, zero):
        raise OSError(ctypes.get_errno(), "seccomp: " + os.strerror(ctypes.get_errno()))
