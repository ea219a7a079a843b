"""`openslate press ingest` and `sources`: coverage from feeds, sitemaps, pages and what people saved."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.interrupting import interrupted
from openslate.cli.output import AsJson, print_json, progress_bar, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from openslate.apps.press.ingest.all_sources import Manner
    from openslate.apps.press.ingest.one_source import Looked
    from openslate.project import Project

MOST_TOLD = 5
"""Sentences about one source that are printed; --json has them all."""


def add_to(app: typer.Typer) -> None:
    """Put these commands among those of press."""
    app.command(epilog="Example: openslate --project svc press ingest press.toml")(ingest)
    app.command(epilog="Example: openslate --project svc press sources")(sources)


def ingest(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...", help="Lists of sources (TOML, OPML), addresses, saved pages, feeds, texts, archives."
        ),
    ] = None,
    now: Annotated[bool, typer.Option("--now", help="Ask also sources whose time has not come.")] = False,
    url: Annotated[str, typer.Option(metavar="URL", help="Where the saved file was published.")] = "",
    full_text: Annotated[bool, typer.Option("--full-text", help="Its owner allows keeping the whole text.")] = False,
    training: Annotated[bool, typer.Option("--training", help="Its owner allows that models learn from it.")] = False,
    overrides: Annotated[
        Path | None,
        typer.Option(metavar="SITES.toml", help="What sites need besides; docs/press-extraction.md."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring in what is new. Without words, all known sources are asked."""
    from openslate.apps.press.extraction.overrides import read_overrides
    from openslate.apps.press.ingest.all_sources import Manner
    from openslate.project import Project

    project = Project.open(context.obj)
    manner = Manner(now_too=now, overrides=None if overrides is None else dict(read_overrides(overrides)))
    options = {"url": url, "full_text": full_text, "training": training}
    with progress_bar() as progress, interrupted() as stopped:
        found = _all(project, what or [], manner, options, progress, stopped)
        was_stopped = stopped()
    _tell(found, was_stopped, as_json)
    if found and all(one.error for one in found):
        raise typer.Exit(1)


def sources(
    context: typer.Context,
    forget: Annotated[
        str | None, typer.Option(metavar="NAME", help="Ask a source no more; what it brought stays.")
    ] = None,
    opml: Annotated[Path | None, typer.Option(metavar="FILE.opml", help="Write them for a reader of feeds.")] = None,
    as_json: AsJson = False,
) -> None:
    """List sources, how the last look at each went, and the next."""
    from openslate.apps.press.desk.desk import Desk
    from openslate.apps.press.ingest.kept_sources import forget_source, kept_sources, source_document
    from openslate.apps.press.ingest.sources_file import sources_as_opml
    from openslate.project import Project

    with closing(Desk(Project.open(context.obj))) as desk:
        if forget is not None:
            forget_source(desk, forget)
        known = kept_sources(desk)
    if opml is not None:
        _write_opml(opml, sources_as_opml([one for one, _ in known]).encode())
    if as_json:
        print_json({"sources": [source_document(*one) for one in known]})
        return
    for source, state in known:
        say(f"{source.name} ({source.kind}, {source.address})")
        failed = f" {state.failures} looks in a row failed." if state.failures else ""
        if state.asked is None:
            say("It was not asked yet.", indent=2)
            continue
        due = "at once" if state.due is None else f"from {state.due:%Y-%m-%d %H:%M} UTC"
        say(f"{state.asked:%Y-%m-%d %H:%M} UTC: {state.told.rstrip('.')}.{failed} It is asked again {due}.", indent=2)
    if not known:
        say("No source is known: openslate press ingest press.toml.")


def _write_opml(path: Path, document: bytes) -> None:
    from openslate.errors import ProjectError
    from openslate.storage.files import write_atomically

    try:
        if path.exists() and (not path.is_file() or b"<opml" not in path.read_bytes()[:1_000]):
            raise ProjectError(f"{path} is there already and is no OPML.", "Name another file, or move that one away.")
        write_atomically(path, document)
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror}.", "Name a folder that exists.") from error


def _all(
    project: "Project",
    what: list[str],
    manner: "Manner",
    options: dict[str, Any],
    progress: "Callable[[str, float], None]",
    stopped: "Callable[[], bool]",
) -> list["Looked"]:
    from dataclasses import replace

    from openslate.apps.press.ingest.all_sources import ingest_once, ingest_sources
    from openslate.apps.press.ingest.saved import ingest_saved
    from openslate.apps.press.ingest.sources_file import read_sources
    from openslate.progress import within

    if not what:
        return ingest_sources(project, None, manner, progress, stopped)
    # All that was named is held to its form before anything is asked or kept.
    lists, saved, once = _sorted(what, options)
    files = [read_sources(path) for path in lists]
    found: list[Looked] = []
    steps = len(files) + len(saved) + bool(once)
    for path in saved:
        if stopped():
            return found
        progress(path.name, len(found) / steps)
        found.append(ingest_saved(project, path, overrides=manner.overrides, **options))
    for file in files:
        step = within(progress, len(found) / (len(found) + steps), 1.0)
        found += ingest_sources(project, file.sources, replace(manner, contact=file.contact), step, stopped)
    if once:
        found += ingest_once(project, once, manner, progress, stopped)
    return found


def _sorted(what: list[str], options: dict[str, Any]) -> tuple[list[Path], list[Path], list[Any]]:
    """Lists of sources, saved files, and addresses to look at once."""
    from openslate.apps.press.fetching.addresses import web_address
    from openslate.apps.press.ingest.canonical import domain_of
    from openslate.apps.press.ingest.saved import is_saved
    from openslate.apps.press.ingest.source import PressSource
    from openslate.errors import UsageError

    lists: list[Path] = []
    saved: list[Path] = []
    once: list[PressSource] = []
    for word in what:
        path = Path(word)
        if "://" in word:
            address, allowed = web_address(word).url, {name: options[name] for name in ("full_text", "training")}
            once.append(PressSource(domain_of(address), address, "any", **allowed))
        elif path.suffix.lower() in (".toml", ".opml"):
            lists.append(path)
        elif is_saved(path):
            saved.append(path)
        else:
            raise UsageError(
                f"{word!r} is neither an address nor a file that is known by its ending.",
                "Name a .toml or .opml list, a saved .html, .xml, .json, .txt or .warc, or an https address.",
            )
    if options["url"] and len(saved) != 1:
        raise UsageError("--url is the address of one saved file.", "Name that file alone.")
    return lists, saved, once


def _tell(found: list["Looked"], was_stopped: bool, as_json: bool) -> None:
    new, changed = (sum(len(getattr(one, name)) for one in found) for name in ("new", "changed"))
    known, failed = sum(one.known for one in found), sum(bool(one.error) for one in found)
    if as_json:
        counts = {"new": new, "changed": changed, "known": known, "failed": failed, "stopped": was_stopped}
        print_json({**counts, "sources": [_document(one) for one in found]})
        return
    for one in found:
        say(f"{one.source.name}: {len(one.new)} new, {len(one.changed)} changed, {one.known} known.")
        if one.error:
            say(f"{one.error} {one.way_out}", indent=2)
        for told in one.told[:MOST_TOLD]:
            say(told, indent=2)
        if len(one.told) > MOST_TOLD:
            say(f"{len(one.told) - MOST_TOLD} more such things: --json has them.", indent=2)
    if was_stopped:
        say("It was stopped; what was ingested is kept, and the rest is looked for the next time.")
    say(f"{new} new, {changed} changed, {known} known; {failed} of {len(found)} sources failed.")


def _document(one: "Looked") -> dict[str, Any]:
    return {
        "name": one.source.name,
        "address": one.source.address,
        "new": list(one.new),
        "changed": list(one.changed),
        "known": one.known,
        "told": list(one.told),
        "error": one.error or None,
        "way_out": one.way_out or None,
        "waits": one.waits,
    }
