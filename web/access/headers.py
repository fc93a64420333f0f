"""What every answer tells the browser not to do."""

from http import HTTPStatus

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
"""Content security policy: nothing inline, nothing from elsewhere, nobody frames us."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), usb=()",
}

A_YEAR = 31_536_000


def install(app: Flask) -> None:
    """Put the headers on every answer of *app*, error pages included."""

    @app.after_request
    def _dress(response: Response) -> Response:
        response.headers.update(HEADERS)
        found = response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        if request.endpoint != "static" or not found:
            response.headers["Cache-Control"] = "no-store"
        elif "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        return response
