package io.quarkiverse.langchain4j.openai.runtime;

/**
 * Makes an application look like one with quarkus-langchain4j-openai, so that it gets a stand-in: the Dev Services look for
 * this name.
 */
public class OpenAiRecorder {
}
