"""`openslate press`: coverage records, held to their form and scored by its rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli import (
    press_alerting,
    press_briefing,
    press_buzz,
    press_deciding,
    press_demo,
    press_ingesting,
    press_interest,
    press_publishing,
    press_stories,
)
from openslate.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from openslate.apps.press.scores.scoring import Scored

app = typer.Typer(
    help="Read, score and publish coverage, with decisions by hand.",
    epilog="Example: openslate press score records/*.md --taxonomy topics.toml",
    no_args_is_help=True,
    rich_markup_mode=None,
)
press_ingesting.add_to(app)
press_buzz.add_to(app)
press_interest.add_to(app)
Files = Annotated[list[Path], typer.Argument(metavar="RECORD.md", help="Records; docs/press-records.md.")]


@app.command(epilog="Example: openslate press check records/*.md")
def check(files: Files, as_json: AsJson = False) -> None:
    """Hold records to their form. Exit code 1 where one is refused."""
    from openslate.apps.press.records.reading import read_record
    from openslate.errors import OpenslateError

    told: list[dict[str, Any]] = []
    for file in files:
        try:
            found = read_record(file)
            told.append({"file": str(file), "error": None, "differs": found.differs, "title": found.record.title})
        except OpenslateError as error:
            told.append({"file": str(file), "error": error.what, "differs": None, "title": None})
    refused = [one for one in told if one["error"] is not None]
    if as_json:
        print_json({"records": told, "refused": len(refused)})
    else:
        for one in told:
            _say_checked(one)
        say(f"{len(told) - len(refused)} of {len(told)} records are in order.")
    if refused:
        raise typer.Exit(1)


@app.command(epilog="Example: openslate press extract page.html --url https://www.slate.example/harbour")
def extract(
    page: Annotated[Path, typer.Argument(metavar="PAGE.html", help="A saved page.")],
    url: Annotated[str, typer.Option(metavar="URL", help="Of the page, by which overrides are found.")] = "",
    overrides: Annotated[
        Path | None,
        typer.Option(metavar="SITES.toml", help="What single sites need besides; docs/press-extraction.md."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find the text of an article in its page."""
    from openslate.apps.press.extraction.extracting import LARGEST, extracted
    from openslate.apps.press.extraction.overrides import read_overrides
    from openslate.errors import AdmitError
    from openslate.storage.files import bounded_bytes

    known = {} if overrides is None else read_overrides(overrides)
    try:
        content = bounded_bytes(page, LARGEST)
    except OSError as error:
        raise AdmitError(f"{page} cannot be read: {error.strerror}.", "Name a saved page.") from error
    found = extracted(content, url, overrides=known)
    if as_json:
        print_json({"title": found.title, "published": found.published, "text": found.text, "source": found.source})
    elif found.text:
        for line in filter(None, (found.title, found.published, *found.text.splitlines())):
            say(line)
    if not found.text:
        raise AdmitError(
            f"{page} has no text of an article.", "Write an override for its site, or take the feed's text."
        )


@app.command(epilog="Example: openslate press score records/*.md --taxonomy topics.toml --write")
def score(
    files: Files,
    taxonomy: Annotated[
        Path | None,
        typer.Option(metavar="TOPICS.toml", help="Topics and tiers; those of film and TV when left out."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write quality, heat and published into the records.")] = False,
    as_json: AsJson = False,
) -> None:
    """Score records, and say what each score is made of."""
    from openslate.apps.press.records.reading import read_record
    from openslate.apps.press.scores.scoring import scored, write_scored
    from openslate.apps.press.scores.taxonomy_file import film_and_tv, read_taxonomy

    rules = film_and_tv() if taxonomy is None else read_taxonomy(taxonomy)
    found = [scored(read_record(file).record, rules) for file in files]
    if write:
        for file, one in zip(files, found, strict=True):
            write_scored(file, one)
    if as_json:
        print_json({"records": [_document(file, one) for file, one in zip(files, found, strict=True)]})
        return
    for file, one in zip(files, found, strict=True):
        _say_scored(file, one)
    if write:
        changed = sum(one.changed for one in found)
        say(f"{changed} of {len(found)} records were written anew.")


press_publishing.add_to(app)
press_deciding.add_to(app)
press_alerting.add_to(app)
press_briefing.add_to(app)
press_stories.add_to(app)
press_demo.add_to(app)


def _say_checked(told: dict[str, Any]) -> None:
    if told["error"] is not None:
        for line in str(told["error"]).splitlines():
            say(line)
    elif told["differs"]:
        say(f"{told['file']} is in order, and line {told['differs']} would be written otherwise.")


def _say_scored(file: Path, one: "Scored") -> None:
    say(f"{file.name}: quality {one.quality.value}, heat {one.standing.heat}. {one.standing.words}")
    for term in one.quality.terms:
        say(f"{term.points:+} {term.name}", indent=2)
    if one.changed:
        before = one.before
        told = "published" if before.published else "not published"
        say(f"It said quality {before.quality}, heat {before.heat}, {told}.", indent=2)


def _document(file: Path, one: "Scored") -> dict[str, Any]:
    return {
        "file": str(file),
        "title": one.before.title,
        "quality": one.quality.value,
        "terms": [{"name": term.name, "points": term.points} for term in one.quality.terms],
        "heat": one.standing.heat,
        "published": one.standing.published,
        "outranked_by": one.standing.outranked,
        "why": one.standing.words,
        "changed": one.changed,
    }
