"""The gate's SQL over millions of rows says of each row what `decide` says of its member, whoever said what, when."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate import clock
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import judging, kept_words, words
from openslate.rights.consent import Basis, grant_source, record_member, withdraw_source
from openslate.rights.decide import decide
from openslate.rights.gathering import note_reservations, standing_of
from openslate.rights.judging import judged
from openslate.rights.kept_words import words_at
from openslate.rights.packs.loading import known_packs
from openslate.rights.records import store
from openslate.rights.records.bases import source_record
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.reservation import Reservation
from openslate.rights.viewers import with_words
from openslate.rights.vocabulary import Use
from openslate.rights.words import viewing_request
from tests.lake_rows import add_rows
from tests.one_database import one_database
from tests.rights.pack_files import remove_pack, write_pack

START = datetime(2026, 6, 1, tzinfo=UTC)
MEMBERS, SOURCES, PURPOSES = ("ann", "bob"), ("player", "app"), ("train", "evaluate", "personalize")

members, sources = st.sampled_from(MEMBERS), st.sampled_from(SOURCES)
uses = st.lists(st.sampled_from(PURPOSES), min_size=1, max_size=2, unique=True)
hours = st.integers(-3, 6)
steps = st.one_of(
    st.tuples(st.just("word"), members, uses, st.booleans()),
    st.tuples(st.just("import"), members, st.sampled_from(PURPOSES), st.booleans(), hours),
    st.tuples(
        st.just("record"),
        members,
        uses,
        st.sampled_from(("1", "2")),
        st.tuples(hours, st.integers(0, 4), st.integers(1, 6) | st.none()),
        st.sampled_from(("", "house.law", "nobody.knows")),
        st.sampled_from(("*", "US")),
    ),
    st.tuples(st.just("withdraw record"), members, st.sampled_from(("1", "2"))),
    st.tuples(
        st.just("status"), members, st.sampled_from(("1", "2")), st.sampled_from(("suspended", "active", "draft"))
    ),
    st.tuples(st.just("basis"), sources, uses),
    st.tuples(st.just("end basis"), sources, uses),
    st.tuples(st.just("licence"), sources, uses, st.integers(1, 6) | st.none()),
    st.tuples(st.just("end licence"), sources),
    st.tuples(st.just("reserve"), sources, st.booleans()),
    st.tuples(st.just("pack"), st.sampled_from(("2020-01-01", "2026-06-02")), st.sampled_from(("", "2026-05-31"))),
    st.tuples(st.just("no pack")),
    st.tuples(st.just("read")),
    st.tuples(st.just("wait"), st.integers(1, 3) | st.just(24)),
)


@pytest.fixture(autouse=True, scope="module")
def shared_database() -> Iterator[None]:
    with one_database():
        yield


def record_id(member: str, name: str) -> str:
    """An id that names nobody."""
    return f"rec-{MEMBERS.index(member)}-{name}"


def viewer(member: str, name: str, named: list[Use], issued: datetime, after: int, until: int | None) -> ConsentRecord:
    begins = issued + timedelta(hours=after)
    return ConsentRecord(
        record_id=record_id(member, name),
        version=1,
        prev_hash=None,
        subject_id=member,
        subject_kind="viewer",
        asset_kind="viewing_data",
        uses=tuple(PermittedUse(use, "What the member said.") for use in named),
        issued_at=issued,
        effective_from=begins,
        expires_at=None if until is None else begins + timedelta(hours=until),
        status="active",
        basis_text="What the member said.",
    )


def take(project: Project, now: datetime, step: tuple) -> None:  # type: ignore[type-arg]
    """Do one step; what cannot follow what stands is refused, and changes nothing."""
    kind, *told = step
    if kind == "word":
        record_member(project, told[0], told[1], told[2])
    elif kind == "import":
        add_rows(project, "consents", [(*told[:3], (now + timedelta(hours=told[3])).replace(tzinfo=None))])
    elif kind == "record":
        member, named, name, (issued, after, until), pack, territory = told
        value = viewer(member, name, named, now + timedelta(hours=issued), after, until)
        store.grant(project, replace(value, packs=(pack,) if pack else (), territories=(territory,)))
    elif kind == "withdraw record":
        store.withdraw(project, record_id(told[0], told[1]), "stop_new")
    elif kind == "status":
        store.set_status(project, record_id(told[0], told[1]), told[2])
    elif kind == "basis":
        grant_source(project, told[0], Basis("Terms.", tuple(told[1])))
    elif kind == "end basis":
        withdraw_source(project, told[0], told[1], "over")
    elif kind == "licence":
        until = None if told[2] is None else now + timedelta(hours=told[2])
        store.grant(project, source_record(told[0], told[1], "Contract.", now, expires_at=until))
    elif kind == "end licence":
        store.withdraw(project, source_record(told[0], ["train"], "Contract.", now).record_id, "stop_new")
    elif kind == "pack":
        write_pack(project, since=told[0], until=told[1] if told[0] < told[1] else "")
    elif kind == "read":
        words_at(project, "train", now)
    elif kind == "no pack":
        remove_pack(project)
    elif kind == "reserve":
        note_reservations(project, told[0], [Reservation("stated", told[1], "said so", "letter")])


def by_sql(project: Project, purposes: tuple[str, ...]) -> dict[tuple[str, str], bool]:
    rows = " UNION ALL ".join(f"SELECT '{m}' AS member, '{s}' AS source" for m, s in product(MEMBERS, SOURCES))
    with project.lake.connect() as connection:
        found = connection.execute(f"SELECT member, source, granted FROM {judged(project, f'({rows})', purposes)}")
        return {(member, source): granted for member, source, granted in found.fetchall()}


def by_decision(project: Project) -> dict[str, dict[tuple[str, str], bool]]:
    """By purpose, what `decide` says of each member and source."""
    now, standing = clock.now(), standing_of(project)
    found: dict[str, dict[tuple[str, str], bool]] = {purpose: {} for purpose in PURPOSES}
    for member, source in product(MEMBERS, SOURCES):
        whole = with_words(project, standing, viewing_request(member, "train", source), now)
        # Against a reservation helps a licence that is named, and a bulk read names all that its source has.
        papers = [one.record.record_id for one in standing.held if one.record.subject_id == source]
        for purpose in PURPOSES:
            asked = viewing_request(member, purpose, source)
            found[purpose][member, source] = any(
                decide(replace(asked, licence=licence), now, whole).allowed for licence in ("", *papers)
            )
    return found


@cache
def prepared() -> Path:
    """A service that holds a play of each source."""
    project = Project.init(Path(tempfile.mkdtemp(prefix="both-")) / "svc")
    for source in SOURCES:
        add_rows(project, "plays", [("ann", source, "2026-01-01")], source)
    project.state.close()
    return project.folder


def hold_together(folder: Path, told: list) -> None:  # type: ignore[type-arg]
    project = Project.open(shutil.copytree(prepared(), folder))
    now = START
    for step in told:
        now += timedelta(hours=step[1]) if step[0] == "wait" else timedelta(minutes=20)
        with clock.frozen(now):
            try:
                take(project, now, step)
            except (UsageError, sqlite3.IntegrityError):
                # Nothing changed: a version cannot follow, or the very same file was imported before.
                continue
    for later in (timedelta(0), timedelta(hours=2)):
        with clock.frozen(now + later):
            expected = by_decision(project)
            for purpose in PURPOSES:
                assert by_sql(project, (purpose,)) == expected[purpose], (now + later, purpose)
            both = {pair: expected["train"][pair] and expected["evaluate"][pair] for pair in expected["train"]}
            assert by_sql(project, ("train", "evaluate")) == both, now + later
    project.state.close()
    project.vault.close()


RUN = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=5, derandomize=True, **RUN)  # type: ignore[arg-type]
@given(told=st.lists(steps, min_size=4, max_size=14))
def test_the_sql_says_what_the_decision_says(tmp_path_factory: pytest.TempPathFactory, told: list) -> None:  # type: ignore[type-arg]
    hold_together(tmp_path_factory.mktemp("both") / "svc", told)


@pytest.mark.soak
@settings(max_examples=600, **RUN)  # type: ignore[arg-type]
@given(told=st.lists(steps, min_size=4, max_size=25))
def test_the_sql_says_what_the_decision_says_for_long(tmp_path_factory: pytest.TempPathFactory, told: list) -> None:  # type: ignore[type-arg]
    hold_together(tmp_path_factory.mktemp("both") / "svc", told)


def test_a_differing_gate_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [("record", "ann", ["train"], "1", (0, 0, 1), "", "*")]
    refuses = [("record", "ann", ["train"], "1", (0, 0, None), "", "*"), ("withdraw record", "ann", "1")]
    reserved = [("basis", "player", ["train"]), ("reserve", "player", True)]
    named = ("record", "ann", ["train"], "1", (0, 0, None), "house.law", "*")
    edited = [("pack", "2020-01-01", ""), named, ("read",), ("no pack",)]
    licensed = [("licence", "player", ["train"], None), ("reserve", "player", True)]
    for number, told in enumerate((ends, refuses, reserved, edited, licensed)):
        hold_together(tmp_path / f"right {number}", told)
    monkeypatch.setattr(words, "_moments", lambda *_: [START - timedelta(days=9), START + timedelta(minutes=20)])
    with pytest.raises(AssertionError):
        hold_together(tmp_path / "an end overlooked", ends)
    monkeypatch.undo()
    monkeypatch.setattr(store, "rewrite_words", lambda *_: None)
    with pytest.raises(AssertionError):
        hold_together(tmp_path / "records overlooked", [("read",), *refuses[:1]])
    monkeypatch.undo()
    monkeypatch.setattr(kept_words, "_made_with", lambda project: known_packs(project).hash)
    with pytest.raises(AssertionError):
        hold_together(tmp_path / "packs overlooked", edited)
    monkeypatch.undo()
    monkeypatch.setattr(judging, "_among", lambda purpose, pairs: "true" if pairs else "false")
    with pytest.raises(AssertionError):
        hold_together(tmp_path / "reservations of one taken for all", [*reserved, ("basis", "app", ["train"])])
