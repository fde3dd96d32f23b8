package dev.pocketflow.bench.bareagent;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;

/**
 * Bounds the length of a decision. LangChain4j searches a text for JSON in quadratic time. A text in which the model repeats a
 * token would take minutes.
 */
@ApplicationScoped
class DecisionLength implements OutputGuardrail {
    @Override
    public OutputGuardrailResult validate(AiMessage said) {
        return said.text() != null && said.text().length() < 4_000 ? success() : fatal("no decision, or too long for one");
    }
}
