package dev.pocketflow.testing.eval;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A writer of XML, and of HTML that is also XML. The JDK's writer escapes every text and attribute. Characters that XML does
 * not
 * have become U+FFFD, and long texts are cut.
 */
final class Markup {

    private static final int MOST_CHARACTERS = 20_000;

    private final XMLStreamWriter xml;

    private Markup(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Writes content. */
    @FunctionalInterface
    interface Content {
        void write() throws XMLStreamException;
    }

    /** Writes a document. */
    @FunctionalInterface
    interface Document {
        void write(Markup markup) throws XMLStreamException;
    }

    static void write(Path file, Document document) {
        try {
            StringWriter text = new StringWriter();
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            document.write(new Markup(xml));
            xml.flush();
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.writeString(file, text.append('\n').toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the report " + file, e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Cannot write the report " + file, e);
        }
    }

    /** Begins the document with its declaration, as in {@code <?xml … ?>} or {@code <!DOCTYPE html>}. */
    void begin(String declaration) throws XMLStreamException {
        xml.writeDTD(declaration + "\n");
    }

    /** Writes an element with content. Attributes are names and values by turns. */
    void element(String name, Content content, String... attributes) throws XMLStreamException {
        xml.writeStartElement(name);
        attributes(attributes);
        content.write();
        xml.writeEndElement();
    }

    /** Writes an element with a text on a line of its own. */
    void text(String name, String text, String... attributes) throws XMLStreamException {
        element(name, () -> text(text), attributes);
        line();
    }

    /** Writes an element without content. */
    void empty(String name, String... attributes) throws XMLStreamException {
        xml.writeEmptyElement(name);
        attributes(attributes);
        line();
    }

    void text(String text) throws XMLStreamException {
        xml.writeCharacters(legal(text));
    }

    void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], legal(attributes[i + 1]));
        }
    }

    static String legal(String text) {
        int end = Math.min(text.length(), MOST_CHARACTERS);
        StringBuilder legal = new StringBuilder(end);
        text.substring(0, end).codePoints().forEach(each -> legal.appendCodePoint(isLegal(each) ? each : 0xFFFD));
        return end == text.length() ? legal.toString()
                : legal + " … (" + (text.length() - end) + " more characters)";
    }

    private static boolean isLegal(int codePoint) {
        return codePoint == '\t' || codePoint == '\n' || codePoint == '\r' || codePoint >= 0x20 && codePoint <= 0xD7FF
                || codePoint >= 0xE000 && codePoint <= 0xFFFD || codePoint >= 0x10000;
    }
}
