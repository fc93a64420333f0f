"""What the pages ask is done by the parts that have the right: Debian 13, booted, installed.

The pages' own half is in ``tests/web/pages``; here their user lays down what they would.
"""

from collections.abc import Iterator

import pytest

from tests.kit.booted import SOURCE, Machine, booted, debian, wheelhouse
from tests.kit.installed import CONFIG, PARTS, install, speaking
from tests.kit.releases import bundle, key_of, public, real_bundle
from tests.kit.vigie import ROOT
from tests.lab.awaiting import until

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

OURS, THEIRS = key_of(1), key_of(2)
NEWER = "99.0.0"
ASKED = "/var/lib/vigie-settings/asked"


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    folder = tmp_path_factory.mktemp("bundles")
    packages = wheelhouse("trixie")
    good = real_bundle(folder, packages, OURS, NEWER)
    bad = bundle(folder, THEIRS)
    shared = {
        ROOT / "install.sh": f"{SOURCE}/install.sh",
        ROOT / "systemd": f"{SOURCE}/systemd",
        packages: f"{SOURCE}/wheelhouse",
        good: f"{SOURCE}/good.bundle",
        bad: f"{SOURCE}/bad.bundle",
    }
    key = public(OURS).decode()
    with booted(debian("trixie"), shared) as machine, speaking(machine):
        machine.sh(f"mkdir -p /etc/vigie && cat >/etc/vigie/vigie.toml <<'END'{CONFIG}END")
        machine.sh(f"cat >/etc/vigie/release.pem <<'END'\n{key}END")
        done = install(machine)
        assert done.returncode == 0, done.stdout + done.stderr
        yield machine


def as_pages(box: Machine, script: str) -> str:
    """Run *script* as the user of the pages; give what it prints."""
    user = ("setpriv", "--reuid=vigie-web", "--regid=vigie", "--clear-groups")
    head = "from appliance import errands; from appliance.config_file import load\n"
    head += "from pathlib import Path; config = load(Path('/etc/vigie/vigie.toml'))\n"
    done = box.run(*user, "/opt/vigie/current/bin/python", "-c", head + script)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def outcome(box: Machine, work: str) -> str:
    return as_pages(box, f"o = errands.outcome(config, {work!r}); print(o and (o.state, o.key))")


def send(box: Machine, name: str) -> None:
    place = f"{ASKED}/update.bundle"
    as_pages(
        box,
        "import os, shutil; errands.folder(config).mkdir(mode=0o750, exist_ok=True)\n"
        f"shutil.copy('{SOURCE}/{name}', '{ASKED}/.new'); os.rename('{ASKED}/.new', '{place}')",
    )


def test_once_a_service_keeps_the_clock_the_sensor_finds_a_mark(box: Machine) -> None:
    """Neither may set it; systemd's own service asks the kernel, here one that says yes."""
    box.sh("printf '#!/bin/sh\\necho yes\\n' >/usr/local/bin/timedatectl")
    box.sh("chmod +x /usr/local/bin/timedatectl; rm -f /run/vigie/clock-set")
    box.sh("systemctl restart vigie-clock")
    until(
        "the mark is left",
        60,
        lambda: box.run("test", "-e", "/run/vigie/clock-set").returncode == 0,
    )
    box.sh("rm /usr/local/bin/timedatectl")
    assert box.sh("stat -c %U /run/vigie/clock-set") == "vigie-sensor"
    for part in ("vigie-clock", "vigie-sensor"):
        assert box.show(part, "ProtectClock") == "yes"


def test_a_backup_that_the_pages_ask_for_is_made_with_their_lock(box: Machine) -> None:
    """They may take it along, and neither remove it nor see what locks it."""
    phrase = as_pages(
        box,
        "from appliance.backup import sealed; phrase = sealed.new_phrase()\n"
        "lock = sealed.lock(phrase); print(phrase)\n"
        "errands.ask_backup(config, errands.BackupAsked(\n"
        "    id='one', at=1.0, recipient=lock.recipient, key=lock.key))",
    )
    until("it is made", 120, lambda: outcome(box, "backup") == "('done', '')")
    (file,) = box.sh("ls /var/lib/vigie-backup/*.vigie").split()
    assert as_pages(box, f"print(open('{file}', 'rb').read(2).decode())") == "PK"
    may = "import os; print([os.access(p, m) for p, m in (('/var/lib/vigie-backup', os.W_OK),"
    assert (
        as_pages(box, f"{may} ('/var/lib/vigie-backup/recipient', os.R_OK))])") == "[False, False]"
    )
    box.sh(f"echo {phrase} | vigie restore {file} --check")


def test_asked_once_it_is_done_once_and_again_when_asked_again(box: Machine) -> None:
    as_pages(box, "errands.ask_backup(config, errands.BackupAsked(id='two', at=2.0))")
    told = "o = errands.outcome(config, 'backup'); print(o.asked, o.state, o.whole)"
    until("it is made", 120, lambda: as_pages(box, told) == "two done True")
    assert box.show("vigie-backup.path", "ActiveState") == "active"


def test_a_list_that_the_pages_send_is_taken_by_the_part_that_fetches_lists(box: Machine) -> None:
    """They may read what came of it."""
    as_pages(
        box,
        "(errands.folder(config) / errands.LIST).write_text('bad.example,a mail')\n"
        "(errands.folder(config) / errands.LIST).chmod(0o640)\n"
        "errands.ask_lists(config, errands.ListsAsked(id='l', at=1.0, what='take', name='m.csv'))",
    )
    until("it is taken", 120, lambda: outcome(box, "lists") == "('done', 'taken')")
    read = "from appliance.lists.held import read_state; print(read_state(config.state / 'lists')"
    assert as_pages(box, f"{read}.held('m').entries)") == "1"
    assert box.sh("stat -c %U /var/lib/vigie/lists/m.csv") == "vigie-outputs"
    assert box.show("vigie-lists-asked.path", "ActiveState") == "active"


def test_a_bundle_of_another_publisher_is_refused_in_one_sentence(box: Machine) -> None:
    before = box.sh("readlink /opt/vigie/current")
    send(box, "bad.bundle")
    until("it is refused", 120, lambda: outcome(box, "update") == "('refused', 'not_signed')")
    assert box.run("test", "-e", f"{ASKED}/update.bundle").returncode == 1
    assert box.sh("readlink /opt/vigie/current") == before
    assert box.show("vigie-update.path", "ActiveState") == "active"


def test_a_link_in_its_place_is_not_followed(box: Machine) -> None:
    as_pages(box, f"import os; os.symlink('/etc/shadow', '{ASKED}/update.bundle')")
    until("it is refused", 120, lambda: outcome(box, "update") == "('refused', 'not_done')")


def test_a_good_one_is_put_in_use_and_the_pages_say_so_afterwards(box: Machine) -> None:
    send(box, "good.bundle")
    ended = "o = errands.outcome(config, 'update'); print(o.key, o.words.get('name'))"
    until("it is in use", 900, lambda: f"ended.well {NEWER}" in as_pages(box, ended))
    assert box.sh("readlink /opt/vigie/current").startswith(NEWER)
    assert box.is_active("vigie.target", "vigie-update.path", "vigie-backup.path", *PARTS)
