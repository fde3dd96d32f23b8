package dev.pocketflow.quarkus.deployment.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import jakarta.enterprise.inject.Produces;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.sun.net.httpserver.HttpServer;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.specification.RequestSpecification;

/** The settings that infra/README.md shows for a function that authenticates its callers, with a provider of identities. */
class CallersTest {

    private static final RsaJsonWebKey KEY = key();
    private static final HttpServer PROVIDER = provider();

    @RegisterExtension
    static final QuarkusUnitTest APP = shown(TestApplication.of(Flows.class, Pages.class, Pages.Block.class)
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-oidc", Version.getVersion()),
                    Dependency.of("io.quarkus", "quarkus-smallrye-health", Version.getVersion())))
            .overrideConfigKey("quarkus.keycloak.devservices.enabled", "false"));

    static class Flows {
        @Produces
        Flow flow() {
            return Flow.named("guarded").node("a", new Node<Object, Object>() {
                @Override
                public Object exec(Object nothing) {
                    return null;
                }
            }).build();
        }
    }

    @AfterAll
    static void stop() {
        PROVIDER.stop(0);
    }

    /** The settings of the page, with another address of the provider. */
    private static QuarkusUnitTest shown(QuarkusUnitTest app) {
        Properties settings = new Properties();
        Pages.find(Pages.ROOT.resolve("infra/README.md"), "(?s)^```properties\\n(.*?)^```$").forEach(block -> {
            try {
                settings.load(new StringReader(block.group(1)));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(settings).containsKey("quarkus.oidc.auth-server-url").hasSizeGreaterThan(5);
        settings.forEach((key, value) -> app.overrideConfigKey((String) key, (String) value));
        // the application loads this class once more, with a separate key and provider
        return app.overrideConfigKey("quarkus.oidc.auth-server-url", "http://127.0.0.1:" + PROVIDER.getAddress().getPort())
                .overrideConfigKey("callers.key", KEY.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    }

    private static RsaJsonWebKey key() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("1");
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static String configured(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }

    private static HttpServer provider() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            Map<String, String> pages = Map.of("/.well-known/openid-configuration",
                    "{\"issuer\":\"" + base + "\",\"jwks_uri\":\"" + base + "/keys\",\"token_endpoint\":\"" + base
                            + "/token\",\"authorization_endpoint\":\"" + base + "/auth\"}",
                    "/keys", "{\"keys\":[" + KEY.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "]}");
            server.createContext("/", exchange -> {
                byte[] page = pages.getOrDefault(exchange.getRequestURI().getPath(), "{}").getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String token(String... roles) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(configured("quarkus.oidc.auth-server-url"));
        claims.setSubject("ada");
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setIssuedAtToNow();
        claims.setStringListClaim("groups", roles);
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        token.setKeyIdHeaderValue("1");
        token.setKey(((RsaJsonWebKey) JsonWebKey.Factory.newJwk(configured("callers.key"))).getPrivateKey());
        token.setPayload(claims.toJson());
        return token.getCompactSerialization();
    }

    private static RequestSpecification event() {
        return given().contentType("application/json").body("{}");
    }

    @Test
    void runIsStarted_onlyByACallerWithTheRole() throws Exception {
        event().post("/").then().statusCode(401);
        event().auth().oauth2(token("reader")).post("/").then().statusCode(403);
        event().auth().oauth2(token("flow-caller") + "x").post("/").then().statusCode(401);
        event().auth().oauth2(token("flow-caller")).post("/").then().statusCode(200).body("status", equalTo("completed"));
    }

    @Test
    void graphAndOtherPaths_requireTheRole_andTheHealthDoesNot() throws Exception {
        given().get("/flow").then().statusCode(401);
        event().post("/;a=b").then().statusCode(401);
        given().auth().oauth2(token("flow-caller")).get("/flow").then().statusCode(200).body("name", equalTo("guarded"));
        given().get("/q/health/ready").then().statusCode(200);
    }
}
