"""Lists as others write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.lists.entry import ListError
from appliance.lists.formats import READERS, read

HOSTS = """# abuse.ch URLhaus Host file
127.0.0.1\tlocalhost
127.0.0.1\tbad.example
0.0.0.0 worse.example worst.example # three
0.0.0.0 0.0.0.0
"""
DOMAINS = "! a title\n# a remark\nbad.example\n*.worse.example\n||worst.example^\n203.0.113.66\n"
NETLIST = "; DROP list\n198.51.100.0/24 ; SBL1\n203.0.113.0/25 ; SBL2\n"
JSON_CIDR = (
    '{"cidr":"198.51.100.0/24","sblid":"SBL1","rir":"arin"}\n'
    '{"cidr":"2001:db8::/32","sblid":"SBL2","rir":"ripencc"}\n'
    '{"type":"metadata","timestamp":1764000000,"size":2,"copyright":"(c)"}\n'
)
FEODO = """# Feodo Tracker Botnet C2 IP Blocklist
"first_seen_utc","dst_ip","dst_port","c2_status","last_online","malware"
"2026-03-01 10:00:00","203.0.113.66","443","online","2026-11-24","QakBot"
"""
SSLBL = f"""# Listingdate,SHA1,Listingreason
2026-11-01 10:00:00,{"AB" * 20},Dridex C&C
"""
_DAY = "2026-11-24 10:00:00"
THREATFOX = f"""# "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","fk_malware"
"{_DAY}", "1", "bad.example", "domain", "botnet_cc", "win.a", "None", "AsyncRAT", "", "75"
"{_DAY}", "2", "203.0.113.66:8080", "ip:port", "botnet_cc", "win.a", "", "Sliver", "", "100"
"{_DAY}", "3", "https://shared.example/x", "url", "payload", "win.a", "", "A", "", "100"
"{_DAY}", "4", "doubtful.example", "domain", "botnet_cc", "win.a", "", "A", "", "49"
"""


@pytest.mark.parametrize(
    ("form", "text", "entries"),
    [
        ("hosts", HOSTS, ["bad.example", "worse.example", "worst.example"]),
        ("domains", DOMAINS, ["bad.example", "worse.example", "worst.example", "203.0.113.66"]),
        ("netlist", NETLIST, ["198.51.100.0/24 SBL1", "203.0.113.0/25 SBL2"]),
        ("json_cidr", JSON_CIDR, ["198.51.100.0/24 SBL1", "2001:db8::/32 SBL2"]),
        ("feodo", FEODO, ["203.0.113.66 QakBot"]),
        ("sslbl", SSLBL, [f"{'ab' * 20} Dridex C&C"]),
        ("threatfox", THREATFOX, ["bad.example AsyncRAT", "203.0.113.66 Sliver"]),
        ("vigie", "bad.example,made up\n", ["bad.example made up"]),
    ],
)
def test_each_format_is_read(form, text, entries):
    found = [f"{each.text} {each.why}".strip() for each in read(text, form, "test", 5.0)]
    assert found == entries


def test_entries_of_a_feed_count_for_as_long_as_is_said():
    (found,) = read("bad.example", "domains", "test", 1234.0)
    assert found.until == 1234.0


def test_a_few_lines_that_mean_nothing_are_passed_over():
    """Feeds are written by programs; a slip in one line is no reason to lose the rest."""
    text = "a.example\nb.example\nc.example\nno name at all\n"
    assert len(list(read(text, "domains", "test"))) == 3


@pytest.mark.parametrize("form", READERS)
def test_a_page_that_says_sorry_is_no_list(form):
    """Servers send one with status 200."""
    page = "<!doctype html>\n<html>\n<body>\n<h1>Too many requests, sorry</h1>\n</body></html>\n"
    with pytest.raises(ListError, match="is no such list"):
        list(read(page, form, "test"))


@given(st.sampled_from(sorted(READERS)), st.text(max_size=300))
def test_no_text_makes_a_reader_fail_otherwise(form, text):
    with suppress(ListError):
        list(read(text, form, "test"))


def test_a_range_is_the_networks_that_make_it_up():
    """And one that ends before it begins is none."""
    told = "192.0.2.0 - 192.0.2.2 ; SBL3\n198.51.100.9-198.51.100.1 ; SBL4\n203.0.113.0/24\n"
    found = [each.text for each in read(told, "netlist", "test")]
    assert found == ["192.0.2.0/31", "192.0.2.2", "203.0.113.0/24"]
