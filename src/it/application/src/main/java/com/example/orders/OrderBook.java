package com.example.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.agroal.api.AgroalDataSource;

/** Stock and orders, in a database. It knows nothing of flows. */
@ApplicationScoped
class OrderBook {

    static final int FULL = 10;

    private final AgroalDataSource database;

    OrderBook(AgroalDataSource database) {
        this.database = database;
    }

    @PostConstruct
    void createTables() throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists stock (article varchar(40) primary key, pieces int not null)");
            statement.execute("create table if not exists orders (id varchar(40) primary key, reserved boolean not null)");
            statement.execute("merge into stock values ('tea', " + FULL + "), ('cups', 1)");
        }
    }

    /** Reserves pieces for an order once, however often it is called. {@return false if there are not enough of them} */
    @Transactional
    boolean reserve(String order, String article, int pieces) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement known = connection.prepareStatement("select reserved from orders where id = ?")) {
                known.setString(1, order);
                try (ResultSet row = known.executeQuery()) {
                    if (row.next()) {
                        return row.getBoolean(1);
                    }
                }
            }
            boolean reserved = take(connection, article, pieces);
            try (PreparedStatement insert = connection.prepareStatement("insert into orders values (?, ?)")) {
                insert.setString(1, order);
                insert.setBoolean(2, reserved);
                insert.executeUpdate();
            }
            return reserved;
        }
    }

    private static boolean take(Connection connection, String article, int pieces) throws SQLException {
        try (PreparedStatement take = connection
                .prepareStatement("update stock set pieces = pieces - ? where article = ? and pieces >= ?")) {
            take.setInt(1, pieces);
            take.setString(2, article);
            take.setInt(3, pieces);
            return take.executeUpdate() == 1;
        }
    }

    /** {@return the articles with fewer pieces than {@code least}} */
    @Transactional
    List<String> low(int least) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection
                        .prepareStatement("select article from stock where pieces < ? order by article")) {
            query.setInt(1, least);
            List<String> articles = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    articles.add(rows.getString(1));
                }
            }
            return articles;
        }
    }

    /** Fills the stock of an article. A second call changes nothing. */
    @Transactional
    void fill(String article) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement fill = connection.prepareStatement("update stock set pieces = ? where article = ?")) {
            fill.setInt(1, FULL);
            fill.setString(2, article);
            fill.executeUpdate();
        }
    }
}
