"""Proofs that what a statement names stands on the ledger, for whoever holds the ledger's public key and no more.

They are over the first checkpoint that covers the statement, and carry the ledger's own signature alone: so the same
statement is proved by the same bytes however far the ledger has grown, and whoever has cosigned since. A witness's
signature is of the same text, and stands with the checkpoint in the project and in an auditor's bundle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.checkpoint import Checkpoint
from openslate.rights.ledger.trust import forked


@dataclass(frozen=True)
class LedgerProver:
    """Proves by the Merkle tree of a project's ledger; see `statements.Prover`.

    Attributes:
        project: whose ledger; it must have a key (`ledger.make_key`).
    """

    project: Project

    def prove(self, indices: Sequence[int], size: int) -> Mapping[str, Any]:
        """The text of the first checkpoint of `size` entries or more, and by index the path from each leaf to its root.

        Where there is no such checkpoint yet, the ledger is signed as it stands.

        Args:
            indices: of the entries, each below `size`.
            size: how many entries the checkpoint must cover.

        Raises:
            UsageError: the ledger has no such entry.
            RightsError: the ledger has no key, is not what it was, or is not the one that the checkpoint signed.

        Source: RFC 9162, section 2.1.3; C2SP tlog-checkpoint.
        """
        covering = self._covering(size)
        return {
            "checkpoint": _own(self.project, covering).note.text,
            "inclusion": {str(index): self._path(index, covering) for index in indices},
        }

    def _covering(self, size: int) -> Checkpoint:
        if (found := self._kept(size)) is not None:
            return found
        made = ledger.checkpoint(self.project)
        # Asked again: another process may have signed an earlier one meanwhile, which all find from now on.
        found = self._kept(size)
        if found is None:
            raise RightsError(
                f"The ledger has {made.size} entries, and {size} are to be proved.", "Prove what is on the ledger."
            )
        return found

    def _kept(self, size: int) -> Checkpoint | None:
        return next((one for one in ledger.checkpoints(self.project) if one.size >= size), None)

    def _path(self, index: int, covering: Checkpoint) -> list[str]:
        proof = ledger.inclusion(self.project, index, covering.size)
        # A checkpoint can be signed by the right key and yet be of another ledger: of this one before it was set back.
        if proof.root != covering.root.hex():
            raise forked(self.project, covering)
        return list(proof.path)


def _own(project: Project, one: Checkpoint) -> Checkpoint:
    key = ledger.public_key(project)
    assert key is not None
    return replace(one, signatures=one.note.signatures_of(key))
