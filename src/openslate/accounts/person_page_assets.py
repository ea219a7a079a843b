"""The tables of a person's page on scans, replicas and generated files, and on what is to be removed of them."""

from openslate.accounts.person import Person
from openslate.accounts.person_assets import FileMade, ReplicaHeld
from openslate.accounts.person_words import ASSETS, moment, number
from openslate.drawing.sheet import Block, Cell, Prose, Table

SHOWN = 60
"""Rows of a table at most; all are in the JSON."""
SHORT = 12
"""Characters of a hash, enough to find a file by."""


def assets(person: Person) -> list[Block]:
    """Which scans, replicas and generated files there are, and what is to be removed."""
    blocks: list[Block] = []
    if person.replicas:
        rows = [
            (
                Cell(one.replica.asset, ASSETS[one.replica.kind]),
                one.replica.custodian,
                "no day" if one.replica.retention_until is None else moment(one.replica.retention_until),
                one.replica.destroy_rule or "at that day",
                _replica_stands(one),
            )
            for one in person.replicas[:SHOWN]
        ]
        headings = ("what", "kept by", "until when", "what makes it be destroyed", "how it stands")
        blocks.append(Table(_caption("Scans and replicas", len(person.replicas)), headings, rows))
    else:
        blocks.append(Prose("No scan and no replica of you is registered."))
    if person.files:
        made = [
            (
                Cell(one.name or one.file[:SHORT], one.media_type),
                Cell(moment(one.at), f"entry {one.entry}"),
                Cell(f"entry {one.use}", f"consent {one.record}"),
                _file_stands(one),
            )
            for one in reversed(person.files[-SHOWN:])
        ]
        marked = ("file", "marked", "allowed by", "how it stands")
        blocks.append(Table(_caption("Generated files that were marked", len(person.files)), marked, made))
    else:
        blocks.append(Prose("No file that was generated of you was marked."))
    return [*blocks, *_unlearning(person)]


def _unlearning(person: Person) -> list[Block]:
    """What models have to unlearn, or that none is known to have learned."""
    asked = [one for one in person.records if one.record.withdrawal_effect == "unlearn"]
    if not asked:
        return []
    trained = [one for one in person.removals if one.what == "training"]
    if not trained:
        return [
            Prose("You asked for models to unlearn: no training on what is yours waits for that, as far as is known.")
        ]
    rows = [(one.name, f"consent {one.record}", f"is to be unlearned since {moment(one.withdrawn)}") for one in trained]
    text = f"{number(len(rows), 'training is', 'trainings are')} to be unlearned"
    return [Table(text, ("which use trained", "allowed by", "how it stands"), rows)]


def _replica_stands(one: ReplicaHeld) -> Cell:
    if one.destroyed is not None:
        return Cell(f"recorded as destroyed on {moment(one.destroyed)}")
    if one.is_to_be_removed:
        return Cell("is to be removed", "you withdrew", tone="act")
    return Cell("is to be destroyed: its day has come", tone="act") if one.is_past else Cell("kept")


def _file_stands(one: FileMade) -> Cell:
    if one.removed is not None:
        return Cell(f"recorded as removed on {moment(one.removed)}")
    return Cell("is to be removed", "you withdrew", tone="act") if one.is_to_be_removed else Cell("stays")


def _caption(what: str, count: int) -> str:
    return what if count <= SHOWN else f"{what}: {SHOWN} of {count:,}; all are in the JSON"
