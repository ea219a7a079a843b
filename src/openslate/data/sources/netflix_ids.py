"""Which rows of Netflix's reports are one title: ids that stay the same from half to half and tell namesakes apart.

The name is the only key there is. Two rows of one kind and name are one title unless their original names differ, both
stand in one report, or their release dates lie more than a year apart. Of namesakes the most watched, or the one that
the project knows already, has the plain id; the others carry what tells them apart behind a '~'.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openslate.data.sources.netflix_names import ORIGINAL, base_id, original_name, slug
from openslate.data.sources.netflix_reports import Reported
from openslate.data.sources.tabular import known_day

SAME_RELEASE = timedelta(days=400)
"""Release dates of one title that were corrected lie within so many days."""
_LONGEST_MARK = 30
_SAYS_SERIES = re.compile(r": (?:season ?\d|limited series|miniseries)", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """A title that has an id.

    Attributes:
        kind: 'film', 'series' or None.
        original: its original name as an id has it, '' for none.
        released: when, where that is known.
    """

    kind: str | None
    original: str
    released: date | None


@dataclass(frozen=True)
class _Group:
    """Rows that are one title; `mark` is what tells it from its namesakes."""

    rows: tuple[int, ...]
    mark: str
    known: Known
    hours: float


def known_from(title: str, name: str, kind: str | None, released: date | None) -> tuple[str, Known]:
    """A title of the project as this module looks at it."""
    return title, Known(kind, slug_or_nothing(original_name(name)), released)


def slug_or_nothing(name: str) -> str:
    """A name as an id has it, '' for none."""
    return slug(name) if name else ""


def assign_ids(rows: Sequence[Reported], standing: Mapping[str, Known]) -> list[tuple[str, str | None]]:
    """The id and kind of each row.

    A row whose report names no kind belongs to the one film or series of its name; where there are none or several, its
    name may still say that it is a season; otherwise it stays without a kind, under an id of its own.

    Args:
        rows: of all reports.
        standing: the titles of these reports that the project knows, by id.
    """
    known = dict(standing)
    found: dict[int, tuple[str, str | None]] = {}
    for base, groups in _grouped(rows, [at for at, row in enumerate(rows) if row.kind is not None]):
        _name_groups(base, groups, known, found)
    by_slug: dict[str, list[str]] = defaultdict(list)
    for title, one in known.items():
        if one.kind is not None:
            by_slug[title.split(":", 2)[-1].split("~")[0]].append(title)
    taken: set[str] = set()
    for base, groups in _grouped(rows, [at for at, row in enumerate(rows) if row.kind is None]):
        left: dict[str, list[_Group]] = defaultdict(list)
        for group in groups:
            match = _the_one(group.known, {title: known[title] for title in by_slug[base.split(":", 2)[-1]]})
            if match is not None and match not in taken:
                taken.add(match)
                found.update((at, (match, known[match].kind)) for at in group.rows)
            else:
                says = any(_SAYS_SERIES.search(rows[at].name.split(ORIGINAL)[0]) for at in group.rows)
                left[base_id("series", rows[group.rows[0]].name) if says else base].append(group)
        for own, some in left.items():
            _name_groups(own, some, known, found)
    return [found[at] for at in range(len(rows))]


def _name_groups(
    base: str, groups: list[_Group], known: dict[str, Known], found: dict[int, tuple[str, str | None]]
) -> None:
    """Give namesakes their ids: the plain one to whom the project knows by it, else to the most watched."""
    kind = {"film": "film", "series": "series"}.get(base.split(":")[1])
    ordered = sorted(groups, key=lambda group: (-group.hours, group.mark))
    holder = known.get(base)
    owner: _Group | None = ordered[0]
    if holder is not None:
        exact = [group for group in ordered if _same(group.known, holder)]
        near = [group for group in ordered if _nearly(group.known, holder)]
        owner = next(iter([*exact, *near]), None)
    for group in ordered:
        title = base if group is owner else f"{base}~{group.mark}"
        known[title] = Known(kind, group.known.original, group.known.released)
        found.update((at, (title, kind)) for at in group.rows)


def _the_one(wanted: Known, among: Mapping[str, Known]) -> str | None:
    """The only title that is the wanted one, or may be where none surely is; None where there are none or several."""
    for alike in (_same, _nearly):
        found = [title for title, one in among.items() if alike(wanted, one)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _same(one: Known, other: Known) -> bool:
    return one.original == other.original and _dates_agree(one, other)


def _nearly(one: Known, other: Known) -> bool:
    """Whether two may be one because a report left the original name out."""
    return "" in (one.original, other.original) and _dates_agree(one, other)


def _dates_agree(one: Known, other: Known) -> bool:
    if one.released is None or other.released is None:
        return True
    return abs(one.released - other.released) <= SAME_RELEASE


def _grouped(rows: Sequence[Reported], places: Iterable[int]) -> list[tuple[str, list[_Group]]]:
    """Rows by the id that their names lead to, and there by title."""
    by_base: dict[str, list[int]] = defaultdict(list)
    for at in places:
        by_base[base_id(rows[at].kind, rows[at].name)].append(at)
    return [(base, _groups(rows, some)) for base, some in by_base.items()]


def _groups(rows: Sequence[Reported], places: list[int]) -> list[_Group]:
    groups = []
    for original, some in _split(places, lambda at: slug_or_nothing(original_name(rows[at].name))).items():
        parts = [some]
        if _several(rows, some):
            parts = [close for part in _by_date(rows, some) for close in _apart(rows, part)]
        for part in parts:
            released = min((day for at in part if (day := known_day(rows[at].values["released"]))), default=None)
            length = rows[part[0]].values["runtime"]
            marks = [original, *([_day(released)] if len(parts) > 1 or not original else [])]
            if len(parts) > 1 and length is not None:
                marks.append(f"{length}min")
            hours = sum(amount for at in part if isinstance(amount := rows[at].values["hours"], float))
            known = Known(rows[part[0]].kind, original, released)
            groups.append(_Group(tuple(part), _short("-".join(filter(None, marks))), known, hours))
    return groups


def _several(rows: Sequence[Reported], places: list[int]) -> bool:
    """Whether rows of one name are of several titles, as far as reports tell."""
    return _repeated(rows, places) or len(_by_date(rows, places)) > 1


def _repeated(rows: Sequence[Reported], places: list[int]) -> bool:
    return len({rows[at].half for at in places}) < len(places)


def _by_date(rows: Sequence[Reported], places: list[int]) -> list[list[int]]:
    """Rows whose release dates are close together; those without one are a list of their own beside several."""
    dated = sorted((day, at) for at in places if (day := known_day(rows[at].values["released"])) is not None)
    lists: list[list[int]] = []
    last: date | None = None
    for day, at in dated:
        if last is None or day - last > SAME_RELEASE:
            lists.append([])
        lists[-1].append(at)
        last = day
    undated = [at for at in places if known_day(rows[at].values["released"]) is None]
    if undated and len(lists) == 1 and not _repeated(rows, [*lists[0], *undated]):
        lists[0].extend(undated)
    elif undated:
        lists.append(undated)
    return [sorted(some) for some in lists]


def _apart(rows: Sequence[Reported], places: list[int]) -> list[list[int]]:
    """Rows that stand in one report together, by date and then by length; what nothing tells apart stays together."""
    parts = [places]
    for told in (lambda at: str(rows[at].values["released"]), lambda at: str(rows[at].values["runtime"])):
        parts = [some for part in parts for some in (_split(part, told).values() if _repeated(rows, part) else [part])]
    return parts


def _split(places: Iterable[int], told: Callable[[int], str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at in places:
        found[told(at)].append(at)
    return found


def _day(released: date | None) -> str:
    return "undated" if released is None else released.isoformat()


def _short(mark: str) -> str:
    if len(mark) <= _LONGEST_MARK:
        return mark
    return f"{mark[:_LONGEST_MARK]}-{hashlib.sha256(mark.encode()).hexdigest()[:12]}"
