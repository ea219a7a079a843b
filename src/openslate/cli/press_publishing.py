"""`openslate press publish`: the site, the feeds, the API and the records of a moment."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say

if TYPE_CHECKING:
    from openslate.apps.press.publishing.publish import Published
    from openslate.apps.press.scores.taxonomy import Taxonomy

TaxonomyFile = Annotated[
    Path | None, typer.Option(metavar="TOPICS.toml", help="Topics and tiers; those of film and TV when left out.")
]


def add_to(app: typer.Typer) -> None:
    """Put this command among those of press."""
    app.command(epilog="Example: openslate --project svc press publish site --address https://press.slate.example")(
        publish
    )


def publish(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder, or one that this command wrote.")],
    address: Annotated[str, typer.Option(metavar="URL", help="Under which the site will be read.")] = "",
    taxonomy: TaxonomyFile = None,
    title: Annotated[str, typer.Option(metavar="NAME", help="Of the site.")] = "Coverage",
    at: Annotated[str, typer.Option(metavar="MOMENT", help="What readers see then, in UTC; now when left out.")] = "",
    days: Annotated[
        int | None, typer.Option(min=1, max=100_000, help="Leave out stories of which nothing came in so many days.")
    ] = None,
    least_heat: Annotated[
        int | None, typer.Option(min=-1, help="Of records in the API; published ones when left out.")
    ] = None,
    pictures: Annotated[
        bool, typer.Option("--pictures", help="Let pages load pictures from those who published them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the site, feeds, API and records. Only files that changed are written."""
    from openslate.apps.press.desk.desk import Desk
    from openslate.apps.press.publishing.publish import publish as write
    from openslate.apps.press.publishing.site_settings import SiteSettings
    from openslate.project import Project

    moment = moment_or_now(at, "--at")
    settings = SiteSettings(title, address, pictures, least_heat)
    rules = taxonomy_of(taxonomy)
    since = None if days is None else moment - timedelta(days=days)
    desk = Desk(Project.open(context.obj))
    with progress_bar() as progress:
        found = write(desk, out, rules, settings, moment, since, progress)
    if as_json:
        print_json(_document(out, found))
        return
    _say(out, found)
    if not address:
        say("Feeds lead to the articles and there is no map of pages: name the site's --address for both.")


def moment_or_now(text: str, option: str) -> datetime:
    """The moment that an option names; now where it is empty.

    Args:
        text: ISO 8601; UTC where it names no zone.
        option: that it was given with.

    Raises:
        UsageError: it is none.
    """
    from openslate.apps.press.publishing.decided import moment_of_text
    from openslate.clock import now
    from openslate.errors import UsageError

    if not text:
        return now()
    try:
        return moment_of_text(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} is no moment.", "Write one such as 2027-05-14T18:00.") from None


def taxonomy_of(file: Path | None) -> "Taxonomy":
    """The taxonomy of a file; that of film and television where none is named.

    Args:
        file: of a taxonomy.
    """
    from openslate.apps.press.scores.taxonomy_file import film_and_tv, read_taxonomy

    return film_and_tv() if file is None else read_taxonomy(file)


def _say(out: Path, found: "Published") -> None:
    edition, written = found.edition, found.written
    shown = sum(one.published for one in edition.stories)
    say(f"{out}: {len(edition.stories):,} stories of {len(edition.items):,} articles, {shown:,} on the front page.")
    say(f"{len(written.written):,} files written, {written.unchanged:,} as before, {len(written.removed):,} removed.")
    if edition.hidden:
        say(f"{_articles(edition.hidden)} left out by hand: see `openslate press decisions`.")
    if edition.waiting:
        say(f"{_articles(edition.waiting)} in no story yet, and not shown: run `openslate press stories`.")
    for path in written.left:
        say(f"{path} is not ours and stays as it is.")
    for path in found.unreadable:
        say(f"{path} cannot be read as a record and stays as it is.")


def _articles(count: int) -> str:
    return "1 article is" if count == 1 else f"{count:,} articles are"


def _document(out: Path, found: "Published") -> dict[str, object]:
    edition, written = found.edition, found.written
    return {
        "folder": str(out),
        "at": edition.at.isoformat(),
        "stories": len(edition.stories),
        "front": sum(one.published for one in edition.stories),
        "articles": len(edition.items),
        "hidden": edition.hidden,
        "waiting": edition.waiting,
        "written": list(written.written),
        "unchanged": written.unchanged,
        "removed": list(written.removed),
        "left": list(written.left),
        "unreadable": list(found.unreadable),
    }
