"""The drift report as a page for people: verdict and what to do first, then figures, pictures and provenance."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from openslate import clock
from openslate.apps.personalize.drift.data_shift import daily
from openslate.apps.personalize.drift.finding import NOTHING_TO_DO, Finding, to_do, verdict
from openslate.apps.personalize.drift.score_shift import Answers
from openslate.apps.personalize.drift.windows import Windows
from openslate.data.datasets import Viewing
from openslate.drawing.charts import Estimate, forest, grouped_bars
from openslate.drawing.curves import Series, line_chart
from openslate.drawing.sheet import Block, Cell, Counts, Facts, Figure, Prose, Section, Sheet, Table, sheet_document
from openslate.errors import ProjectError
from openslate.evaluation.drift import Shift
from openslate.project import Project
from openslate.registry.artifacts import Artifact
from openslate.storage import pages

MOST_KINDS = 12
READ = (
    "The stability index (PSI) is the sum of (p - q) ln(p / q) over the kinds of events, p now and q before; by custom "
    "below 0.1 is little and above 0.25 much (Siddiqi 2006). Chance is the index that one in a hundred random swaps of "
    "members' two spans exceeds; usual is the largest index between neighbouring spans before. A mix has changed when "
    "it exceeds 0.1, chance, and half as much again as is usual. A rate has changed when its 95% interval lies apart "
    "from those of the earlier spans, by at least a quarter, or 10 points of a share."
)


@dataclass(frozen=True)
class Material:
    """What the report is drawn from, beside the findings.

    Attributes:
        artifact: the model.
        data: what was read.
        windows: the spans, or None where nothing can be compared.
        mixes: shift and kinds by name.
        answers: how the model answered, or None.
        reference: name of the run.
    """

    artifact: Artifact
    data: Viewing
    windows: Windows | None
    mixes: dict[str, tuple[Finding, Shift, tuple[str, ...]]]
    answers: Answers | None
    reference: str


def write_page(project: Project, material: Material, findings: Sequence[Finding], path: Path) -> None:
    """Write the report.

    Args:
        project: whose service it is.
        material: what was measured.
        findings: the gravest first.
        path: the HTML file.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        pages.write_page(path, sheet_document(drift_sheet(project, material, findings)))
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def drift_sheet(project: Project, material: Material, findings: Sequence[Finding]) -> Sheet:
    """The report as words, numbers and drawings."""
    return Sheet(
        overline="Openslate drift report",
        heading=project.folder.name,
        made=f"Made {clock.now():%d %B %Y, %H:%M %Z}",
        verdict=verdict(findings),
        findings=to_do(findings) or ("There is nothing to do.",),
        sections=[
            Section("Findings", [*_spans(material.windows), _table(findings), Prose(READ)]),
            *([Section("Pictures", _pictures(material, material.windows))] if material.windows else []),
            Section("Provenance", _provenance(material)),
        ],
    )


def _table(findings: Sequence[Finding]) -> Table:
    return Table(
        caption="Every measure, the gravest first: before, now, and what chance and custom would explain",
        headings=("measure", "verdict", "before", "now", "chance and custom", "what it is, and what to do"),
        rows=[
            (
                Cell(one.name),
                Cell(one.severity, tone=one.severity),
                _halved(one.before, " ("),
                _halved(one.now, " ("),
                _halved(one.noise, ", "),
                Cell(one.what, aside="" if one.do == NOTHING_TO_DO else one.do),
            )
            for one in findings
        ],
    )


def _halved(text: str, at: str) -> Cell:
    """A figure above its interval, or one limit above the other."""
    first, _, second = text.partition(at)
    return Cell(first, aside=second.removesuffix(")"))


def _spans(windows: Windows | None) -> list[Block]:
    if windows is None:
        return []
    return [
        Counts(
            (
                ("days in each span", f"{windows.days:.1f}".removesuffix(".0")),
                ("spans before, for what is usual", str(len(windows.past))),
                ("events in the latest span", f"{windows.now.n_events:,}"),
                ("events in the span before training ended", f"{windows.past[0].n_events:,}"),
            )
        )
    ]


def _pictures(material: Material, windows: Windows) -> list[Block]:
    points = daily(windows.whole, windows.learned)
    before = [point for point in points if point[0] < 0]
    since = [point for point in points if point[0] >= 0]
    lines = [Series(name, part) for name, part in (("before", before), ("since", since)) if part]
    axis = "days since the model's last event"
    found: list[Block] = [
        Figure(
            "Events of each day, up to what the model learned from and since then.",
            line_chart(lines, title="Events a day", x_axis=axis, y_axis="events"),
        )
    ]
    for name in ("genres", "engagement"):
        if name in material.mixes:
            _, seen, kinds = material.mixes[name]
            order = np.argsort(-np.maximum(seen.before, seen.now), kind="stable")[:MOST_KINDS]
            order = np.sort(order) if name == "engagement" else order
            shares = [("before", [seen.before[kind] for kind in order]), ("now", [seen.now[kind] for kind in order])]
            what = "Share of events by share watched or rated" if name == "engagement" else "Share of events by genre"
            drawn = grouped_bars([kinds[kind] for kind in order], shares, title=f"Mix of {name}")
            found.append(Figure(f"{what}, in the span before the model's last event and in the latest.", drawn))
    return [*found, *_scores(material)]


def _scores(material: Material) -> list[Block]:
    then = material.artifact.manifest["validation"].get("intervals")
    if material.answers is None or then is None:
        return []
    rows = [
        ("lead, on validation", then["ahead"]),
        ("lead, on what was watched since", vars(material.answers.ahead)),
    ]
    drawn = forest(
        [Estimate(label, one["mean"], one["low"], one["high"]) for label, one in rows],
        title="Lead over popularity, then and now",
        axis="nDCG@10 minus that of the last seven days' popularity, same members",
        reference=0.0,
        reference_label="no better than popularity",
    )
    return [Figure("How far the model is ahead of popularity: when it was trained, and since.", drawn)]


def _provenance(material: Material) -> list[Block]:
    decision, manifest = material.data.decision, material.artifact.manifest
    return [
        Counts(
            (
                ("members whose events were used", f"{decision.members_allowed:,}"),
                ("members left out for want of consent", f"{decision.members_denied:,}"),
                ("events used", f"{decision.rows_allowed:,}"),
            )
        ),
        Facts(
            (
                ("Model", material.artifact.id),
                ("Learned up to", f"{clock.from_microseconds(manifest['as_of']):%Y-%m-%d %H:%M} UTC"),
                ("Trained on snapshot", str(manifest.get("snapshot", "not recorded"))),
                ("Measured on snapshot", material.data.snapshot),
                ("Purpose", " and ".join(decision.purposes)),
                ("Run", f"{material.reference}; `openslate runs` lists it"),
            )
        ),
    ]
