"""What the network says is hostile text: on no page does it run (W1, W2, W4)."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from appliance.config import Keep
from appliance.model import Alert, Contact, Device, Evidence, Ip, Mac, Table
from appliance.panel.signs import Says
from appliance.panel.status import Shown
from appliance.store import Office, Watch
from tests.browser.conftest import sign_in
from tests.kit import people
from tests.kit.panel import FakePanel
from tests.kit.people import NOW
from tests.kit.site import Clock, served, site
from tests.kit.story import case
from tests.kit.watcher import Watcher

PAYLOADS = [
    "<script>window.ran=1</script>",
    '"><script>window.ran=1</script>',
    "'><img src=x onerror=window.ran=1>",
    "<svg onload=window.ran=1>",
    "</title><script>window.ran=1</script>",
    "</textarea><script>window.ran=1</script>",
    "javascript:window.ran=1",
    '" onfocus=window.ran=1 autofocus x="',
    "' onmouseover=window.ran=1 x='",
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "<a href=javascript:window.ran=1>x</a>",
    "{{ 7*7 }}{% set x = 1 %}",
    "${window.ran=1}",
    "<details open ontoggle=window.ran=1>",
    "<math><mtext></p><script>window.ran=1</script>",
    "--><script>window.ran=1</script><!--",
    "]]><script>window.ran=1</script>",
    '\\"};window.ran=1;//',
    "<input autofocus onfocus=window.ran=1>",
    "\u202e\u0000<b>gnp.exe",
]
"""W1: twenty ways to get a script into a page."""

PAGES = [
    "/wizard/gateway",
    "/wizard/remote",
    "/wizard/topology",
    "/",
    "/devices",
    "/devices/02:00:00:00:99:00",
    "/devices/02:00:00:00:99:00/label",
    "/map",
    "/map?device=02:00:00:00:99:00",
    "/search?q=script",
    "/alerts?state=all",
    "/alerts/hostile-0",
    "/alerts/hostile-1",
    "/cases/hostile",
    "/isolation",
    "/devices/import",
]


def hostile_device(number: int, payload: str) -> Device:
    """Give a device that says *payload* wherever it can say anything."""
    heard = Evidence(
        source=payload,
        says=payload,
        weight=50,
        first_at=NOW,
        last_at=NOW,
        kind=payload,
        maker=payload,
        model=payload,
        os=payload,
    )
    called = Contact(table=Table.PRACTICE, host=payload, first_at=NOW, last_at=NOW)
    return Device(
        mac=Mac(f"02:00:00:00:99:{number:02x}"),
        addresses=(Ip("192.168.1.99"),),
        names=(payload, *PAYLOADS),
        maker=payload,
        model=payload,
        os=payload,
        kind=payload,
        first_at=NOW,
        last_at=NOW,
        evidence=(heard, replace(heard, kind="server", maker="Other", model="X", os="Y")),
        given_kind=payload,
        bought_on=payload,
        contacts=(called, replace(called, table=Table.HYGIENE)),
        also=(Mac(payload),),
    )


def hostile_alert(number: int, payload: str) -> Alert:
    return replace(
        people.alert(f"hostile-{number}", detector=("known_bad", "off_limits")[number % 2]),
        about=Mac(f"02:00:00:00:99:{number:02x}"),
        words={"host": payload, "list": payload, "ip": payload, "owner": payload, payload: payload},
    )


def poison(state: Path) -> None:
    """Write a practice whose every machine is out to get the technician."""
    people.fill(state)
    watch = Watch(state, Keep(), Clock())
    watch.save_devices([hostile_device(*each) for each in enumerate(PAYLOADS)])
    alerts = [hostile_alert(*each) for each in enumerate(PAYLOADS)]
    macs = [alert.about for alert in alerts]
    ids = tuple(alert.id for alert in alerts)
    hostile = case(id="hostile", about=macs[0], also=tuple(macs[1:]), alerts=ids)
    watch.save_alerts(alerts, [hostile])
    watch.save_health(people.health(at=NOW - 1, seeing=False, why=PAYLOADS[1], source=PAYLOADS[2]))
    watch.close()
    office = Office(state, Clock())
    people.settle_in(office)
    office.close()


class HostilePanel(FakePanel):
    """A panel that tells what somebody typed and what the wire said."""

    def status(self):
        signs = tuple(Shown(what=text, says=Says.NO, detail=text) for text in PAYLOADS)
        return replace(super().status(), evidence=signs)


def test_nothing_that_the_network_says_runs_on_any_page(tmp_path: Path, chromium: Browser) -> None:
    poison(tmp_path)
    panel = HostilePanel()
    for payload in PAYLOADS:
        panel.isolate(who=payload, why=payload)
    with (
        site(tmp_path, filled=False, panel=panel) as made,
        served(made) as url,
        chromium.new_context() as context,
    ):
        page = context.new_page()
        watcher = Watcher.of(page)
        sign_in(page, url)
        for path in PAGES:
            page.goto(url + path)
            _provoke(page)
            assert page.evaluate("window.ran") == 0, path
            assert page.locator("iframe, main img, main script").count() == 0
    assert watcher.complaints == []


def _provoke(page: Page) -> None:
    """Do what sets off the scripts that wait for somebody to do something."""
    page.evaluate(
        """for (const element of document.querySelectorAll("main *")) {
            element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
            if (element.focus) element.focus();
            if (element.matches("details")) element.open = true;
        }"""
    )


def test_programs_get_the_same_as_data_that_no_browser_takes_for_a_page(tmp_path: Path) -> None:
    poison(tmp_path)
    with site(tmp_path, filled=False, panel=HostilePanel()) as made:
        for path in ("status", "devices", "alerts", "cases", "flows", "health"):
            answer = made.technician().get(f"/api/v1/{path}")
            assert answer.mimetype == "application/json"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_that_is_typed_into_an_address_runs(
    shared: tuple[object, str], chromium: Browser
) -> None:
    """Error pages, searches and the sign-in form are pages too."""
    _, url = shared
    with chromium.new_context() as context:
        page = context.new_page()
        page.add_init_script("window.ran = 0")
        sign_in(page, url)
        for payload in PAYLOADS:
            for path in ("/{}", "/devices?q={}", "/search?q={}", "/map?device={}"):
                page.goto(url + path.format(_quoted(payload)))
                assert page.evaluate("window.ran") == 0, (path, payload)
        every = _quoted("".join(PAYLOADS))
        for path in (
            "/alerts?before={}",
            "/alerts/{}",
            "/cases/{}",
            "/devices/{}",
            "/setup?code={}",
        ):
            page.goto(url + path.format(every))
            assert page.evaluate("window.ran") == 0, path


def _quoted(payload: str) -> str:
    return quote(payload, safe="")


def test_a_script_that_got_into_a_page_would_not_run(
    shared: tuple[object, str], chromium: Browser
) -> None:
    """The policy is the second wall."""
    _, url = shared
    with chromium.new_context() as context:
        page = context.new_page()
        watcher = Watcher.of(page)
        sign_in(page, url)
        page.evaluate(
            """document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=window.ran=1>");
            const script = document.createElement("script");
            script.textContent = "window.ran = 1";
            document.body.append(script);"""
        )
        page.locator("img").evaluate("image => image.decode().catch(() => null)")
        assert page.evaluate("window.ran") == 0
    assert any("policy: script-src" in complaint for complaint in watcher.complaints)
