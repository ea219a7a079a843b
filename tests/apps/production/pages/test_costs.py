"""Cost pages: what is spent by date is exactly what the board costs, and tables and charts say the same."""

import itertools
import json
import random
import re
from dataclasses import replace

import pytest

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.pages.build_up_chart import build_up
from openslate.apps.production.pages.contract_dates import contract_rows
from openslate.apps.production.pages.costs_page import costs_page, day_cost_rows, set_cost_rows
from openslate.apps.production.pages.day_grid import day_grid
from openslate.apps.production.pages.search_chart import closing_in
from openslate.apps.production.pages.spending import spending, spending_rows
from openslate.apps.production.pages.stripboard_page import stripboard_page
from openslate.apps.production.pages.timeline import cast_timelines
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import CastMember, Contract
from tests.apps.production.pages.invented import day, invented_board, invented_shoot
from tests.apps.production.pages.reading import csv_rows, read, words
from tests.apps.production.shoots import board_of, plain_shoot


def test_spending_of_the_invented_board_is_its_cost() -> None:
    board = invented_board()
    costs, spent = costs_of(board), spending(board, costs_of(board))
    assert sum(one.total for one in spent) == costs.total
    assert sum(one.cast for one in spent) == costs.pay
    assert sum(one.sets for one in spent) == sum(costs.sets.values()) == 1_000


@pytest.mark.parametrize("seed", range(20))
def test_spending_is_the_cost_whatever_the_contracts(seed: int) -> None:
    draw = random.Random(seed)
    shoot = invented_shoot()
    cast = tuple(
        replace(one, contract=Contract(draw.choice(("day", "weekly", "worked")), draw.randint(1, 999),
                                       draw.randint(0, 2), draw.randint(2, 9), draw.choice((0, 0, 4, 12))))
        for one in shoot.cast
    )  # fmt: skip
    working = list(shoot.calendar.working_days())
    scenes = [one.number for one in shoot.scenes]
    draw.shuffle(scenes)
    dates = sorted(draw.sample(working, 8))
    days = tuple(ShootDay(on, tuple(scenes[3 * place : 3 * place + 3])) for place, on in enumerate(dates))
    board = Board(replace(shoot, cast=cast), days, tuple(scenes[24:]))
    costs = costs_of(board)
    spent = spending(board, costs)
    assert sum(one.total for one in spent) == costs.total
    assert sum(one.cast for one in spent) == costs.pay
    assert [one.date for one in spent] == sorted({one.date for one in spent})


def test_pay_falls_due_when_it_is_earned() -> None:
    board = board_of(plain_shoot(), (0, "1"), (2, "3"), (8, "2"))
    due = {one.date: one.cast for one in spending(board, costs_of(board))}
    # Mira by the day, from Monday to Wednesday; Osk by the week, from Wednesday to the Tuesday after.
    assert due == {day(0): 1_000, day(1): 1_000, day(2): 1_000 + 5_000, day(8): 0}


def test_contract_dates() -> None:
    table = contract_rows(invented_board(), costs_of(invented_board()))
    oskar, radio = table.values()[1], table.values()[7]
    assert (oskar["start"], oskar["finish"], oskar["work_days"], oskar["hold_days"], oskar["pay"]) == (
        "2027-03-01", "2027-03-15", 6, 2, 8_000,
    )  # fmt: skip
    assert (oskar["drop_dates"], oskar["pick_up_dates"]) == (["2027-03-09"], ["2027-03-15"])
    assert (radio["start"], radio["work_days"], radio["pay"]) == (None, 0, 600)
    assert json.loads(json.dumps(table.values())) == table.values()
    assert csv_rows(table.csv())[2][-4:] == ["1", "2027-03-09", "2027-03-15", "8000"]


def test_contract_dates_guard_against_formulas() -> None:
    shoot = invented_shoot()
    board = invented_board(replace(shoot, cast=(replace(shoot.cast[0], performer="@cmd"), *shoot.cast[1:])))
    assert csv_rows(contract_rows(board, costs_of(board)).csv())[1][2] == "'@cmd"


def test_days_add_up_on_the_page_and_in_the_table() -> None:
    board = invented_board()
    costs = costs_of(board)
    rows = day_cost_rows(board, costs).values()
    assert sum(int(str(row["total"])) for row in rows) == costs.total - costs.pay - sum(costs.sets.values())
    page = read(costs_page(board))
    together = [[cell.strip() for cell in row] for row in page.rows if row[0].strip() == "together"]
    assert together[0][-1] == f"{costs.total - costs.pay - 1_000:,}" and together[1][-1] == f"{costs.pay:,}"


def test_what_falls_due_and_standing_sets_are_tables_as_well() -> None:
    board = invented_board()
    costs = costs_of(board)
    spent = spending_rows(spending(board, costs), "EUR")
    values = spent.values()
    assert values[0] == {
        "date": "2027-03-01", "days": 21_500, "cast": 6_700, "sets": 0, "total": 28_200, "so_far": 28_200,
        "currency": "EUR",
    }  # fmt: skip
    assert values[-1]["so_far"] == costs.total and json.loads(json.dumps(values)) == values
    assert csv_rows(spent.csv())[1][:2] == ["2027-03-01", "21500"]
    sets = {row["set"]: row["cost"] for row in set_cost_rows(board, costs).values()}
    assert sets == {**{one.name: 0 for one in board.shoot.sets}, "LAMP ROOM": 500, "KITCHEN": 500}
    shown = [[cell.strip() for cell in row] for row in read(costs_page(board)).rows]
    assert ["Monday 1 March 2027", "21,500", "6,700", "0", "28,200", "28,200"] in shown


def test_the_page_tells_bound_penalties_and_search() -> None:
    board = invented_board()
    total = costs_of(board).total
    clash = Clash("crew-rest", "penalty", "Short rest.", cost=700)
    text = words(costs_page(board, bound=total // 2, clashes=[clash], search=[(1.0, total, total // 2)]))
    saved = 1 - (total // 2) / (total + 700)
    assert f"at most {saved:.1%} could still be saved" in text
    assert "Rules charge another 700 EUR" in text
    assert "How the search closed in" in text
    assert "No board of this shoot that leaves scene 25 in the boneyard costs less." in words(
        costs_page(board, bound=total)
    )
    assert "costs less" not in words(costs_page(board, bound=total, clashes=[clash]))
    assert costs_page(board) == costs_page(board)


@pytest.mark.parametrize("bound", [None, 0])
def test_a_bound_of_nothing_is_not_told_as_one(bound: int | None) -> None:
    board = invented_board()
    page = words(costs_page(board, bound=bound, search=[(1.0, 300, bound)]))
    assert "could still be saved" not in page and "bound from" not in page and "cost from 300 to 300" in page
    assert "none can cost less" not in words(stripboard_page(board, bound=bound))


def test_a_board_of_nothing_has_a_page() -> None:
    shoot = invented_shoot()
    page = costs_page(Board(shoot, (), tuple(one.number for one in shoot.scenes)))
    # Three of the doctor's days, one of the twin's and two of the radio's are owed all the same.
    assert "This board costs 3,700 EUR." in words(page)
    assert "svg" not in read(page).tags


def test_charts_say_what_they_show() -> None:
    board = invented_board()
    costs = costs_of(board)
    assert f"to {costs.total:,} EUR: days" in build_up(spending(board, costs), "EUR")
    (timeline,) = cast_timelines(day_grid(board))
    assert "OSKAR 1 March 2027 to 15 March 2027, 6 of work, 2 held, 0 idle" in timeline
    assert "VOICE ON THE RADIO plays on no day" in timeline
    assert timeline.count('stroke-dasharray="2 4"') == 1 + 1
    assert build_up((), "EUR") == "" and closing_in((), "EUR") == ""


def test_the_labels_of_weeks_stay_in_the_drawing_and_apart() -> None:
    for last in (7, 28, 62):
        board = board_of(plain_shoot(calendar=Calendar(day(0), day(90))), (0, "1"), (2, "3"), (last, "2"))
        (chart,) = cast_timelines(day_grid(board))
        found = re.findall(r'<text [^>]*?x="([0-9.]+)"[^>]*>[0-9]+ [A-Z][a-z]{2}<', chart)
        spots = [float(one) for one in found]
        assert len(spots) > 1 and max(spots) <= 720 - 48
        assert all(other - one >= 48 for one, other in itertools.pairwise(spots))


def test_the_search_chart_stays_on_what_was_found_until_something_better() -> None:
    chart = closing_in([(0, 300, None), (10, 200, 100)], "EUR")
    assert "cost from 300 to 200 EUR; bound from 100 to 100 EUR" in chart
    heights = [spot.split(",")[1] for spot in chart.split('points="')[1].split('"')[0].split()]
    assert heights[0] == heights[1] and heights[1] != heights[2] == heights[3]
    assert closing_in([(0, 300, None)], "EUR")


def test_a_large_cast_takes_several_timelines() -> None:
    cast = tuple(CastMember(str(number), f"PART {number}") for number in range(1, 38))
    board = board_of(plain_shoot(cast=cast), (0, "1 2 3"))
    charts = cast_timelines(day_grid(board))
    assert len(charts) == 3 and "PART 37" in charts[2] and "PART 37" not in charts[1]
    page = costs_page(board)
    assert "The cast over the dates, 3 of 3" in words(page)
    # On paper they have the height that other charts have not.
    assert page.count('class="chart tall"') == 3 and "svg.chart.tall" in page
