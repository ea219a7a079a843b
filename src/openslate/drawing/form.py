"""A form: fields in groups that somebody fills in, as one HTML document that works from a folder.

Unlike sheets and papers it runs a script, its own and no other: the page's policy names it by its hash, and nothing
is fetched or sent. Takes words and a script, gives text; every word is escaped, equal bytes for an equal form.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from openslate.drawing.sheet import report_stylesheet, templates
from openslate.drawing.theme import stylesheet

Control: TypeAlias = Literal["text", "long", "choice", "day", "digits", "check"]


@dataclass(frozen=True)
class Field:
    """One field.

    Attributes:
        name: of what it holds.
        label: in words.
        hint: what to write, with units.
        control: how it is filled in.
        example: shown in the empty field.
        choices: of a choice.
        suggestions: values that may be meant; a button each where `buttons`, else offered while somebody writes.
        buttons: whether suggestions have buttons.
        required: whether it must be filled in.
        wide: whether it takes the width of the page.
    """

    name: str
    label: str
    hint: str = ""
    control: Control = "text"
    example: str = ""
    choices: Sequence[str] = ()
    suggestions: Sequence[str] = ()
    buttons: bool = False
    required: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Rows:
    """Entries of several fields each, as many as somebody adds.

    Attributes:
        name: of the list.
        adds: words of the button that adds one.
        fields: of each entry.
    """

    name: str
    adds: str
    fields: Sequence[Field]


@dataclass(frozen=True)
class Group:
    """Fields under a heading."""

    heading: str
    aside: str
    fields: Sequence[Field] = ()
    rows: Rows | None = None


@dataclass(frozen=True)
class Form:
    """A whole document.

    Attributes:
        overline: what kind of document it is.
        heading: what it is for.
        made: when and of what it was made, in words.
        findings: sentences to read first.
        groups: of fields.
        rules: plain values for the script.
        script: that checks and writes what was filled in; it reads `rules` from the element of that id.
        without_script: said where no script runs.
        foot: at the end.
    """

    overline: str
    heading: str
    made: str
    findings: Sequence[str]
    groups: Sequence[Group]
    rules: Mapping[str, Any]
    script: str
    without_script: str
    foot: str


def form_document(form: Form) -> str:
    """The form as a complete HTML document.

    Example:
        >>> group = Group("Name", "", [Field("name", "Name <1>")])
        >>> form = Form("Form", "A", "today", (), [group], {"a": "</script>"}, "let a = 1;", "None.", "End.")
        >>> text = form_document(form)
        >>> "Name &lt;1&gt;" in text, text.count("</script>"), "script-src 'sha256-" in text
        (True, 2, True)
    """
    styles = (
        stylesheet() + report_stylesheet() + files("openslate.drawing").joinpath("styles/form.css").read_text("utf-8")
    )
    # In a script's element only these letters could end it, and JSON may write them otherwise.
    rules = json.dumps(form.rules, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e")
    if "</script" in form.script.lower() or "<!--" in form.script:
        raise ValueError("the script holds what ends its element")
    script = f"\n{form.script.strip()}\n"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = templates().get_template("form.html.jinja")
    return template.render(form=form, styles=styles, rules=rules, script=script, digest=digest)
