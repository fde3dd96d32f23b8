package dev.pocketflow.functions.text2sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.StartupEvent;

/** Fills the sample database, and makes the user who may only read it. */
class SampleShop {

    void open(@Observes StartupEvent started, @ConfigProperty(name = "text2sql.sample") Optional<String> url)
            throws IOException, SQLException {
        if (url.isEmpty()) {
            return;
        }
        try (InputStream script = getClass().getResourceAsStream("/shop.sql");
                Connection owner = DriverManager.getConnection(url.get(), "owner", "owner");
                Statement statement = owner.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
