"""`openslate press stories`, `merge` and `split`: what is about one event, and what people say of it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from openslate.apps.press.desk.desk import Desk
    from openslate.apps.press.desk.item import Item
    from openslate.apps.press.desk.story import Story
    from openslate.apps.press.stories.by_hand_on_desk import Said
    from openslate.apps.press.stories.keeping import Updated

By = Annotated[str, typer.Option("--by", metavar="NAME", help="The person who decides.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="In their own words.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands among those of press."""
    example = "Example: openslate --project svc press"
    reason = "--by 'Ada Lane' --why 'One event.'"
    app.command(epilog=f"{example} stories --most 20")(stories)
    app.command(epilog=f"{example} merge 9d1c0f6d21a4b7aa 51b0c4e6f3d29c81 {reason}")(merge)
    app.command(epilog=f"{example} split 9d1c0f6d21a4b7aa 2d80a0dfc51c231b {reason}")(split)


def stories(
    context: typer.Context,
    story: Annotated[str, typer.Argument(metavar="[STORY]", help="One story, by an id that it has or had.")] = "",
    most: Annotated[int, typer.Option("--most", metavar="NUMBER", min=1, help="Stories that are listed.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Put new items to stories, and list the newest. Of one, its timeline."""
    from openslate.apps.press.desk.items import items_by_ids
    from openslate.apps.press.desk.story import newest_stories, story_by_id
    from openslate.apps.press.stories.keeping import update_stories

    desk = _desk(context)
    updated = update_stories(desk)
    found = [story_by_id(desk, story)] if story else newest_stories(desk, most)
    items = {item.id: item for one in found for item in items_by_ids(desk, one.items)}
    if as_json:
        print_json({"added": updated.items, "stories": [_document(desk, one, items) for one in found]})
        return
    _say_updated(updated)
    for one in found:
        say(f"{one.id}  {items[one.lead].title}")
        copies = f", {len(one.copies)} of them copies" if one.copies else ""
        many = "1 item" if len(one.items) == 1 else f"{len(one.items)} items"
        say(f"{many}{copies}. {one.why}", indent=2)
        if story:
            for line in _timeline(desk, one, items):
                say(line, indent=2)
    if not found:
        say("There are no stories. Fetch items with `openslate press ingest`.")


def merge(
    context: typer.Context,
    story: Annotated[str, typer.Argument(metavar="STORY", help="A story's id.")],
    other: Annotated[str, typer.Argument(metavar="STORY", help="Another's; the older id stays.")],
    by: By,
    why: Why,
    as_json: AsJson = False,
) -> None:
    """Make one story of two, for good."""
    from openslate.apps.press.stories.by_hand_on_desk import merge as write

    _say_said(write(_desk(context), story, other, by, why), as_json)


def split(
    context: typer.Context,
    story: Annotated[str, typer.Argument(metavar="STORY", help="A story's id.")],
    items: Annotated[list[str], typer.Argument(metavar="ITEM", help="Items' ids or addresses.")],
    by: By,
    why: Why,
    as_json: AsJson = False,
) -> None:
    """Take items out of a story into one of their own, for good."""
    from openslate.apps.press.stories.by_hand_on_desk import split as write

    _say_said(write(_desk(context), story, items, by, why), as_json)


def _desk(context: typer.Context) -> "Desk":
    from openslate.apps.press.desk.desk import Desk
    from openslate.project import Project

    return Desk(Project.open(context.obj))


def _say_said(said: "Said", as_json: bool) -> None:
    if as_json:
        print_json({"stories": list(said.stories), "decisions": list(said.decisions)})
    else:
        told = " and ".join(said.stories)
        say(f"{told}: {len(said.decisions)} decisions, the last of them {said.decisions[-1]}. They hold from now on.")


def _say_updated(updated: "Updated") -> None:
    if not updated.items:
        return
    kinds = [str(change.kind) for change in updated.changes]
    parts = [
        f"{kinds.count(kind)} {word}" for kind, word in (("new", "began"), ("merged", "merged"), ("split", "split"))
    ]
    say(f"{updated.items} items were put to stories; of stories {', '.join(parts)}.")


def _timeline(desk: "Desk", story: "Story", items: "dict[str, Item]") -> list[str]:
    from openslate.apps.press.desk.story import entities_of

    told = [
        f"{items[one].published:%Y-%m-%d %H:%M}  {one}  {items[one].provider.name}: {items[one].title}"
        + (f" (a copy of {story.copies[one]})" if one in story.copies else "")
        for one in story.items
    ]
    named = ", ".join(name for _, _, name in entities_of(desk, story.id))
    return [*told, f"Names {named}."] if named else told


def _document(desk: "Desk", story: "Story", items: "dict[str, Item]") -> dict[str, Any]:
    from openslate.apps.press.desk.story import entities_of

    return {
        "story": story.id,
        "lead": story.lead,
        "title": items[story.lead].title,
        "why": story.why,
        "begun": story.begun.isoformat(),
        "latest": story.latest.isoformat(),
        "entities": [{"kind": kind, "id": one, "name": name} for kind, one, name in entities_of(desk, story.id)],
        "items": [
            {
                "item": one,
                "title": items[one].title,
                "published": items[one].published.isoformat(),
                "provider": items[one].provider.name,
                "address": items[one].address,
                "copy_of": story.copies.get(one, ""),
            }
            for one in story.items
        ],
    }
