"""Views in, text out: one module a family of formats."""

from leadctl.render.formats import Format, Look, render

__all__ = ["Format", "Look", "render"]
