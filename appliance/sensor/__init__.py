"""Packets in, from a card or a file: metered as columns, and a few picked to be read whole."""
