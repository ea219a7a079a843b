"""A page's script run outside of Python: its functions in Node, the whole page in Chromium; skipped without."""

import atexit
import base64
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from openslate.apps.greenlight.pitch_form import SCRIPTS, form_script
from openslate.apps.greenlight.pitch_rules import pitch_rules

FUNCTIONS = SCRIPTS[:-1]
"""Those that need no page."""


@cache
def _node(program: str) -> "subprocess.Popen[str]":
    node = shutil.which("node")
    assert node is not None
    running = subprocess.Popen([node, "-e", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(running.kill)
    return running


def in_node(body: str, given: Any) -> Any:
    """What a function body returns of `given` and `rules`, with the form's functions at hand."""
    if shutil.which("node") is None:
        pytest.skip("there is no node to run the form's functions with")
    # One process for all questions: starting it takes far longer than answering.
    program = f"""{form_script(FUNCTIONS)}
        const rules = {json.dumps(pitch_rules())};
        const answer = (given) => {{ {body} }};
        require("readline").createInterface({{ input: process.stdin }}).on("line", (line) => {{
            let told;
            try {{ told = {{ found: answer(JSON.parse(line)) }}; }} catch (error) {{ told = {{ error: error.stack }}; }}
            process.stdout.write(`${{JSON.stringify(told)}}\n`);
        }});"""
    running = _node(program)
    assert running.stdin is not None and running.stdout is not None
    running.stdin.write(f"{json.dumps(given)}\n")
    running.stdin.flush()
    told = json.loads(running.stdout.readline())
    assert "error" not in told, told
    return told["found"]


def in_chromium(page: str, body: str, folder: Path) -> Any:
    """What an async function body returns on a page that holds the form, in a real browser."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("there is no chromium to open the form with")
    # The policy lets nothing run but the page's own script, which is as it should be: a test is let in beside it.
    let_in = re.sub(r"script-src '[^']+'", "script-src 'unsafe-inline'", page)
    added = (
        f"<script>(async () => {{ {body} }})().then((found) => found, (error) => ({{ error: String(error.stack) }}))"
        ".then((found) => { const out = document.createElement('pre'); out.id = 'found';"
        " out.textContent = 'FOUND' + btoa(unescape(encodeURIComponent(JSON.stringify(found)))) + 'DNUOF';"
        " document.body.append(out); });</script>"
    )
    path = folder / "form.html"
    path.write_text(let_in.replace("</body>", f"{added}</body>"), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/browser"]
    done = subprocess.run(
        [*command, "--virtual-time-budget=30000", "--dump-dom", path.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told = re.search(r"FOUND([A-Za-z0-9+/=]+)DNUOF", done.stdout)
    assert told is not None, done.stderr[-2000:]
    found = json.loads(base64.b64decode(told.group(1)))
    assert not (isinstance(found, dict) and "error" in found), found
    return found
