"""Personalize: from viewing events to home pages.

The names below are what a program needs; see the modules for the rest.
"""

from openslate.apps.personalize.batch import batch
from openslate.apps.personalize.evaluate import evaluate
from openslate.apps.personalize.home import home, write_html
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recommend import recommend
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.train import train

__all__ = ["Recipe", "Recommender", "batch", "evaluate", "home", "recommend", "train", "write_html"]
