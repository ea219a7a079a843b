"""The page of a search: the verdict on members who had no part in it, every trial, and what each setting did."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openslate import clock
from openslate.apps.personalize.protocols import Protocol
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.search.bench import Bench
from openslate.apps.personalize.search.trials import DEFAULT, Plan, Trial
from openslate.apps.personalize.space import Dimension, setting_of, space_of
from openslate.drawing.scatter import Cloud, Panel, panels, scatter
from openslate.drawing.sheet import Block, Cell, Counts, Facts, Figure, Prose, Section, Sheet, Table, sheet_document
from openslate.errors import ProjectError
from openslate.evaluation.bootstrap import Interval
from openslate.evaluation.wording import duration, figure, interval, label
from openslate.storage.pages import write_page

MOST_ROWS = 15


@dataclass(frozen=True)
class SearchPage:
    """What the page is drawn from.

    Attributes:
        service: whose members.
        protocol: how settings were asked.
        bench: who chose, and who confirmed.
        plan: how many settings each rung tried.
        base: the recipe the search began with.
        trials: those that came furthest and scored best first.
        best: the winner's number.
        score: its metric on those who confirm.
        ahead: that minus the metric of the base, paired.
    """

    service: str
    protocol: Protocol
    bench: Bench
    plan: Plan
    base: Recipe
    trials: Sequence[Trial]
    best: int
    score: Interval
    ahead: Interval


def search_verdict(metric: str, trials: Sequence[Trial], best: int, score: Interval, ahead: Interval) -> str:
    """The sentence to remember: what was won on members who had no part in choosing, and what it had looked like."""
    name, members = label(metric), f"{score.n_members:,} members who had no part in choosing"
    if best == DEFAULT:
        return (
            f"None of {len(trials) - 1} other settings was better than the one the search began with; "
            f"{name} {figure(score.mean)} ({interval(score)}) on {members}."
        )
    looked = next(one.ahead.mean for one in trials if one.number == best)
    said = (
        f"the difference to the one the search began with is {figure(ahead.mean, 4)} ({interval(ahead)}; while "
        f"choosing it looked like {figure(looked, 4)})"
    )
    if not ahead.excludes_zero:
        sure = "cannot be told apart from it, so there is no reason to change"
    else:
        sure = "is better" if ahead.mean > 0 else "is worse: choosing was misled by chance"
    return f"Setting {best} of {len(trials)} {sure}: on {members}, {name} {figure(score.mean)}, {said}."


def write_search_page(page: SearchPage, recipe_file: Path, path: Path) -> None:
    """Write the page.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        write_page(path, sheet_document(search_sheet(page, recipe_file)))
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def search_sheet(page: SearchPage, recipe_file: Path) -> Sheet:
    """The page as words, numbers and drawings."""
    tried = sum(page.plan.counts)
    return Sheet(
        overline="Openslate search",
        heading=page.service,
        made=f"Made {clock.now():%d %B %Y, %H:%M %Z}",
        verdict=search_verdict(page.bench.metric, page.trials, page.best, page.score, page.ahead),
        findings=(
            f"To train with the best setting: openslate personalize train --recipe {recipe_file}",
            "To measure it on events no search has seen: openslate personalize evaluate --recipe with the same file.",
        ),
        sections=[
            Section(
                "What was tried",
                [
                    Counts(
                        (
                            ("settings", f"{page.plan.counts[0]:,}"),
                            ("trials on all rungs", f"{tried:,}"),
                            ("members who chose", f"{page.bench.choosers:,}"),
                            ("members who confirmed", f"{page.bench.confirmers:,}"),
                            ("time of all trials", duration(sum(one.seconds for one in page.trials))),
                        )
                    ),
                    Prose(_rule(page)),
                    _picture(page),
                    _table(page),
                ],
            ),
            Section("What each setting did", _settings(page)),
            Section("How to read this", [Prose(_honesty())]),
        ],
    )


def _rule(page: SearchPage) -> str:
    rungs = ", then ".join(
        f"{count:,} on {page.bench.trained_on(share):,} members"
        for count, share in zip(page.plan.counts, page.bench.rungs, strict=True)
    )
    return f"Protocol {page.protocol.name}; settings tried: {rungs}. The best third goes on from each rung."


def _picture(page: SearchPage) -> Block:
    last = len(page.plan.counts) - 1
    final = [one for one in page.trials if one.rung == last]
    clouds = [
        Cloud("came to the last rung", [(one.seconds, one.score.mean) for one in final]),
        Cloud("left earlier", [(one.seconds, one.score.mean) for one in page.trials if one.rung < last]),
        Cloud("the winner", [(one.seconds, one.score.mean) for one in final if one.number == page.best]),
    ]
    base = next(one for one in page.trials if one.number == DEFAULT)
    name = label(page.bench.metric)
    drawn = scatter(
        [cloud for cloud in clouds if cloud.points],
        title=f"{name} of every setting, against what it cost",
        x_axis="seconds of all its trials, on a logarithmic scale",
        y_axis=f"{name}, on members who chose",
        reference=base.score.mean,
        reference_label="the setting the search began with",
    )
    caption = "Score against cost. Those that left earlier were trained on fewer members, and so are lower."
    return Figure(caption, drawn)


def _table(page: SearchPage) -> Table:
    name = label(page.bench.metric)
    return Table(
        caption=f"The first {min(MOST_ROWS, len(page.trials))} of {len(page.trials)} settings, those that came "
        "furthest first; figures on members who chose, so too good for whoever stands at the top",
        headings=("setting", f"{name}", "minus the first", "trained on", "time", "what it changes"),
        rows=[
            (
                Cell(str(one.number), aside="the winner" if one.number == page.best else ""),
                Cell(figure(one.score.mean, 4), aside=interval(one.score)),
                Cell(figure(one.ahead.mean, 4), aside=interval(one.ahead)) if one.number != DEFAULT else "–",
                f"{one.trained_on:,}",
                duration(one.seconds),
                ", ".join(f"{key} {value:g}" for key, value in one.settings.items()) or "nothing: as it began",
            )
            for one in page.trials[:MOST_ROWS]
        ],
        numbers=(1, 2, 3, 4),
    )


def _settings(page: SearchPage) -> list[Block]:
    """Every setting's values against the lead of the trials that had them; where it began is marked."""
    name = label(page.bench.metric)
    drawn = [panel for panel in (_panel(page, dimension) for dimension in space_of(page.base)) if panel is not None]
    return [
        Figure(
            f"Each dot is a trial that changed the setting: its value from left to right, its {name} minus that of the "
            "first setting on the same rung upwards. A dot above the dashed line did better; the square is the winner. "
            "Every trial changed others, too.",
            panels(drawn, title="What each setting did", y_axis=f"{name} minus that of the first setting", reference=0),
        ),
        Facts(tuple((one.name, _space(page.base, one)) for one in space_of(page.base))),
    ]


def _panel(page: SearchPage, dimension: Dimension) -> Panel | None:
    changed = [one for one in page.trials if dimension.name in one.settings]
    if not changed:
        return None
    return Panel(
        dimension.name,
        [(float(one.settings[dimension.name]), one.ahead.mean) for one in changed],
        [place for place, one in enumerate(changed) if one.number == page.best],
        dimension.scale == "log",
    )


def _space(base: Recipe, one: Dimension) -> str:
    value = setting_of(base, one.name)
    began = "none" if value is None else f"{value:g}"
    return f"{one.low:g} to {one.high:g}, {one.scale}{', whole' if one.whole else ''}; began at {began}"


def _honesty() -> str:
    return (
        "The best of many looks better than it is: its luck was chosen with it. So the verdict is measured on members "
        "who had no part in choosing, against the first setting, in pairs. They were asked for the same days as those "
        "who chose, so the verdict says nothing of other days. The protocol's test part was never looked at; an "
        "evaluation of the winner there is still honest, once."
    )
