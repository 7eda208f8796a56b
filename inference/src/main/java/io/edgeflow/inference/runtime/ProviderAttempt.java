package io.edgeflow.inference.runtime;

import java.util.Optional;

/**
 * What came of trying one provider with a real graph.
 *
 * @param refusal why it was not taken; empty for the one that was
 */
public record ProviderAttempt(ExecutionProvider provider, Optional<String> refusal) {
  @Override
  public String toString() {
    return provider + refusal.map(reason -> ": " + reason).orElse("");
  }
}
