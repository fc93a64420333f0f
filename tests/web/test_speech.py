"""The language of a page, and the words its templates may use."""

from tests.kit.site import Site
from web.speech import language


def test_an_account_has_its_language_whatever_the_browser_says(opened: Site) -> None:
    answer = opened.technician().get("/help", Accept_Language="en")
    assert '<html lang="fr">' in answer.text


def test_before_signing_in_the_link_counts_then_the_browser_then_the_practice(
    opened: Site,
) -> None:
    for query, headers, expected in (
        ("?lang=en", {"Accept-Language": "fr"}, "en"),
        ("?lang=xx", {"Accept-Language": "en-US,en;q=0.8"}, "en"),
        ("", {"Accept-Language": "de,en;q=0.5,fr;q=0.4"}, "en"),
        ("", {"Accept-Language": "de"}, "fr"),
        ("", {}, "fr"),
    ):
        with opened.app.test_request_context(f"/login{query}", headers=headers):
            assert language() == expected


def test_static_files_are_stamped_with_their_content(opened: Site) -> None:
    text = opened.client().get("/login").text
    assert "/static/style.css?v=" in text
    stamped = text.split('href="')[1].split('"')[0]
    assert opened.client().get(stamped).status_code == 200


def test_the_panel_is_asked_once_for_each_page(opened: Site) -> None:
    asked: list[None] = []
    status = opened.panel.status

    def counted():
        asked.append(None)
        return status()

    object.__setattr__(opened.app.extensions["vigie"], "panel", _Panel(counted))
    opened.technician().get("/")
    assert len(asked) == 1


class _Panel:
    def __init__(self, status) -> None:
        self.status = status
