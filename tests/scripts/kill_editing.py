#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a program that edits by SIGKILL at random moments and looks whether its journal gives the work back.

    tests/scripts/kill_editing.py --program build/tests/scripted_editing [--kills 200] [--seed 1]

What the next start recovers must be the edits after the last change that was recorded, or with the one on whose way
the kill came. Prints a line every ten kills; exits with 1 at the first thing that is wrong.
"""
import argparse
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time


def edit_and_kill(program, folder, seed, seconds):
    """The lines of one run: (word, hash)."""
    process = subprocess.Popen([str(program), str(folder), str(seed), "1000000"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    out, errors = process.communicate()
    if errors:
        sys.exit(f"the program failed: {errors.decode()}")
    # The kill may cut the last line.
    lines = [line.split() for line in out.decode().split("\n")[:-1]]
    return [(line[0], line[1]) for line in lines if line[0] != "memory"]


def possible_states(lines, before):
    """What the next start may recover after a run with these lines, where `before` was possible before it."""
    if not lines:
        return before
    if lines[0][0] == "recovered" and before and lines[0][1] not in before:
        sys.exit(f"recovered {lines[0][1]}, expected one of {before}")
    if lines[0][0] == "new" and before:
        sys.exit(f"the work is lost, expected one of {before}")
    last = max(i for i, (word, _) in enumerate(lines) if word != "next")
    return {state for _, state in lines[last:]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kill-editing-"))
    states, changes = set(), 0
    for kill in range(1, arguments.kills + 1):
        lines = edit_and_kill(arguments.program.resolve(), folder, random.getrandbits(32), random.uniform(0, 0.5))
        states = possible_states(lines, states)
        # Edits that were opened and not touched are no work: only after a first change something can be lost.
        changes += sum(word == "done" for word, _ in lines)
        if changes == 0:
            states = set()
        if kill % 10 == 0:
            print(f"kill {kill}: {changes} changes so far, {len(list(folder.glob('*.journal')))} journals", flush=True)
    lines = edit_and_kill(arguments.program.resolve(), folder, 0, 2)
    possible_states(lines, states)
    print(f"{arguments.kills} kills among {changes} changes: the work came back each time")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
