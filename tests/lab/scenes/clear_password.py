"""Passwords that anybody can read, and logons that only look like it: curl is the client."""

from tests.lab.cast import WEB
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.brute_force import NAME, PASSWORD, guarded
from tests.lab.scenes.scene import Scene

_PAGES = 8080
_LOGIN = f"{NAME}:{PASSWORD}"
_FORM = f"user={NAME}&password={PASSWORD}"


def files_by_ftp(practice: Practice) -> None:
    """A scanner leaves its pages on the file server."""
    with guarded(practice, "nas"):
        _curl(practice, "printer", "-u", _LOGIN, f"ftp://{practice.hosts['nas'].ip}/")


def page_of_the_printer(practice: Practice) -> None:
    """Two computers log on to a page inside, one by a form; twice each."""
    with guarded(practice, "printer"):
        url = f"http://{practice.hosts['printer'].ip}:{_PAGES}/"
        for _ in range(2):
            _curl(practice, "reception", "-u", _LOGIN, url)
            _curl(practice, "surgery", "-d", _FORM, url)


def laboratory_by_ftp(practice: Practice) -> None:
    """Files go to a laboratory outside: the password leaves the practice."""
    with guarded(practice, "internet"):
        _curl(practice, "imaging", "-u", _LOGIN, f"ftp://{WEB}/")


def ordinary_work(practice: Practice) -> None:
    """Pages by TLS, one in clear without a password, the file server."""
    work.browse(practice, "reception", *work.SITES)
    work.use_share(practice, "surgery")


def hidden_or_nobodys(practice: Practice) -> None:
    """Digest; a form that sends a hash; files for everybody; a form by TLS."""
    with guarded(practice, "printer"):
        printer = practice.hosts["printer"].ip
        _curl(practice, "reception", "--digest", "-u", _LOGIN, f"http://{printer}:{_PAGES}/digest")
        hashed = "user=admin&password=8d969eef6ecad3c29a3a629280e686cf"
        _curl(practice, "reception", "-d", hashed, f"http://{printer}:{_PAGES}/")
        _curl(practice, "surgery", f"ftp://{printer}/")
        _curl(practice, "surgery", "-k", "-d", _FORM, f"https://{WEB}/")


def _curl(practice: Practice, who: str, *how: str) -> None:
    practice.run(who, ["curl", "-sS", "-m", "3", "-o", "/dev/null", *how])


SCENES = {
    "files_by_ftp": Scene(play=files_by_ftp),
    "page_of_the_printer": Scene(play=page_of_the_printer),
    "laboratory_by_ftp": Scene(play=laboratory_by_ftp),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_hidden_or_nobodys": Scene(play=hidden_or_nobodys),
}
