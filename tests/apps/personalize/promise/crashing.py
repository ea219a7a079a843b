"""A process that dies at a chosen durable step: nothing that it does afterwards reaches the disk."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from openslate.storage.state import State
from openslate.storage.vault import Vault

STEPS: tuple[tuple[object, str], ...] = (
    (State, "execute"),
    (Vault, "execute"),
    *((os, name) for name in ("fsync", "ftruncate", "write", "rename", "replace", "unlink")),
)
"""What changes a disk."""


class Crash(BaseException):
    """The process is dead; no `except Exception` of ours may go on from here."""


@contextmanager
def dying_at(step: int | None) -> Iterator[None]:
    """Die at a durable step, counted from 0, and at each one after it; None for never."""
    left = step

    def dying(work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            assert left is not None
            left -= 1
            if left < 0:
                raise Crash
            return work(*arguments, **named)

        return counted

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS if step is not None else ():
            patch.setattr(owner, name, dying(getattr(owner, name)))
        yield
