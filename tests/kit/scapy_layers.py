"""Scapy's layers, one by one: the independent encoder that our decoders are checked against.

Never ``scapy.all``: it takes seconds and looks at the machine's cards. Scapy's own imports warn of
what other packages will drop one day; that is not for our tests to mend.
"""

import warnings
from importlib import import_module
from types import ModuleType


def layer(name: str) -> ModuleType:
    """Give a module of scapy's layers by its name: ``dns``, ``tls.handshake``, …"""
    return _module(f"scapy.layers.{name}")


def contributed(name: str) -> ModuleType:
    """Give a module that others contributed to scapy by its name: ``dicom``, …"""
    return _module(f"scapy.contrib.{name}")


def _module(name: str) -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module(name)
