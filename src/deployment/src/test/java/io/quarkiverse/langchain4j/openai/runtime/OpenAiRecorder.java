package io.quarkiverse.langchain4j.openai.runtime;

/** By this name the Dev Services know quarkus-langchain4j-openai: an application that has it gets a stand-in. */
public class OpenAiRecorder {
}
