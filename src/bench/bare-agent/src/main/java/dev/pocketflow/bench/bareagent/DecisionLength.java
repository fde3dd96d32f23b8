package dev.pocketflow.bench.bareagent;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;

/** LangChain4j looks for the JSON in a text in a time that grows with its square: minutes, where a model repeats a token. */
@ApplicationScoped
class DecisionLength implements OutputGuardrail {
    @Override
    public OutputGuardrailResult validate(AiMessage said) {
        return said.text() != null && said.text().length() < 4_000 ? success() : fatal("no decision, or too long for one");
    }
}
