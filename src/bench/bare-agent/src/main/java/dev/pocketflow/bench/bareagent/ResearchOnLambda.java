package dev.pocketflow.bench.bareagent;

import jakarta.inject.Inject;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

import dev.pocketflow.bench.bareagent.Research.Answered;
import dev.pocketflow.bench.bareagent.Research.Question;

/** An event is a question, and the response answers it. */
public class ResearchOnLambda implements RequestHandler<Question, Answered> {

    @Inject
    Research research;

    @Override
    public Answered handleRequest(Question question, Context context) {
        return research.of(question);
    }
}
