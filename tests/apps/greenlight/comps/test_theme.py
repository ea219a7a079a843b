import subprocess
import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings

from openslate.apps.greenlight.comps.parts import PARTS
from openslate.apps.greenlight.comps.profiles import Profiles
from openslate.apps.greenlight.comps.theme import WEIGHTS, fit_theme
from openslate.apps.greenlight.works import Work
from openslate.clock import stopwatch
from tests.apps.greenlight.comps.made import CATALOGUE, PITCH, drawn_works


def part(name: str, query: Work, *seen: Work) -> list[float]:
    found = fit_theme(CATALOGUE).similarity([query], seen)
    return [float(one) for one in found.parts[found.names.index(name), 0]]


@given(drawn_works(), drawn_works())
@settings(max_examples=60, deadline=None)
def test_whatever_is_known_similarities_are_sound(learned: list[Work], works: list[Work]) -> None:
    theme = fit_theme(learned)
    found = theme.similarity(works, works)
    assert found.names == PARTS and found.parts.shape == (len(PARTS), len(works), len(works))
    known = found.parts[~np.isnan(found.parts)]
    assert ((known >= 0) & (known <= 1)).all() and ((found.total >= 0) & (found.total <= 1)).all()
    # Nothing is more like a work than itself.
    own = np.diag(found.total)[:, None]
    assert (own + 1e-6 >= found.total).all()
    assert found.total == pytest.approx(found.total.T, abs=1e-6)
    alone = [theme.total([work], works)[0].tolist() for work in works]
    assert theme.total(works, works).tolist() == found.total.tolist() == alone


def test_what_is_unknown_counts_neither_for_nor_against() -> None:
    theme = fit_theme(CATALOGUE)
    found = theme.similarity([PITCH], CATALOGUE)
    gains = theme.contributions(found.parts)
    assert np.isnan(found.parts).any() and not gains[np.isnan(found.parts)].any()
    assert found.total[0, 4] == 0  # of 'Blank' nothing is known
    assert not theme.total([Work("", "Unheard of")], CATALOGUE).any()
    # Two works of which only the kind is known are not the same for that.
    film = Work("", "A film", "film")
    assert theme.total([film], [film])[0, 0] < 0.1 < theme.total([PITCH], [PITCH])[0, 0]


def test_the_next_of_a_series_is_nearest_to_the_others() -> None:
    total = fit_theme(CATALOGUE).total([PITCH], CATALOGUE)[0]
    assert total[:2].min() > 3 * total[2:].max()


def test_each_part_reads_what_it_says() -> None:
    film = replace(PITCH, runtime_minutes=120, countries=("US",))
    assert part("same series", film, *CATALOGUE[:4])[:3] == [1, 1, 0]
    assert np.isnan(part("same series", film, CATALOGUE[3])[0])
    assert part("kind", film, CATALOGUE[0], CATALOGUE[2]) == [1, 0]
    season = replace(CATALOGUE[2], limited=False, worldwide=True, season=1)
    others = replace(season, season=2), replace(season, season=2, worldwide=None), replace(season, kind="film")
    assert part("kind", season, season, *others) == pytest.approx([1, 3 / 4, 2 / 3, 0])
    assert part("people", film, CATALOGUE[0], CATALOGUE[2])[1] == 0 < part("people", film, CATALOGUE[0])[0] < 1
    near, far = part("budget", film, replace(film, budget=8e7), replace(film, budget=1e6))
    assert 1 > near > far > 0
    assert np.isnan(part("budget", film, replace(film, currency="EUR"), replace(film, currency=""))).all()
    same, shorter, episode = part("length", film, film, replace(film, runtime_minutes=90), CATALOGUE[2])
    assert same == 1 > shorter and np.isnan(episode)
    assert part("language and country", film, replace(film, countries=()), replace(film, language="")) == [1, 1]
    assert part("language and country", film, replace(film, language="fr")) == [0.5]
    assert part("genres", film, replace(film, genres=("adventure", " FAMILY "))) == [1]


def test_names_are_folded_in_every_script() -> None:
    one, other = Work("a", "A", people=("JOSÉ  Ñandú", "李安")), Work("b", "B", people=("josé ñandú", "李安"))
    assert part("people", one, other) == [1]


def test_what_came_later_is_not_learned() -> None:
    early = [work for work in CATALOGUE if work.released and work.released < date(2017, 6, 1)]
    theme = fit_theme(early)
    assert theme.works == len(early) and "return" not in theme.texts.vocabulary
    assert "cy day" not in theme.rarity["people"].holding
    alone = theme.total(early, early)
    theme.similarity(CATALOGUE, CATALOGUE)
    assert (theme.total(early, early) == alone).all() and (fit_theme(early).total(early, early) == alone).all()


def test_weights_may_be_given() -> None:
    people = fit_theme(CATALOGUE, {name: float(name == "people") for name in WEIGHTS})
    found = people.similarity([PITCH], CATALOGUE)
    assert np.argsort(-found.total[0], kind="stable")[:2].tolist() == [0, 1] and not found.total[0, 2:].any()


def test_hostile_works_are_compared() -> None:
    huge = Work("h", "\x00", text="storm 雪国 " * 150_000, genres=("x" * 100_000,), people=("\u202e",), budget=1e308)
    theme = fit_theme([*CATALOGUE, huge])
    for works in ([huge], [], [Work("", "", text=" \n\t")]):
        assert np.isfinite(theme.total(works, [*CATALOGUE, huge])).all()
    assert fit_theme([huge]).total([huge], [huge])[0, 0] >= 0
    assert fit_theme([]).total([huge], CATALOGUE).tolist() == [[0.0] * len(CATALOGUE)]


DIGEST = """
import hashlib
from openslate.apps.greenlight.comps.keeping import keep_theme
from openslate.apps.greenlight.comps.theme import fit_theme
from tests.apps.greenlight.comps.test_theme import many
arrays, document = keep_theme(fit_theme(many(300)))
print(hashlib.sha256(b"".join(one.tobytes() for one in arrays.values()) + repr(document).encode()).hexdigest())
"""


def test_the_same_works_give_the_same_bytes_in_any_process() -> None:
    told = set()
    for seed, threads in (("1", "1"), ("2", "2")):
        environment = {"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": ":".join(sys.path)}
        told.add(
            subprocess.run([sys.executable, "-c", DIGEST], env=environment, check=True, capture_output=True).stdout
        )
    assert len(told) == 1 and len(next(iter(told))) == 65


def test_a_pitch_is_compared_at_once() -> None:
    works = many(5000)
    theme = fit_theme(works[:300])
    seen: Profiles = theme.profiles(works)
    theme.similarity(works[:1], seen)
    spent = []
    for _ in range(5):
        started = stopwatch()
        theme.similarity(works[:1], seen)
        spent.append(stopwatch() - started)
    # 15 ms on an idle core; the others' work may slow it.
    assert min(spent) < 0.1


def many(count: int) -> list[Work]:
    """Works with words, people and money drawn at random."""
    rng = np.random.default_rng(7)
    return [
        Work(
            f"w{place}",
            f"Work {place}",
            "film",
            genres=tuple(f"g{one}" for one in rng.integers(0, 20, 3)),
            language=str(rng.choice(["en", "fr"])),
            people=tuple(f"p{one}" for one in rng.integers(0, 500, 8)),
            budget=float(rng.lognormal(17, 1)),
            currency="USD",
            text=" ".join(f"w{one}" for one in rng.zipf(1.3, 40) % 4000),
        )
        for place in range(count)
    ]
