// The works of the benchmark as PocketFlow's TypeScript has them written, measured in this process.
//
//     node works.mjs FOLDER WORK STEPS REPEATS
//
// FOLDER is where `npm install pocketflow` was run; without it NODE_PATH is looked at, which `require` does and `import` would
// not. WORK is W1, W2 or W3; STEPS of W3 is the number of items. It warms up, then prints a line of JSON for each repetition:
// {"nanos": of a step, or of all of W3, "bytes": of a step's snapshot}.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const [folder, work, steps, repeats] = process.argv.length > 5 ? process.argv.slice(2) : ['.', ...process.argv.slice(2)];
const { Flow, Node, ParallelBatchNode } = pocketflow();

const WARM_UP_MILLIS = 2_000;
const NODES = 3;
const ITEM_MILLIS = 5;

function pocketflow() {
    try {
        return createRequire(resolve(folder, 'works.mjs'))('pocketflow');
    } catch (e) {
        console.error(`no pocketflow in ${resolve(folder)}: npm install it there, or name its node_modules in NODE_PATH (${e.code})`);
        process.exit(1);
    }
}

/** As State.java makes it. */
function state() {
    const texts = Array.from({ length: 20 }, (_, i) => [`text${i}`, 'abcdefghij'.repeat(10)]);
    return { ...Object.fromEntries(texts), list: Array.from({ length: 10 }, (_, i) => 12_340 + i), count: 0 };
}

class Count extends Node {
    constructor(steps) {
        super();
        this.steps = steps;
    }

    async prep(shared) {
        return shared.count;
    }

    async exec(count) {
        return count + 1;
    }

    async post(shared, _, count) {
        shared.count = count;
        return count < this.steps ? 'more' : 'enough';
    }
}

/** It has no persistence of its own: what a user would write is the JSON of the shared store. */
class DurableCount extends Count {
    static written = 0;
    static snapshot;

    async post(shared, prepared, count) {
        const action = await super.post(shared, prepared, count);
        DurableCount.snapshot = Buffer.from(JSON.stringify(shared));
        DurableCount.written += DurableCount.snapshot.length;
        return action;
    }
}

class Wait extends ParallelBatchNode {
    constructor(items) {
        super();
        this.items = items;
    }

    async prep() {
        return Array.from({ length: this.items }, (_, i) => i);
    }

    async exec(item) {
        await wait(ITEM_MILLIS);
        return item + 1;
    }

    async post(shared, _, results) {
        shared.results = results;
        return undefined;
    }
}

function loop(Kind, steps) {
    const nodes = Array.from({ length: NODES }, () => new Kind(steps));
    nodes.forEach((node, i) => node.on('more', nodes[(i + 1) % NODES]));
    return new Flow(nodes[0]);
}

async function timed(flow, shared) {
    const begun = process.hrtime.bigint();
    await flow.run(shared);
    return Number(process.hrtime.bigint() - begun);
}

async function counted(flow, steps) {
    const shared = state();
    DurableCount.written = 0;
    const nanos = await timed(flow, shared);
    if (shared.count !== steps) {
        throw new Error(`counted to ${shared.count} instead of ${steps}`);
    }
    return { nanos: nanos / steps, bytes: DurableCount.written / steps };
}

async function mapped(flow, items) {
    const shared = state();
    const nanos = await timed(flow, shared);
    if (shared.results.length !== items || shared.results.some((result, i) => result !== i + 1)) {
        throw new Error('not the items plus one, in their order');
    }
    return { nanos, bytes: 0 };
}

const WORKS = {
    W1: (steps) => [loop(Count, steps), counted],
    W2: (steps) => [loop(DurableCount, steps), counted],
    W3: (items) => [new Flow(new Wait(items)), mapped],
};

if (!(work in WORKS) || !(Number(steps) > 0) || !(Number(repeats) > 0)) {
    console.error('usage: works.mjs [FOLDER] W1|W2|W3 STEPS REPEATS');
    process.exit(1);
}
// that the last action has no successor is how the loop ends, and each run would say so
console.warn = () => {};
const [flow, measured] = WORKS[work](Number(steps));
const warm = performance.now() + WARM_UP_MILLIS;
do {
    await measured(flow, Number(steps));
} while (performance.now() < warm);
for (let i = 0; i < Number(repeats); i++) {
    console.log(JSON.stringify(await measured(flow, Number(steps))));
}
