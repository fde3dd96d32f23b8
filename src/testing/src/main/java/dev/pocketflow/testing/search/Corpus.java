package dev.pocketflow.testing.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** Pages in a Lucene index in memory. Thread-safe. */
final class Corpus implements AutoCloseable {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    record Page(String title, String url, String content) {
    }

    record Hit(Page page, double score) {
    }

    private final List<Page> pages;
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final Analyzer analyzer = new EnglishAnalyzer();
    private final DirectoryReader reader;

    private Corpus(List<Page> pages) throws IOException {
        this.pages = pages;
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
            for (int i = 0; i < pages.size(); i++) {
                Document document = new Document();
                document.add(new StoredField("page", i));
                document.add(new TextField("text", pages.get(i).title() + "\n" + pages.get(i).content(), Field.Store.NO));
                writer.addDocument(document);
            }
        }
        this.reader = DirectoryReader.open(directory);
    }

    static Corpus parse(String name, String yaml) {
        try {
            Page[] pages = YAML.readValue(yaml, Page[].class);
            List<Page> checked = new ArrayList<>();
            for (Page page : pages == null ? new Page[0] : pages) {
                if (page == null || page.title() == null || page.url() == null || page.content() == null) {
                    throw new IllegalArgumentException(name + ": page " + (checked.size() + 1)
                            + " needs title, url and content");
                }
                checked.add(page);
            }
            return new Corpus(checked);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + " is no list of pages (title, url, content): " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot index " + name, e);
        }
    }

    /** {@return the pages that have a word of the query, the best first} */
    List<Hit> search(String text, int most) {
        Query query = new QueryBuilder(analyzer).createBooleanQuery("text", text);
        if (query == null || most == 0) {
            return List.of();
        }
        try {
            IndexSearcher searcher = new IndexSearcher(reader);
            List<Hit> hits = new ArrayList<>();
            for (ScoreDoc found : searcher.search(query, most).scoreDocs) {
                int page = searcher.storedFields().document(found.doc).getField("page").numericValue().intValue();
                hits.add(new Hit(pages.get(page), found.score));
            }
            return hits;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot search the corpus", e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the corpus", e);
        }
    }
}
