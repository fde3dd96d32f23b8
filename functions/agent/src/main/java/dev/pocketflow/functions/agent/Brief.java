package dev.pocketflow.functions.agent;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;

/** Refuses long texts. LangChain4j needs quadratic time to find the JSON in a text: minutes, if a model repeats a token. */
@ApplicationScoped
class Brief implements OutputGuardrail {
    @Override
    public OutputGuardrailResult validate(AiMessage said) {
        return said.text() != null && said.text().length() < 4_000 ? success() : fatal("no decision, or too long for one");
    }
}
