package com.example.orders;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class OrdersApplicationTest {

    @Inject
    OrderBook book;

    @Inject
    EndedRuns ended;

    private static ValidatableResponse order(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    @Test
    void orderIsReserved_byTheApplicationsOwnEndpoint() {
        order("/", "{\"order\": \"1\", \"article\": \"tea\", \"pieces\": 2}").statusCode(201).body("state", equalTo("reserved"));
    }

    @Test
    void orderIsRefused_whenThereAreTooFewPieces() {
        order("/", "{\"order\": \"2\", \"article\": \"tea\", \"pieces\": 200}").statusCode(409)
                .body("state", equalTo("sold out"));
    }

    @Test
    void orderWithoutAnArticle_isRefusedByTheContract() {
        order("/", "{\"order\": \"3\", \"pieces\": 2}").statusCode(400).body("errors.pointer", hasItem("#/article"));
    }

    @Test
    void repeatedReservation_takesThePiecesOnce() throws Exception {
        assertEquals(List.of(true, true), List.of(book.reserve("4", "tea", 1), book.reserve("4", "tea", 1)));
        assertEquals(List.of(false, false), List.of(book.reserve("5", "tea", 99), book.reserve("5", "tea", 1)));
    }

    @Test
    void bothFlows_areServedUnderThePathOfTheFunction() {
        order("/flows-of-orders", "{\"order\": \"6\", \"article\": \"tea\", \"pieces\": 1}").statusCode(200)
                .body("store.state", equalTo("reserved"));
        given().get("/flows-of-orders/flows").then().statusCode(200).body("flows", containsInAnyOrder("fulfil", "restock"));
    }

    @Test
    void schedulerFillsTheStock() throws Exception {
        assertEquals("restock", ended.firstOf("restock").get(1, TimeUnit.MINUTES).flow());
        assertFalse(book.low(5).contains("cups"), () -> "cups are still low");
    }
}
