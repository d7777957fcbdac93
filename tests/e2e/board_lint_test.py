# SPDX-License-Identifier: Apache-2.0
"""The rules for boards (dashboards/README.md), read off the JSON."""

import json
import re
import subprocess
import tempfile
import unittest

from board import BOARDS, boards, expanded, panels, targets

COUNTER = re.compile(r"\bnape_\w+_total\b|\bnape_\w+_(?:bucket|count|sum)\b")
RATED = re.compile(r"\b(?:rate|irate|increase)\(\s*(nape_\w+)\{[^}]*\}\[\$__(?:rate_interval|range|interval)\]\)")
SELECTOR = re.compile(r"\bnape_\w+(\{[^}]*\})?")


class Boards(unittest.TestCase):
    def each(self):
        for name, board in boards().items():
            with self.subTest(board=name):
                yield board

    def test_there_is_a_board_and_its_file_is_formatted(self):
        self.assertIn("my-day.json", boards())
        for path in BOARDS.glob("*.json"):
            text = path.read_text()
            self.assertEqual(text, json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n", path.name)

    def test_the_board_has_a_stable_id_and_is_changed_in_its_file_only(self):
        uids = [board["uid"] for board in boards().values()]
        self.assertEqual(len(uids), len(set(uids)))
        for board in self.each():
            self.assertRegex(board["uid"], r"^[a-z0-9-]{8,40}$")
            self.assertEqual(board["schemaVersion"], 39)
            self.assertIs(board["editable"], False)
            self.assertEqual(board["graphTooltip"], 1)
            self.assertTrue(board["title"] and board["description"])

    def test_variables_are_the_data_source_the_job_and_the_computer(self):
        for board in self.each():
            variables = {variable["name"]: variable for variable in board["templating"]["list"]}
            sources = [v for v in variables.values() if v["type"] == "datasource"]
            self.assertEqual([(v["name"], v["label"], v["query"]) for v in sources],
                             [("datasource", "Data Source", "prometheus")])
            for name in ("job", "instance"):
                variable = variables[name]
                self.assertEqual((variable["multi"], variable["allValue"], variable["refresh"]), (True, ".+", 2), name)
                self.assertEqual(variable["datasource"]["uid"], "${datasource}")
                self.assertTrue(variable["query"]["query"].startswith("label_values(nape_"))

    def test_panels_have_an_id_a_title_a_sentence_a_unit_and_a_target(self):
        for board in self.each():
            ids = [panel["id"] for panel in panels(board)]
            self.assertEqual(len(ids), len(set(ids)), "panel ids")
            titles = [panel["title"] for panel in panels(board)]
            self.assertEqual(len(titles), len(set(titles)), "panel titles")
            for panel in panels(board):
                with self.subTest(panel=panel["title"]):
                    self.assertTrue(panel["title"])
                    self.assertRegex(panel["description"], r"\.$")
                    self.assertTrue(panel["fieldConfig"]["defaults"]["unit"])
                    self.assertTrue(panel["targets"])
                    self.assertEqual(panel["datasource"]["uid"], "${datasource}")
                    references = [target["refId"] for target in panel["targets"]]
                    self.assertEqual(len(references), len(set(references)))

    def test_panels_fill_the_grid_without_overlapping(self):
        for board in self.each():
            taken = {}
            for panel in board["panels"]:
                place = panel["gridPos"]
                self.assertLessEqual(place["x"] + place["w"], 24, panel["title"])
                for x in range(place["x"], place["x"] + place["w"]):
                    for y in range(place["y"], place["y"] + place["h"]):
                        self.assertNotIn((x, y), taken, f'{panel["title"]} over {taken.get((x, y))}')
                        taken[x, y] = panel["title"]
            height = max(y for _, y in taken) + 1
            self.assertEqual(len(taken), 24 * height, "holes in the grid")

    def test_thresholds_rise_from_null_and_nothing_is_red(self):
        for board in self.each():
            self.assertNotRegex(json.dumps(board).lower(), r'"[a-z-]*red"|palette-classic|rdyl|#f2495c')
            for panel in panels(board):
                steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
                self.assertIsNone(steps[0]["value"], panel["title"])
                values = [step["value"] for step in steps[1:]]
                self.assertEqual(values, sorted(values))

    def test_targets_select_job_and_instance_and_counters_are_rated(self):
        for board in self.each():
            for panel, target in targets(board):
                with self.subTest(panel=panel["title"], expr=target["expr"]):
                    expression = target["expr"]
                    self.assertEqual(target["datasource"]["uid"], "${datasource}")
                    for found in SELECTOR.finditer(expression):
                        self.assertIn('job=~"$job"', found[1] or "", found[0])
                        self.assertIn('instance=~"$instance"', found[1] or "", found[0])
                    rated = [found[1] for found in RATED.finditer(expression)]
                    self.assertEqual(sorted(COUNTER.findall(expression)), sorted(name for name in rated))

    def test_promtool_parses_every_expression(self):
        rules = []
        for board in boards().values():
            for number, (_, target) in enumerate(targets(board)):
                expression = expanded(target["expr"], job=".+", instance=".+", __range="1h", __rate_interval="1m")
                rules.append({"record": f"board:target:{number}", "expr": expression})
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            json.dump({"groups": [{"name": "board", "rules": rules}]}, file)
            file.flush()
            done = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
