"""One HTML file that says what was trained on what and how good it is: no script, no network, fit for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from openslate.clock import from_microseconds
from openslate.drawing import theme
from openslate.drawing.sheet import report_stylesheet
from openslate.evaluation import wording
from openslate.evaluation.measure import ACCURACY
from openslate.evaluation.report_charts import (
    best_first,
    charts_of_lists,
    forest_of_differences,
    forest_of_models,
    forest_of_parts,
)
from openslate.evaluation.results import Evaluation
from openslate.evaluation.verdicts import champion, findings, losses_elsewhere, verdict
from openslate.evaluation.worth import Worth


@dataclass(frozen=True)
class Provenance:
    """Where the figures come from, so that somebody else can get them again.

    Stability: provisional.

    Attributes:
        service: whose members these are; the heading of the report.
        made: when, as an ISO time with its zone.
        snapshot: hash of the data that was read.
        purpose: what the events were read for.
        basis: on what ground they may be used, in a sentence.
        members_allowed: members whose events were used.
        members_denied: members left out because they gave no consent for this purpose.
        events_allowed: events used.
        events_denied: events left out with their members.
        seed: of the run.
        machine: what it ran on, in words.
        versions: program or library to its version.
        settings: model to its settings, in words.
        artifacts: model to the id it is kept under.
        seconds: the whole run.
        peak_memory: bytes.
        notes: what else a reader must know, a sentence each.
    """

    service: str
    made: str
    snapshot: str
    purpose: str
    basis: str
    members_allowed: int
    members_denied: int
    events_allowed: int
    events_denied: int
    seed: int
    machine: str
    versions: Mapping[str, str]
    settings: Mapping[str, str]
    artifacts: Mapping[str, str]
    seconds: float
    peak_memory: int
    notes: tuple[str, ...] = ()


def render_report(
    provenance: Provenance,
    evaluations: Sequence[Evaluation],
    worths: Sequence[Worth] = (),
    *,
    subject: str = "",
    pages: Sequence[str] = (),
    page_styles: str = "",
) -> str:
    """The whole report as one HTML document.

    Args:
        provenance: what was trained on what.
        evaluations: one per split, the headline first; its lists are the ones drawn.
        worths: what the parts of the blend are worth, for the splits where that was found out.
        subject: the model the report is about, whose losses on later splits are told at the top; '' for the best one.
        pages: members' home pages, as fragments safe to embed that bring headings from `h3` down.
        page_styles: CSS that those pages need.

    Returns:
        HTML that loads nothing from anywhere and forbids scripts.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "figure": wording.figure,
        "interval": wording.interval,
        "label": wording.label,
        "duration": wording.duration,
    }
    styles = [theme.stylesheet(), report_stylesheet(), page_styles]
    headline = evaluations[0]
    return environment.from_string(
        _packaged("report.html.jinja")
    ).render(
        styles=Markup("\n".join(styles)),  # noqa: S704 (our own style sheets, which no data enters)
        provenance=provenance,
        made=datetime.fromisoformat(provenance.made).strftime("%d %B %Y, %H:%M %Z").lstrip("0"),
        memory=wording.memory(provenance.peak_memory),
        verdict=verdict(headline),
        findings=[
            *losses_elsewhere(subject or champion(headline).name, evaluations[1:]),
            *findings(headline),
        ],
        sections=[_section(evaluation, _worth_on(evaluation.split, worths)) for evaluation in evaluations],
        charts=charts_of_lists(headline),
        pages=[Markup(page) for page in pages],  # noqa: S704 (their maker has escaped every name)
        metrics=wording.METRICS.values(),
    )


def _packaged(name: str) -> str:
    return files("openslate.evaluation").joinpath(name).read_text(encoding="utf-8")


def _worth_on(split: str, worths: Sequence[Worth]) -> Worth | None:
    return next((worth for worth in worths if worth.split == split), None)


def _section(evaluation: Evaluation, worth: Worth | None) -> dict[str, object]:
    """What the template shows of one split."""
    name, _, k = evaluation.headline.partition("@")
    metrics = list(evaluation.rows[0].metrics)
    accuracy = [f"{metric}@{k}" for metric in ACCURACY]
    counts = evaluation.counts
    return {
        "evaluation": evaluation,
        "heading": evaluation.split.replace("-", " ").replace(":", ", "),
        "verdict": verdict(evaluation),
        "as_of": from_microseconds(evaluation.as_of).strftime("%Y-%m-%d %H:%M:%S UTC"),
        "rows": best_first(evaluation),
        "champion": champion(evaluation).name,
        "counts": (
            (counts.training_members, "members trained on"),
            (counts.training_events, "events trained on"),
            (counts.titles, "titles ranked"),
            (counts.scored_members, "members scored"),
            (counts.targets, "held-out titles"),
        ),
        "glossary": wording.METRICS[name].meaning,
        "accuracy": accuracy,
        "character": [metric for metric in metrics if metric.endswith(f"@{k}") and metric not in accuracy],
        "lists": list(evaluation.rows[0].lists),
        "others": [metric for metric in metrics if not metric.endswith(f"@{k}")],
        "caution": evaluation.rows[0].metrics[evaluation.headline].caution,
        "models": forest_of_models(evaluation),
        "differences": forest_of_differences(evaluation),
        "worth": worth,
        "adding": forest_of_parts(worth) if worth and worth.parts else "",
    }
