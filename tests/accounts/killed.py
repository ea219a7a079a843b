"""What the processes of `test_erasing_processes` run; imported before they are forked, so that they start at once."""

import os
import resource
import signal
from collections.abc import Callable
from typing import Any

from openslate.accounts.erasing import erase_member
from openslate.data.datasets import viewing
from openslate.errors import OpenslateError
from openslate.project import Project
from openslate.storage import rewriting
from openslate.storage.state import State
from openslate.storage.vault import Vault
from tests.accounts.erased_service import MEMBER


def killing_after(touches: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What wraps functions so that the process is killed when they were called, together, so many times."""
    left = touches

    def dying(work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return work(*arguments, **named)

        return counted

    return dying


def erase_and_die(folder: str, after: int) -> None:
    """Erase the member, and be killed when the databases or the disk were touched so many times."""
    dying = killing_after(after)
    for kind in (State, Vault):
        kind.execute = dying(kind.execute)  # type: ignore[method-assign]
        kind.compact = dying(kind.compact)  # type: ignore[method-assign]
    os.fsync = dying(os.fsync)
    os.unlink = dying(os.unlink)
    os.rename = dying(os.rename)
    os.replace = dying(os.replace)
    rewriting.copy_to = dying(rewriting.copy_to)
    erase_member(Project.open(folder), MEMBER, "asked by letter")


def read_for_ever(folder: str, seen: Any) -> None:
    """Read again and again, and tell the members read or the error."""
    while True:
        try:
            seen.put(viewing(Project.open(folder), ("train",), "a test").members)
        except OpenslateError as error:
            seen.put(str(error))


def erase_on_a_full_disk(folder: str, largest: int, told: Any) -> None:
    """Erase where no file may grow beyond a size."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    try:
        erase_member(Project.open(folder), MEMBER, "asked by letter")
        told.put("done")
    except OpenslateError as error:
        told.put(f"{type(error).__name__}: {error}")
