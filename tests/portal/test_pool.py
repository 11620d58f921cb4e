"""A pool does what it takes, and says at once what it does not take."""

import threading

from portal.pool import Pool


def test_jobs_are_done_by_as_many_threads_as_there_may_be():
    pool, together = Pool(3, most_waiting=9), threading.Barrier(4)
    for _ in range(3):
        assert pool.submit(lambda: together.wait(5))
    together.wait(5)  # all three at a time, or this fails


def test_what_more_than_enough_wait_for_is_refused():
    pool, goes_on, done = Pool(1, most_waiting=2), threading.Event(), []
    began = threading.Event()

    def long():
        began.set()
        goes_on.wait(5)

    assert pool.submit(long)
    assert began.wait(5)
    taken = [pool.submit(lambda: done.append(1)) for _ in range(5)]
    assert taken == [True, True, False, False, False]
    goes_on.set()
    last = threading.Event()
    while not pool.submit(last.set):
        pass
    assert last.wait(5)
    assert done == [1, 1]


def test_a_failed_job_costs_no_thread(caplog):
    pool, done = Pool(1, most_waiting=5), threading.Event()

    def fail():
        raise ValueError("a bug")

    assert pool.submit(fail)
    assert pool.submit(done.set)
    assert done.wait(5)
    assert "a job of the pool failed" in caplog.text
