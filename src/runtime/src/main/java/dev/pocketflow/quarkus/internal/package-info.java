/** What makes a flow a function: public only because generated code calls it. */
package dev.pocketflow.quarkus.internal;
