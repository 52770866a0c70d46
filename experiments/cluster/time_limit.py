"""A limit on the time of a piece of work inside a process that has to live on, such as a worker of a cluster."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TookTooLong(TimeoutError):
    """Raised in the middle of the work when its time is over."""


@contextmanager
def cut_after(limit_s: float | None) -> Iterator[None]:
    """Raise TookTooLong inside the `with` once it has lasted `limit_s` seconds; None: never.

    It comes between two steps of Python: a single call into compiled code is waited for.
    """
    if limit_s is None:
        yield
        return
    guard, over = threading.Lock(), threading.Event()
    thread = threading.get_ident()

    def cut() -> None:
        with guard:  # never after the work has ended: it would hit the next piece
            if not over.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TookTooLong))

    timer = threading.Timer(limit_s, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with guard:
            over.set()
        timer.cancel()
