"""The bell and the worker's threads."""

from __future__ import annotations

import threading

from bot.bell import AT_ONCE, Bell
from bot.worker import Worker


def test_a_ring_before_the_wait_is_not_lost() -> None:
    """Work left between looking and sleeping wakes the sleeper at once."""
    bell = Bell()
    heard = bell.count
    bell.ring()
    assert bell.wait(heard, 30) == heard + 1


def test_work_left_while_everyone_sleeps_is_taken_up() -> None:
    """A ring wakes an idle worker, which works until nothing is left."""
    bell, pile, done = Bell(), ["a", "b", "c"], threading.Event()

    def work() -> bool:
        if not pile:
            done.set()
            return False
        pile.pop()
        return True

    worker = Worker(bell=bell)
    worker.add("test", work, threads=1)
    worker.start()
    assert done.wait(10)
    done.clear()
    pile.append("d")
    bell.ring()
    assert done.wait(10)
    assert worker.stop(seconds=10)
    assert pile == []


def test_stopping_lets_a_thread_finish_what_it_holds() -> None:
    """SIGTERM drains: the piece of work under way ends before the worker does."""
    bell, begun, go_on, ended = Bell(), threading.Event(), threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        go_on.wait(10)
        ended.set()
        return False

    worker = Worker(bell=bell)
    worker.add("test", work, threads=1)
    worker.start()
    assert begun.wait(10)
    threading.Timer(0.05, go_on.set).start()
    assert worker.stop(seconds=10)
    assert ended.is_set()


def test_one_slow_piece_of_work_may_take_all_the_time_there_is() -> None:
    """The idle threads beside it use up none of it: eight of them, and four fifths of the time to go."""
    bell, begun, ended = Bell(), threading.Event(), threading.Event()

    def slow() -> bool:
        begun.set()
        ended.wait(0.8)
        ended.set()
        return False

    worker = Worker(bell=bell)
    worker.add("slow", slow, threads=1)
    worker.add("idle", lambda: False, threads=7)
    worker.start()
    assert begun.wait(10)
    assert worker.stop(seconds=4)
    assert ended.is_set()


def test_a_thread_outlives_what_goes_wrong() -> None:
    """A mistake of ours in one piece of work doesn't end the worker: the next piece is done."""
    bell, done = Bell(), threading.Event()
    calls: list[int] = []

    def work() -> bool:
        calls.append(len(calls))
        if len(calls) == 1:
            raise ZeroDivisionError
        done.set()
        return False

    worker = Worker(bell=bell)
    worker.add("test", work, threads=1)
    worker.start()
    bell.ring()
    assert done.wait(10)
    assert worker.stop(seconds=10)


def test_work_lets_answers_go_first() -> None:
    """While somebody waits for an answer the worker holds back, for half a second at most."""
    bell = Bell()
    waited = threading.Event()

    def work() -> None:
        with bell.at_leisure():
            bell.let_answers_go_first(10)
        waited.set()

    def work_at_last() -> None:
        with bell.at_leisure():
            bell.let_answers_go_first(0.01)

    with bell.answering():
        worker = threading.Thread(target=work, daemon=True)
        worker.start()
        assert not waited.wait(0.05)
    assert waited.wait(10)
    held_back = threading.Thread(target=work_at_last, daemon=True)
    with bell.answering():
        held_back.start()
        held_back.join(10)
        assert not held_back.is_alive()


def test_only_work_that_can_wait_lets_answers_go_first() -> None:
    """Bolt answers from other threads than the request's: each would wait for its own end."""
    bell, listened = Bell(), threading.Event()

    def listen() -> None:
        bell.let_answers_go_first(60)
        listened.set()

    with bell.answering():
        bell.let_answers_go_first(60)
        threading.Thread(target=listen, daemon=True).start()
        assert listened.wait(10)
    with bell.at_leisure():
        pass
    with bell.answering():
        bell.let_answers_go_first(60)


def test_a_worker_is_whole_while_every_thread_lives() -> None:
    """What /ready says of the worker rests on its threads, not on the clock's."""
    bell = Bell()
    worker = Worker(bell=bell)
    worker.add("test", lambda: False, threads=2)
    seen = [worker.whole]
    worker.start()
    seen.append(worker.whole)
    assert worker.stop(seconds=10)
    assert [False, True, False] == [*seen, worker.whole]


def test_a_few_are_answered_side_by_side_and_the_others_in_turn() -> None:
    """However many come at one instant, no more than so many are worked on, and all are answered."""
    bell, go_on, inside = Bell(), threading.Event(), list[int]()

    def ask(number: int) -> None:
        with bell.answering():
            inside.append(number)
            go_on.wait(10)

    people = [threading.Thread(target=ask, args=(number,)) for number in range(3 * AT_ONCE)]
    for person in people:
        person.start()
    people[-1].join(0.1)  # none of them can end
    first = len(inside)
    go_on.set()
    for person in people:
        person.join(10)
    assert (AT_ONCE, 3 * AT_ONCE) == (first, len(inside))


def test_one_ring_for_all_who_came_together() -> None:
    """Workers wake when the last has been answered, once, not after each."""
    bell = Bell()
    with bell.answering():
        with bell.answering():
            pass
        assert 0 == bell.count
    assert 1 == bell.count


def test_quiet_work_wakes_the_others_once_it_has_run_dry() -> None:
    """Not after each of three pieces, only when no further one is found; what they ended is then seen."""
    bell, pile, dry = Bell(), ["a", "b", "c"], threading.Event()
    rung: list[int] = []

    def work() -> bool:
        rung.append(bell.count)
        if pile:
            pile.pop()
            return True
        if len(rung) > 4:
            dry.set()
        return False

    worker = Worker(bell=bell)
    worker.add("test", work, threads=1, quiet=True)
    worker.start()
    assert dry.wait(10)
    assert worker.stop(seconds=10)
    assert [0, 0, 0, 0, 1] == rung[:5]
