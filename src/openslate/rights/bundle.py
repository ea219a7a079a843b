"""Bundles for auditors: entries of the ledger, proofs, checkpoints, and a verifier that needs no Openslate."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import JsonValue, canonical
from openslate.rights.checkpoint import Checkpoint
from openslate.rights.known_witnesses import witnesses_of
from openslate.rights.ledger.lines import walk
from openslate.rights.verifier import openslate_verify
from openslate.storage.files import make_folder, write_atomically

README = """This folder holds entries of the ledger {origin}.

Check it with Python 3.11 or newer and the package `cryptography`, and with the ledger's public key, which must have
come to you by another way than this folder:

    python openslate_verify.py . --key KEY

If you kept an earlier checkpoint of this ledger, add `--checkpoint FILE`: then a ledger that was set back or written
anew since is found, too. Keep the newest checkpoint of this folder, checkpoint.txt, for the next time.

{witnesses}

A statement with a proof, or the receipt of a consent or an erasure, is checked by the same file:

    python openslate_verify.py STATEMENT.json --key KEY
    python openslate_verify.py ERASURE-RECEIPT.json --key KEY --bundle .
"""
NO_WITNESS = "No witness whose key the project knows has signed the newest checkpoint."


@dataclass(frozen=True)
class Bundle:
    """What was exported.

    Attributes:
        folder: where.
        entries: how many entries it holds.
        checkpoint: the newest one, which covers them.
    """

    folder: Path
    entries: int
    checkpoint: Checkpoint


def export_bundle(
    project: Project, folder: Path, numbers: Iterable[int] | None = None, earlier: Sequence[int] = ()
) -> Bundle:
    """Write a bundle, over a checkpoint of the ledger as it stands.

    Args:
        project: whose ledger; nothing in it names a person.
        folder: absent or empty.
        numbers: of the entries to hand out, each with its proof; None for the whole ledger.
        earlier: sizes of checkpoints that auditors kept and the project no longer has, to prove growth since.

    Raises:
        RightsError: the ledger is not what it was, there is no signing key, or the folder holds something already.
        UsageError: the ledger has no such entry, or never had such a size.
    """
    chosen = None if numbers is None else sorted(set(numbers))
    newest, key = ledger.checkpoint(project), ledger.public_key(project)
    assert key is not None
    kept = [one for one in ledger.checkpoints(project) if one.size <= newest.size]
    sizes = sorted({one.size for one in kept} | set(earlier))
    said: dict[str, JsonValue] = {
        "format": openslate_verify.FORMAT,
        "whole": chosen is None,
        "proofs": [_proof(project, number, newest.size) for number in chosen or []],
        "consistency": [_step(project, size, newest.size) for size in sizes if size != newest.size],
        "checkpoints": [one.note.text for one in kept],
    }
    try:
        if folder.exists() and any(folder.iterdir()):
            raise RightsError(f"The folder {folder} is not empty.", "Name a new one for the bundle.")
        make_folder(folder)
        count = _write_entries(project, folder / "entries.jsonl", chosen, newest.size)
        write_atomically(folder / "checkpoint.txt", newest.note.text.encode())
        write_atomically(folder / "README.txt", _readme(project, newest).encode())
        write_atomically(folder / "openslate_verify.py", Path(openslate_verify.__file__).read_bytes())
        # Last, because without it the folder is no bundle.
        write_atomically(folder / "bundle.json", canonical(said) + b"\n")
    except OSError as error:
        raise RightsError(
            f"The bundle {folder} cannot be written: {error.strerror}.", "Name another folder."
        ) from error
    return Bundle(folder, count, newest)


def _readme(project: Project, newest: Checkpoint) -> str:
    signed = "".join(f"\n    --witness {key.text}" for key in witnesses_of(project, newest))
    asked = "These witnesses signed the newest checkpoint. Ask each for their key, and compare it with this one:\n"
    return README.format(origin=newest.origin, witnesses=asked + signed if signed else NO_WITNESS)


def _write_entries(project: Project, path: Path, chosen: list[int] | None, size: int) -> int:
    written = 0
    with path.open("xb") as file:
        if chosen is not None:
            for number in chosen:
                file.write(canonical(ledger.entry(project, number).entry) + b"\n")
            written = len(chosen)
        else:
            for line in walk(project.ledger_path):
                if line.number == size:
                    break
                file.write(canonical(line.value) + b"\n")
                written += 1
        file.flush()
        os.fsync(file.fileno())
    return written


def _proof(project: Project, number: int, size: int) -> dict[str, JsonValue]:
    return {"index": number, "path": list(ledger.inclusion(project, number, size).path)}


def _step(project: Project, old: int, new: int) -> dict[str, JsonValue]:
    return {"old": old, "path": list(ledger.consistency(project, old, new).path)}
