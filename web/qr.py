"""An address as a square that a camera reads, as SVG inside the page: no script, no style."""

from markupsafe import Markup


def square(address: str) -> Markup:
    """Give *address* as a QR code (ISO/IEC 18004), dark on light whatever the page's colours."""
    import segno  # noqa: PLC0415 - seldom needed

    made = segno.make(address, micro=False, error="m")
    drawn = made.svg_inline(border=4, light="#fff", dark="#000", omitsize=True, svgclass="qr")
    return Markup(drawn)  # noqa: S704 - made of modules alone; the address is not in it
