"""What the sensor goes on with after a restart."""

from appliance.decisions import Verdict
from tests.appliance.store.samples import ALICE, alert, case, device


def test_what_was_written_is_given_back(box):
    watch, office = box.watch(), box.office()
    watch.save_devices([device()])
    watch.save_alerts([alert()], [case()])
    watch.close()
    made = office.decide(author="marie", verdict=Verdict.APPROVE, mac=ALICE)
    again = box.watch()
    assert [each.mac for each in again.known_devices()] == [device().mac]
    assert again.open_alerts() == (alert(),)
    assert again.open_cases() == (case(),)
    assert again.decisions() == (made,)
