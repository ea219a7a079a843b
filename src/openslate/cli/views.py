"""How facts look in a terminal: tables for projects, runs, models, evaluations and recommendations."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openslate.apps.personalize.recommend import Recommendations
from openslate.evaluation.results import Evaluation
from openslate.registry.artifacts import Artifact
from openslate.registry.runs import Difference, Run


def show_status(console: Console, found: Mapping[str, Any]) -> None:
    """What a project holds, on what basis, and what serves."""
    console.print(Text(f"Project {found['project']}"), soft_wrap=True)
    tables = _table("table", "rows")
    for name, rows in found["tables"].items():
        tables.add_row(name, f"{rows:,}")
    console.print(tables)
    for one in found["imports"]:
        if one["source"] == "member":
            continue
        quarantined = sum(counts.get("quarantined", 0) for counts in one["counts"].values())
        held = f"; {quarantined:,} rows in {one['quarantine']}" if quarantined else ""
        console.print(Text(f"Imported {one['location']} as {one['source']} on {_day(one['recorded'])}{held}"))
    bases = sorted({(one["source"], one["basis"]) for one in found["grants"]})
    for source, basis in bases:
        purposes = ", ".join(
            one["purpose"] for one in found["grants"] if (one["source"], one["basis"]) == (source, basis)
        )
        console.print(Text(f"Basis of {source} to {purposes}: {basis}"))
    if not bases:
        console.print("No source has a basis of its own; members' consents decide.")
    for role, model in found["serving"].items():
        console.print(f"{role}: {f'model {model[:12]} serves' if model else 'no model serves yet'}.")
    console.print(f"{found['models']} models, {found['runs']} runs.")


def show_runs(console: Console, found: Sequence[Run]) -> None:
    """One line a run, the latest last."""
    table = _table("run", "kind", "started", "status", "seconds", "memory MB", "outcome")
    for run in found:
        outcome = run.record.get("error") or run.record.get("outcome", "")
        table.add_row(
            run.id,
            run.kind,
            _day(run.started),
            run.status,
            str(run.record.get("seconds", "")),
            str(run.record.get("peak_memory_megabytes", "")),
            Text(str(outcome)),
        )
    _or_nothing(console, table, "Nothing has been run yet.")


def show_differences(console: Console, first: Run, second: Run, differences: Sequence[Difference]) -> None:
    """Two runs side by side, only where they differ."""
    table = _table("value", first.id, second.id)
    for one in differences:
        table.add_row(Text(one.name), Text(_short(one.first)), Text(_short(one.second)))
    _or_nothing(console, table, "The two runs do not differ.")


def show_models(console: Console, found: Sequence[Artifact], serving: str | None) -> None:
    """One line a model; a mark shows which serves."""
    table = _table("", "model", "kind", "learned up to", "validation", "score", "popularity")
    for artifact in found:
        validation = artifact.manifest["validation"]
        table.add_row(
            "serves" if artifact.id == serving else "",
            artifact.id[:12],
            artifact.kind,
            _moment(artifact.manifest["as_of"]),
            validation["metric"],
            f"{validation['score']:.4f}",
            f"{validation['baseline']:.4f}",
        )
    _or_nothing(console, table, "No model has been trained yet.")


def show_evaluation(console: Console, evaluation: Evaluation) -> None:
    """One protocol: every model with its interval, and how far it is ahead of the best baseline."""
    scored = f"{evaluation.counts.scored_members:,} members, {evaluation.counts.titles:,} titles"
    console.print(f"\n{evaluation.split}: {scored}, split {evaluation.split_hash[:12]}", style="bold")
    console.print(Text(evaluation.rule), style="dim")
    k = evaluation.headline.split("@")[1]
    table = _table("model", evaluation.headline, "95% interval", f"recall@{k}", f"hr@{k}", f"coverage@{k}", "ahead")
    for row in sorted(evaluation.rows, key=lambda row: -row.metrics[evaluation.headline].mean):
        headline = row.metrics[evaluation.headline]
        ahead = row.ahead.get(evaluation.headline)
        name = row.name if row.role == "model" else f"{row.name} ({row.role})"
        table.add_row(
            name,
            f"{headline.mean:.4f}",
            f"{headline.low:.4f} to {headline.high:.4f}",
            f"{row.metrics[f'recall@{k}'].mean:.4f}",
            f"{row.metrics[f'hr@{k}'].mean:.4f}",
            f"{row.lists[f'coverage@{k}']:.3f}",
            "" if ahead is None else f"{ahead.mean:+.4f} ({ahead.low:+.4f} to {ahead.high:+.4f})",
        )
    console.print(table)
    console.print(f"'ahead' is the paired difference to {evaluation.best_baseline}, the best baseline.", style="dim")


def show_recommendations(console: Console, found: Recommendations) -> None:
    """A member's list with reasons."""
    basis = "from what they have watched" if found.personalised else "unpersonalised"
    console.print(Text(f"For {found.member}, {basis}, by model {found.model[:12]}"), style="bold", soft_wrap=True)
    table = _table("", "title", "year", "genres", "why")
    for place, one in enumerate(found.titles, start=1):
        table.add_row(str(place), Text(one.name), str(one.year or ""), Text(", ".join(one.genres)), Text(one.reason))
    _or_nothing(console, table, "There is nothing left to recommend.")


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _or_nothing(console: Console, table: Table, nothing: str) -> None:
    console.print(table if table.row_count else nothing)


def _day(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M")


def _moment(microseconds: int) -> str:
    from openslate.clock import from_microseconds

    return from_microseconds(microseconds).strftime("%Y-%m-%d")


def _short(value: object) -> str:
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
