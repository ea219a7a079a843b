import numpy as np

from openslate.apps.personalize.components import COMPONENTS
from openslate.models.blend import Blend, BlendWeights
from openslate.models.ease import fit_ease
from openslate.models.sequential import fit_sequential
from openslate.models.truncation import cut_blend
from openslate.project import Project
from openslate.registry import artifacts
from tests.models.drawn import many


def test_cut_models_are_stored_and_score_the_same_bytes_when_opened(project: Project) -> None:
    models = {"taste": fit_ease(many()), "sequential": fit_sequential(many())}
    blend = cut_blend(Blend(BlendWeights(tuple(models), np.ones(2), 0.0, 1), models), per_row=5)
    stored = artifacts.save(project, "personalize", blend.models, {})
    opened = artifacts.load(stored, COMPONENTS)
    for name, model in blend.models.items():
        assert opened[name].score(many()).tobytes() == model.score(many()).tobytes()
