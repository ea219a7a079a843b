"""Reading rule packs: those that come with Openslate, and a studio's own beside its shoot; and making them one."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from openslate.apps.production.rules.pack import Pack
from openslate.apps.production.rules.pack_fields import WrittenPack
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import AdmitError, ProjectError
from openslate.storage.files import confined
from openslate.storage.written_toml import Form, TomlFile, nearest, parse_toml, read_toml

PACK_FORM = Form(
    what="a rule pack",
    document="docs/production-rules.md",
    ways_out={
        "id": "Write small letters, digits, '.' and '-', each id once.",
        "dated": "Write the day on which the text was current that the rule was taken from, such as 2026-07-01.",
        "sure": "Write 'read' where you have read the text itself, 'secondary' where others told it, or 'unverified'.",
        "strength": "Write 'hard' for what is never broken, or 'penalty' for what may be, at a price.",
        "share": "Write the share of a day's pay that it costs, such as 0.5; a hard rule has none.",
        "most": "Write whole units of the pack's currency, and name that as currency.",
        "currency": "Write the three letters of ISO 4217, such as 'USD', or leave it out where there is no amount.",
        "from_age": "Write an age such as '15 days', '6 months' or '2 years'.",
        "below_age": "Write an age above from_age, such as '6 months' or '2 years'.",
        "opens": "Write a time of the day, such as '05:00'.",
        "closes": "Write a time of the day, such as '22:00'; one before opens is on the next day.",
    },
)


def read_pack(path: Path) -> Pack:
    """The pack that a TOML file holds.

    Args:
        path: of the file.

    Raises:
        AdmitError: it cannot be read, or a field is wrong; every one that is stands in the message.
    """
    return _pack(*read_toml(path, WrittenPack, PACK_FORM))


def parse_pack(text: str, name: str) -> Pack:
    """The pack that a TOML text holds.

    Args:
        text: of the file.
        name: of the file, for errors.

    Raises:
        AdmitError: a field is wrong; every one that is stands in the message.
    """
    return _pack(*parse_toml(text, name, WrittenPack, PACK_FORM))


@cache
def built_in_packs() -> Mapping[str, Pack]:
    """The packs that come with Openslate, by id.

    Example:
        >>> sorted(built_in_packs())
        ['openslate-crew', 'uk-pact-bectu', 'us-ca-minors', 'us-iatse-basic', 'us-sag-aftra-cast']
    """
    folder = files("openslate.apps.production.rules") / "packs"
    texts = [path for path in sorted(folder.iterdir(), key=lambda path: path.name) if path.name.endswith(".toml")]
    found = [parse_pack(path.read_text(encoding="utf-8"), path.name) for path in texts]
    return {pack.id: pack for pack in found}


def packs_named(names: Iterable[str], folder: Path | None = None) -> tuple[Pack, ...]:
    """The packs that a shoot names.

    Args:
        names: each an id of a pack of ours, or the path of a .toml file.
        folder: in which, or below which, such files lie: that of the shoot's file. None where there is no file.

    Raises:
        AdmitError: a name is no pack's, a file is no pack, leads out of the folder, or has an id that is taken.
    """
    found: dict[str, Pack] = {}
    for name in dict.fromkeys(names):
        pack = _own(name, folder) if name.endswith(".toml") else _ours(name)
        if pack.id in found:
            raise AdmitError(f"Two rule packs of the shoot have the id {pack.id!r}.", "Name one of them.")
        found[pack.id] = pack
    return tuple(found.values())


def merged(packs: Iterable[Pack]) -> Rules:
    """The rules of several packs together; where several speak of one thing, `rules.limits` takes the strictest."""
    rules = [pack.rules for pack in packs]
    return Rules(
        rests=tuple(rest for one in rules for rest in one.rests),
        ages=tuple(age for one in rules for age in one.ages),
        minors_windows=tuple(window for one in rules for window in one.minors_windows),
        days_in_a_row=tuple(row for one in rules for row in one.days_in_a_row),
        premiums=tuple(premium for one in rules for premium in one.premiums),
        scan_notices=tuple(notice for one in rules for notice in one.scan_notices),
    )


def rules_of(shoot: Shoot, folder: Path | None = None) -> Rules:
    """Every rule that holds for a shoot.

    Args:
        shoot: that names its packs.
        folder: of the shoot's file, for packs of its own.

    Raises:
        AdmitError: a pack cannot be read, or has amounts in another currency than the shoot.
    """
    packs = packs_named(shoot.rules, folder)
    for pack in packs:
        if pack.currency not in ("", shoot.currency):
            raise AdmitError(
                f"The rule pack {pack.id!r} has amounts in {pack.currency}, and the shoot is in {shoot.currency}.",
                "Copy the pack beside the shoot, give it an id, currency and amounts of its own, and name that file.",
            )
    return merged(packs)


def _pack(written: WrittenPack, file: TomlFile) -> Pack:
    clashes = list(written.clashes())
    if clashes:
        raise file.refused(clashes)
    return written.pack()


def _ours(name: str) -> Pack:
    known = built_in_packs()
    if name not in known:
        raise AdmitError(
            f"There is no rule pack {name!r}{nearest(name, known)}.",
            f"Name one of {', '.join(known)}, or a .toml file beside the shoot's.",
        )
    return known[name]


def _own(name: str, folder: Path | None) -> Pack:
    if folder is None:
        raise AdmitError(f"The rule pack {name} is a file, and the shoot is none.", "Name a pack by its id.")
    try:
        path = confined(folder, name)
    except ProjectError:
        raise AdmitError(
            f"The rule pack {name} leads out of the folder of the shoot.", "Put it beside the shoot's file."
        ) from None
    return read_pack(path)
