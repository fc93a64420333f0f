"""Tools for remote control are used; or only their makers' pages are read.

The tools themselves are nobody's to carry along: their calls are made by openssl and curl, to the
names that they call and with the protocol that AnyDesk names. VNC is a real server and viewer.
"""

from tests.lab.cast import WEB
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_RELAY = "relay-1a2b3c4d.net.anydesk.com"
_ROUTER = "router3.teamviewer.com"
_VNC = 5901


def anydesk(practice: Practice) -> None:
    """A station offers AnyDesk's own protocol to its relay."""
    _shake_hands(practice, "reception", _RELAY, "-alpn", "anydesk/7.1.0/windows")


def teamviewer(practice: Practice) -> None:
    """A station exchanges a lot with a router of TeamViewer."""
    _fetch(practice, "surgery", _ROUTER, 6)


def screen_seen_from_outside(practice: Practice) -> None:
    """Somebody on the internet takes a picture of a screen here."""
    with _screen(practice, "surgery"):
        _look(practice, "internet", "surgery")


def allowed_tool(practice: Practice) -> None:
    """The technician told the box of AnyDesk: this is a notice."""
    anydesk(practice)


def ordinary_work(practice: Practice) -> None:
    """Pages, files, images."""
    work.browse(practice, "reception", *work.SITES)
    work.use_share(practice, "surgery")
    work.take_image(practice)


def pages_of_the_makers(practice: Practice) -> None:
    """Somebody reads about the tools, and fetches one: that is not using it."""
    for site in ("www.teamviewer.com", "anydesk.com", "download.anydesk.com"):
        _fetch(practice, "reception", site, 6)


def called_in_advance(practice: Practice) -> None:
    """A browser looks a link's name up, and opens a conversation that nobody uses."""
    practice.run("reception", ["getent", "hosts", _RELAY], check=True)
    _shake_hands(practice, "reception", _ROUTER)


def _shake_hands(practice: Practice, who: str, name: str, *how: str) -> None:
    ends = ("-connect", f"{WEB}:443", "-servername", name, "-CAfile", f"{practice.folder}/ca.pem")
    practice.run(who, ["openssl", "s_client", *ends, *how], check=True)


def _fetch(practice: Practice, who: str, name: str, times: int) -> None:
    pages = [part for n in range(times) for part in ("-o", "/dev/null", f"https://{name}/{n}")]
    ca = f"{practice.folder}/ca.pem"
    practice.run(who, ["curl", "-sS", "-m", "5", "--cacert", ca, *pages], check=True)


def _screen(practice: Practice, who: str):
    server = ("Xtigervnc", ":1", "-geometry", "320x200", "-depth", "16", "-SecurityTypes", "None")
    return practice.running(who, [*server, "-localhost=0", "-rfbport", str(_VNC)])


def _look(practice: Practice, who: str, whose: str) -> None:
    practice.await_ports(whose, _VNC)
    picture = str(practice.folder / "screen.jpg")
    target = f"{practice.hosts[whose].ip}:1"
    # It waits for a change on the screen, which never comes: the greeting is what matters.
    practice.run(who, ["timeout", "3", "vncsnapshot", "-quiet", target, picture])


SCENES = {
    "anydesk": Scene(play=anydesk),
    "teamviewer": Scene(play=teamviewer),
    "screen_seen_from_outside": Scene(play=screen_seen_from_outside),
    "allowed_tool": Scene(play=allowed_tool, remote_tools=("anydesk",)),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_pages_of_the_makers": Scene(play=pages_of_the_makers),
    "lookalike_called_in_advance": Scene(play=called_in_advance),
}
