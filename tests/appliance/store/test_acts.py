"""What people did, as whoever reads it finds it."""

from appliance.erasures import What


def test_a_box_on_which_nobody_did_anything_has_an_empty_audit(box):
    reader = box.reader()
    assert reader.audit_entries() == ()
    assert reader.audit_choices() == ((), ())
    assert reader.audit_head().id == 0
    assert reader.audit_check().entries == 0


def test_what_was_done_is_found_and_the_chain_holds(box):
    office, reader = box.office(), box.reader()
    office.audit("marie", "sign_in")
    head = reader.audit_head()
    office.audit("paul", "decide", "x")
    assert [entry.who for entry in reader.audit_entries()] == ["paul", "marie"]
    assert reader.audit_choices() == (("marie", "paul"), ("decide", "sign_in"))
    assert reader.audit_check().breaks == ()
    assert reader.audit_holds(head) is True


def test_what_the_sensor_has_still_to_delete_is_told(box):
    box.watch().flush(0)
    office, reader = box.office(), box.reader()
    asked = office.erase(What.TRAFFIC, author="marie")
    office.erase(What.MESSAGES, author="marie")
    assert [one.what for one in reader.erasures()] == [What.TRAFFIC, What.MESSAGES]
    assert asked.id in {one.id for one in reader.erasing()}
    assert What.MESSAGES not in {one.what for one in reader.erasing()}
