"""What a pitch says and no title has that was learned from is told as not used, and never as not said."""

from dataclasses import replace

from openslate.apps.greenlight.family_words import family_words
from openslate.apps.greenlight.unused import NOBODY_HAS, seldom, seldom_in_words, unused, unused_in_words, why_unused
from openslate.apps.greenlight.works import Work

SAID = Work("", "Ash", genres=("Drama",), language="en", countries=("GB",), people=("A",), budget=5e6, currency="EUR")


def test_a_fact_that_no_title_has_is_not_used_and_not_called_unsaid() -> None:
    learned = [Work("a", "Bay", language="fr")]
    assert unused(SAID, learned) == ("genres", "countries", "budget", "talent")
    why = why_unused(SAID, learned, "")
    # The language of the pitch is used, though its country is not.
    assert why == dict.fromkeys(("budget", "genres", "people's record"), NOBODY_HAS)
    assert family_words("budget", SAID, why) == "not used: no title learned from has one"
    assert family_words("language and country", SAID, why) == "en, GB"
    assert family_words("budget", Work("", "Ash"), {}) == "not said"


def test_a_budget_in_another_currency_says_which() -> None:
    learned = [Work("a", "Bay", budget=1e6, currency="USD")]
    assert why_unused(SAID, learned, "USD")["budget"] == "not used: in EUR, and what was learned from is in USD"
    assert "budget" not in why_unused(SAID, learned, "EUR")
    assert "budget" not in unused(SAID, learned)


def test_facts_without_use_are_named_in_one_sentence() -> None:
    assert unused_in_words(()) == ""
    assert unused_in_words(("talent",)).startswith("The pitch says its talent, which no title learned from has")
    assert "its genres, language and talent," in unused_in_words(("genres", "language", "talent"))


def test_a_driver_says_what_about_the_name_and_of_lists_what_there_is_not() -> None:
    told = family_words("name", Work("", "Night Train"))
    assert told == "its length and words: 11 characters, 2 words, Latin script"
    assert family_words("weekly lists", Work("", "Ash")) == "no earlier title on weekly lists"
    assert family_words("weekly lists", Work("", "Ash", series="Ash")) == "Ash"


def test_facts_that_few_titles_have_are_told_with_their_share() -> None:
    learned = [replace(SAID, id="a"), *(Work(str(number), "Bay", language="fr") for number in range(9))]
    told = dict(seldom(SAID, learned))
    assert "language" not in told and "series" not in told
    assert told["genres"] == told["talent"] == 0.1
    assert seldom_in_words([]) == ""
    assert seldom(SAID, []) == ()
    assert "genres (10%)" in seldom_in_words(list(told.items()))
