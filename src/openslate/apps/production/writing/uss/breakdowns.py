"""The breakdowns of a file, brought to the scenes of a board."""

from openslate.apps.production.reading.uss.sheet import SINGLE, Key
from openslate.apps.production.writing.uss.elements import Elements
from openslate.apps.production.writing.uss.kept import without_nothing
from openslate.apps.production.writing.uss.rows import Ids, Row, mended, new_breakdown, reordered
from openslate.apps.production.writing.uss.words import Words


def merge_breakdowns(
    held: Row,
    numbers: dict[str, str],
    elements: Elements,
    removed: set[str],
    before: Words,
    after: Words,
    ids: Ids,
    created: str,
) -> dict[str, str]:
    """Bring the breakdowns of a file to what a board says.

    Args:
        held: the schedule as a plain object; its breakdowns are replaced.
        numbers: the number of each scene of it, by id.
        elements: of the file, brought to the board already.
        removed: ids of elements that are gone.
        before: what the file said when it was read.
        after: what the board says.
        ids: for what is new.
        created: when that is.

    Returns:
        The id of each scene, by number.
    """
    rows: list[Row] = []
    id_of: dict[str, str] = {}
    for row in held["breakdowns"]:
        number = numbers.get(row["id"])
        if number is not None and number not in after.scenes:
            continue
        found = {**row, "elements": [one for one in row["elements"] if one not in removed]}
        if number is not None:
            found = mended(found, before.scenes[number], after.scenes[number])
            found["elements"] = _elements(found["elements"], elements, before.keys[number], after.keys[number])
            id_of[number] = row["id"]
        rows.append(found)
    for number, fields in after.scenes.items():
        if number not in id_of:
            id_of[number] = ids.fresh("breakdown", number)
            rows.append(new_breakdown(id_of[number], created, fields))
            rows[-1]["elements"] = [elements.of(key) for key in after.keys[number]]
    without_nothing(rows)
    held["breakdowns"] = reordered(rows, [id_of[number] for number in after.scenes])
    return id_of


def _elements(held: list[str], elements: Elements, before: tuple[Key, ...], after: tuple[Key, ...]) -> list[str]:
    if before == after:
        return held
    changed = {kind for kind in SINGLE if _of(before, kind) != _of(after, kind)}
    gone = set(before) - set(after)
    wanted = [key for key in after if key.kind in changed or (key.kind not in SINGLE and key not in before)]
    if "unit" in changed and not _of(after, "unit"):
        wanted.append(Key("unit", "main"))
    keys = elements.keys
    kept = [one for one in held if one not in keys or (keys[one].kind not in changed and keys[one] not in gone)]
    kept += [one for one in (elements.of(key) for key in wanted) if one not in kept]
    order = [elements.of(key) for key in after if key.kind not in SINGLE]
    return [row["id"] for row in reordered([{"id": one} for one in dict.fromkeys(kept)], order)]


def _of(keys: tuple[Key, ...], kind: str) -> list[Key]:
    return [key for key in keys if key.kind == kind]
