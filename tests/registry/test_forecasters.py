import numpy as np

from openslate.models.forecasting.abstention import Reach, reach
from openslate.models.forecasting.forecaster import Forecaster, fit_forecaster
from openslate.project import Project
from openslate.registry import artifacts
from tests.models.forecasting.drawn import QUICK, titles


def test_a_forecaster_comes_back_bit_for_bit_and_its_trees_stay_out_of_the_manifest(project: Project) -> None:
    fitted = fit_forecaster(titles(300, 1), titles(100, 2), 1, 2, QUICK)
    distances = reach(np.arange(100.0))
    stored = artifacts.save(project, "greenlight", {"views": fitted, "reach": distances}, {})
    parts = artifacts.load(artifacts.find(project, stored.id), {"Forecaster": Forecaster, "Reach": Reach})
    again, tested = parts["views"], titles(50, 3)
    assert isinstance(again, Forecaster) and parts["reach"] == distances
    assert (again.point(tested) == fitted.point(tested)).all()
    assert (again.distributions(tested).quantiles == fitted.distributions(tested).quantiles).all()
    families = np.zeros(7, dtype=np.int64)
    assert (again.drivers(tested, families, 1).total() == fitted.drivers(tested, families, 1).total()).all()
    assert (stored.folder / "manifest.json").stat().st_size < 10_000
    assert artifacts.save(project, "greenlight", {"views": again, "reach": parts["reach"]}, {}).id == stored.id
