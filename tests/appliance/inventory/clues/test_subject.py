"""Whom a fact is about."""

import pytest

from appliance.facts import DhcpAsked, HttpAnswered, NeighbourTold, ShareOpened, SmbSpoken
from appliance.inventory.clues.subject import chassis, client, file_server, receiver, sender
from appliance.model import NO_MAC
from tests.kit.made import ALICE, BOB, BOB_IP, OUTSIDE, made


class Everybody:
    """Bob holds his address; Alice speaks for all but the outside."""

    def find(self, ip):
        return BOB if ip == BOB_IP else None

    def speaks(self, mac, ip):
        return ip != OUTSIDE


def test_the_sender_is_meant_where_it_speaks_for_itself():
    """And nobody where it only passed a message on."""
    assert sender(made(HttpAnswered), Everybody()) == ALICE
    assert sender(made(HttpAnswered, src=OUTSIDE), Everybody()) is None


def test_the_receiver_is_who_holds_the_address():
    """Not whoever the frame went to."""
    assert receiver(made(ShareOpened, dst=BOB_IP), Everybody()) == BOB
    assert receiver(made(ShareOpened, dst=OUTSIDE), Everybody()) is None


def test_a_client_says_itself_who_it_is():
    """Also through a relay."""
    assert client(made(DhcpAsked), Everybody()) == ALICE


@pytest.mark.parametrize(("said", "meant"), [(NO_MAC, ALICE), (BOB, BOB)])
def test_a_port_speaks_for_the_device_around_it(said, meant):
    """Where that says its own address."""
    assert chassis(made(NeighbourTold, chassis=said), Everybody()) == meant


def test_of_an_encrypted_talk_the_server_is_meant_whoever_speaks():
    """The files are its own."""
    asks = made(SmbSpoken, dst=BOB_IP, server=False, encrypted=True)
    assert file_server(asks, Everybody()) == BOB
    assert file_server(made(SmbSpoken, server=True, encrypted=True), Everybody()) == ALICE
