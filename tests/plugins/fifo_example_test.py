#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The Python example of plugins/sdk/examples does its job: any language will do."""
import json
import os
import sys
import tempfile
import unittest

from plugin_process import PluginProcess, boot_ms

PROGRAM = ""


class FifoExample(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.fifo = os.path.join(folder.name, "fifo")
        os.mkfifo(self.fifo)

    def write(self, text):
        with open(self.fifo, "w") as fifo:
            fifo.write(text)

    def test_a_written_line_is_the_application_in_front(self):
        with PluginProcess([PROGRAM, self.fifo]) as plugin:
            plugin.wait_for(lambda frame: frame.HasField("hello"))
            before = boot_ms()
            self.write("vim\n")
            frame = plugin.wait_for(lambda f: f.HasField("window"))
            self.assertEqual(frame.window.application, "vim")
            self.assertTrue(before <= frame.boot_ms <= boot_ms())
            self.write("bücher\n")
            self.assertIsNotNone(plugin.wait_for(lambda f: f.window.application == "bücher"))

    def test_json_shows_the_same(self):
        with PluginProcess([PROGRAM, "--json", self.fifo]) as plugin:
            plugin.process.stdout.readline()
            self.write("mutt\n")
            line = json.loads(plugin.process.stdout.readline())
            self.assertEqual(line["window"], {"application": "mutt"})

    def test_it_stays_short_enough_to_copy(self):
        with open(PROGRAM) as source:
            self.assertLessEqual(len(source.readlines()), 60)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop()
    unittest.main(verbosity=2)
