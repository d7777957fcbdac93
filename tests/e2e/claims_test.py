# SPDX-License-Identifier: Apache-2.0
"""Nothing that people read about Nape claims more than its intended purpose, and what it names exists."""

import pathlib
import re
import unittest

from session import SOURCE

TEXTS = ["README.md", "dashboards/README.md", "dashboards/grafana/my-day.json", ".github/CONTRIBUTING.md"]
CLAIM = re.compile(r"\b(diagnos\w*|treat(s|ed|ing|ment)?|cur(e|es|ed|ing)|reliev\w*|heal(s|ed|ing)?|prevent\w*|therap(y|ies|eutic)|predict\w*"
                   r"|pain|injur\w*|medical\w*)\b", re.IGNORECASE)
PURPOSE = "does not diagnose, treat, predict or relieve any condition"


class Claims(unittest.TestCase):
    def test_no_text_claims_an_effect_on_health(self):
        for name in TEXTS:
            text = " ".join((SOURCE / name).read_text().split())
            if name == "README.md":
                self.assertEqual(text.count(PURPOSE), 1)
                self.assertIn("general wellbeing and ergonomics at the computer", text)
            claims = [found[0] for found in CLAIM.finditer(text.replace(PURPOSE, ""))]
            self.assertEqual(claims, [], name)

    def test_every_file_that_a_page_links_to_exists(self):
        for page in [*SOURCE.glob("*.md"), *(SOURCE / ".github").glob("*.md"),
                     *(path for top in ("daemon", "dashboards", "plugins", "packaging", "tests") for path in (SOURCE / top).rglob("*.md"))]:
            for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
                if "://" not in target:
                    self.assertTrue((page.parent / target).exists(), f"{page.relative_to(SOURCE)}: {target}")

    def test_each_top_level_entry_is_one_of_the_design(self):
        known = {"CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", ".clang-format", ".clang-tidy", ".editorconfig",
                 ".gitignore", ".ci", ".github", "proto", "daemon", "plugins", "dashboards", "packaging", "tests"}
        brought = {".git", "build", ".cache"}
        self.assertEqual({path.name for path in pathlib.Path(SOURCE).iterdir()} - known - brought, set())


if __name__ == "__main__":
    unittest.main()
