"""Checks that models were solved without somebody, with nothing of Openslate: Python 3.11 and NumPy.

    python openslate_check_sums.py EXPORT RECEIPT [--member ID] [--json]

EXPORT is a folder of `openslate rights export-sums`, made where the data lies and never to leave it: `histories.npz`
(int64 `offsets` [members + 1], `titles`, `times`, `engagement` [events], and `n_titles`), `members.json` (ids, in
order) and `sums.json` (for each accumulator its name, settings, and the moment `before` which events count, or null).
RECEIPT is a receipt of a model as JSON. Every accumulator that the receipt lists is counted again from the histories,
member by member and step by step, and its SHA-256 held against the receipt's, but for those that nothing but parts
within a tolerance are of and that the export does not know: they are of the data of an earlier training, and are said
not to have been counted. The bytes are 64-bit integers, the least
byte first: the lower half of the symmetric sums row by row and, but for a Gram matrix, then the sums of sources with
targets. With --member, the member must be none of those retained. Last, no part may be said to prove more than its
method does.

The exit code is 0 when everything holds, 1 when anything does not, and 2 when the check cannot be made as asked.
What this shows: the accumulators are those of the data exported. It does not show that nobody kept a copy.
"""

import argparse
import hashlib
import json
import math
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

FORM = "openslate-check-sums-1"
WEIGHT_STEPS, LAG_STEPS, MEMBER_STEPS, DAY = 32, 64, 256, 86_400_000_000
EXACT = {"exact_gram": True, "retrain": True, "removed": True}
PROVES = {
    "exact_gram": "equal to a part that never knew them",
    "exact_downdate": "within the tolerance of a part that never knew them",
    "retrain": "fitted again without them",
    "shard_retrain": "its shard fitted again without them",
    "approximate": "not proof",
    "removed": "deleted",
    "pending": "not forgotten yet",
}


class Unusable(Exception):
    """The check cannot be made as asked."""


class Histories:
    """What retained members watched."""

    def __init__(self, folder: Path) -> None:
        try:
            with np.load(folder / "histories.npz", allow_pickle=False) as arrays:
                self.offsets, self.titles = arrays["offsets"].astype(np.int64), arrays["titles"].astype(np.int64)
                self.times, self.engagement = arrays["times"].astype(np.int64), arrays["engagement"].astype(np.int64)
                self.n_titles = int(arrays["n_titles"])
        except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise Unusable(f"{folder / 'histories.npz'} cannot be read: {error}") from None

    def members(self, before: int | None) -> Any:
        """Titles, times and engagement of each member in turn."""
        for member in range(len(self.offsets) - 1):
            own = slice(self.offsets[member], self.offsets[member + 1])
            titles, times, engagement = self.titles[own], self.times[own], self.engagement[own]
            there = np.ones(len(titles), dtype=bool) if before is None else times < before
            yield titles[there], times[there], engagement[there]


def nearest(values: Any) -> Any:
    """The nearest whole numbers."""
    return np.rint(np.asarray(values, dtype=np.float64)).astype(np.int64)


def weights_of(engagement: Any, settings: dict[str, Any]) -> Any:
    """What each event of one member weighs, in steps of 1/32."""
    weights = 1.0 - settings["engagement_share"] * (1.0 - engagement / WEIGHT_STEPS)
    if settings.get("half_life") is not None:
        since = np.arange(len(engagement))[::-1]
        weights = weights * 0.5 ** (since / settings["half_life"])
    return nearest(WEIGHT_STEPS * weights)


def member_weight(events: int, power: float) -> int:
    """What all rows of a member with so many events weigh, in steps of 1/256; at least one step."""
    return max(int(nearest(MEMBER_STEPS * np.float64(max(events, 1)) ** -power)), 1)


def gram(histories: Histories, before: int | None, settings: dict[str, Any]) -> tuple[Any, None]:
    """The sum over members of w w', w being what the member's titles weigh, each at most one."""
    square = np.zeros((histories.n_titles, histories.n_titles), dtype=np.int64)
    for titles, _, engagement in histories.members(before):
        weights = np.zeros(histories.n_titles, dtype=np.int64)
        for title, weight in zip(titles, weights_of(engagement, settings), strict=True):
            weights[title] += weight
        watched = np.unique(titles)
        own = np.minimum(weights[watched], WEIGHT_STEPS)
        square[np.ix_(watched, watched)] += np.outer(own, own)
    return square, None


def add_row(square: Any, full: Any, weight: int, sources: tuple[Any, Any], targets: tuple[Any, Any]) -> None:
    """Add one row of a regression: weight s s' to the sums of sources, weight s t' to those with targets."""
    (source_titles, source_weights), (target_titles, target_weights) = sources, targets
    for title, own in zip(source_titles, source_weights, strict=True):
        np.add.at(square[title], source_titles, weight * own * source_weights)
        if full is not None:
            np.add.at(full[title], target_titles, weight * own * target_weights)


def sequential(histories: Histories, before: int | None, settings: dict[str, Any]) -> tuple[Any, Any]:
    """A row for every step: the events before it by their lag, and those from it on by their place."""
    lags = np.arange(1.0, settings["past"] + 1)
    decay = settings["past_decay"]
    past = nearest(LAG_STEPS * (lags ** -settings["past_power"] if decay is None else decay ** (lags - 1)))
    future = nearest(LAG_STEPS * np.arange(1.0, settings["future"] + 1) ** -settings["future_power"])
    square, full = (np.zeros((histories.n_titles,) * 2, dtype=np.int64) for _ in range(2))
    for titles, _, engagement in histories.members(before):
        weights = weights_of(engagement, {"engagement_share": settings["engagement_share"]})
        weight = member_weight(len(titles), settings["member_power"])
        for step in range(1, len(titles)):
            back, ahead = np.arange(step - 1, -1, -1)[: len(past)], np.arange(step, len(titles))[: len(future)]
            add_row(
                square,
                full,
                weight,
                (titles[back], past[: len(back)] * weights[back]),
                (titles[ahead], future[: len(ahead)] * weights[ahead]),
            )
    return square, full


def between(histories: Histories, before: int | None, settings: dict[str, Any]) -> tuple[Any, Any]:
    """A row for every place, those beyond both ends too: events on both sides by distance, and the event there.

    Of the sums with targets, those from an event to later ones are kept; the others are the same turned over.
    """
    around = settings["around"]
    steps = nearest(LAG_STEPS * np.arange(1.0, around + 1) ** -settings["around_power"])
    square, full = (np.zeros((histories.n_titles,) * 2, dtype=np.int64) for _ in range(2))
    for titles, _, _ in histories.members(before):
        weight, count = member_weight(len(titles), settings["member_power"]), len(titles)
        for place in range(-around, count + around):
            near = np.array(
                [event for event in range(place - around, place + around + 1) if event != place and 0 <= event < count],
                dtype=np.int64,
            )
            if not len(near):
                continue
            own = steps[np.abs(near - place) - 1] * WEIGHT_STEPS
            add_row(square, None, weight, (titles[near], own), (near[:0], near[:0]))
            if 0 <= place < count:
                earlier = near < place
                np.add.at(
                    full, (titles[near[earlier]], titles[place]), weight * own[earlier] * LAG_STEPS * WEIGHT_STEPS
                )
    return square, full


def temporal(histories: Histories, before: int | None, settings: dict[str, Any]) -> tuple[Any, Any]:
    """A row for every event but a member's first: the events before it by lag and by time, and the event itself."""
    square, full = (np.zeros((histories.n_titles,) * 2, dtype=np.int64) for _ in range(2))
    for titles, times, engagement in histories.members(before):
        weights = weights_of(engagement, {"engagement_share": settings["engagement_share"]})
        weight = member_weight(len(titles), settings["member_power"])
        for step in range(1, len(titles)):
            back = np.arange(step - 1, -1, -1)[: settings["past"]]
            lags, gaps = (step - back).astype(np.float64), times[step] - times[back]
            faded = np.maximum(0.5 ** (gaps / (settings["half_life_days"] * DAY)), settings["floor"])
            own = nearest(LAG_STEPS * faded * lags ** -settings["past_power"]) * weights[back]
            target = np.array([titles[step]]), np.array([weights[step] * LAG_STEPS])
            add_row(square, full, weight, (titles[back], own), target)
    return square, full


KINDS = {
    "WeightSettings": gram,
    "SequentialSettings": sequential,
    "BetweenSettings": between,
    "TemporalSettings": temporal,
}


def digest(square: Any, full: Any) -> str:
    """SHA-256 of the lower half row by row, and then of all of the other, 64-bit integers, the least byte first."""
    found = hashlib.sha256()
    for title in range(len(square)):
        found.update(np.ascontiguousarray(square[title, : title + 1], dtype="<i8").data)
    if full is not None:
        found.update(np.ascontiguousarray(full, dtype="<i8").data)
    return found.hexdigest()


def number(value: Any) -> Any:
    """A setting as it was: fractions travel as text."""
    if isinstance(value, str):
        found = float(value)
        if not math.isfinite(found):
            raise Unusable(f"a setting is {value}")
        return found
    return value


def counted(histories: Histories, settings: dict[str, Any], before: int | None) -> str:
    """The digest of the accumulators with these settings, counted from the histories."""
    kind = settings.get("kind")
    if kind not in KINDS:
        raise Unusable(f"accumulators of the kind {kind!r} are unknown to this checker")
    plain = {name: number(value) for name, value in settings.items() if name != "kind"}
    return digest(*KINDS[kind](histories, before, plain))


def overstated(receipt: dict[str, Any]) -> list[str]:
    """Parts that are said to prove more than their method does, or to come from accumulators that are not listed."""
    listed, wrong = {one["name"] for one in receipt["accumulators"]}, []
    for part in receipt["parts"]:
        method = part["method"]
        if PROVES.get(method) != part["proves"] or part["exact"] is not EXACT.get(method, False):
            wrong.append(f"{part['part']}: {method} does not prove what it says")
        elif method in ("exact_gram", "exact_downdate") and part["sums"] not in listed:
            wrong.append(f"{part['part']}: its accumulators are not in the receipt")
        elif method == "exact_gram" and part["tolerance"] != "0":
            wrong.append(f"{part['part']}: what is exact has no tolerance")
    return wrong


def uncounted(folder: Path, receipt: dict[str, Any]) -> list[str]:
    """Accumulators of an earlier training's data: those of parts within a tolerance alone, which nobody calls exact."""
    within = {part["sums"] for part in receipt["parts"] if part["method"] == "exact_downdate"}
    others = {part["sums"] for part in receipt["parts"] if part["method"] != "exact_downdate"}
    exported = {one["name"] for one in read(folder / "sums.json")}
    return [one["name"] for one in receipt["accumulators"] if one["name"] in within - others - exported]


def check(folder: Path, receipt: dict[str, Any], member: str | None) -> list[str]:
    """Everything that does not hold."""
    if receipt.get("checker") != FORM:
        raise Unusable(f"the receipt is of the form {receipt.get('checker')!r}, and this checker knows {FORM!r}")
    wrong, exported = overstated(receipt), {one["name"]: one for one in read(folder / "sums.json")}
    if member is not None and member in read(folder / "members.json"):
        wrong.append("the member is among those retained")
    histories, passed_over = Histories(folder), uncounted(folder, receipt)
    for one in receipt["accumulators"]:
        name, there = one["name"], exported.get(one["name"])
        if name in passed_over:
            continue
        if there is None:
            wrong.append(f"{name}: the export does not know these accumulators")
        elif there["settings"] != one["settings"]:
            wrong.append(f"{name}: the receipt's settings are not the export's")
        elif counted(histories, one["settings"], there["before"]) != one["new"]:
            wrong.append(f"{name}: counted from the retained histories, the accumulators are others")
        elif one["old"] == one["new"]:
            wrong.append(f"{name}: nothing was taken out")
    return wrong


def read(path: Path) -> Any:
    """A JSON file."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Unusable(f"{path} cannot be read: {error}") from None


def main(arguments: list[str]) -> int:
    """Check as asked on the command line, and say what was found."""
    parser = argparse.ArgumentParser(description="Count accumulators again and hold them against a receipt.")
    parser.add_argument("export", type=Path, help="the folder of the export")
    parser.add_argument("receipt", type=Path, help="the receipt, JSON")
    parser.add_argument("--member", help="an id that must not be among those retained")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    asked = parser.parse_args(arguments)
    try:
        receipt = read(asked.receipt)
        wrong, passed_over = check(asked.export, receipt, asked.member), uncounted(asked.export, receipt)
    except Unusable as error:
        print(f"The check cannot be made: {error}.", file=sys.stderr)
        return 2
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        print(
            f"The check cannot be made: the export or the receipt is not of the form {FORM} ({error!r}).",
            file=sys.stderr,
        )
        return 2
    pending = [part["part"] for part in receipt["parts"] if part["method"] == "pending"]
    within = [
        f"{part['part']} ({part['tolerance']})" for part in receipt["parts"] if part["method"] == "exact_downdate"
    ]
    counted_again = len(receipt["accumulators"]) - len(passed_over)
    if asked.json:
        found = {
            "holds": not wrong,
            "wrong": wrong,
            "accumulators": counted_again,
            "not_counted": passed_over,
            "within_a_tolerance": within,
            "pending": pending,
        }
        print(json.dumps(found))
    else:
        for line in wrong:
            print(f"DOES NOT HOLD  {line}")
        if receipt["accumulators"]:
            print(f"{counted_again} accumulators counted again: {'NOT ' if wrong else ''}as the receipt says.")
        else:
            said = ", ".join(sorted({PROVES.get(part["method"], "unknown") for part in receipt["parts"]}))
            print(f"The receipt names no accumulators, so none was counted again; its parts are said to be: {said}.")
        for name in passed_over:
            print(f"Not counted: {name}, of an earlier training's data; no part is said to be exact by it.")
        if within:
            print(f"Within a tolerance and not solved yet: {', '.join(within)}.")
        if pending:
            print(f"Still waiting to forget: {', '.join(pending)}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
