"""`openslate greenlight forecast` and `comps`: what a pitch may come to, beside what compares with it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openslate.apps.greenlight.forecast_types import Comparable, Forecast
    from openslate.apps.greenlight.pitch import Pitch
    from openslate.project import Project

File = Annotated[Path, typer.Argument(metavar="PITCH", help="The pitch, as TOML or JSON.")]
Model = Annotated[str, typer.Option(help="Id of the forecaster, or how it begins; the latest of everywhere without.")]
Pin = Annotated[
    list[str] | None, typer.Option(metavar="TITLE", help="A title that compares; may be given several times.")
]
Strike = Annotated[
    list[str] | None, typer.Option(metavar="TITLE", help="A title that does not; may be given several times.")
]
Many = Annotated[int, typer.Option("--comps", min=1, max=50, help="Comparable titles to show; ten are followed.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands among those of greenlight."""
    app.command(epilog="Example: openslate --project svc greenlight forecast pitch.toml --memo memo.html")(forecast)
    app.command(epilog="Example: openslate --project svc greenlight comps pitch.toml --strike 'The Office'")(comps)


def forecast(
    context: typer.Context,
    file: File,
    beside: Annotated[Path | None, typer.Option(metavar="PITCH", help="Another pitch, for a memo of two.")] = None,
    model: Model = "",
    pin: Pin = None,
    strike: Strike = None,
    many: Many = 10,
    memo: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a memo that prints.")] = None,
    keep: Annotated[bool, typer.Option("--file", help="File the forecast, to be decided on and scored.")] = False,
    as_json: AsJson = False,
) -> None:
    """Forecast what a pitch may come to. It is advice: whoever decides is a named person."""
    from openslate.apps.greenlight.decisions import file_forecast
    from openslate.apps.greenlight.forecast_types import plain
    from openslate.apps.greenlight.forecasting import forecast as answer
    from openslate.apps.greenlight.memo import memo as memo_of_one
    from openslate.apps.greenlight.memo import memo_of_two, write_memo
    from openslate.apps.greenlight.opened import open_model
    from openslate.apps.greenlight.pitch_file import read_pitch
    from openslate.project import Project

    project = Project.open(context.obj)
    pitches = [read_pitch(one) for one in (file, *((beside,) if beside is not None else ()))]
    opened = open_model(project, model)
    chosen = _known_as(project, pin), _known_as(project, strike)
    found = [answer(opened, one, *chosen, many) for one in pitches]
    numbers = [file_forecast(project, *both) if keep else "" for both in zip(pitches, found, strict=True)]
    hindsight = _hindsight(project, numbers) if keep else [""] * len(numbers)
    if memo is not None and beside is not None:
        write_memo(memo_of_two((pitches[0], found[0]), (pitches[1], found[1])), memo)
    elif memo is not None:
        write_memo(memo_of_one(pitches[0], found[0], numbers[0]), memo)
    if as_json:
        documents = [
            {"name": pitch.name, "number": number or None, "hindsight": said or None, **plain(one)}
            for pitch, one, number, said in zip(pitches, found, numbers, hindsight, strict=True)
        ]
        print_json({"forecasts": documents})
        return
    for pitch, one, number, said in zip(pitches, found, numbers, hindsight, strict=True):
        _show(pitch, one, number)
        if said:
            say(said)
    if memo is not None:
        say(f"The memo is in {memo}.")


def comps(
    context: typer.Context,
    file: File,
    model: Model = "",
    pin: Pin = None,
    strike: Strike = None,
    many: Many = 10,
    as_json: AsJson = False,
) -> None:
    """List what compares with a pitch. Why, what became of it, and how far to trust it."""
    from openslate.apps.greenlight.forecast_types import plain
    from openslate.apps.greenlight.forecasting import forecast as answer
    from openslate.apps.greenlight.memo_words import none_compares
    from openslate.apps.greenlight.opened import open_model
    from openslate.apps.greenlight.pitch_file import read_pitch
    from openslate.project import Project

    pitch = read_pitch(file)
    project = Project.open(context.obj)
    found = answer(open_model(project, model), pitch, _known_as(project, pin), _known_as(project, strike), many)
    if as_json:
        compares, watched = [[plain(one) for one in several] for several in (found.comparables, found.audience)]
        print_json({"name": pitch.name, "comparables": compares, "audience": watched})
        return
    if not found.comparables:
        say(none_compares(found))
    for one in found.comparables:
        _show_comparable(one, found.target.unit)
    _show_audience(found)


def _known_as(project: "Project", titles: "Sequence[str] | None") -> "Sequence[str]":
    """Titles as a forecaster knows them: by the id that stands for all that are one with theirs, or by name."""
    from openslate.data.matching.groups import same_titles

    return [same_titles(project).canonical(one) for one in titles or ()]


def _hindsight(project: "Project", numbers: "Sequence[str]") -> list[str]:
    """Of each filed forecast, that its outcome was known already; empty where it was not."""
    from openslate.apps.greenlight.filed import find_filed
    from openslate.cli.scoring_now import in_hindsight, score_now

    score_now(project)
    return [in_hindsight(find_filed(project, number)) for number in numbers]


def _show(pitch: "Pitch", found: "Forecast", number: str) -> None:
    from openslate.apps.greenlight.memo_words import likely, none_compares, weeks_in_words

    for sentence in found.doubts:
        say(sentence)
    if found.abstains:
        say(f"The model abstains. {found.abstains}")
    for sentence in found.warnings:
        say(sentence)
    low, high = found.distribution.interval(80)
    say(f"{pitch.name}: 80% interval {low:,.0f} to {high:,.0f} {found.target.unit}, {found.target.window}.")
    wide, narrow = found.distribution.interval(90), found.distribution.interval(50)
    _line("90%", f"{wide[0]:,.0f} to {wide[1]:,.0f}")
    _line("50%", f"{narrow[0]:,.0f} to {narrow[1]:,.0f}")
    _line("median", f"{found.distribution.median:,.0f}; mean {found.distribution.mean:,.0f}")
    base = found.baseline.interval(80)
    _line(found.baseline_name, f"{base[0]:,.0f} to {base[1]:,.0f}, median {found.baseline.median:,.0f}")
    if found.top_decile is not None and not found.abstains:
        _line("top decile", likely(found.top_decile))
    if any(one[0] > 0 for one in found.weeks):
        say(weeks_in_words(found.weeks))
    if found.missing:
        say(f"Not said, and therefore wider: {', '.join(found.missing)}.")
    say("What it goes with (associations, no causes):")
    for driver in found.drivers:
        _line(driver.name, f"x {driver.multiple:.2f} ({driver.value})")
    say("What compares with it:" if found.comparables else none_compares(found))
    for one in found.comparables:
        _show_comparable(one, found.target.unit)
    _show_audience(found)
    if number:
        say(f"Filed as {number}. A named person decides: openslate greenlight decide {number} ...")


def _show_audience(found: "Forecast") -> None:
    if found.audience:
        say("By audience: what the same members watched. The forecast does not follow these; pin one that compares.")
    for one in found.audience:
        told = f"{'at most ' * one.at_most}{one.outcome:,.0f} {found.target.unit}"
        _line(f"{one.name} ({one.year})", f"{told}, known {one.known}; trust {one.trust:.2f}; {one.why}")


def _show_comparable(one: "Comparable", unit: str) -> None:
    told = "not known" if one.outcome is None else f"{'at most ' * one.at_most}{one.outcome:,.0f} {unit}"
    pinned = ", pinned" if one.pinned else ""
    kind = f", another kind: {one.kind}" if one.kind else ""
    say(f"{one.name} ({one.year}{pinned}{kind}): {told}; weight {one.weight:.2f}; {one.why}", indent=2)


def _line(name: str, value: Any) -> None:
    say(f"{name}: {value}", indent=2)
