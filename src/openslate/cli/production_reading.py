"""`openslate production import`: a screenplay becomes the tables of a shoot."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from openslate.apps.production.reading.breakdown import Breakdown

KEPT = "schedule.uss"
"""The copy of a schedule in the shoot's folder."""
MOST_SHOWN = 50
"""Notices; who has more of them asks for --json."""


def add_to(app: typer.Typer) -> None:
    """Put this command among those of production."""
    app.command("import", epilog="Example: openslate production import film.fountain --out shoot")(import_script)


def import_script(
    script: Annotated[
        Path, typer.Argument(metavar="SCRIPT", help="A screenplay, .fountain or .fdx, or a schedule, .uss.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The shoot's folder, for what is read.")],
    as_json: AsJson = False,
) -> None:
    """Break a screenplay down, or read a .uss schedule."""
    if script.suffix.lower() == ".uss":
        _import_schedule(script, out, as_json)
        return
    from openslate.apps.production.reading.scene_table import SceneTable
    from openslate.apps.production.reading.screenplays import read_breakdown
    from openslate.apps.production.reading.shoot_folder import write_shoot_tables

    found = read_breakdown(script)
    files = write_shoot_tables(out, SceneTable(found.scenes), found.cast)
    if as_json:
        print_json(_document(found, files))
    else:
        _show(found, files)


def _import_schedule(schedule: Path, out: Path, as_json: bool) -> None:
    """Each board of the file becomes a shoot and a board; where there are several they are numbered."""
    from openslate.apps.production.board.board_file import board_json
    from openslate.apps.production.reading.uss.reader import read_uss
    from openslate.apps.production.shoot.shoot import ReadFrom
    from openslate.apps.production.writing.shoot_file import write_shoot
    from openslate.errors import ProjectError
    from openslate.storage.files import write_atomically

    read = read_uss(schedule)
    # What a shoot has no place for is kept beside it, and goes back into files for other programs.
    held: dict[Path, bytes] = {out / KEPT: schedule.read_bytes()}
    for number, one in enumerate(read, start=1):
        which = "" if len(read) == 1 else f"-{number}"
        board = replace(one.board, shoot=replace(one.board.shoot, read_from=ReadFrom(KEPT, one.stripboard or "")))
        held[out / f"shoot{which}.toml"] = write_shoot(board.shoot).encode()
        held[out / f"board{which}.json"] = board_json(board).encode()
    if out.exists() and not out.is_dir():
        raise ProjectError(f"{out} is no folder.", "Name another with --out.")
    for path, content in held.items():
        if path.exists() and (not path.is_file() or path.read_bytes() != content):
            way_out = "Name another folder with --out, or move it away: it may have been corrected."
            raise ProjectError(f"{path} is there already and holds something else.", way_out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, content in held.items():
            write_atomically(path, content)
    except OSError as error:
        raise ProjectError(f"{out} cannot be written: {error.strerror}.", "Name another with --out.") from error
    notices = list(dict.fromkeys(notice.words for one in read for notice in one.notices))
    if as_json:
        boards = [
            {"name": one.name, "scenes": len(one.board.shoot.scenes), "days": len(one.board.days)} for one in read
        ]
        print_json({"boards": boards, "notices": notices, "files": [str(path) for path in held]})
        return
    for one in read:
        say(f"{one.name}: {len(one.board.shoot.scenes)} scenes on {len(one.board.days)} days.")
    for words in notices[:MOST_SHOWN]:
        say(words, indent=2)
    if len(notices) > MOST_SHOWN:
        say(f"and {len(notices) - MOST_SHOWN:,} more, which --json prints", indent=2)
    say(f"Written: {', '.join(map(str, held))}. Fill in rates, places and moves there.")


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
