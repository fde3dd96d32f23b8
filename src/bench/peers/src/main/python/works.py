"""The works of the benchmark as PocketFlow's Python has them written, measured in this process.

    PYTHONPATH=... works.py WORK STEPS REPEATS

WORK is W1, W2 or W3; STEPS of W3 is the number of items. It warms up, then prints a line of JSON for each repetition:
{"nanos": of a step, or of all of W3, "bytes": of a step's snapshot}. The package `pocketflow` is found through PYTHONPATH.
"""
import asyncio
import json
import sys
import time
import warnings

try:
    from pocketflow import AsyncFlow, AsyncParallelBatchNode, Flow, Node
except ModuleNotFoundError:
    sys.exit("no pocketflow: name the folder that holds it in PYTHONPATH")

WARM_UP_SECONDS = 2
NODES = 3
ITEM_SECONDS = 0.005


def state():
    """As State.java makes it."""
    return {**{f"text{i}": "abcdefghij" * 10 for i in range(20)}, "list": list(range(12_340, 12_350)), "count": 0}


class Count(Node):
    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def prep(self, shared):
        return shared["count"]

    def exec(self, count):
        return count + 1

    def post(self, shared, prep_res, exec_res):
        shared["count"] = exec_res
        return "more" if exec_res < self.steps else "enough"


class DurableCount(Count):
    """It has no persistence of its own: what a user would write is a dump of the shared store."""

    written = 0
    snapshot = b""

    def post(self, shared, prep_res, exec_res):
        action = super().post(shared, prep_res, exec_res)
        DurableCount.snapshot = json.dumps(shared).encode()
        DurableCount.written += len(DurableCount.snapshot)
        return action


class Wait(AsyncParallelBatchNode):
    def __init__(self, items):
        super().__init__()
        self.items = items

    async def prep_async(self, shared):
        return range(self.items)

    async def exec_async(self, item):
        await asyncio.sleep(ITEM_SECONDS)
        return item + 1

    async def post_async(self, shared, prep_res, exec_res):
        shared["results"] = exec_res


def loop(kind, steps):
    nodes = [kind(steps) for _ in range(NODES)]
    for i, node in enumerate(nodes):
        node - "more" >> nodes[(i + 1) % NODES]
    return Flow(start=nodes[0])


async def counted(flow, steps):
    shared = state()
    DurableCount.written = 0
    begun = time.perf_counter_ns()
    flow.run(shared)
    nanos = time.perf_counter_ns() - begun
    if shared["count"] != steps:
        raise RuntimeError(f"counted to {shared['count']} instead of {steps}")
    return {"nanos": nanos / steps, "bytes": DurableCount.written / steps}


async def mapped(flow, items):
    shared = state()
    begun = time.perf_counter_ns()
    await flow.run_async(shared)
    nanos = time.perf_counter_ns() - begun
    if shared["results"] != list(range(1, items + 1)):
        raise RuntimeError("not the items plus one, in their order")
    return {"nanos": nanos, "bytes": 0}


async def main(work, steps, repeats):
    # that the last action has no successor is how the loop ends, and each run would say so
    warnings.simplefilter("ignore")
    flow, measured = {
        "W1": lambda: (loop(Count, steps), counted),
        "W2": lambda: (loop(DurableCount, steps), counted),
        "W3": lambda: (AsyncFlow(start=Wait(steps)), mapped),
    }[work]()
    warm = time.monotonic() + WARM_UP_SECONDS
    while True:
        await measured(flow, steps)
        if time.monotonic() >= warm:
            break
    for _ in range(repeats):
        print(json.dumps(await measured(flow, steps)), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("W1", "W2", "W3"):
        sys.exit("usage: works.py W1|W2|W3 STEPS REPEATS")
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
