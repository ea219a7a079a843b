"""From an evaluation and a few home pages to the one report a person reads."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from openslate import clock
from openslate.apps.personalize.fitted import BLEND
from openslate.apps.personalize.home import home_from
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recommender import Recommender
from openslate.data.datasets import Viewing
from openslate.drawing.page_html import home_section, home_stylesheet
from openslate.errors import ProjectError
from openslate.evaluation.report import Provenance, render_report
from openslate.evaluation.results import Evaluation
from openslate.evaluation.worth import Worth
from openslate.project import Project
from openslate.registry.environment import code_version, machine, peak_memory_megabytes
from openslate.registry.promotion import serving
from openslate.registry.runs import Notebook
from openslate.rights.consent import source_grants
from openslate.storage.pages import write_page

ROLE = "personalize"
MEMBERS_OWN = "Each member's own consent; those who refused, or were not asked, are left out."


@dataclass(frozen=True)
class Sources:
    """Where a report's figures come from.

    Attributes:
        project: whose members.
        data: what was read.
        notebook: the run.
        recipe: the settings.
        seed: of the run.
        notes: what else a reader must know.
    """

    project: Project
    data: Viewing
    notebook: Notebook
    recipe: Recipe
    seed: int
    notes: tuple[str, ...] = ()


def write_report(
    sources: Sources, evaluations: Sequence[Evaluation], worths: Sequence[Worth], members: Sequence[str], path: Path
) -> Path:
    """Write the report, with the home pages of some members if a model serves.

    Args:
        sources: where the figures come from.
        evaluations: one per protocol, the headline first.
        worths: what the parts of the blend are worth, one per protocol.
        members: whose home pages it shows.
        path: the HTML file.

    Raises:
        ProjectError: the file cannot be written.
    """
    html = render_report(
        _provenance(sources),
        evaluations,
        worths,
        subject=BLEND,
        pages=_pages(sources.project, members),
        page_styles=home_stylesheet(),
    )
    try:
        write_page(path, html)
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error
    return path


def _pages(project: Project, members: Sequence[str]) -> list[str]:
    if not members:
        return []
    recommender = Recommender.open(project)
    return [home_section(home_from(recommender, member).to_dict(), level=3) for member in members]


def _provenance(sources: Sources) -> Provenance:
    decision = sources.data.decision
    described = machine()
    serves = serving(sources.project, ROLE)
    return Provenance(
        service=sources.project.folder.name,
        made=clock.now().isoformat(),
        snapshot=decision.snapshot,
        purpose=" and ".join(decision.purposes),
        basis=_basis(sources.project),
        members_allowed=decision.members_allowed,
        members_denied=decision.members_denied,
        events_allowed=decision.rows_allowed,
        events_denied=decision.rows_denied,
        seed=sources.seed,
        machine=f"{described['processors']} processors, {described['system']}",
        versions={
            "openslate": code_version(),
            **{name: described[name] for name in described if name not in {"processors", "system"}},
        },
        settings={name: _in_words(part) for name, part in asdict(sources.recipe).items() if part is not None},
        artifacts={} if serves is None else {"serving": serves.id},
        seconds=clock.stopwatch() - sources.notebook.began,
        peak_memory=int(peak_memory_megabytes() * 2**20),
        notes=(*sources.notes, f"This is run {sources.notebook.id}; `openslate runs` lists it."),
    )


def _basis(project: Project) -> str:
    texts = sorted({basis for (_, purpose), basis in source_grants(project).items() if purpose == "train"})
    return " ".join([*texts, MEMBERS_OWN] if texts else [MEMBERS_OWN])


def _in_words(settings: dict[str, object] | None) -> str:
    if settings is None:
        return "left out"
    return ", ".join(f"{name} {value}" for name, value in settings.items())
