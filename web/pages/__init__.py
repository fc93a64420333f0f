"""One blueprint per page; a view asks, shapes and renders, and decides nothing."""

from flask import Flask

from web.pages import (
    account,
    alerts,
    audit,
    backup,
    cases,
    certificate,
    devices,
    exchange,
    incident,
    isolation,
    joining,
    kiosk,
    labels,
    legend,
    lists,
    login,
    overview,
    papers,
    people,
    practice_map,
    privacy,
    report,
    search,
    second,
    settings,
    setup,
    update,
    wizard,
)

PAGES = (
    overview.blueprint,
    devices.blueprint,
    joining.blueprint,
    practice_map.blueprint,
    search.blueprint,
    exchange.blueprint,
    alerts.blueprint,
    cases.blueprint,
    incident.blueprint,
    papers.blueprint,
    privacy.blueprint,
    report.blueprint,
    isolation.blueprint,
    settings.blueprint,
    wizard.blueprint,
    backup.blueprint,
    update.blueprint,
    lists.blueprint,
    legend.blueprint,
    labels.blueprint,
    account.blueprint,
    second.blueprint,
    people.blueprint,
    audit.blueprint,
    kiosk.blueprint,
    login.blueprint,
    setup.blueprint,
    certificate.blueprint,
)


def install(app: Flask) -> None:
    """Add every page to *app*."""
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
