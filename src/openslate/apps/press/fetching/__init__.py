"""Reading from the web without ever reaching into one's own network, and with the manners a host may expect."""

from openslate.native import load

load("httpcore2", "Reading from the web", "pip install 'openslate[press]'")
