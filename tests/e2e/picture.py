#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the README's terminal picture from the real programs: picture.py OUTPUT.png [COMMAND]...

A daemon plays the bundled example day on a desktop of its own until early afternoon; then an xterm runs the commands (by
default `nape status` and `nape today`) and is photographed.
"""

import pathlib
import sys

from session import BIN, SOURCE, Daemon, Desktop, wait_for

UNTIL = 3 * 3600 + 20 * 60  # seconds into the day: late morning, in the middle of a stretch
SPEED = 300


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    output = pathlib.Path(sys.argv[1]).resolve()
    commands = sys.argv[2:] or ["nape status", "nape today"]
    demo = str(SOURCE / "packaging/demo/day.scenario")
    with Desktop(notifications=False) as desktop:
        with Daemon(desktop.home, arguments=["--replay", demo, "--speed", str(SPEED)]) as daemon:
            begin = daemon.rpc("Status")["at_unix_seconds"]
            wait_for("the moment", lambda: daemon.rpc("Status")["at_unix_seconds"] - begin > UNTIL, UNTIL / SPEED + 60, 0.2)
            script = desktop.home.path / "show"
            lines = [f"printf '\\033[1m$ {command}\\033[0m\\n'; {command}; echo" for command in commands]
            script.write_text("clear\n" + "\n".join(lines) + "\nprintf '\\033[?25l'\ntouch shown\nsleep 60\n")
            desktop.start("xterm", "-class", "Picture", "-geometry", "100x46", "-fa", "DejaVu Sans Mono", "-fs", "11",
                          "-bg", "#10151c", "-fg", "#d7dde5", "-b", "14", "-e", "sh", str(script),
                          env=daemon.env | {"PATH": f"{BIN}:/usr/bin:/bin", "COLORTERM": "truecolor"}, cwd=desktop.home.path)
            wait_for("the picture", (desktop.home.path / "shown").exists, 20)
            window = desktop.run("xdotool", "search", "--class", "Picture").split()[0]
            output.parent.mkdir(parents=True, exist_ok=True)
            desktop.run("import", "-window", window, "-strip", str(output))
            desktop.run("mogrify", "-bordercolor", "#10151c", "-fuzz", "2%", "-trim", "-border", "16x16", "-strip", str(output))
    print(output)


if __name__ == "__main__":
    main()
