"""Whose call changed on a call sheet, and how."""

from collections.abc import Iterator

from openslate.apps.production.board.words import member_words, scenes_words
from openslate.apps.production.pages.lengths import clock_words
from openslate.apps.production.pages.shown import ShownDay, ShownMember, is_name, stand_in
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.shoot import Shoot


def who_was(member: ShownMember, shoot: Shoot) -> str:
    """Somebody of an earlier call sheet, by the names that are known.

    Args:
        member: as the sheet had them.
        shoot: as it is now, which may know their names where the sheet stands in for them.
    """
    if is_name(member.character) and is_name(member.performer):
        return member_words(CastMember(member.id, member.character, member.performer))
    known = shoot.member_of.get(member.id)
    return f"Number {member.id} of the cast" if known is None else member_words(known)


def cast_changes(now: ShownDay, before: ShownDay, shoot: Shoot) -> Iterator[tuple[str, str]]:
    """The id of everybody whose call is another, and a sentence.

    Args:
        now, before: call sheets of the same day.
        shoot: as it is now.
    """
    known = {one.id: one for one in before.cast}
    there = {one.id: one for one in now.cast}
    for number, one in there.items():
        who = member_words(shoot.member_of[number])
        if number not in known:
            yield number, f"{who} is called, and was not."
        elif told := _called_otherwise(one, known[number]):
            yield number, f"{who} {told}."
    for number, gone in known.items():
        if number not in there:
            yield number, f"{who_was(gone, shoot)} is no longer called."


def _called_otherwise(now: ShownMember, before: ShownMember) -> str:
    parts = _cast_otherwise(now, before)
    if not _same(now.character, before.character, now.id):
        named = f"is no longer named {before.character}" if is_name(before.character) else "had another name"
        parts.append(named)
    if now.on_set != before.on_set:
        parts.append(f"is on set at {clock_words(now.on_set)} and not at {clock_words(before.on_set)}")
    if now.done != before.done:
        parts.append(f"is done at {clock_words(now.done)} and not at {clock_words(before.done)}")
    if now.code != before.code:
        parts.append(f"has the code {now.code} and not {before.code}")
    if now.scenes != before.scenes:
        parts.append(f"is in {scenes_words(now.scenes)} and not in {scenes_words(before.scenes)}")
    return ", ".join(parts)


def _cast_otherwise(now: ShownMember, before: ShownMember) -> list[str]:
    if _same(now.performer, before.performer, now.id):
        return []
    who = before.performer if is_name(before.performer) else "who did before"
    if not now.performer:
        return [f"is no longer played by {who}"]
    return [f"plays the part and not {who}" if before.performer else "plays the part, which was not cast"]


def _same(now: str, before: str, id: str) -> bool:
    return now == before or (not is_name(before) and stand_in(now, id) == before)
