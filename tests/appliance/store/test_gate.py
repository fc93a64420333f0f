"""Many together, or one alone."""

import threading
from contextlib import closing

from appliance.store.gate import Gate


def test_many_go_through_together(tmp_path):
    one, other = Gate(tmp_path), Gate(tmp_path)
    with closing(one), closing(other), one.together(), other.together():
        one.sync()


def test_nobody_goes_through_while_one_is_alone(tmp_path):
    with closing(Gate(tmp_path)) as one, closing(Gate(tmp_path)) as other:
        waiting, through = threading.Event(), threading.Event()

        def follow():
            waiting.set()
            with other.together():
                through.set()

        follower = threading.Thread(target=follow)
        with one.alone():
            follower.start()
            waiting.wait()
            assert not through.wait(0.05)
        assert through.wait(10)
        follower.join()
