"""Gives birth to processes that can be killed: forked from a process that has one thread only.

A process with threads must not fork, so this one is made before the schedule starts its own.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from dataclasses import asdict
from typing import IO, Any

from tests.crashing.program import Birth, live

Json = dict[str, Any]


class Nursery:
    """A process of its own, asked over two pipes; when whoever asks is gone, all its children are killed."""

    def __init__(self) -> None:
        asked, ask = os.pipe()
        answer, answers = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(ask)
            os.close(answer)
            _serve(os.fdopen(asked, "rb"), os.fdopen(answers, "wb"))
            os._exit(0)
        os.close(asked)
        os.close(answers)
        self._ask, self._answer = os.fdopen(ask, "wb"), os.fdopen(answer, "rb")

    def bear(self, birth: Birth) -> int:
        """Start a process; its id."""
        return int(self._asked({"birth": asdict(birth)})["pid"])

    def bury(self, pid: int) -> None:
        """Kill a process and wait until nothing of it is left."""
        self._asked({"bury": pid})

    def has_ended(self, pid: int) -> bool:
        """Whether a process has gone, by itself or killed."""
        return bool(self._asked({"look": pid})["ended"])

    def close(self) -> None:
        """Kill whoever lives."""
        self._ask.close()
        self._answer.close()
        os.waitpid(self._pid, 0)

    def _asked(self, question: Json) -> Json:
        self._ask.write(json.dumps(question).encode() + b"\n")
        self._ask.flush()
        answer: Json = json.loads(self._answer.readline())
        return answer


def _serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    living: set[int] = set()
    for line in asked:
        question = json.loads(line)
        answer: Json = {}
        if "birth" in question:
            answer["pid"] = _born(Birth(**question["birth"]), asked, answers)
            living.add(answer["pid"])
        elif "look" in question:
            answer["ended"] = question["look"] not in living or _has_ended(question["look"], living)
        elif question["bury"] in living:
            _buried(question["bury"])
            living.discard(question["bury"])
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
    for pid in living:
        _buried(pid)


def _has_ended(pid: int, living: set[int]) -> bool:
    ended = os.waitpid(pid, os.WNOHANG)[0] == pid
    if ended:
        living.discard(pid)
    return ended


def _born(birth: Birth, *inherited: IO[bytes]) -> int:
    pid = os.fork()
    if pid:
        return pid
    ended = 1
    try:
        for file in inherited:
            os.close(file.fileno())
        live(birth)
        ended = 0
    except SystemExit:
        ended = 0
    finally:
        traceback.print_exc(file=sys.stderr)
        sys.stderr.flush()
        os._exit(ended)


def _buried(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
