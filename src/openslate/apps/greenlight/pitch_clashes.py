"""Fields of a pitch that are right by themselves and not beside the others."""

from collections.abc import Collection
from decimal import Decimal

from openslate import clock
from openslate.apps.greenlight.pitch import WITH_EPISODES
from openslate.apps.greenlight.pitch_fields import WrittenPitch
from openslate.rights.currencies import MINOR_DIGITS, whole_coins

Clash = tuple[str, str]


def clashes(pitch: WrittenPitch, refused: Collection[str] = ()) -> list[Clash]:
    """Fields that clash, each with what is wrong as the end of a sentence.

    Args:
        pitch: what is right of what was written.
        refused: fields that were written and are wrong by themselves: they are there, and nothing follows from what
            they say.

    Example:
        >>> clashes(WrittenPitch(name="Ash", currency="USD"))
        [('currency', 'no budget is named for it')]
        >>> clashes(WrittenPitch(name="Ash", currency="USD"), refused=["budget"])
        []
    """
    return [*_of_budget(pitch, refused), *_of_days(pitch, refused), *_of_the_rest(pitch, refused)]


def _of_budget(pitch: WrittenPitch, refused: Collection[str]) -> list[Clash]:
    lowest, highest = pitch.lowest_budget, pitch.highest_budget
    amounts: dict[str, Decimal | None] = {"budget": pitch.budget, "lowest_budget": lowest, "highest_budget": highest}
    named = [field for field, amount in amounts.items() if amount is not None or field in refused]
    found = []
    if "budget" in named and len(named) > 1:
        found.append(("budget", "a band is given beside it"))
    elif "budget" not in named and len(named) == 1:
        found.append((named[0], "a band has two ends"))
    if lowest and highest and lowest > highest:
        found.append(("lowest_budget", f"it is above highest_budget = {highest}"))
    if named and not pitch.currency and "currency" not in refused:
        found.append((named[0], "no currency is named for it"))
    if pitch.currency and not named:
        found.append(("currency", "no budget is named for it"))
    if pitch.currency:
        digits = MINOR_DIGITS[pitch.currency]
        for field, amount in amounts.items():
            if amount is not None and whole_coins(amount, digits) is None:
                found.append((field, f"it has a part of a coin of {pitch.currency}"))
    return found


def _of_days(pitch: WrittenPitch, refused: Collection[str]) -> list[Clash]:
    days = {field: getattr(pitch, field) for field in ("release", "earliest_release", "latest_release")}
    one, first, last = (value is not None or field in refused for field, value in days.items())
    found = []
    if one and (first or last):
        found.append(("release", "a window is given beside it"))
    elif first is not last:
        found.append(("earliest_release" if first else "latest_release", "a window has two ends"))
    earliest, latest = pitch.earliest_release, pitch.latest_release
    if earliest and latest and earliest > latest:
        found.append(("earliest_release", f"it is after latest_release = {latest}"))
    today = clock.now().date()
    if pitch.as_of is not None and pitch.as_of > today:
        found.append(("as_of", "it lies in the future, of which nothing is known"))
    day, out = min(pitch.as_of or today, today), pitch.latest_release or pitch.release
    if out is not None and out <= day:
        field = "release" if pitch.release else "latest_release"
        found.append((field, f"it is not after {day}, the day the pitch is judged as of"))
    return found


def _of_the_rest(pitch: WrittenPitch, refused: Collection[str]) -> list[Clash]:
    found = []
    if pitch.worldwide and (pitch.regions or "regions" in refused):
        found.append(("regions", "worldwide = true holds already"))
    if pitch.kind == "limited series" and pitch.season is not None and pitch.season > 1:
        found.append(("season", "a limited series has one season"))
    if pitch.kind == "film" and pitch.season is not None and not (pitch.series or "series" in refused):
        found.append(("season", "of a film it is its place in a franchise, and no series names that"))
    told = pitch.episodes is not None or "episodes" in refused
    if told and pitch.kind not in WITH_EPISODES and "kind" not in refused:
        found.append(("episodes", "only a season or a limited series has episodes"))
    return found
