"""What the owner of a source said about learning from it, in a form that machines read."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Channel: TypeAlias = Literal["tdmrep", "aipref", "rsl", "cawg", "robots", "stated"]


@dataclass(frozen=True)
class Reservation:
    """One signal.

    Attributes:
        channel: how it was said.
        reserved: whether learning is reserved; False where it is expressly free.
        said: the words or values themselves, in short.
        where: the file, header or page.
        policy: address of licence terms; empty for none.
        draft: whether the protocol itself is a draft.
    """

    channel: Channel
    reserved: bool
    said: str
    where: str
    policy: str = ""
    draft: bool = False
