"""The JSON API: the same as the pages show, for programs; described at /api/v1/openapi.json."""

from web.api.views import blueprint

__all__ = ["blueprint"]
