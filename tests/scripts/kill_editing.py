#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a program that edits by SIGKILL at random moments and looks whether its journal gives the work back.

    tests/scripts/kill_editing.py --program build/tests/scripted_editing [--kills 200] [--seed 1]
    tests/scripts/kill_editing.py --program build/tests/window_editing --seconds 6

The first has no window and the second is the whole program, which also saves now and then; it needs a few seconds to
start. What the next start recovers must be the edits after the last change that was recorded, or with the one on whose
way the kill came. Prints a line every ten kills; exits with 1 at the first thing that is wrong.
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


def run(program, folder, seed, steps, seconds=None):
    """The lines of one run: (word, hash). It is killed after so many seconds; without, it must end by itself."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([str(program), str(folder), str(seed), str(steps)], stdout=out, stderr=errors)
        if seconds is not None:
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
        status = process.wait()
        out.seek(0)
        errors.seek(0)
        if status != (0 if seconds is None else -signal.SIGKILL):
            sys.exit(f"the program failed: {errors.read().decode()}")
        # The kill may cut the last line.
        lines = [line.split() for line in out.read().decode().split("\n")[:-1]]
    return [(line[0], line[1]) for line in lines if line[0] != "memory"]


def possible_states(lines, before):
    """What the next start may recover after a run with these lines, where `before` was possible before it."""
    if not lines:
        return before
    word, state = lines[0]
    if before and state not in before:
        sys.exit(f"{word} {state}, expected one of {before}")
    last = max(i for i, (word, _) in enumerate(lines) if word != "next")
    return {state for _, state in lines[last:]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0.5, help="the longest that a run may live")
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    program = arguments.program.resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kill-editing-"))
    states, changes, begun = set(), 0, collections.Counter()
    for kill in range(1, arguments.kills + 1):
        lines = run(program, folder, random.getrandbits(32), 1_000_000, random.uniform(0, arguments.seconds))
        states = possible_states(lines, states)
        begun[lines[0][0] if lines else "killed before"] += 1
        changes += sum(word == "done" for word, _ in lines)
        if kill % 10 == 0:
            print(f"kill {kill}: {changes} changes so far, {len(list(folder.rglob('*.journal')))} journals; "
                  f"runs began with {dict(begun)}", flush=True)
    possible_states(run(program, folder, 0, 0), states)
    print(f"{arguments.kills} kills among {changes} changes: the work came back each time")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
