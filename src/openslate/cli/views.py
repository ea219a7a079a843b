"""How facts look in a terminal: tables for projects, runs, models, evaluations and recommendations."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from openslate.cli.model_rows import row_of
from openslate.drawing.words import printable
from openslate.registry.artifacts import REMOVED, Artifact
from openslate.registry.runs import Difference, Run

if TYPE_CHECKING:  # who looks at a project's state waits for no model to load
    from openslate.apps.personalize.drift.finding import Finding
    from openslate.apps.personalize.recommend import Recommendations
    from openslate.apps.personalize.search.trials import Trial
    from openslate.evaluation.results import Evaluation

SHOWN = 10
"""Settings of a search that are shown; its page has more."""
WIDE = 110
"""Columns from which more figures fit beside the headline."""


def show_status(console: Console, found: Mapping[str, Any]) -> None:
    """What a project holds, on what basis, and what serves."""
    console.print(Text(printable(f"Project {found['project']}")), soft_wrap=True)
    tables = _table("table", "rows")
    for name, rows in found["tables"].items():
        tables.add_row(name, f"{rows:,}")
    console.print(tables)
    console.print()
    for one in found["imports"]:
        if one["source"] == "member":
            continue
        quarantined = sum(counts.get("quarantined", 0) for counts in one["counts"].values())
        held = f"; {_counted(quarantined, 'row')} in {one['quarantine']}" if quarantined else ""
        said = f"Imported {one['location']} as {one['source']} on {_day(one['recorded'])}{held}"
        console.print(Text(printable(said)))
    bases = sorted({(one["source"], one["basis"]) for one in found["grants"]})
    for source, basis in bases:
        purposes = ", ".join(
            one["purpose"] for one in found["grants"] if (one["source"], one["basis"]) == (source, basis)
        )
        console.print(Text(printable(f"Basis of {source} to {purposes}: {basis}")))
    if not bases:
        console.print("No source has a basis of its own; members' consents decide.")
    for role, model in found["serving"].items():
        console.print(f"{role}: {f'model {model[:12]} serves' if model else 'no model serves yet'}.")
    if found["written"]:
        kinds = ", ".join(_counted(many, kind) for kind, many in found["written"].items())
        console.print(f"In the vault: {kinds}; none is learned from without its writers' records.")
    console.print(f"{_counted(found['models'], 'model')}, {_counted(found['runs'], 'run')}.")
    for model, said in found["taken_back"].items():
        console.print(f"Model {model[:12]}: {said}", soft_wrap=True)


def show_runs(console: Console, found: Sequence[Run]) -> None:
    """Each run with what came of it, the latest last."""
    for run in found:
        seconds, memory = run.record.get("seconds"), run.record.get("peak_memory_megabytes")
        spent = "" if seconds is None else f", {seconds:,.1f} s, {memory:,.0f} MB"
        console.print(Text(f"{run.id}  {_day(run.started)}  {run.kind}, {run.status}{spent}"), soft_wrap=True)
        outcome = run.record.get("error") or run.record.get("outcome")
        if outcome:
            console.print(Padding(Text(printable(str(outcome))), (0, 0, 0, len(run.id) + 2)))
    if not found:
        console.print("Nothing has been run yet.")


def show_differences(console: Console, first: Run, second: Run, differences: Sequence[Difference]) -> None:
    """Two runs side by side, only where they differ."""
    table = _table("value", first.id, second.id, flowing=("value", first.id, second.id))
    for one in differences:
        table.add_row(Text(printable(one.name)), Text(_short(one.first)), Text(_short(one.second)))
    _or_nothing(console, table, "The two runs do not differ.")


def show_models(console: Console, found: Sequence[Artifact], serving: str | None) -> None:
    """One model a row, its figures above their 95% intervals; a word shows which serves."""
    table = _table("model", "kind", "learned to", "validation", "over baseline", "")
    for artifact in found:
        stands = "serves" if artifact.id == serving else "deleted" if REMOVED in artifact.manifest else ""
        table.add_row(artifact.id[:12], artifact.kind, *row_of(artifact), stands)
    _or_nothing(console, table, "No model has been trained yet.")


def show_evaluation(console: Console, evaluation: "Evaluation") -> None:
    """One protocol: every model with its interval, and how far it is ahead of the best baseline."""
    scored = f"{evaluation.counts.scored_members:,} members, {evaluation.counts.titles:,} titles"
    console.print(f"\n{evaluation.split}: {scored}, split {evaluation.split_hash[:12]}", style="bold")
    console.print(Text(evaluation.rule + "\n"), style="dim")
    k = evaluation.headline.split("@")[1]
    beside = (f"recall@{k}", f"hr@{k}") if console.width >= WIDE else ()
    table = _table("model", evaluation.headline, "95% interval", *beside, "ahead", flowing=("model",))
    for row in sorted(evaluation.rows, key=lambda row: -row.metrics[evaluation.headline].mean):
        headline = row.metrics[evaluation.headline]
        ahead = row.ahead.get(evaluation.headline)
        table.add_row(
            row.name,
            f"{headline.mean:.4f}",
            f"{headline.low:.4f} to {headline.high:.4f}",
            *(f"{row.metrics[name].mean:.4f}" for name in beside),
            "" if ahead is None else f"{ahead.mean:+.4f} ({ahead.low:+.4f} to {ahead.high:+.4f})",
        )
    console.print(table)
    console.print(f"\n'ahead' is the paired difference to {evaluation.best_baseline}, the best baseline.", style="dim")
    if any(row.role == "oracle" for row in evaluation.rows):
        console.print("'oracle' ranks by the simulation's own truth: nobody could do better.", style="dim")


def show_drift(console: Console, findings: "Sequence[Finding]") -> None:
    """Every measure, the gravest first."""
    table = _table("measure", "verdict", "before", "now", flowing=("measure", "before", "now"))
    for one in findings:
        table.add_row(Text(printable(one.name)), one.severity, one.before, one.now)
    console.print(table)


def show_trials(console: Console, metric: str, trials: "Sequence[Trial]") -> None:
    """The settings that came furthest, best first."""
    table = _table("setting", metric, "minus the first", "what it changes", flowing=("what it changes",))
    for one in trials[:SHOWN]:
        changes = ", ".join(f"{name} {value:g}" for name, value in one.settings.items()) or "nothing: as it began"
        ahead = {"low": one.ahead.low, "high": one.ahead.high}
        table.add_row(
            str(one.number), f"{one.score.mean:.4f}", _with_interval(f"{one.ahead.mean:+.4f}", ahead), changes
        )
    console.print(table)


def show_recommendations(console: Console, found: "Recommendations") -> None:
    """A member's list with reasons."""
    basis = "from what they have watched" if found.personalised else "unpersonalised"
    heading = f"For {printable(found.member)}, {basis}, by model {found.model[:12]}"
    console.print(Text(heading), style="bold", soft_wrap=True)
    table = _table("", "title", "year", "genres", "why", flowing=("title", "genres", "why"))
    for place, one in enumerate(found.titles, start=1):
        genres = printable(", ".join(one.genres[:2]))
        words = (Text(printable(one.name)), str(one.year or ""), Text(genres), Text(printable(one.reason)))
        table.add_row(str(place), *words)
    _or_nothing(console, table, "There is nothing left to recommend.")
    if found.note:
        console.print(Text(found.note), style="dim")


def _table(*headings: str, flowing: Sequence[str] = ()) -> Table:
    """A table in which only the flowing columns give way where the terminal is narrow."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading not in flowing)
    return table


def _or_nothing(console: Console, table: Table, nothing: str) -> None:
    console.print(table if table.row_count else nothing)


def _with_interval(figure: str, interval: Mapping[str, float] | None) -> str:
    return figure if interval is None else f"{figure}\n{interval['low']:.3f} to {interval['high']:.3f}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _day(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M")


def _short(value: object) -> str:
    """A value in few characters: a number rounded, a hash by its beginning."""
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, list):
        return ", ".join(map(_short, value))
    text = "" if value is None else str(value)
    return text[:12] if len(text) == 64 and set(text) <= set("0123456789abcdef") else printable(text)
