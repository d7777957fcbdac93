# SPDX-License-Identifier: Apache-2.0
"""The architecture as a test: who may include whom (daemon/README.md, The layers)."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAEMON = ROOT / "daemon"
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

# The order of daemon/CMakeLists.txt is the direction: a layer may use those before it.
LAYERS = re.search(r"foreach\(layer ([^)]*)\)", (DAEMON / "CMakeLists.txt").read_text()).group(1).split()
WITHOUT_PROTOBUF = {"voice", "core", "calendar", "drive", "config", "store", "metrics", "app"}
# Whom the direction alone would let in, and who must not come in all the same.
APART = {"store": {"wire", "scenario", "config"}, "metrics": {"store", "wire", "scenario", "config"},
         "control": {"store", "metrics", "wire", "scenario", "config"},
         "host": {"store", "metrics", "control", "scenario", "config"}, "cli": {"app", "host", "metrics"}}
STD = {"algorithm", "array", "bit", "charconv", "chrono", "cmath", "compare", "cstddef", "cstdint", "cstdlib", "functional",
       "initializer_list", "limits", "map", "memory", "numeric", "optional", "set", "span", "string", "string_view",
       "tuple", "type_traits", "utility", "variant", "vector"}


def sources(*folders):
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in (".cpp", ".hpp"))


def includes(path):
    return [(kind == "<", name) for kind, name in INCLUDE.findall(path.read_text())]


def layer_of(name):
    first = name.split("/")[0]
    return first if "/" in name and first in LAYERS else None


class Layering(unittest.TestCase):
    def test_core_knows_only_the_standard_library_and_itself(self):
        for path in sources("daemon/core"):
            for system, name in includes(path):
                allowed = name in STD if system else name.startswith("core/")
                self.assertTrue(allowed, f"{path.relative_to(ROOT)} includes {name}")

    def test_each_layer_uses_only_those_before_it(self):
        for layer in LAYERS:
            before = set(LAYERS[: LAYERS.index(layer) + 1]) - APART.get(layer, set())
            for path in sources(f"daemon/{layer}"):
                for system, name in includes(path):
                    used = None if system else layer_of(name)
                    self.assertTrue(used is None or used in before, f"{path.relative_to(ROOT)} includes {name}")

    def test_generated_protobuf_stays_at_the_edges(self):
        for layer in WITHOUT_PROTOBUF:
            for path in sources(f"daemon/{layer}"):
                for _, name in includes(path):
                    self.assertFalse(name.endswith(".pb.h"), f"{path.relative_to(ROOT)} includes {name}")

    def test_boost_stays_in_cpp_files(self):
        for path in sources("daemon", "plugins"):
            for _, name in includes(path):
                if path.suffix == ".hpp":
                    # Inside of the HTTP server only, included by its own two units.
                    inner = path.name in ("http_session.hpp", "http_listen.hpp")
                    self.assertTrue(inner or not name.startswith("boost/"), f"{path.relative_to(ROOT)} includes {name}")

    def test_plugins_know_nothing_of_the_daemon(self):
        for path in sources("plugins"):
            for system, name in includes(path):
                self.assertFalse(not system and layer_of(name) and name.startswith(tuple(f"{l}/" for l in LAYERS)),
                                 f"{path.relative_to(ROOT)} includes {name}")

    def test_core_tests_do_not_sleep(self):
        for path in sources("tests/core", "tests/scenarios"):
            self.assertNotRegex(path.read_text(), r"sleep_for|usleep|\bsleep\(", path.name)

    def test_no_coroutine_argument_that_g_plus_plus_12_destroys_twice(self):
        for path in sources("daemon", "plugins"):
            self.assertNotRegex(path.read_text(), r"co_await[^;]*(\[|\{)", path.name)


if __name__ == "__main__":
    unittest.main()
