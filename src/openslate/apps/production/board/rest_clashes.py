"""Rests that are too short, of the crew and of each cast member, between a day of theirs and the next."""

import itertools
from collections.abc import Iterator, Sequence

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.costs import minutes_of_day
from openslate.apps.production.board.words import lasting, member_words, weekday_words
from openslate.apps.production.rules.limits import cast_rest_cost, crew_rest_cost, longest_rest, rest_between
from openslate.apps.production.rules.rules import Rest, Rules
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.shoot import Shoot


def rest_clashes(board: Board, rules: Rules) -> Iterator[Clash]:
    """A clash for each rest that is too short; one that is broken outright is not paid for as well."""
    shoot = board.shoot
    crew = longest_rest(rules, "crew", "hard"), longest_rest(rules, "crew", "penalty")
    yield from _between(shoot, board.days, crew, crew_rest_cost(rules, shoot), None)
    for member in shoot.cast:
        own = [day for day in board if any(member.id in shoot.scene_of[number].cast for number in day.scenes)]
        cast = longest_rest(rules, "cast", "hard", member), longest_rest(rules, "cast", "penalty", member)
        yield from _between(shoot, own, cast, cast_rest_cost(rules, member, shoot.calendar), member)


def _between(
    shoot: Shoot, days: Sequence[ShootDay], rests: tuple[Rest | None, Rest | None], cost: int, member: CastMember | None
) -> Iterator[Clash]:
    hard, paid = rests
    who = "the crew" if member is None else member_words(member)
    for day, after in itertools.pairwise(days):
        nights = (after.date - day.date).days
        rest = rest_between(shoot, minutes_of_day(shoot, day), day.night, after.night, nights)
        broken = next((one for one in (hard, paid) if one is not None and rest < one.minutes), None)
        if broken is None:
            continue
        had = f"{lasting(rest)} of rest" if rest > 0 else "no rest"
        said = (
            f"Between {weekday_words(day.date)} and {weekday_words(after.date)}, {who} has {had}, and "
            f"{lasting(broken.minutes)} are asked for."
        )
        yield Clash(
            "crew-rest" if member is None else "cast-rest",
            broken.strength,
            said,
            (day.date, after.date),
            (*day.scenes, *after.scenes),
            () if member is None else (member.id,),
            0 if broken.strength == "hard" else cost,
            broken.source,
        )
