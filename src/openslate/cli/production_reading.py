"""`openslate production import`: a screenplay becomes the tables of a shoot."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from openslate.apps.production.reading.breakdown import Breakdown

MOST_SHOWN = 50
"""Notices; who has more of them asks for --json."""


def add_to(app: typer.Typer) -> None:
    """Put this command among those of production."""
    app.command("import", epilog="Example: openslate production import film.fountain --out shoot")(import_script)


def import_script(
    script: Annotated[Path, typer.Argument(metavar="SCRIPT", help="A screenplay: .fountain or .fdx.")],
    out: Annotated[Path, typer.Option("--out", help="The shoot's folder, for scenes.csv and cast.csv.")],
    as_json: AsJson = False,
) -> None:
    """Break a screenplay down into tables of scenes and cast."""
    from openslate.apps.production.reading.scene_table import SceneTable
    from openslate.apps.production.reading.screenplays import read_breakdown
    from openslate.apps.production.reading.shoot_folder import write_shoot_tables

    found = read_breakdown(script)
    files = write_shoot_tables(out, SceneTable(found.scenes), found.cast)
    if as_json:
        print_json(_document(found, files))
    else:
        _show(found, files)


def _show(found: "Breakdown", files: tuple[Path, Path]) -> None:
    from openslate.apps.production.shoot.scenes import eighths_in, pages

    scenes = f"{len(found.scenes)} {'scene' if len(found.scenes) == 1 else 'scenes'}"
    length = f"{pages(eighths_in(found.scenes))} pages"
    say(f"{found.title or 'Without a title'}: {scenes}, {length}, {_cast(len(found.cast))}.")
    on_set = Counter(one for scene in found.scenes for one in scene.cast)
    heard = Counter(voice for _, voice in found.voices)
    for one in found.cast:
        where = [f"on set in {on_set[one.id]}"] if on_set[one.id] else []
        where += [f"only heard in {heard[one.id]}"] if heard[one.id] else []
        say(f"{one.id}. {one.character}: {', '.join(where)}", indent=2)
    if found.notices:
        say("Please look at:")
    for notice in found.notices[:MOST_SHOWN]:
        say(f"line {notice.line}: {notice.words}", indent=2)
    if len(found.notices) > MOST_SHOWN:
        say(f"and {len(found.notices) - MOST_SHOWN:,} more, which --json prints", indent=2)
    say(f"The tables are {files[0]} and {files[1]}; correct them there.")


def _cast(count: int) -> str:
    return f"{count or 'no'} speaking {'part' if count == 1 else 'parts'}"


def _document(found: "Breakdown", files: tuple[Path, Path]) -> dict[str, Any]:
    from openslate.apps.production.shoot.scenes import eighths_in

    heard: dict[str, list[str]] = {}
    for number, voice in found.voices:
        heard.setdefault(number, []).append(voice)
    return {
        "title": found.title,
        "eighths": eighths_in(found.scenes),
        "scenes": [
            {
                "number": one.number,
                "interior": one.interior,
                "set": one.set,
                "time": one.time,
                "eighths": one.eighths,
                "cast": list(one.cast),
                "heard": heard.get(one.number, []),
                "script_page": one.script_page,
                "description": one.description,
            }
            for one in found.scenes
        ],
        "cast": [{"id": one.id, "character": one.character} for one in found.cast],
        "notices": [{"line": one.line, "words": one.words} for one in found.notices],
        "files": [str(one) for one in files],
    }
