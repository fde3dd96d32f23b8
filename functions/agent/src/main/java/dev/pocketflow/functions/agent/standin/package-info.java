/**
 * The stand-in for the web search in dev and test: a dozen pages, and Tavily's API over them. The extension starts it when no
 * key of Tavily is configured. The flow of the agent does not call it.
 */
package dev.pocketflow.functions.agent.standin;
