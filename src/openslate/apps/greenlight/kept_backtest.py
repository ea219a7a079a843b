"""Backtests that were worked out once: kept beside the record of their run, and read where the same is asked again.

A backtest takes the longer the more origins it has, and gives the same figures from the same inputs. It is found again
by a hash over all of these, and its bytes by the hash that stands in the run's record, so that no other and no changed
one is read in its place. Backtests of members' plays are never kept: who is forgotten is in no count after that.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, fields

import numpy as np

from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.evaluate import Prepared, library_versions
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.typed_json import as_json, from_json
from openslate.models.forecasting.forecaster import Settings
from openslate.project import Project
from openslate.registry import runs
from openslate.registry.environment import code_version
from openslate.storage.files import write_atomically

RECORD = "backtest"
"""In the record of a run: what was asked and what came of it, each as a hash."""


def question_of(prepared: Prepared, asked: Asked, settings: Settings) -> str:
    """A hash over everything that a backtest follows from, hexadecimal; '' for one that is not to be kept.

    Args:
        prepared: what is known, and which titles are tested at which origins.
        asked: what is to be evaluated.
        settings: of the forecaster.
    """
    if asked.plays:
        return ""
    digest = hashlib.sha256()
    for one in (
        (code_version(), *sorted(library_versions().items()), prepared.measure, prepared.words),
        (asked.region, asked.as_published, asked.seed, asked.age_band, astuple(settings)),
        (prepared.known.snapshot, prepared.known.reserved, prepared.known.undated, prepared.known.unviewed),
        (*map(str, prepared.days), *map(str, prepared.origins)),
    ):
        digest.update(repr(one).encode())
    digest.update(prepared.population.tobytes())
    for part in _parts(prepared.past):
        digest.update(part)
    return digest.hexdigest()


def keep(project: Project, notebook: runs.Notebook, question: str, found: Backtest) -> None:
    """Keep a backtest beside the run that made it.

    Args:
        project: where.
        notebook: of the run.
        question: by `question_of`; with '' nothing is kept.
        found: the backtest.
    """
    if not question:
        return
    told = as_json(found).encode()
    write_atomically(project.folder / "reports" / _name(question), told)
    notebook.record[RECORD] = {"question": question, "hash": hashlib.sha256(told).hexdigest()}


def kept(project: Project, question: str) -> Backtest | None:
    """The backtest that was asked the same, to the last bit; None where there is none, or it was changed since.

    Args:
        project: where.
        question: by `question_of`.
    """
    if not question:
        return None
    for run in reversed(runs.every(project)):
        record = run.record.get(RECORD)
        if run.status == "done" and record and record["question"] == question:
            try:
                told = (project.folder / "reports" / _name(question)).read_bytes()
                if hashlib.sha256(told).hexdigest() == record["hash"]:
                    return from_json(Backtest, told.decode())
            except (OSError, ValueError):
                # It is worked out anew, whatever became of it.
                return None
    return None


def _name(question: str) -> str:
    return f"backtest-{question[:12]}.json"


def _parts(past: Past) -> Iterator[bytes]:
    """The past, piece by piece; texts of works as well, which `repr` leaves out."""
    for work in past.works:
        yield repr(tuple(vars(work).values())).encode()
    for told in (past.labels, past.reports, past.weeks, past.ranks):
        for field in fields(told) if told is not None else ():
            value = getattr(told, field.name)
            if field.name == "works":
                yield repr([work.id for work in value]).encode()
            elif isinstance(value, np.ndarray) and value.dtype.kind != "O":
                yield value.tobytes()
            else:
                yield repr(value.tolist() if isinstance(value, np.ndarray) else value).encode()
    yield repr((past.wait, past.keys)).encode()
