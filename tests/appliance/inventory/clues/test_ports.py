"""What a device serves."""

from appliance.inventory.clues.ports import called, served


def test_a_served_port_tells_a_kind():
    """And says so in words of the table."""
    clue = served()[6, 9100]
    assert (clue.kind, clue.source, clue.says) == ("printer", "port", "raw_print (tcp 9100)")


def test_a_port_that_everybody_serves_is_left_out():
    """File sharing makes no server, and the same number of another protocol is another port."""
    assert (6, 445) not in served()
    assert (17, 9100) not in served()


def test_a_called_port_tells_of_the_caller():
    """A telephone calls its exchange."""
    assert called()[17, 5060].kind == "phone"
    assert (6, 9100) not in called()
