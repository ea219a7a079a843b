"""Drift: what has changed since the model that serves was trained, what that does to its answers, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openslate.apps.personalize.arguments import require_place
from openslate.apps.personalize.drift import data_shift, score_shift
from openslate.apps.personalize.drift.finding import GRAVEST_FIRST, Finding, Severity, gravest, to_do, verdict
from openslate.apps.personalize.drift.page import Material, write_page
from openslate.apps.personalize.drift.sources import sources
from openslate.apps.personalize.drift.windows import Windows, cut_windows
from openslate.apps.personalize.fitted import CLASSES, Fitted
from openslate.apps.personalize.incumbent import Elder
from openslate.apps.personalize.train import ROLE
from openslate.clock import from_microseconds
from openslate.data.datasets import TABLES, Viewing, events_by_source, viewing
from openslate.errors import RegistryError
from openslate.evaluation.drift import Shift
from openslate.progress import Progress, monotone, silent
from openslate.project import Project
from openslate.registry import runs
from openslate.registry.artifacts import Artifact, load
from openslate.registry.lineage import link, link_snapshot
from openslate.registry.promotion import serving
from openslate.rights.gate import as_record

KIND = "personalize drift"
READER = "personalize drift"


@dataclass(frozen=True)
class Drift:
    """What was found.

    Stability: provisional.

    Attributes:
        model: id of the model that serves.
        run: the run's id.
        learned: microseconds UTC of the model's last event.
        findings: the gravest first.
        report: the HTML file.
    """

    model: str
    run: str
    learned: int
    findings: tuple[Finding, ...]
    report: Path

    @property
    def severity(self) -> Severity:
        """The gravest severity."""
        return gravest(list(self.findings))

    @property
    def to_do(self) -> tuple[str, ...]:
        """What to do, the most urgent first, each once."""
        return to_do(self.findings)

    @property
    def verdict(self) -> str:
        """The sentence to remember."""
        return verdict(self.findings)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "model": self.model,
            "run": self.run,
            "learned_up_to": from_microseconds(self.learned).isoformat(),
            "severity": self.severity,
            "verdict": self.verdict,
            "to_do": list(self.to_do),
            "findings": [one.to_dict() for one in self.findings],
            "report": str(self.report),
        }


def drift(project: Project, report: Path | None = None, progress: Progress = silent) -> Drift:
    """Compare what was watched since the serving model's last event with what was watched before it.

    Members must allow evaluation. Every comparison is held against what chance would give and, where the history is
    long enough, against what neighbouring spans of time have usually differed by; so small data does not cry wolf.

    Args:
        project: where.
        report: where to write the HTML report; None for the project's `reports` folder.
        progress: told what is done.

    Raises:
        RegistryError: no model serves, or it is damaged.
        RightsError: nothing may be used for evaluation.
        ProjectError: the report cannot be written.
    """
    artifact = serving(project, ROLE)
    if artifact is None:
        raise RegistryError(
            "No model serves in this project yet.",
            f"Train one: openslate --project {project.folder} personalize train",
        )
    require_place(report)
    progress = monotone(progress)
    with runs.recorded(project, KIND, {"model": artifact.id}, seed=data_shift.SEED) as notebook:
        progress("Reading what may be used", 0.0)
        files = project.lake.snapshot(*TABLES)
        data = viewing(project, ("evaluate",), READER, snapshot=files)
        notebook.record["data"] = {"hash": data.hash, **as_record(data.decision)}
        windows = cut_windows(data.histories, artifact.manifest["as_of"])
        days = events_by_source(project, ("evaluate",), READER, files) if windows else []
        found, mixes, answered = _measured(artifact, data, windows, days, progress)
        findings = tuple(sorted(found, key=lambda one: GRAVEST_FIRST.index(one.severity)))
        notebook.record["artifact"] = artifact.id
        notebook.record["findings"] = {one.name: one.severity for one in findings}
        notebook.record["outcome"] = verdict(findings)
        link(project, notebook.id, artifact.id, "measured")
        link_snapshot(project, notebook.id, files)
        progress("Writing the report", 0.97)
        path = report or project.folder / "reports" / f"drift-{notebook.id}.html"
        write_page(project, Material(artifact, data, windows, mixes, answered, notebook.id), findings, path)
        notebook.record["report"] = str(path)
    return Drift(artifact.id, notebook.id, artifact.manifest["as_of"], findings, path)


def _measured(
    artifact: Artifact,
    data: Viewing,
    windows: Windows | None,
    days: Sequence[tuple[str, int, int]],
    progress: Progress,
) -> tuple[list[Finding], dict[str, tuple[Finding, Shift, tuple[str, ...]]], score_shift.Answers | None]:
    if windows is None:
        return [_nothing_since(artifact)], {}, None
    progress("Comparing what is watched, now and before", 0.2)
    mixes = data_shift.mixes(windows, data)
    found = [*data_shift.rates(windows), *(finding for finding, _, _ in mixes.values()), *sources(days, windows)]
    progress("Asking the model for what was watched since", 0.5)
    elder = Elder.over(Fitted.of(load(artifact, CLASSES)), data.catalogue)
    manifest = dict(artifact.manifest)
    answered = score_shift.answers(elder, windows, manifest)
    if answered is not None:
        found += score_shift.score_findings(answered, manifest)
    progress("Comparing the lists, now and before", 0.8)
    return [*found, *score_shift.list_findings(elder, windows)], mixes, answered


def _nothing_since(artifact: Artifact) -> Finding:
    last = from_microseconds(artifact.manifest["as_of"]).date().isoformat()
    return Finding(
        name="events since training",
        severity="unknown",
        before="–",
        now="0 events",
        noise="–",
        what=f"No event that may be used is later than what the model learned from, on {last}.",
        do="Import what has been watched since; if a source should have brought something, check its feed.",
    )
