"""The sections of a model card about rights, in words for people who neither trained the model nor read a ledger."""

from collections.abc import Mapping
from typing import Any

from openslate.drawing.page_words import moment_in_words
from openslate.drawing.sheet import Block, Cell, Facts, Points, Prose, Table
from openslate.rights.rules.codes import CODES

BASES = {
    "own_word": ("their own word", "they agreed themselves to every purpose"),
    "source": ("a licence or contract", "of the source; they said nothing against it"),
}
SHORT = 12
"""Characters of a hash, enough to find it by."""


def consent_blocks(rights: Mapping[str, Any]) -> list[Block]:
    """On what members were let through, why others were not, and by which rules."""
    consent = rights["consent"]
    if consent is None:
        return [Prose("The ledger holds no entry of the read it was trained on, so nothing is known of consents.")]
    since = rights["refused_since"]
    return [
        Table(
            f"Members by what decided on their events, for the purpose: {' and '.join(consent['purposes'])}",
            ("basis or reason", "members"),
            [*_allowed(consent), *_denied(consent)],
            numbers=(1,),
        ),
        *([_bases(rights["bases"])] if rights["bases"] else []),
        Facts((("Packs that governed", ", ".join(rights["packs"]) or "none is named on the entry"),)),
        Prose(
            "Nobody has refused training since."
            if not since
            else f"{since:,} {'member has' if since == 1 else 'members have'} refused training since; whoever of them "
            "is in it stays a part of it until the next training, or until they are forgotten."
        ),
    ]


def ledger_blocks(rights: Mapping[str, Any]) -> list[Block]:
    """Where the decision stands, and how that can be checked."""
    place = rights["ledger"]
    if place is None:
        return [Prose("Nowhere: the ledger holds no such entry.")]
    covering = place["checkpoint"]
    vouched = (
        "no checkpoint covers it yet; `openslate rights checkpoint` signs one"
        if covering is None
        else f"{covering['size']:,} entries, root {covering['root'][:SHORT]}, signed {moment_in_words(covering['at'])}"
        + (f", witnessed by {', '.join(covering['witnesses'])}" if covering["witnesses"] else ", by no witness")
    )
    return [
        Facts(
            (
                ("Entry", f"number {place['index']:,} of the ledger, {moment_in_words(place['at'])}"),
                ("Its hash", place["hash"]),
                ("Root over its members", place["root"]),
                ("Checkpoint", vouched),
                ("To check it", f"openslate rights bundle FOLDER --entry {place['index']}"),
            )
        )
    ]


def forgetting_blocks(rights: Mapping[str, Any]) -> list[Block]:
    """Whether it stands in the place of a model that knew somebody, and what in it still does."""
    state = rights["forgetting"]
    if state["deleted"]:
        return [Prose(f"It was deleted: {state['deleted']}. Its weights are gone; this card is what is left.")]
    if not state["parts"] and not state["pending"]:
        return [Prose("It was trained anew and replaces no model that had to forget: nothing in it waits.")]
    found: list[Block] = [Prose(_summary(state))]
    if state["within_a_bound"]:
        bounds = ", ".join(f"{part} by at most {bound}" for part, bound in state["within_a_bound"].items())
        found.append(
            Prose(
                f"Somebody was taken out of it and it was not solved since: its weights differ in {bounds} from exact."
            )
        )
    if state["parts"]:
        rows = [
            (
                part["part"],
                Cell(part["method"], part["proves"]),
                "0, to the bit" if part["exact"] else part["tolerance"] if part["tolerance"] != "0" else "not bounded",
                part["deadline"] and moment_in_words(part["deadline"]),
            )
            for part in state["parts"]
        ]
        found.append(
            Table("How each part forgot", ("part", "method", "differs by at most", "must have forgotten by"), rows)
        )
    else:
        found.append(Points([_waits(one) for one in state["pending"]]))
    return found


def made_by_forgetting(model: Mapping[str, Any]) -> str | None:
    """When a model was made that no training run made: it was fitted to take another's place, and serves since."""
    began = model["promotions"]
    return f"when somebody was forgotten, {began[0]['recorded'][:10]}" if began else None


def _summary(state: Mapping[str, Any]) -> str:
    before = ", ".join(one[:SHORT] for one in state["in_place_of"])
    place = f"It stands in the place of {before}, which had learned from somebody who was forgotten. " if before else ""
    waiting = state["pending"]
    if not waiting:
        return f"{place}Nothing in it waits."
    first = waiting[0]
    if not state["may_serve"]:
        return (
            f"{place}It may not serve: {first['part']} should have forgotten by {moment_in_words(first['deadline'])}."
        )
    parts = "1 part" if len(waiting) == 1 else f"{len(waiting)} parts"
    return f"{place}{parts} of it still wait to forget; it may serve until {moment_in_words(first['deadline'])}."


def _waits(one: Mapping[str, Any]) -> str:
    return f"{one['part']}: must have forgotten by {moment_in_words(one['deadline'])}"


def _allowed(consent: Mapping[str, Any]) -> list[tuple[str | Cell, ...]]:
    by_basis = consent["allowed_by_basis"]
    if by_basis is None:
        aside = "the entry is of an earlier version, which did not tell the bases apart"
        return [(Cell("let through", aside), f"{consent['members_allowed']:,}")]
    return [
        (Cell(f"let through by {name}", aside), f"{by_basis.get(key, 0):,}") for key, (name, aside) in BASES.items()
    ]


def _denied(consent: Mapping[str, Any]) -> list[tuple[str | Cell, ...]]:
    reasons = consent["denied_by_reason"]
    held_back = [
        (Cell(f"held back, {code} {CODES[code][0]}", CODES[code][1]), f"{reasons[code]:,}") for code in reasons
    ]
    texts = consent["texts_denied"]
    aside = "texts of titles, not members: their sources are reserved against learning"
    return [*held_back, *([(Cell("synopses left out, R18", aside), f"{texts:,}")] if texts else [])]


def _bases(bases: list[Mapping[str, str]]) -> Block:
    rows = [(one["source"], one["basis"]) for one in bases]
    return Table("Bases of sources to train that are in force now", ("source", "basis"), rows)
