"""One blueprint per page; a view asks, shapes and renders, and decides nothing."""

from flask import Flask

from web.pages import (
    account,
    alerts,
    cases,
    certificate,
    devices,
    exchange,
    incident,
    isolation,
    joining,
    labels,
    legend,
    login,
    overview,
    papers,
    privacy,
    settings,
    setup,
)

PAGES = (
    overview.blueprint,
    devices.blueprint,
    joining.blueprint,
    exchange.blueprint,
    alerts.blueprint,
    cases.blueprint,
    incident.blueprint,
    papers.blueprint,
    privacy.blueprint,
    isolation.blueprint,
    settings.blueprint,
    legend.blueprint,
    labels.blueprint,
    account.blueprint,
    login.blueprint,
    setup.blueprint,
    certificate.blueprint,
)


def install(app: Flask) -> None:
    """Add every page to *app*."""
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
