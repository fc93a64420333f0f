"""``vigie replay``: what the box would have said of captures, as JSON lines on standard output."""

import argparse
import math
import sys
from dataclasses import replace
from io import TextIOWrapper
from ipaddress import ip_network
from pathlib import Path

from appliance.commands import OK, UNUSABLE, Refused
from appliance.replay import lines, replay
from appliance.sensor.source import CaptureError
from appliance.site import Site, SiteError, read
from appliance.texts import LANGUAGES


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="pcap or pcapng")
    parser.add_argument(
        "--known", type=Path, metavar="DEVICES.toml", help="what is known of the site"
    )
    parser.add_argument(
        "--home", nargs="+", default=[], metavar="CIDR", help="networks of the practice"
    )
    parser.add_argument(
        "--learn", type=seconds, metavar="SECONDS", help="learn new devices for so long"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="fr", help="language of the texts")


def run(options: argparse.Namespace) -> int:
    """Carry it out; a file that cannot be read is said, and the others are read all the same."""
    site = _site(options)
    if isinstance(sys.stdout, TextIOWrapper):  # JSON is UTF-8 whatever the terminal speaks
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    status = OK
    for file in options.files:
        try:
            for line in lines(replay(file, site), options.lang):
                print(line)
        except CaptureError as error:
            print(f"vigie: {error}", file=sys.stderr)
            status = UNUSABLE
    return status


def _site(options: argparse.Namespace) -> Site:
    try:
        site = read(options.known) if options.known else Site.unknown()
        if options.home:
            site = replace(site, home=tuple(ip_network(each) for each in options.home))
    except (SiteError, ValueError, RecursionError) as error:
        raise Refused(error) from None
    return site if options.learn is None else replace(site, learn=options.learn)


def seconds(text: str) -> float:
    """Read a number of seconds; raises ValueError for what is none."""
    number = float(text)
    if not 0 <= number < math.inf:
        raise ValueError(text)
    return number
