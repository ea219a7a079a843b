"""A performer and a writer who do not exist: what they agreed to, what was asked of them, and what was answered."""

from dataclasses import replace
from importlib.resources import as_file, files

from openslate.accounts.names import register_payee
from openslate.apps.personalize.demonstration.story import Step, judged
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.asking import read_request
from openslate.rights.authorising import authorise, spend
from openslate.rights.gathering import set_strike
from openslate.rights.records.importing import import_records
from openslate.rights.request import Request

LEAD, LEAD_NAME = "demo:lead-1", "Ilse Varga (invented)"
UNION = "sag-aftra"
SEQUEL = "demo:salt-road-2"


def use_story(project: Project) -> tuple[Step, ...]:
    """Take the consents in, and request uses of them: allowed, denied, suspended.

    Raises:
        RightsError: the ledger or vault cannot be written, or an answer is not the one that the records give.
    """
    register_payee(project, LEAD, LEAD_NAME)
    with as_file(files(__package__) / "consents.toml") as path:
        taken = import_records(project, path)
    fall, treatment = _request("fall.toml"), _request("treatment.toml")
    granted = Step(
        "A lead and a writer agree in writing",
        f"{taken.new} records kept",
        "By name in the vault, and on the ledger as salted commitments that name nobody.",
    )
    given = authorise(project, fall)
    if given.token is None:
        raise RightsError(
            "The demonstration's first use was denied: " + given.verdict.findings[0].why,
            "Set the clock to a day between September 2026 and the end of 2039.",
        )
    spend(project, given.token, fall)
    allowed = judged("The lead's face on a stunt performer, in the scene she agreed to", given.verdict)
    sequel = judged("The same for a second film", authorise(project, replace(fall, project=SEQUEL)).verdict)
    trained = judged("Training a model on the writer's treatment", authorise(project, treatment).verdict)
    set_strike(project, UNION, True)
    struck = judged("The lead's face once more, while her union strikes", authorise(project, fall).verdict)
    set_strike(project, UNION, False)
    return granted, allowed, sequel, trained, struck


def _request(name: str) -> Request:
    with as_file(files(__package__) / name) as path:
        return read_request(path)
