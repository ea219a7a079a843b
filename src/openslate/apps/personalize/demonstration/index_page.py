"""The page that leads to everything a demonstration made."""

from collections.abc import Sequence
from pathlib import Path

from openslate import clock
from openslate.apps.personalize.demonstration.story import Paper, Story
from openslate.drawing.page_words import moment_in_words
from openslate.drawing.sheet import Cell, Facts, Link, Links, Points, Prose, Section, Sheet, Table, sheet_document
from openslate.storage.files import write_atomically

INVENTED = (
    "The service, its members, the film, the performer and the writer are invented. Nothing here is legal advice."
)


def write_index(service: str, story: Story, papers: Sequence[Paper], path: Path) -> None:
    """Write the page; it names no member, so that forgetting another one leaves it as it is.

    Args:
        service: name of the project's folder.
        story: what happened.
        papers: the other pages, relative to this one.
        path: the HTML file.
    """
    write_atomically(path, sheet_document(index_sheet(service, story, papers)).encode())


def index_sheet(service: str, story: Story, papers: Sequence[Paper]) -> Sheet:
    """The page as words and links."""
    rows = [(Cell(one.outcome, one.what), one.why) for one in story.steps]
    here = f"openslate --project {service}"
    return Sheet(
        overline="Openslate demonstration",
        heading=service,
        made=f"Made {moment_in_words(clock.now().isoformat())}",
        verdict="A simulated service was learned from, measured, and held to what people agreed to.",
        findings=(INVENTED,),
        sections=[
            Section("What to look at", [Links([Link(one.name, one.file, one.about) for one in papers])]),
            Section("What happened to people's rights", [Table("In this order", ("what came of it", "why"), rows)]),
            Section(
                "What the auditor's verifier said",
                [Points(story.verified), Facts((("The ledger's public key", story.key),))],
            ),
            Section(
                "What to try",
                [
                    Prose("On the command line, where this was made; MEMBER is such as m and seven digits:"),
                    Facts(
                        (
                            ("A member's page", f"{here} personalize home MEMBER"),
                            ("Check the ledger", f"{here} rights verify"),
                            ("Who is held, and how", f"{here} rights person demo:lead-1"),
                            ("Forget a member", f"{here} rights forget MEMBER --reason 'A try.'"),
                        )
                    ),
                ],
            ),
        ],
    )
