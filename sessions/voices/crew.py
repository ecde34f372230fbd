"""Do many things at once and give the results in order, without keeping an interrupted program.

The threads are daemons. Those of `concurrent.futures` are waited for when a program ends, and one
that waits for a service, which may ask for a minute of patience, would hold up Ctrl-C for as long.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int, name: str
) -> Generator[Result, None, None]:
    """Give `work(item)` of every item, in order, done by so many threads.

    When one of them fails, no other is begun, and the error is raised when those that were begun
    have ended; when the program is interrupted, they are left to themselves.
    """
    tasks: deque[tuple[Item, Future[Result]]] = deque((item, Future()) for item in items)
    results = [future for _, future in tasks]

    def take() -> None:
        while True:
            try:
                item, future = tasks.popleft()
            except IndexError:
                return
            try:
                future.set_result(work(item))
            except BaseException as error:  # noqa: BLE001 -- raised where the result is asked for
                tasks.clear()
                future.set_exception(error)

    threads = [
        threading.Thread(target=take, name=f"{name}-{number}", daemon=True)
        for number in range(max(1, min(jobs, len(items))))
    ]
    for thread in threads:
        thread.start()
    try:
        for result in results:
            yield result.result()
    except Exception:
        tasks.clear()
        for thread in threads:
            thread.join()
        raise
    finally:
        tasks.clear()
