"""`openslate titles`: which titles of several sources are one, how sure that is, and a person's correction."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say

if TYPE_CHECKING:
    from openslate.data.matching.matching import Matched
    from openslate.data.matching.pairing import Link
    from openslate.data.matching.standing import Beside
    from openslate.data.matching.words import Word

app = typer.Typer(
    help="Which titles of several sources are one.",
    epilog="Example: openslate --project svc titles match",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Names = dict[str, tuple[str, str]]
Identity = Annotated[str, typer.Argument(metavar="TITLE", help="A title, by id or name.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")]
Note = Annotated[str, typer.Option("--note", help="Why, in words.")]


@app.command(epilog="Example: openslate --project svc titles match --source report --other films")
def match(
    context: typer.Context,
    source: Annotated[str | None, typer.Option("--source", help="Match this source alone with the others.")] = None,
    other: Annotated[str | None, typer.Option("--other", help="And only with this one.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Doubtful pairs to list.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find which titles of several sources are one. What people said stands above what is found."""
    from openslate.data.matching.matching import match_sources
    from openslate.data.matching.reading import names_of
    from openslate.project import Project

    project = Project.open(context.obj)
    with progress_bar() as progress:
        found = match_sources(project, source, other, progress)
    listed = {title for one in found for link in (*one.sure, *one.doubtful) for title in (link.first, link.second)}
    names = names_of(project, listed)
    if as_json:
        print_json({"matched": [_matched(one, names) for one in found]})
        return
    for one in found:
        _show(one, names, limit)
    if any(one.doubtful for one in found):
        say("Doubtful pairs are not taken. Decide with: openslate titles confirm ID ID --by NAME, or titles part.")


@app.command(epilog="Example: openslate --project svc titles same tt0133093")
def same(context: typer.Context, title: Identity, as_json: AsJson = False) -> None:
    """Say what a title is matched with, and why."""
    from openslate.data.matching.standing import standing
    from openslate.project import Project

    found = standing(Project.open(context.obj), title)
    if as_json:
        document = {"title": found.title, "name": found.name, "source": found.source, "canonical": found.canonical}
        print_json({**document, "beside": [_beside(one) for one in found.beside]})
        return
    say(f"{found.title} ({found.name}, from {found.source}).")
    if not found.beside:
        say("Nothing of another source is matched with it; `openslate titles match` looks for it.")
    for one in found.beside:
        verdict = "is the same" if one.is_same else "is not taken for the same"
        say(f"{one.title} ({one.name}, from {one.source}) {verdict}.", indent=2)
        if one.sureness is not None:
            say(f"{one.sureness:.3f} sure: {'; '.join(one.reasons)}.", indent=4)
        for word in one.words:
            say(f"It was {word.told.removesuffix('.')}.", indent=4)
    if any(one.is_same for one in found.beside):
        say(f"All that are the same are known as {found.canonical}.")


@app.command(epilog="Example: openslate --project svc titles confirm t42 n17 --by 'Ada Ortiz' --note 'same poster'")
def confirm(
    context: typer.Context, one: Identity, other: Identity, by: By, note: Note = "", as_json: AsJson = False
) -> None:
    """Say that two titles are one. It stands above the rule, for good."""
    from openslate.data.matching.words import confirm as say_so
    from openslate.project import Project

    _told(say_so(Project.open(context.obj), one, other, by, note), as_json)


@app.command(epilog="Example: openslate --project svc titles part t42 n17 --by 'Ada Ortiz' --note 'a remake'")
def part(
    context: typer.Context, one: Identity, other: Identity, by: By, note: Note = "", as_json: AsJson = False
) -> None:
    """Say that two titles are two. It stands above the rule, for good."""
    from openslate.data.matching.words import part as say_so
    from openslate.project import Project

    _told(say_so(Project.open(context.obj), one, other, by, note), as_json)


def _told(word: "Word", as_json: bool) -> None:
    if as_json:
        print_json(_word(word))
    else:
        verdict = "are one" if word.same else "are two"
        say(f"{word.first} and {word.second} {verdict}: {word.told.removesuffix('.')}.")


def _word(word: "Word") -> dict[str, Any]:
    return {
        "first": word.first,
        "second": word.second,
        "same": word.same,
        "by": word.by,
        "note": word.note,
        "recorded": word.recorded.isoformat(),
    }


def _beside(one: "Beside") -> dict[str, Any]:
    return {
        "title": one.title,
        "name": one.name,
        "source": one.source,
        "is_same": one.is_same,
        "sureness": one.sureness,
        "reasons": list(one.reasons),
        "words": [_word(word) for word in one.words],
    }


def _matched(one: "Matched", names: Names) -> dict[str, Any]:
    return {
        "sources": list(one.sources),
        "titles": list(one.titles),
        "settled": one.settled,
        "sure": [_link(link, names) for link in one.sure],
        "doubtful": [_link(link, names) for link in one.doubtful],
    }


def _link(link: "Link", names: Names) -> dict[str, Any]:
    return {
        "first": link.first,
        "second": link.second,
        "names": [names[link.first][0], names[link.second][0]],
        "sureness": link.sureness,
        "reasons": list(link.reasons),
    }


def _show(one: "Matched", names: Names, limit: int) -> None:
    settled = f", {one.settled:,} decided by people" if one.settled else ""
    say(
        f"{one.sources[0]} ({one.titles[0]:,} titles) and {one.sources[1]} ({one.titles[1]:,}): "
        f"{len(one.sure):,} are one for sure, {len(one.doubtful):,} are doubtful{settled}."
    )
    for link in one.doubtful[:limit]:
        say(f"{link.first} ({names[link.first][0]}) and {link.second} ({names[link.second][0]})", indent=2)
        say(f"{link.sureness:.3f} sure: {'; '.join(link.reasons)}.", indent=4)
    if len(one.doubtful) > limit:
        say(f"and {len(one.doubtful) - limit:,} more; --limit or --json lists them.", indent=2)
