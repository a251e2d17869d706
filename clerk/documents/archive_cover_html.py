"""The cover of an archived file as HTML; only the press's child loads it."""

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from clerk import assets

PDF_VARIANT = "pdf/a-2b"
"""ISO 19005-2, level B: fonts and colour profile inside, nothing is fetched from elsewhere."""


def cover_html(cover: Mapping[str, object]) -> str:
    """Return the cover as one HTML text that needs no other file."""
    css = Markup(assets.read_text("templates", "notices/print.css"))  # noqa: S704  ours
    return _template().render(cover=cover, css=css)


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    return environment.from_string(assets.read_text("templates", "notices/archive_cover.html"))
