import subprocess
import sys

from openslate.models.kernels.warming import warm_up

USED = """
import sys
from dataclasses import replace
import numpy as np
from scipy.sparse import csr_array
from openslate.models import ease, gram, packed, sequential
from openslate.models.kernels import scoring
from openslate.models.kernels.warming import warm_up
from openslate.models.member_neighbours import fit_member_neighbours
from openslate.models.neighbours import fit_neighbours
from openslate.models.sparse_rows import SparseRows
from openslate.models.weights import WeightSettings, taste_rows
from tests.models.drawn import many

def compiled():
    return {
        (module.__name__, name): len(loop.signatures)
        for module in list(sys.modules.values()) if module.__name__.startswith("openslate.models.kernels.")
        for name, loop in vars(module).items() if hasattr(loop, "signatures")
    }

assert "numba" in sys.modules
warm_up()
warm = compiled()
assert len(warm) >= 3
ease.WORTH_COMPILING = gram.WORTH_COMPILING = packed.WORTH_COMPILING = sequential.WORTH_COMPILING = 0
ease.ease_from_gram(gram.gram_of_part(many(), WeightSettings(half_life=3.0)))
sequential.fit_sequential(many().part(3, 90))
alone, wide = many().part(3, 4), replace(many(), n_titles=2**17)
for fit in (ease.fit_ease, sequential.fit_sequential, fit_neighbours, fit_member_neighbours):
    fit(many()).score(alone)
for asked in (many(), wide):
    rows = taste_rows(asked, WeightSettings())
    weights = SparseRows.of(csr_array((asked.n_titles, asked.n_titles), dtype=np.float32))
    scoring.best_of_rows(rows, weights, asked, 3)
print([loop for loop, count in compiled().items() if count != warm[loop]])
"""


def test_what_was_warmed_up_is_not_compiled_again_for_real_histories() -> None:
    done = subprocess.run([sys.executable, "-c", USED], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_neither_the_package_nor_a_small_training_loads_numba() -> None:
    small = (
        "import sys; import openslate; from openslate.models.ease import fit_ease; from tests.models.drawn import many;"
        "fit_ease(many()); print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", small], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_warming_up_takes_a_moment_once_it_is_warm() -> None:
    warm_up()
    assert warm_up() < 0.5
