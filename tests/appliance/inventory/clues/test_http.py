"""What heads of HTTP say."""

import pytest

from appliance.facts import HttpAnswered, HttpAsked
from appliance.inventory.clues.http import read_called, read_client, read_server
from tests.kit.made import made, says, votes


@pytest.mark.parametrize(
    ("agent", "system"),
    [
        ("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1)", {"Windows XP"}),
        ("Mozilla/5.0 (Windows NT 6.1; Win64; x64)", {"Windows 7 / Server 2008 R2"}),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", {"Windows 10+ / Server 2016+"}),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", {"macOS"}),
        ("Dalvik/2.1.0 (Linux; U; Android 5.1.1; X Build/1)", {"Android 5"}),
        ("Mozilla/5.0 (Linux; Android 10; K) Mobile", set()),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 12_4 like Mac OS X)", {"iOS 12"}),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)", {"iOS 18+"}),
        ("Mozilla/5.0 (iPad; CPU OS 9_3 like Mac OS X)", {"iPadOS 9"}),
        ("Windows NT 6.10", set()),
        ("curl/8", set()),
    ],
)
def test_a_system_is_believed_as_far_as_it_still_tells(agent, system):
    """Newer ones all call themselves the same; what they say is shown all the same."""
    clues = list(read_client(made(HttpAsked, user_agent=agent)))
    assert votes(clues, "os") == system
    assert set(says(clues)) == {("http", agent)}


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/120 Mobile", "phone"),
        ("okhttp/4.9", "phone"),
        ("Mozilla/5.0 (iPad; CPU OS 9_3 like Mac OS X)", "tablet"),
        ("Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0)", "television"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "workstation"),
    ],
)
def test_a_browser_tells_what_it_runs_on(agent, kind):
    """A telephone, a television, a computer."""
    assert votes(read_client(made(HttpAsked, user_agent=agent))) == {kind}


@pytest.mark.parametrize(
    ("software", "what", "value"),
    [
        ("HP HTTP Server; HP LaserJet", "kind", "printer"),
        ("debut/1.30", "maker", "Brother"),
        ("App-webs/", "kind", "camera"),
        ("Microsoft-IIS/7.5", "os", "Windows 7 / Server 2008 R2"),
    ],
)
def test_the_software_of_a_devices_pages_tells(software, what, value):
    """What it is, or what it runs on."""
    assert votes(read_server(made(HttpAnswered, server=software)), what) == {value}


def test_a_head_without_software_says_nothing():
    """Neither side."""
    assert list(read_client(made(HttpAsked))) == []
    assert list(read_server(made(HttpAnswered))) == []


def test_the_name_by_which_inside_pages_are_called_tells_of_them():
    """A name of the outside would be for a proxy to pass on."""
    assert votes(read_called(made(HttpAsked, host="livebox.home"))) == {"internet_box"}
    assert votes(read_called(made(HttpAsked, host="diskstation"))) == {"nas"}
    assert list(read_called(made(HttpAsked, host="server.example"))) == []
