package dev.pocketflow.functions.agent;

import java.net.URI;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.WebSearchInformationResult;
import dev.langchain4j.web.search.WebSearchOrganicResult;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.langchain4j.web.search.WebSearchResults;

/** A web search by Tavily (docs.tavily.com). */
@ApplicationScoped
class Tavily implements WebSearchEngine {
    @RestClient
    Api api;

    @RegisterRestClient(configKey = "tavily")
    interface Api {
        @POST
        @Path("/search")
        @ClientHeaderParam(name = "Authorization", value = "Bearer ${tavily.api-key}")
        Found search(Query query);
    }

    record Query(String query, int max_results) {
    }

    record Found(List<Result> results) {
    }

    record Result(String title, String url, String content) {
    }

    @Override
    public WebSearchResults search(WebSearchRequest request) {
        List<WebSearchOrganicResult> pages = api.search(new Query(request.searchTerms(), request.maxResults())).results()
                .stream()
                .map(page -> new WebSearchOrganicResult(page.title(), URI.create(page.url()), page.content(), null)).toList();
        return new WebSearchResults(WebSearchInformationResult.from((long) pages.size()), pages);
    }
}
