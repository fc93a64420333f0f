"""Numbers that a telephone can dial."""

import pytest

from web.phone import tel, unbroken


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Camille, 06 00 00 00 01", "tel:0600000001"),
        ("+33 1 02 03 04 05 (jour)", "tel:+33102030405"),
        ("contrat 42, 01.02.03.04.05", "tel:0102030405"),
        ("09 72 43 91 25", "tel:0972439125"),
        ("javascript:alert(1)", ""),
        ("demander à l'accueil", ""),
        ("", ""),
    ],
)
def test_the_first_number_in_a_text_is_dialled(text: str, link: str) -> None:
    assert tel(text) == link


def test_the_figures_of_a_number_stay_on_one_line() -> None:
    assert unbroken("contrat 42, 01 02") == "contrat 42, 01\u00a002"
