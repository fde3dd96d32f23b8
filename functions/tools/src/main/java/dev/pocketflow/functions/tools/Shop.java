package dev.pocketflow.functions.tools;

import java.util.Map;

import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolCallException;

/** The tools of the demonstration. {@code tools.url} has the address of your own server in place of them. */
class Shop {
    private static final Map<String, Integer> PRICES = Map.of("tea", 450, "coffee", 890, "cocoa", 620);

    @Tool(description = "The price of an article, in cents")
    String price(@ToolArg(description = "The name of the article") String article) {
        Integer price = PRICES.get(article);
        if (price == null) {
            throw new ToolCallException("there is no article '" + article + "'");
        }
        return price.toString();
    }

    @Tool(description = "The names of all articles")
    String articles() {
        return PRICES.keySet().stream().sorted().toList().toString();
    }
}
