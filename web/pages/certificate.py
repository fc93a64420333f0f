"""The certificate of the box's own authority, to be installed on the practice's computers."""

from flask import Blueprint, Response, abort

from web.box import here

blueprint = Blueprint("certificate", __name__)


@blueprint.get("/vigie-ca.pem")
def download() -> Response:
    """Send the certificate; 404 where the pages are served without one."""
    path = here().config.state / "tls" / "ca.pem"
    try:
        content = path.read_bytes()
    except OSError:
        abort(404)
    attached = {"Content-Disposition": 'attachment; filename="vigie-ca.pem"'}
    return Response(content, mimetype="application/x-x509-ca-cert", headers=attached)
