"""
glibc's allocator, told to give back what is freed.

By itself it keeps that: for each thread apart, and the more, the larger the pieces were. Elsewhere
(musl, macOS) nothing has to be told.
"""

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h
_libc = ctypes.CDLL(None)


def be_thrifty() -> None:
    """Have large pieces go back as soon as they are freed; before threads are started."""
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(_M_ARENA_MAX, 2)
        _libc.mallopt(_M_MMAP_THRESHOLD, 256 * 1024)
        _libc.mallopt(_M_TRIM_THRESHOLD, 128 * 1024)


def give_back() -> None:
    """Give back all that is free, also between what is used; takes a few milliseconds."""
    if hasattr(_libc, "malloc_trim"):
        _libc.malloc_trim(0)
