"""Whom pitches would serve: as a loop counts, through the gate, each member once; and what a slate makes of it."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from openslate.apps.greenlight.decisions import file_forecast
from openslate.apps.greenlight.demonstration.pitches import studio_pitches
from openslate.apps.greenlight.slate_advice import SlateAdvice, advise_slate
from openslate.apps.greenlight.slate_members import members_served
from openslate.apps.greenlight.slate_page import slate_page
from openslate.apps.greenlight.works import Work, work_of_pitch
from openslate.errors import AdmitError, NothingAllowed
from openslate.project import Project
from openslate.rights.consent import Basis, grant_source, record_member
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL
from tests.apps.greenlight.studio import UNTIL, copied, studio_of
from tests.lake_rows import add_rows

DAY = date(2024, 6, 30)
GENRES = ("Crime", "Drama", "War")
WORKS = [Work("", genre, "film", genres=(genre.upper(),), language="en") for genre in GENRES]
PITCHES = [
    replace(FULL, name=genre, id="", kind="film", series="", season=None, genres=(genre,), language="en", as_of=DAY)
    for genre in GENRES
]


def watched(project: Project) -> dict[str, set[str]]:
    """Ninety members, each with a few of eight films of each genre; what each watched in the year."""
    titles = [
        (f"{genre}{n}", f"{genre} {n}", "film", "2023-01-01", [genre], "en") for genre in GENRES for n in range(8)
    ]
    add_rows(project, "titles", [*titles, ("odd", "Odd", "series", "2023-01-01", ["Crime"], "ko")])
    drawn = np.random.default_rng(2)
    rows, taste = [], {}
    for member in range(90):
        shares = drawn.dirichlet([0.6] * 3)
        own = {f"{GENRES[drawn.choice(3, p=shares)]}{drawn.integers(8)}" for _ in range(6)}
        rows += [(f"m{member}", title, datetime(2024, 5, 1) + timedelta(hours=member), 3600, 0.9) for title in own]
        taste[f"m{member}"] = own
    rows += [("m0", "Crime7", datetime(2023, 1, 1), 3600, 0.9), ("m1", "War7", datetime(2024, 5, 2), 5, 0.01)]
    add_rows(project, "plays", rows)
    grant_source(project, "test", Basis("Terms of membership."))
    return taste


def by_loop(taste: dict[str, set[str]]) -> Counter[frozenset[int]]:
    counts = {member: [sum(title.startswith(one) for title in own) for one in GENRES] for member, own in taste.items()}
    usual = np.array(list(counts.values())).sum(axis=0)
    found: Counter[frozenset[int]] = Counter()
    for own in counts.values():
        found[
            frozenset(at for at in range(3) if own[at] >= 2 and own[at] * int(usual.sum()) > sum(own) * int(usual[at]))
        ] += 1
    return found


def test_members_are_those_of_a_loop_and_each_counts_once(project: Project) -> None:
    wanted = by_loop(watched(project))
    found = members_served(project, DAY, WORKS)
    told = {
        frozenset(np.flatnonzero(row).tolist()): count for row, count in zip(found.serves.T, found.members, strict=True)
    }
    assert told == {likes: count for likes, count in wanted.items() if likes}
    assert (found.of, found.counted, found.denied) == (90, 90, 0)
    for size in range(4):
        for chosen in combinations(range(3), size):
            assert found.served(chosen) == sum(count for likes, count in wanted.items() if likes & set(chosen))
    assert found.served([0, 1, 2]) < sum(found.served([one]) for one in range(3))


def test_who_refuses_is_left_out_and_few_are_told_of_nobody(project: Project) -> None:
    taste = watched(project)
    for member in range(30):
        record_member(project, f"m{member}", ["train"], granted=False)
    allowed = {member: own for member, own in taste.items() if int(member[1:]) >= 30}
    found = members_served(project, DAY, WORKS)
    each = [sum(count for likes, count in by_loop(allowed).items() if one in likes) for one in range(3)]
    assert found.denied == 30 and found.of == 60
    assert [found.served([one]) for one in range(3)] == [one if one >= 20 else 0 for one in each]
    few = members_served(project, DAY, [Work("", "Noir", genres=("Noir",)), Work("", "No genre")])
    assert few.serves.shape == (2, 0) and few.served([0, 1]) == 0.0


def test_a_sample_stands_for_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, studio = studio_of(tmp_path_factory)
    project = Project.open(folder)
    works = [work_of_pitch(pitch) for pitch in studio_pitches(studio, 20)]
    whole, some = members_served(project, UNTIL, works), members_served(project, UNTIL, works, most=700)
    assert (some.counted, some.of) == (700, whole.of)
    assert some.served(range(20)) == pytest.approx(whole.served(range(20)), rel=0.08)
    again = members_served(project, UNTIL, works, most=700)
    assert (again.serves == some.serves).all() and (again.members == some.members).all()


def advised(project: Project, folder: Path, breadth: str, budget: int = 8) -> SlateAdvice:
    numbers = [
        file_forecast(project, pitch, forecast_of(pitch, scale))
        for pitch, scale in zip(PITCHES, (1.0, 0.9, 0.5), strict=True)
    ]
    text = f'name = "A"\nbudget = {budget}\ncurrency = "USD"\n{breadth}\n'
    path = folder / "slate.toml"
    path.write_text(text + "".join(f'[[candidate]]\nforecast = "{one}"\ncost = 4\n' for one in numbers))
    return advise_slate(project, path)


def test_members_turn_the_choice_and_the_page_says_so(project: Project, tmp_path: Path) -> None:
    wanted = by_loop(watched(project))
    plain = advised(project, tmp_path, "")
    assert plain.choice.best.chosen == (0, 1) and plain.breadth.members is None
    assert "Breadth counts for nothing: the file has no [breadth]." in slate_page(plain)

    def served(chosen: tuple[int, ...]) -> int:
        return sum(count for likes, count in wanted.items() if likes & set(chosen))

    pairs = {pair: served(pair) for pair in combinations(range(3), 2)}
    # Worth so much that the members decide.
    broad = advised(project, tmp_path, "[breadth]\nmember = 1e9")
    assert broad.choice.best.breadth == pytest.approx(1e9 * max(pairs.values()))
    assert pairs[broad.choice.best.chosen] == max(pairs.values())
    page = slate_page(broad)
    for words in (
        "Breadth is of members: 90 whose plays",
        "Members served",
        "each member once",
        "The choice would serve",
    ):
        assert words in page
    assert "Terms of membership" not in page


def test_without_plays_a_variety_stands_in_their_place(project: Project, tmp_path: Path) -> None:
    with pytest.raises(NothingAllowed):
        members_served(project, DAY, WORKS)
    found = advised(project, tmp_path, "[breadth]\nmember = 5\nvariety = 7e6", 4)
    assert found.breadth.variety == ("genre crime", "genre drama", "genre war", "kind film", "language en")
    assert found.choice.best.breadth == 3 * 7e6
    assert found.breadth.words.startswith("No member could be counted: The project holds no plays up to")
    assert "The choice has 3 of 5: genre crime, kind film, language en." in slate_page(found)
    none = advised(project, tmp_path, "[breadth]\nmember = 5")
    assert none.choice.best.breadth == 0.0 and "no member could be counted" in none.breadth.words
    with pytest.raises(AdmitError, match="line 4: breadth member = -1 is refused"):
        advised(project, tmp_path, "breadth = { member = -1 }")


def test_the_same_plays_give_the_same_page(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    project = copied(studio_of(tmp_path_factory)[0], tmp_path / "svc")
    one, other = (advised(project, tmp_path, "[breadth]\nmember = 100") for _ in range(2))
    assert slate_page(one) == slate_page(other)
