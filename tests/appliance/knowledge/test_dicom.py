"""What a DICOM association says of who asks for it."""

from appliance.knowledge.dicom import dicom

CRANIOFACIAL = "1.2.840.10008.5.1.4.1.1.13.1.2"
WORKLIST = "1.2.840.10008.5.1.4.31"
CT = "1.2.840.10008.5.1.4.1.1.2"
ECHO = "1.2.840.10008.1.1"


def test_the_longest_root_wins():
    """Many have theirs below one branch that is given away arc by arc."""
    assert dicom().author("1.2.826.0.1.3680043.8.498.1.5").software == "pydicom"
    assert dicom().author("1.2.826.0.1.3680043.9.3811.3.0.4").software == "pynetdicom"
    assert dicom().author("1.2.826.0.1.3680043.7.7") is None


def test_a_root_ends_where_an_arc_ends():
    """257901 is not 25790."""
    assert dicom().author("1.3.6.1.4.1.25790.1.2").says.maker == "Dentsply Sirona"
    assert dicom().author("1.3.6.1.4.1.257901.1") is None


def test_a_toolkit_names_no_maker():
    """Nearly every maker uses one."""
    author = dicom().author("1.2.276.0.7230010.3.0.3.6.7")
    assert (author.software, author.says) == ("DCMTK", None)


def test_a_firm_of_nearly_the_same_name_is_another():
    """Sirona Medical makes software for radiologists in America."""
    assert dicom().author("1.3.6.1.4.1.55219.1").says is None


def test_what_is_asked_for_tells_the_asker():
    """Craniofacial images come from nothing else; the worklist is for computers, too."""
    told = {hint.kind.value: hint.weight for hint in dicom().hints([CT, CRANIOFACIAL, WORKLIST])}
    assert told == {"panoramic": 60, "acquisition_pc": 35}


def test_an_echo_tells_nothing_but_its_role():
    """Anybody may ask whether somebody is there."""
    assert dicom().hints([ECHO, "1.2.3"]) == ()
    assert dicom().service(ECHO).role == "echo"
    assert dicom().service("1.2.3") is None
