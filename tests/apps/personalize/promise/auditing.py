"""The ledger as an auditor reads it: the file itself, with the verifier that stands alone and nothing of Openslate."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from openslate.rights.verifier.openslate_verify import hash_leaf, read_entry

CHANGES = frozenset(("consent", "refusal", "grant", "withdraw"))
"""Decisions after which a serving authorisation is none."""


class Ledger:
    """What the file holds, checked entry by entry.

    Args:
        path: of `ledger.jsonl`; bytes after the last whole line are a crash's, and say nothing.
    """

    def __init__(self, path: Path) -> None:
        self.entries: list[dict[str, Any]] = []
        self.place: dict[str, int] = {}
        whole = path.read_bytes() if path.exists() else b""
        previous, at = bytes(32), ""
        for line in whole[: whole.rfind(b"\n") + 1].split(b"\n")[:-1]:
            entry = read_entry(line, len(self.entries))
            assert entry["previous"] == previous.hex() and entry["at"] >= at, "the chain is broken"
            previous, at = hash_leaf(line), entry["at"]
            self.place[previous.hex()] = len(self.entries)
            self.entries.append(entry)

    @property
    def last(self) -> datetime | None:
        """The moment of the last entry."""
        return datetime.fromisoformat(self.entries[-1]["at"]) if self.entries else None

    def entry(self, leaf: str) -> Mapping[str, Any]:
        """The entry with a hash, which must be there."""
        assert leaf in self.place, "an effect whose decision is not on the ledger"
        return self.entries[self.place[leaf]]

    def of(self, *kinds: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Entries of some kinds, with their places."""
        return ((number, one) for number, one in enumerate(self.entries) if one["decision"] in kinds)

    def require_spent(self, decision: int, amount: str, spent: int) -> None:
        """A use that was made has a decision with its price, and after it an entry that it was made.

        Args:
            decision: place of the use.
            amount: its price.
            spent: how many times that token was accepted so far, this one included.
        """
        use = self.entries[decision]
        assert (use["decision"], use["outcome"]) == ("use", "allow"), "an effect without a decision"
        assert use["amount"] == amount, "an effect at another price"
        made = [number for number, one in self.of("spend") if one["use"] == decision]
        assert made and min(made) > decision, "an effect whose spending is not on the ledger"
        assert spent == 1, "one decision, and two effects"

    def require_served(self, purpose: str, cut_short: Collection[int]) -> None:
        """An answer stands on an authorisation that nothing has ended since.

        Args:
            purpose: of the answer.
            cut_short: places of consents and grants whose step died, so that they may have changed nothing.
        """
        opened = [number for number, one in self.of("epoch") if one["purposes"] == [purpose]]
        changed = [number for number, one in self.of(*CHANGES) if "record" not in one]
        changed = [number for number in changed if number not in cut_short]
        assert opened, "an answer without an authorisation"
        assert max(opened) > max(changed, default=-1), "an answer on an authorisation that had ended"

    def require_read(self, leaf: str, purposes: list[str], allowed: int, denied: int) -> None:
        """Data that was given out has its decision, which says for what and of how many."""
        read = self.entry(leaf)
        assert (read["decision"], read["purposes"]) == ("read", purposes), "a read without its decision"
        assert (read["members_allowed"], read["members_denied"]) == (allowed, denied), "a read of others than decided"
