package dev.pocketflow.functions.approval;

import java.util.HashMap;
import java.util.Map;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * An SMTP server for the function, and no delay between attempts. The argument "page" is the page's address; "events" is permit
 * or deny.
 */
public class Smtp implements QuarkusTestResourceLifecycleManager {
    static final String PAGE = "http://approval.example";
    static final String REVIEWER = "ann@reviewers.example";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Mailboxes mailboxes;
    private String page = PAGE;
    private String events = "permit";

    @Override
    public void init(Map<String, String> arguments) {
        page = arguments.getOrDefault("page", PAGE);
        events = arguments.getOrDefault("events", "permit");
    }

    @Override
    public Map<String, String> start() {
        server.start();
        mailboxes = new Mailboxes(server);
        Map<String, String> config = new HashMap<>(Map.of("quarkus.mailer.mock", "false", "quarkus.mailer.host", "127.0.0.1",
                "quarkus.mailer.port", Integer.toString(server.getSmtp().getPort()),
                "quarkus.mailer.start-tls", "DISABLED", "quarkus.mailer.from", "letters@example.com",
                "approval.reviewer", REVIEWER, "approval.url", page,
                "quarkus.fault-tolerance.global.retry.delay", "1", "quarkus.fault-tolerance.global.retry.jitter", "0",
                "quarkus.log.category.\"com.icegreen.greenmail\".level", "OFF"));
        config.put("quarkus.pocketflow.ledger", "memory"); // production does not set it
        config.put("approval.events", events);
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(mailboxes, field -> field.getType() == Mailboxes.class);
    }

    @Override
    public void stop() {
        server.stop();
    }
}
