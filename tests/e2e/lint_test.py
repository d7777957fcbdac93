# SPDX-License-Identifier: Apache-2.0
"""Formatting and lint of everything that we wrote: the tools' own verdicts, nothing else.

clang-tidy takes a few seconds a file, so it has a budget of time: what the latest commits touched goes first, the rest in
an order that changes daily, so that all of it comes round.
"""

import concurrent.futures
import datetime
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("NAPE_BUILD", SOURCE / "build/dev"))
TIDY_SECONDS = int(os.environ.get("NAPE_TIDY_SECONDS", "240"))


def files(*suffixes):
    return sorted(path for top in ("daemon", "plugins", "tests") for path in (SOURCE / top).rglob("*") if path.suffix in suffixes)


def latest_first(paths):
    if not shutil.which("git"):
        return sorted(paths)
    done = subprocess.run(["git", "-c", f"safe.directory={SOURCE}", "-C", str(SOURCE), "log", "-n", "5", "--name-only", "--format="],
                          capture_output=True, text=True)
    touched = {SOURCE / name for name in done.stdout.split()}
    today = datetime.date.today().isoformat()
    return sorted(paths, key=lambda path: (path not in touched, hashlib.sha256(f"{today}{path.name}".encode()).digest()))


class Lint(unittest.TestCase):
    maxDiff = None

    def test_clang_format_14_would_change_nothing(self):
        done = subprocess.run(["clang-format-14", "--dry-run", "-Werror", *map(str, files(".cpp", ".hpp"))],
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr[-4000:])

    def test_shellcheck_finds_nothing(self):
        scripts = [path for top in ("packaging", ".ci", "tests") for path in (SOURCE / top).rglob("*")
                   if path.is_file() and not path.suffix and path.read_bytes()[:2] == b"#!"
                   and b"sh" in path.read_bytes().split(b"\n", 1)[0]]
        scripts += (SOURCE / "packaging").rglob("*.bash")
        self.assertGreater(len(scripts), 3)
        done = subprocess.run(["shellcheck", "-x", *map(str, scripts)], cwd=SOURCE, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout[-4000:])

    def test_clang_tidy_16_finds_nothing(self):
        commands = json.loads((BUILD / "compile_commands.json").read_text())
        ours = [pathlib.Path(entry["file"]) for entry in commands]
        # clang cannot compile this version of RapidCheck.
        ours = [path for path in ours if path.is_relative_to(SOURCE) and not path.is_relative_to(BUILD)
                and "rapidcheck" not in path.read_text() and path.parent != SOURCE / "tests/core"]
        self.assertGreater(len(ours), 10)
        deadline = time.monotonic() + TIDY_SECONDS

        def look(path):
            if time.monotonic() > deadline:
                return None
            return subprocess.run(["clang-tidy-16", "--quiet", "-p", str(BUILD), str(path)], capture_output=True, text=True)

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = [result for result in pool.map(look, latest_first(set(ours))) if result]
        print(f"clang-tidy looked at {len(results)} of {len(set(ours))} files")
        self.assertTrue(results)
        self.assertEqual("".join(result.stdout for result in results if result.returncode), "")


if __name__ == "__main__":
    unittest.main()
