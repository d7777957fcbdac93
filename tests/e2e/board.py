# SPDX-License-Identifier: Apache-2.0
"""The boards as data, for the two tests of them."""

import json
import pathlib

BOARDS = pathlib.Path(__file__).resolve().parents[2] / "dashboards/grafana"


def boards():
    return {path.name: json.loads(path.read_text()) for path in sorted(BOARDS.glob("*.json"))}


def panels(board):
    for panel in board["panels"]:
        yield panel
        yield from panel.get("panels", [])


def targets(board):
    for panel in panels(board):
        for target in panel.get("targets", []):
            yield panel, target


def expanded(expression, **variables):
    """The expression as Grafana would send it."""
    for name in sorted(variables, key=len, reverse=True):
        expression = expression.replace(f"${{{name}}}", variables[name]).replace(f"${name}", variables[name])
    assert "$" not in expression, expression
    return expression
