# SPDX-License-Identifier: Apache-2.0
"""nape-plugin-replay: what a recording holds, with its own times, at the pace asked for. Argument: the plugin."""
import os
import subprocess
import sys
import tempfile
import time
import unittest

from plugin_process import PluginProcess, frame_of, ping
from nape.v1 import observation_pb2

PLUGIN = sys.argv.pop(1)
WALL_MS = 1_700_000_000_000


def tally(boot_ms, keys=1):
    frame = observation_pb2.Observation(boot_ms=boot_ms, wall_ms=WALL_MS + boot_ms)
    frame.input.keys = keys
    frame.input.last_boot_ms = boot_ms
    return frame


class Replay(unittest.TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory(prefix="nape-replay-"))
        self.file = os.path.join(self.folder, "day.nape")

    def record(self, frames, tail=b""):
        with open(self.file, "wb") as file:
            for frame in frames:
                file.write(frame_of(frame))
            file.write(tail)

    def replay(self, *arguments):
        return self.enterContext(PluginProcess([PLUGIN, self.file, *(arguments or ("--speed", "0"))]))

    def wait_for_boot(self, plugin, boot_ms):
        self.assertIsNotNone(plugin.wait_for(lambda frame: frame.boot_ms == boot_ms, 20), f"no frame of {boot_ms}")

    def refusal(self, *arguments):
        ended = subprocess.run([PLUGIN, *arguments], capture_output=True, stdin=subprocess.DEVNULL, text=True)
        self.assertEqual(ended.returncode, 64)
        return ended.stderr

    def assert_lost(self, plugin, words):
        self.assertEqual(plugin.wait_end(5), 69)
        self.assertEqual(plugin.frames[-1].health.state, observation_pb2.Health.STATE_LOST)
        self.assertIn(words, plugin.frames[-1].health.reason)

    def test_frames_come_as_they_are_recorded_behind_a_hello_of_its_own(self):
        recorded = [tally(1000 + i, keys=i) for i in range(5000)]
        mark = observation_pb2.Observation(boot_ms=9000, wall_ms=WALL_MS)
        mark.mark.text = "user postpone rest"
        hello = observation_pb2.Observation(boot_ms=999, wall_ms=WALL_MS)
        hello.hello.name = "x11"
        self.record([hello] + recorded + [mark])
        plugin = self.replay()
        self.wait_for_boot(plugin, 9000)
        self.assertEqual(plugin.frames[0].hello.name, "replay")
        self.assertEqual(list(plugin.frames[0].hello.capabilities), ["replay"])
        self.assertEqual(plugin.frames[1:], recorded + [mark])

    def test_speed_divides_the_time_between_frames(self):
        self.record([tally(1000), tally(61_000)])
        plugin = self.replay("--speed", "60")
        self.wait_for_boot(plugin, 1000)
        began = time.monotonic()
        self.wait_for_boot(plugin, 61_000)
        self.assertGreater(time.monotonic() - began, 0.9)

    def test_what_lies_before_the_start_asked_for_is_sent_at_once(self):
        self.record([tally(1000), tally(3_600_000), tally(3_600_500)])
        plugin = self.replay("--speed", "1", "--from", "3600000")
        self.wait_for_boot(plugin, 3_600_000)
        began = time.monotonic()
        self.wait_for_boot(plugin, 3_600_500)
        self.assertGreater(time.monotonic() - began, 0.3)

    def test_between_frames_it_sleeps(self):
        self.record([tally(1000 + 1000 * i) for i in range(21)])
        plugin = self.replay("--speed", "20")
        self.wait_for_boot(plugin, 1000)
        before = plugin.wakeups()
        self.wait_for_boot(plugin, 21_000)
        self.assertLessEqual(plugin.wakeups() - before, 25)

    def test_times_that_fall_hold_nothing_up(self):
        self.record([tally(5000), tally(4000), tally(5001)])
        plugin = self.replay("--speed", "1")
        self.wait_for_boot(plugin, 5001)

    def test_after_the_last_frame_it_is_silent_until_its_input_ends(self):
        self.record([tally(1000)])
        plugin = self.replay()
        self.wait_for_boot(plugin, 1000)
        plugin.send(ping(1))
        self.assertIsNotNone(plugin.wait_for(lambda frame: frame.HasField("pong")))
        self.assertEqual(len(plugin.frames), 3)
        plugin.process.stdin.close()
        self.assertEqual(plugin.wait_end(5), 0)

    def test_a_ping_is_answered_in_the_middle_of_a_long_recording(self):
        self.record(tally(1000 + i) for i in range(200_000))
        plugin = self.replay()
        self.wait_for_boot(plugin, 1000)
        plugin.send(ping(1))
        self.assertIsNotNone(plugin.wait_for(lambda frame: frame.HasField("pong"), 20))
        self.assertIsNone(plugin.wait_for(lambda frame: frame.boot_ms == 200_999, 0))

    def test_a_last_frame_that_was_cut_off_is_the_end(self):
        self.record([tally(1000)], tail=frame_of(tally(2000))[:-1])
        plugin = self.replay()
        self.wait_for_boot(plugin, 1000)
        plugin.process.stdin.close()
        self.assertEqual(plugin.wait_end(5), 0)
        self.assertEqual(len(plugin.frames), 2)

    def test_an_empty_recording_says_nothing(self):
        self.record([])
        plugin = self.replay()
        plugin.process.stdin.close()
        self.assertEqual(plugin.wait_end(5), 0)
        self.assertEqual(len(plugin.frames), 1)

    def test_what_is_no_recording_is_lost_with_a_sentence(self):
        self.record([tally(1000)], tail=b"\xff" * 100)
        self.assert_lost(self.replay(), "After frame 1")
        self.record([tally(1000)], tail=b"\x02\xff\xff")
        self.assert_lost(self.replay(), "Frame 2")
        self.record([tally(0)])
        self.assert_lost(self.replay(), "Frame 1")
        os.unlink(self.file)
        self.assert_lost(self.replay(), "cannot be read")
        os.mkdir(self.file)
        self.assert_lost(self.replay(), "cannot be read")

    def test_wrong_arguments_are_refused(self):
        self.assertIn("needs the file", self.refusal())
        self.assertIn("not also 'b'", self.refusal("a", "b"))
        for speed in ("-1", "fast", "nan", "inf", "1x", ""):
            self.assertIn("number", self.refusal("a", "--speed", speed))
        self.assertIn("number", self.refusal("a", "--speed"))
        for boot in (("1x",), ("",), ()):
            self.assertIn("boot time", self.refusal("a", "--from", *boot))


if __name__ == "__main__":
    unittest.main()
