#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a program that edits by SIGKILL at random moments and looks whether its journal gives the work back.

    tests/scripts/kill_editing.py --program build/tests/scripted_editing [--kills 200] [--seed 1]
    tests/scripts/kill_editing.py --program build/tests/window_editing --lines 40 --phases saving closing opening

The first has no window and the second is the whole program, which also saves, closes its window and opens the session
in a new one. What the next start recovers must be the edits after the last change that was recorded, or with the one on
whose way the kill came; the session file must be the one that was saved last, or the one that was being saved. Prints a
line every ten kills; exits with 1 at the first thing that is wrong.
"""
import argparse
import collections
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time


def run(program, folder, seed, steps, kill_after=None, phase=None):
    """The lines of one run: (word, hash). It is killed a moment after so many, or in the phase that begins next after
    those; without, it must end by itself."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([str(program), str(folder), str(seed), str(steps)], stdout=subprocess.PIPE,
                                   stderr=errors)
        out = bytearray()
        if kill_after is not None:
            for _ in range(kill_after):
                out += process.stdout.readline()
            while phase and (line := process.stdout.readline()):
                out += line
                if line.split() == [b"phase", phase.encode()]:
                    break
            time.sleep(random.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
        out += process.stdout.read()
        status = process.wait()
        errors.seek(0)
        if status != (0 if kill_after is None else -signal.SIGKILL):
            sys.exit(f"the program failed: {errors.read().decode()}")
    # The kill may cut the last line.
    lines = [line.split() for line in out.decode().split("\n")[:-1]]
    return [(line[0], line[1]) for line in lines if line[0] != "memory"]


class Expectation:
    """What the next start may find; empty sets expect nothing."""

    def __init__(self):
        self.states, self.files, self.phase = set(), set(), "starting"

    def follow(self, lines):
        """Exits where the lines of a run don't fit those of the runs before."""
        self.phase = "starting"
        for word, state in lines:
            if word == "phase":
                self.phase = state
            elif word == "file":
                self.require(state, self.files, word)
                self.files = {state}
            elif word == "saving":
                self.files.add(state)
            elif word == "saved":
                self.files = {state}
            elif word == "next":
                self.states.add(state)
            else:
                if word != "done":
                    self.require(state, self.states, word)
                self.states = {state}

    @staticmethod
    def require(state, expected, word):
        if expected and state not in expected:
            sys.exit(f"{word} {state}, expected one of {expected}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", type=int, default=400, help="after how many lines a run is killed at the latest")
    parser.add_argument("--phases", nargs="*", default=[], help="to be killed in: saving, closing, opening")
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    program = arguments.program.resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kill-editing-"))
    expected, changes, begun, phases = Expectation(), 0, collections.Counter(), collections.Counter()
    for kill in range(1, arguments.kills + 1):
        lines = run(program, folder, random.getrandbits(32), 1_000_000, random.randint(0, arguments.lines),
                    random.choice([None, *arguments.phases]))
        expected.follow(lines)
        words = [word for word, _ in lines]
        begun[next((word for word in words if word in ("recovered", "opened", "new")), "killed before")] += 1
        phases[expected.phase] += 1
        changes += words.count("done")
        if kill % 10 == 0:
            print(f"kill {kill}: {changes} changes so far, {len(list(folder.rglob('*.journal')))} journals; "
                  f"runs began with {dict(begun)}; kills came while {dict(phases)}", flush=True)
    expected.follow(run(program, folder, 0, 0))
    print(f"{arguments.kills} kills among {changes} changes: the work came back each time")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
