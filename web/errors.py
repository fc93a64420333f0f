"""Error pages: in the reader's language, and silent about what went on inside."""

import logging

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from appliance.store import StoreTrouble
from web.access.passwords import BusyError

TOLD = frozenset({400, 401, 403, 404, 405, 413, 429, 500, 503})
"""Codes that have a page of their own; others are told as 400 or 500."""

OURS = 5
"""First figure of the codes that mean a fault of ours, not of the request."""

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer errors of *app* with a plain page, or with JSON to the API's callers."""

    @app.errorhandler(HTTPException)
    def _refused(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        return _page(error.code or 500)

    @app.errorhandler(CSRFError)
    def _forged(_error: CSRFError) -> ResponseReturnValue:
        return _page(403)

    @app.errorhandler(StoreTrouble)
    def _no_store(error: StoreTrouble) -> ResponseReturnValue:
        log.warning("%s", error)
        return _page(503)

    @app.errorhandler(BusyError)
    def _busy(_error: BusyError) -> ResponseReturnValue:
        return _page(503)


def _page(code: int) -> ResponseReturnValue:
    told = code if code in TOLD else 500 if code // 100 == OURS else 400
    if request.path.startswith("/api/"):
        return jsonify({"error": told}), code
    return render_template("error.html", code=told), code
