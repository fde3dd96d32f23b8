package dev.pocketflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancellationScopeTest {

    private final CancellationScope scope = new CancellationScope(null);

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private static void elsewhere(Runnable task) throws InterruptedException {
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
    }

    @Test
    void cancelledWithin_interruptsTheThread_untilItLeaves() throws Exception {
        assertThat(scope.enter()).isTrue();

        Thread thread = Thread.currentThread();
        Thread other = new Thread(scope::cancel);
        other.start();
        while (!thread.isInterrupted()) {
            Thread.onSpinWait();
        }

        scope.leave();
        assertThat(thread.isInterrupted()).isFalse();
        other.join();
    }

    @Test
    void cancelledAfterLeaving_doesNotInterrupt() throws Exception {
        scope.enter();
        scope.leave();

        elsewhere(scope::cancel);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancelledBefore_isNotEntered() throws Exception {
        scope.cancel();

        assertThat(scope.enter()).isFalse();
        scope.cancel();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancelledByItsOwnThread_doesNotInterruptIt() {
        scope.enter();

        scope.cancel();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(scope.cancelled()).isTrue();
    }

    @Test
    void interruptFromOutside_remainsAfterLeave() {
        scope.enter();
        Thread.currentThread().interrupt();

        scope.leave();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void cancelOfTheWhole_cancelsItsParts_butNotTheReverse() {
        CancellationScope part = new CancellationScope(new CancellationScope(scope));
        CancellationScope beside = new CancellationScope(scope);

        beside.cancel();
        assertThat(part.cancelled()).isFalse();
        assertThat(scope.cancelled()).isFalse();

        scope.cancel();
        assertThat(part.cancelled()).isTrue();
    }
}
