import hashlib
import multiprocessing
from pathlib import Path

import pytest

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.commitments import bound, commitment, commitments, forget_salt, known_commitment


def test_a_commitment_stays_until_its_salt_is_forgotten(project: Project) -> None:
    first = commitment(project, "member", "ann")
    assert len(bytes.fromhex(first)) == 32
    assert commitment(Project.open(project.folder), "member", "ann") == first
    assert known_commitment(project, "member", "ann") == first
    assert forget_salt(project, "member", "ann")
    assert not forget_salt(project, "member", "ann")
    assert known_commitment(project, "member", "ann") is None
    assert commitment(project, "member", "ann") != first


def test_asking_leaves_no_salt(project: Project) -> None:
    assert known_commitment(project, "member", "a stranger") is None
    assert project.vault.rows("SELECT count(*) FROM salts") == [(0,)]


def test_two_subjects_never_share_one(project: Project) -> None:
    subjects = [("member", "ann"), ("member", "bob"), ("performer", "ann"), ("a", "b:c"), ("a:b", "c"), ("", "member")]
    assert len({commitment(project, kind, name) for kind, name in subjects}) == len(subjects)


def test_two_projects_say_different_things_of_one_person(project: Project, tmp_path: Path) -> None:
    other = Project.init(tmp_path / "other")
    assert commitment(project, "member", "ann") != commitment(other, "member", "ann")


def test_without_the_salt_the_id_cannot_be_tried(project: Project) -> None:
    told = commitment(project, "member", "ann")
    guesses = {hashlib.sha256(text).hexdigest() for text in (b"ann", b"member:ann", b'["member","ann"]')}
    assert told not in guesses
    for path in project.folder.rglob("*"):
        if path.is_file() and path != project.vault.path:
            assert b'["member","ann"]' not in path.read_bytes()


def test_many_are_given_in_order_and_like_one_by_one(project: Project) -> None:
    ids = [f"m{number % 40}" for number in range(100)]
    many = commitments(project, "member", ids)
    assert many == [commitment(project, "member", one) for one in ids]
    assert len(set(many)) == 40
    assert commitments(project, "member", []) == []


def test_the_salt_of_a_forgotten_subject_is_not_left_in_the_file(project: Project) -> None:
    commitment(project, "member", "ann")
    salt = project.vault.rows("SELECT salt FROM salts")[0][0]
    assert isinstance(salt, bytes) and salt in project.vault.path.read_bytes()
    forget_salt(project, "member", "ann")
    assert salt not in project.vault.path.read_bytes()


def say(folder: str, path: str) -> None:
    Path(path).write_text("\n".join(commitments(Project.open(folder), "member", [f"m{n}" for n in range(50)])))


def test_two_processes_that_meet_a_subject_first_agree(project: Project, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    paths = [tmp_path / name for name in ("one", "other")]
    both = [context.Process(target=say, args=(str(project.folder), str(path))) for path in paths]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert paths[0].read_text() == paths[1].read_text() != ""


def test_an_id_that_no_file_can_hold_is_refused(project: Project) -> None:
    with pytest.raises(RightsError, match="surrogate"):
        commitment(project, "member", "\ud800")


def test_what_is_said_of_a_subject_is_bound_to_their_salt(project: Project) -> None:
    assert bound(project, "subject", "h-ada", "request") is None
    commitment(project, "subject", "h-ada")
    first = bound(project, "subject", "h-ada", "request")
    assert first is not None
    assert first == bound(project, "subject", "h-ada", "request")
    assert first not in (commitment(project, "subject", "h-ada"), bound(project, "subject", "h-ada", "another"))
    forget_salt(project, "subject", "h-ada")
    commitment(project, "subject", "h-ada")
    assert bound(project, "subject", "h-ada", "request") != first
