#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The plugin protocol's reviewer: what every plugin, in any language, must do. Run as

    conformance_test.py PLUGIN [ARGUMENT...]

inside a session that the plugin can run in; the argument {recording} becomes a short recording, {fifo} a FIFO.
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest

from plugin_process import PluginProcess, frame_of, ping
from nape.v1 import directive_pb2, observation_pb2

COMMAND = []
CAPABILITIES = {"input", "input.counts", "window", "session", "media", "setup",
                "nudge", "prompt", "overlay", "lock", "replay"}


def is_what(name):
    return lambda frame: frame.WhichOneof("what") == name


class Conformance(unittest.TestCase):
    def start(self):
        plugin = PluginProcess(COMMAND)
        self.addCleanup(plugin.__exit__)
        return plugin

    def started(self):
        plugin = self.start()
        self.assertIsNotNone(plugin.wait_for(is_what("hello")), "no hello within 5 s")
        return plugin

    def test_the_first_frame_is_a_hello_that_makes_sense(self):
        plugin = self.started()
        first = plugin.frames[0]
        self.assertEqual(first.WhichOneof("what"), "hello")
        program = os.path.basename(COMMAND[0])
        self.assertEqual(program, "nape-plugin-" + first.hello.name)
        self.assertEqual(first.hello.protocol_major, 1)
        self.assertTrue(first.hello.version)
        self.assertTrue(first.hello.capabilities)
        self.assertLessEqual(set(first.hello.capabilities), CAPABILITIES)

    def test_there_are_only_frames_and_only_one_hello(self):
        plugin = self.started()
        plugin.wait_quiet(0.5)
        self.assertEqual(len(plugin.all("hello")), 1)
        for frame in plugin.frames:
            self.assertIsNotNone(frame.WhichOneof("what"))
            self.assertGreater(frame.boot_ms, 0)
            self.assertFalse(frame.UnknownFields(), "a field that is not in the schema")
        for health in plugin.all("health"):
            if health.state != observation_pb2.Health.STATE_GOOD:
                self.assertTrue(health.reason.endswith("."), "a reason is a sentence: " + health.reason)

    def test_a_ping_is_answered_by_its_pong(self):
        plugin = self.started()
        for number in (1, 300, 2 ** 40):
            plugin.send(ping(number))
            pong = plugin.wait_for(lambda f, n=number: is_what("pong")(f) and f.pong.id == n)
            self.assertIsNotNone(pong, f"no pong for {number}")

    def test_a_directive_in_pieces_is_one_directive(self):
        plugin = self.started()
        for byte in frame_of(ping(77)):
            plugin.send_bytes(bytes([byte]))
        self.assertIsNotNone(plugin.wait_for(lambda f: is_what("pong")(f) and f.pong.id == 77))

    def test_directives_of_a_later_minor_version_are_skipped(self):
        plugin = self.started()
        plugin.send_bytes(b"\x04\xfa\x07\x01x")  # field 127, which nobody knows
        plugin.send(directive_pb2.Directive())
        plugin.send(ping(5))
        self.assertIsNotNone(plugin.wait_for(is_what("pong")))

    def test_the_end_of_standard_input_ends_it_within_two_seconds(self):
        plugin = self.started()
        plugin.process.stdin.close()
        self.assertEqual(plugin.wait_end(2), 0)

    def test_an_input_that_is_closed_from_the_start_ends_it_too(self):
        plugin = self.start()
        plugin.process.stdin.close()
        self.assertEqual(plugin.wait_end(3), 0)
        self.assertEqual(plugin.frames[0].WhichOneof("what"), "hello")

    def test_sigterm_ends_it(self):
        plugin = self.started()
        plugin.wait_quiet(0.3)
        plugin.process.send_signal(signal.SIGTERM)
        self.assertEqual(plugin.wait_end(2), 0)

    def test_a_reader_that_goes_away_ends_it(self):
        plugin = self.started()
        plugin.process.stdout.close()
        try:
            plugin.send(ping(1))
            plugin.process.stdin.close()
        except BrokenPipeError:
            pass
        self.assertIsNotNone(plugin.process.wait(2))

    def test_a_length_that_never_ends_is_refused_with_a_sentence(self):
        self.assert_refused(b"\xff" * 64)

    def test_a_frame_over_the_limit_is_refused_with_a_sentence(self):
        self.assert_refused(b"\x81\x80\x04" + b"x" * 100)

    def test_an_input_that_ends_within_a_frame_is_refused_with_a_sentence(self):
        self.assert_refused(frame_of(ping(300))[:-1], close=True)

    def assert_refused(self, data, close=False):
        plugin = self.started()
        plugin.send_bytes(data)
        if close:
            plugin.process.stdin.close()
        self.assertNotIn(plugin.wait_end(2), (0, 69))
        sentence = plugin.stderr()
        self.assertTrue(sentence.strip().endswith("."), "no sentence: " + repr(sentence))
        self.assertNotIn("Traceback", sentence)

    def test_json_prints_one_readable_object_a_line(self):
        with PluginProcess(COMMAND[:1] + ["--json"] + COMMAND[1:]) as plugin:
            first = plugin.process.stdout.readline()
            plugin.process.stdin.close()
            rest = plugin.process.stdout.read().splitlines()
            self.assertEqual(plugin.process.wait(2), 0)
        lines = [json.loads(line) for line in [first] + rest]
        self.assertIn("hello", lines[0])
        for line in lines:
            self.assertGreater(line["boot_ms"], 0)

    def test_json_alone_in_a_terminal_goes_on_without_reading_the_keyboard(self):
        primary, terminal = os.openpty()
        process = subprocess.Popen(COMMAND[:1] + ["--json"] + COMMAND[1:], stdin=terminal, stdout=subprocess.PIPE)
        os.close(terminal)
        self.addCleanup(os.close, primary)
        self.addCleanup(process.stdout.close)
        self.assertIn("hello", json.loads(process.stdout.readline()))
        os.write(primary, b"typed\n\x04")
        with self.assertRaises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.terminate()
        self.assertEqual(process.wait(2), 0)


if __name__ == "__main__":
    recording = tempfile.NamedTemporaryFile(suffix=".nape")
    observation = observation_pb2.Observation(boot_ms=1000, wall_ms=1_700_000_000_000)
    observation.input.keys = 1
    recording.write(frame_of(observation))
    recording.flush()
    with tempfile.TemporaryDirectory() as folder:
        fifo = os.path.join(folder, "fifo")
        os.mkfifo(fifo)
        known = {"{recording}": recording.name, "{fifo}": fifo}
        COMMAND = [known.get(word, word) for word in sys.argv[1:]]
        result = unittest.main(argv=sys.argv[:1], verbosity=2, exit=False).result
    sys.exit(not result.wasSuccessful())
