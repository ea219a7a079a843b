from datetime import date

import pytest

from openslate.apps.greenlight.causal_questions import choices, question
from openslate.apps.greenlight.works import Work
from openslate.errors import UsageError


@pytest.mark.parametrize(
    ("text", "told", "instead"),
    [
        ("release in 11,12", "release in November or December", "release in another month"),
        ("Release in  june or Jul", "release in June or July", "release in another month"),
        ("release in 1, 2 3", "release in January, February or March", "release in another month"),
        ("release on Friday", "release on Friday", "release on another weekday"),
        ("worldwide", "worldwide at once", "not everywhere at once"),
        ("budget over 50,000,000 usd", "budget over 50,000,000 USD", "budget of 50,000,000 USD or less"),
        ("runtime over 120", "runtime over 120 minutes", "runtime of 120 minutes or less"),
        ("season over 1", "a season after number 1", "the first season"),
        ("limited", "a limited series", "open-ended"),
    ],
)
def test_questions_are_read_and_told_again(text: str, told: str, instead: str) -> None:
    found = question(text)
    assert (found.text, found.instead) == (told, instead)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rating over 7", "'rating' is known only after release"),
        ("votes over 1000", "'votes' is known only after release"),
        ("genre has drama", "'genre' is what a title is, not a choice"),
        ("language is en", "'language' is what a title is"),
        ("release in 13", "'13' is no month"),
        ("release in ma", "'ma' is no month"),
        ("release on 5", "'5' is no weekday"),
        ("release in 1,2,3,4,5,6,7,8,9,10,11,12", "is every month"),
        ("budget of 50", "is no question about a choice"),
        ("", "is no question about a choice"),
        ("budget over -5", "is no question about a choice"),
    ],
)
def test_what_is_no_choice_is_refused_with_a_way_out(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        question(text)
    assert refused.value.way_out.endswith(".")


def test_what_was_chosen_is_read_of_each_work() -> None:
    works = [
        Work("a", "A", released=date(2024, 11, 1), season=2, worldwide=True, budget=5e7, currency="USD"),
        Work("b", "B", released=date(2024, 6, 6), season=1, worldwide=False, budget=5.1e7, currency="USD"),
        Work("c", "C", runtime_minutes=121, limited=True),
    ]
    expected = {
        "release in 11": [True, False, None],
        "release on Fri": [True, False, None],
        "season over 1": [True, False, None],
        "worldwide": [True, False, None],
        "budget over 50000000": [False, True, None],
        "runtime over 120": [None, None, True],
        "limited": [None, None, True],
    }
    for text, said in expected.items():
        found = choices(question(text), works)
        assert found.known.tolist() == [one is not None for one in said], text
        assert found.treated.tolist() == [bool(one) for one in said], text


def test_amounts_are_never_compared_across_currencies() -> None:
    works = [Work("a", "A", budget=9.0, currency="USD"), Work("b", "B", budget=9.0, currency="KRW")]
    with pytest.raises(UsageError, match="Budgets are in KRW, USD"):
        choices(question("budget over 5"), works)
    assert choices(question("budget over 5 KRW"), works).known.tolist() == [False, True]
    with pytest.raises(UsageError, match="No budget is in EUR"):
        choices(question("budget over 5 EUR"), works)
