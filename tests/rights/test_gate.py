from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate import clock
from openslate.data.datasets import viewing
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.commitments import commitment
from openslate.rights.consent import PURPOSES, Basis, grant_source, record_member, source_grants, withdraw_source
from openslate.rights.gate import pass_through
from tests.lake_rows import add_rows

BASIS = Basis("Terms of membership, section 4.", PURPOSES)


def a_service(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One"), ("t2", "Two")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01"), ("bob", "t1", "2024-01-02"), ("bob", "t2", "2024-01-03")])


def test_without_any_basis_nothing_may_train(project: Project) -> None:
    a_service(project)
    with pytest.raises(RightsError, match=r"None of the 2 members.*rights grant --source 'test'"):
        viewing(project, ("train",), "test")
    denied = list(ledger.entries(project.ledger_path))[-1]
    assert (denied["members_allowed"], denied["members_denied"], denied["rows_denied"]) == (0, 2, 3)


def test_a_grant_holds_for_its_purposes_alone(project: Project) -> None:
    a_service(project)
    grant_source(project, "test", Basis("Research licence.", ("train",)))
    assert viewing(project, ("train",), "test").members == ("ann", "bob")
    with pytest.raises(RightsError):
        viewing(project, ("train", "evaluate"), "test")


def test_a_grant_for_another_source_does_not_help(project: Project) -> None:
    a_service(project)
    add_rows(project, "titles", [("t3", "Three")], "elsewhere")
    grant_source(project, "elsewhere", BASIS)
    with pytest.raises(RightsError):
        viewing(project, ("train",), "test")


def test_while_the_clock_is_behind_nothing_is_read_and_nothing_granted_but_a_refusal_counts(project: Project) -> None:
    a_service(project)
    with clock.frozen(datetime(2026, 5, 2, tzinfo=UTC)):
        grant_source(project, "test", BASIS)
        record_member(project, "ann", ["train"], granted=True)
    with clock.frozen(datetime(2026, 5, 1, tzinfo=UTC)):
        with pytest.raises(RightsError, match="clock has gone backwards") as refused:
            record_member(project, "bob", ["train"], granted=True)
        assert refused.value.code == "R25"
        record_member(project, "ann", ["train"], granted=False)
        with pytest.raises(RightsError, match="clock has gone backwards"):
            viewing(project, ("train",), "test")
    with clock.frozen(datetime(2026, 5, 2, tzinfo=UTC)):
        assert viewing(project, ("train",), "test").members == ("bob",)


def test_a_word_that_an_import_dates_later_cannot_outweigh_what_was_said_since(project: Project) -> None:
    a_service(project)
    add_rows(project, "consents", [("ann", "train", True, "2026-05-02")], "member")
    with clock.frozen(datetime(2026, 5, 1, tzinfo=UTC)):
        grant_source(project, "test", BASIS)
    for hour, granted, members in ((1, False, ("bob",)), (2, True, ("ann", "bob")), (3, False, ("bob",))):
        with clock.frozen(datetime(2026, 5, 1, hour, tzinfo=UTC)):
            record_member(project, "ann", ["train"], granted)
            assert viewing(project, ("train",), "test").members == members
    for moment in (datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)):
        with clock.frozen(moment):
            assert viewing(project, ("train",), "test").members == ("bob",)
            assert viewing(project, ("evaluate",), "test").members == ("ann", "bob")


def test_a_member_outweighs_the_source_both_ways(project: Project) -> None:
    a_service(project)
    record_member(project, "ann", ["train"], granted=True)
    assert viewing(project, ("train",), "test").members == ("ann",)
    grant_source(project, "test", BASIS)
    record_member(project, "ann", ["train"], granted=False)
    data = viewing(project, ("train",), "test")
    assert data.members == ("bob",)
    assert (data.decision.members_allowed, data.decision.members_denied) == (1, 1)
    assert (data.decision.rows_allowed, data.decision.rows_denied) == (2, 1)


def test_the_latest_word_counts_and_a_refusal_wins_a_tie(project: Project) -> None:
    a_service(project)
    said = [("ann", "train", True, "2024-05-01"), ("ann", "train", False, "2024-05-01")]
    add_rows(project, "consents", said, "member")
    add_rows(
        project, "consents", [("bob", "train", False, "2024-05-01"), ("bob", "train", True, "2024-05-02")], "member"
    )
    assert viewing(project, ("train",), "test").members == ("bob",)


def test_a_consent_of_tomorrow_does_not_hold_today(project: Project) -> None:
    a_service(project)
    tomorrow = (clock.now() + timedelta(days=1)).replace(tzinfo=None)
    add_rows(project, "consents", [("ann", "train", True, tomorrow)], "member")
    with pytest.raises(RightsError):
        viewing(project, ("train",), "test")
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert viewing(project, ("train",), "test").members == ("ann",)


def test_a_withdrawal_holds_with_the_very_next_read(project: Project) -> None:
    a_service(project)
    grant_source(project, "test", BASIS)
    assert len(viewing(project, ("train",), "test").members) == 2
    withdraw_source(project, "test", ["train"], "the contract ended")
    with pytest.raises(RightsError):
        viewing(project, ("train",), "test")
    assert source_grants(project).keys() == {("test", "evaluate"), ("test", "personalize")}


def test_every_read_leaves_one_entry_and_none_takes_effect_without(project: Project) -> None:
    a_service(project)
    grant_source(project, "test", BASIS)
    viewing(project, ("train",), "a test")
    _, grant, entry = ledger.entries(project.ledger_path)
    assert grant["decision"] == "grant"
    assert entry["reader"] == "a test"
    assert entry["purposes"] == ["train"]
    assert entry["snapshot"] == project.lake.snapshot("titles", "members", "plays", "ratings", "consents").id
    project.ledger_path.unlink()
    project.ledger_path.mkdir()
    with pytest.raises(RightsError, match="ledger"):
        viewing(project, ("train",), "a test")


def test_the_gate_shows_permitted_rows_alone_and_shows_them_after_the_entry(project: Project) -> None:
    a_service(project)
    add_rows(project, "plays", [("ann", "t2", "2024-01-05")], "elsewhere")
    grant_source(project, "test", BASIS)
    record_member(project, "bob", ["train"], granted=False)
    files = project.lake.snapshot("plays")
    rows = project.lake.relation(files, "plays", {"member": "VARCHAR", "title": "VARCHAR"})
    with project.lake.connect() as connection:
        decision = pass_through(project, connection, rows, "seen", ("train",), "a test", files)
        assert connection.execute("SELECT member, title, source FROM seen").fetchall() == [("ann", "t1", "test")]
        assert connection.execute("SELECT * FROM seen_allowed").fetchall() == [("ann", "test", 1)]
        assert (decision.rows_allowed, decision.rows_denied, decision.members_denied) == (1, 3, 1)
    project.ledger_path.unlink()
    with project.lake.connect() as connection:
        with pytest.raises(RightsError):
            pass_through(project, connection, rows, "seen", ("train",), "a test", files)
        assert connection.execute("SHOW ALL TABLES").fetchall() == []


def test_hostile_ids_are_only_ids(project: Project) -> None:
    a_service(project)
    record_member(project, "x'); DROP TABLE events; --", ["train"], granted=True)
    add_rows(project, "titles", [("t3", "Three")], "te'st")
    grant_source(project, "te'st", BASIS)
    with pytest.raises(RightsError):
        viewing(project, ("train",), "test")


@pytest.mark.parametrize("purposes", [(), ("sell",), ("train", "sell")])
def test_unknown_purposes_are_refused(project: Project, purposes: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        Basis("text", purposes)
    with pytest.raises(UsageError):
        record_member(project, "ann", purposes, granted=True)


def test_granting_twice_changes_nothing(project: Project) -> None:
    a_service(project)
    grant_source(project, "test", BASIS)
    grant_source(project, "test", BASIS)
    assert project.state.rows("SELECT count(*) FROM grants") == [(3,)]
    assert ledger.verify(project).decisions == 1


def test_a_source_nobody_imported_gets_no_grant_and_the_closest_names_are_given(project: Project) -> None:
    with pytest.raises(UsageError, match="Import its data first"):
        grant_source(project, "plays.csv", BASIS)
    add_rows(project, "titles", [("t1", "One")], "movielens")
    add_rows(project, "plays", [("ann", "t1", "2024-01-01")], "csv:plays.csv")
    record_member(project, "ann", ["train"], granted=True)
    with pytest.raises(UsageError, match=r"Name one of 'csv:plays\.csv', 'movielens'\.$"):
        grant_source(project, "plays.csv", BASIS)
    assert source_grants(project) == {}


def test_a_source_without_a_basis_has_none_to_withdraw(project: Project) -> None:
    a_service(project)
    grant_source(project, "test", Basis("Terms.", ("train", "personalize")))
    with pytest.raises(UsageError, match=r"No basis to train .*'tset'\. Name one of 'test'"):
        withdraw_source(project, "tset", ["train"], "the contract ended")
    with pytest.raises(UsageError, match="No basis to evaluate"):
        withdraw_source(project, "test", ["evaluate"], "the contract ended")
    withdraw_source(project, "test", ["train", "evaluate"], "the contract ended")
    assert source_grants(project).keys() == {("test", "personalize")}


def test_every_grant_and_every_word_is_on_the_ledger_and_names_no_member(project: Project) -> None:
    a_service(project)
    grant_source(project, "test", Basis("Terms.", ("train",)))
    withdraw_source(project, "test", ["train"], "ended")
    record_member(project, "ann", ["train", "evaluate"], granted=True)
    record_member(project, "ann", ["train"], granted=False)
    told = list(ledger.entries(project.ledger_path))[1:]
    assert [entry["decision"] for entry in told] == ["grant", "withdraw", "consent", "refusal"]
    assert [entry["purposes"] for entry in told] == [["train"], ["train"], ["evaluate", "train"], ["train"]]
    assert [(entry["source"], entry["basis"]) for entry in told[:2]] == [("test", "Terms."), ("test", "ended")]
    assert told[3]["subject"] == commitment(project, "viewer", "ann")


def test_nothing_is_given_when_the_ledger_cannot_be_written_and_what_takes_away_stands(project: Project) -> None:
    a_service(project)
    grant_source(project, "test", Basis("Terms.", ("train",)))
    project.ledger_path.unlink()
    before = project.lake.snapshot().id
    with pytest.raises(RightsError):
        grant_source(project, "test", BASIS)
    with pytest.raises(RightsError):
        record_member(project, "ann", ["train"], granted=True)
    assert source_grants(project) == {("test", "train"): "Terms."}
    assert project.lake.snapshot().id == before
    with pytest.raises(RightsError, match="in force, but not on the ledger"):
        withdraw_source(project, "test", ["train"], "ended")
    with pytest.raises(RightsError, match="in force, but not on the ledger"):
        record_member(project, "ann", ["train"], granted=False)
    assert source_grants(project) == {}
    assert len(project.lake.snapshot("consents").shards) == 1


@pytest.mark.parametrize("granted", ["true), ('bob', 'train', true", "false", 1, None])
def test_an_answer_is_true_or_false_and_never_sql(project: Project, granted: bool) -> None:
    a_service(project)
    with pytest.raises(UsageError, match="neither True nor False"):
        record_member(project, "ann", ["train"], granted)
    assert project.lake.snapshot("consents").shards == ()


def test_text_that_no_file_can_hold_is_refused(project: Project) -> None:
    a_service(project)
    with pytest.raises(UsageError, match="UTF-8"):
        record_member(project, "\ud800", ["train"], granted=True)
    with pytest.raises(UsageError, match="UTF-8"):
        grant_source(project, "\ud800", BASIS)
    with pytest.raises(UsageError, match="UTF-8"):
        withdraw_source(project, "\ud800", ["train"], "ended")
    with pytest.raises(UsageError, match="UTF-8"):
        Basis("\ud800")


@pytest.mark.parametrize("member", ["nul\x00byte", "O'Hara", "a\nb", "🎬"])
def test_any_other_id_can_answer(project: Project, member: str) -> None:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [(member, "t1", "2024-01-01")])
    record_member(project, member, ["train"], granted=True)
    assert viewing(project, ("train",), "test").members == (member,)


@given(
    said=st.lists(
        st.tuples(st.sampled_from(["ann", "bob"]), st.sampled_from(PURPOSES), st.booleans(), st.integers(1, 4)),
        max_size=8,
    ),
    granted=st.sets(st.sampled_from(PURPOSES)),
    asked=st.sets(st.sampled_from(PURPOSES), min_size=1),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_gate_agrees_with_its_definition(
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[str, str, bool, int]],
    granted: set[str],
    asked: set[str],
) -> None:
    project = Project.init(tmp_path_factory.mktemp("gate") / "svc")
    a_service(project)
    if said:
        rows = [(who, what, yes, datetime(2024, 1, day)) for who, what, yes, day in said]
        add_rows(project, "consents", list(rows), "member")
    if granted:
        with clock.frozen(datetime(2025, 1, 1, tzinfo=UTC)):
            grant_source(project, "test", Basis("text", tuple(granted)))

    def may(member: str, purpose: str) -> bool:
        words = [(day, not yes) for who, what, yes, day in said if (who, what) == (member, purpose)]
        return not max(words)[1] if words else purpose in granted

    expected = tuple(member for member in ("ann", "bob") if all(may(member, purpose) for purpose in asked))
    with clock.frozen(datetime(2025, 1, 1, tzinfo=UTC)):
        if expected:
            assert viewing(project, tuple(asked), "test").members == expected
        else:
            with pytest.raises(RightsError):
                viewing(project, tuple(asked), "test")
