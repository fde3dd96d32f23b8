package dev.pocketflow.functions.agent.standin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A few pages, and a search by words over them. A rare word counts more than a common one (BM25). Immutable. */
final class PageIndex {

    /** The weights of a word's repetition and of a page's length: the usual values of BM25. */
    private static final double REPETITION = 1.2;
    private static final double LENGTH = 0.75;
    private static final Set<String> STOP_WORDS = Set.of(("a an and are as at be but by for if in into is it no not of on or "
            + "such that the their then there these they this to was will with").split(" "));

    /** A page of the file. */
    record Page(String title, String url, String content) {
    }

    /** A page that was found. */
    record Hit(String title, String url, String content, double score) {
    }

    private record Indexed(Page page, List<String> stems) {
    }

    private final List<Indexed> pages;
    private final double averageLength;

    private PageIndex(List<Indexed> pages) {
        this.pages = pages;
        averageLength = pages.stream().mapToInt(page -> page.stems.size()).average().orElse(1);
    }

    /** @throws IllegalArgumentException when the text is not a list of pages; the message names the file and the page */
    static PageIndex parse(String file, String json) {
        try {
            List<Indexed> pages = new ArrayList<>();
            for (Page page : new ObjectMapper().readValue(json, Page[].class)) {
                if (page == null || page.title == null || page.url == null || page.content == null) {
                    throw new IllegalArgumentException(file + ": page " + (pages.size() + 1) + " needs title, url and content");
                }
                pages.add(new Indexed(page, stems(page.title + " " + page.content)));
            }
            return new PageIndex(pages);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " is not a list of pages (title, url, content): " + e.getOriginalMessage(), e);
        }
    }

    /** The pages that have a word of the query, the best first. */
    List<Hit> search(String query, int most) {
        Set<String> words = new HashSet<>(stems(query));
        return pages.stream().map(page -> hit(page, words)).filter(hit -> hit.score > 0)
                .sorted(Comparator.comparingDouble(Hit::score).reversed()).limit(most).toList();
    }

    private Hit hit(Indexed page, Set<String> words) {
        double score = words.stream().mapToDouble(word -> score(page, word)).sum();
        return new Hit(page.page.title, page.page.url, page.page.content, score);
    }

    private double score(Indexed page, String word) {
        long times = page.stems.stream().filter(word::equals).count();
        long having = pages.stream().filter(other -> other.stems.contains(word)).count();
        double rarity = Math.log(1 + (pages.size() - having + 0.5) / (having + 0.5));
        return rarity * times / (times + REPETITION * (1 - LENGTH + LENGTH * page.stems.size() / averageLength));
    }

    /** The words without their commonest English endings, so that "scaled" finds "scaling" and "scales". */
    private static List<String> stems(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")).stream()
                .filter(word -> !word.isEmpty() && !STOP_WORDS.contains(word))
                .map(word -> word.replaceFirst("(?<=...)(ing|ed|es|e|s)$", "")).toList();
    }
}
