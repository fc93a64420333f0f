"""The square that a camera reads."""

import re

from web.qr import square


def test_it_is_a_drawing_without_script_style_or_the_address() -> None:
    """The page's policy allows neither, and the address is drawn, not written."""
    drawn = square('otpauth://totp/x?secret=ABC"><script>')
    assert re.match(r"<svg[^>]*>", drawn)
    assert "script" not in drawn
    assert "style" not in drawn
    assert "ABC" not in drawn
    assert 'viewBox="0 0 ' in drawn
