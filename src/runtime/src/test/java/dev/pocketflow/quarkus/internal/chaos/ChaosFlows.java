package dev.pocketflow.quarkus.internal.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.pocketflow.Await;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Store;
import dev.pocketflow.Wait;

/** A workflow of three functions and over 30 steps: nested flows, a batch, iterations, a wait, an await, a repeated node. */
final class ChaosFlows {

    private final ChaosWorld world;
    private final boolean expires;

    /** @param expires whether the signal must arrive in time; requires a ledger */
    ChaosFlows(ChaosWorld world, boolean expires) {
        this.world = world;
        this.expires = expires;
    }

    /** Records each visit in the outer world, and then in the store. */
    private Node<String, String> step(String name) {
        return new Node<>() {
            @Override
            public String prep(Store shared) {
                return name + shared.params().values();
            }

            @Override
            public String exec(String prepared) {
                return world.effect(prepared);
            }

            @Override
            public String post(Store shared, String prepared, String result) {
                world.pass("post");
                shared.update("trace", old -> (old == null ? "" : old + " ") + result);
                return null;
            }
        };
    }

    private Node<Integer, String> times(String name, int count) {
        Key<Integer> rounds = Key.of(name, Integer.class);
        return new Node<>() {
            @Override
            public Integer prep(Store shared) {
                return shared.find(rounds).orElse(0) + 1;
            }

            @Override
            public String exec(Integer round) {
                return world.effect(name + round);
            }

            @Override
            public String post(Store shared, Integer round, String result) {
                shared.put(rounds, round).update("trace", old -> old + " " + result);
                return round < count ? "again" : "enough";
            }
        };
    }

    /** A node whose service is down the first time. */
    private Node<Boolean, String> shaky() {
        return new Node<>() {
            @Override
            public Boolean prep(Store shared) {
                return shared.update("asked", old -> old == null ? 1 : (Integer) old + 1).equals(1);
            }

            @Override
            public String exec(Boolean first) {
                if (first) {
                    world.asked("label");
                    throw new IllegalStateException("down");
                }
                return world.effect("label");
            }

            @Override
            public String post(Store shared, Boolean prepared, String result) {
                shared.update("trace", old -> old + " " + result);
                return null;
            }
        };
    }

    private BatchNode<Integer, String> each() {
        return new BatchNode<>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(1, 2, 3, 4, 5);
            }

            @Override
            public String exec(Integer item) {
                return world.effect("item" + item);
            }

            @Override
            public String post(Store shared, List<Integer> items, List<String> results) {
                shared.update("trace", old -> old + " " + results);
                return null;
            }
        };
    }

    Flow order() {
        Flow check = Flow.named("check").node("address", step("address")).then("stock").node("stock", times("stock", 3))
                .on("again", "stock").on("enough", "tax").node("tax", step("tax")).build();
        Flow lines = Flow.named("lines").node("pick", step("pick")).then("pack").node("pack", step("pack"))
                .forEach(shared -> List.of(Map.of("line", 1), Map.of("line", 2), Map.of("line", 3))).build();
        return Flow.named("order").node("receive", step("receive")).then("check").node("check", check).then("items")
                .node("items", each()).then("credit")
                .node("credit", new RemoteFlow("credit")).on("granted", "cool").ends("refused")
                .node("cool", Wait.of(Duration.ofMinutes(40))).then("approval")
                .node("approval", expires ? Await.signal("approved").expires(Duration.ofDays(30)) : Await.signal("approved"))
                .on("yes", "lines").ends("no")
                .ends(Await.EXPIRED)
                .node("lines", lines).then("ship")
                .node("ship", new RemoteFlow("shipping")).then("bill")
                .node("bill", times("bill", 3)).on("again", "bill").on("enough", "close")
                .node("close", step("close")).build();
    }

    Flow credit() {
        return Flow.named("credit").node("score", step("score")).then("history").node("history", times("history", 4))
                .on("again", "history").on("enough", "decide").node("decide", step("decide"))
                .after((shared, action) -> "granted").build();
    }

    Flow shipping() {
        Flow carrier = Flow.named("carrier").node("choose", step("choose")).then("book").node("book", step("book")).build();
        return Flow.named("shipping").node("label", shaky()).retryLater(Duration.ofMinutes(5), 3).then("carrier")
                .node("carrier", carrier).then("soon").node("soon", Wait.of(Duration.ofMinutes(1))).then("tell")
                .node("tell", step("tell")).build();
    }
}
