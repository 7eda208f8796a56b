package io.edgeflow.inference.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tries one provider after the other with a real graph, until one gives the right scores. */
final class ProviderChoice {
  private static final float[] ROW = {1, -2, 3, 0.5f};
  private static final ModelSpec SPEC =
      new ModelSpec("x", List.of(ProbeGraph.ROW), "y", ProbeGraph.OUTPUTS, ModelLimits.DEFAULT);

  private final OrtEnvironment environment;
  private final RuntimeSettings settings;
  private final List<ProviderAttempt> attempts = new ArrayList<>();

  ProviderChoice(OrtEnvironment environment, RuntimeSettings settings) {
    this.environment = environment;
    this.settings = settings;
  }

  /**
   * @throws RuntimeUnavailableException if none works, with the reason of each
   */
  SessionFactory choose() throws RuntimeUnavailableException {
    for (ExecutionProvider provider : settings.providers()) {
      var sessions = new SessionFactory(environment, provider, settings);
      Optional<String> refusal = refusal(sessions);
      attempts.add(new ProviderAttempt(provider, refusal));
      if (refusal.isEmpty()) {
        return sessions;
      }
    }
    throw RuntimeUnavailableException.of(attempts);
  }

  List<ProviderAttempt> attempts() {
    return List.copyOf(attempts);
  }

  private static Optional<String> refusal(SessionFactory sessions) {
    ExecutionProvider provider = sessions.provider();
    if (!OrtEnvironment.getAvailableProviders().contains(provider.library())) {
      return Optional.of("this build of ONNX Runtime does not have it");
    }
    boolean strict = provider != ExecutionProvider.CPU;
    try (LoadedModel probe = new ModelLoader(sessions, strict).load(ProbeGraph.direct(), SPEC)) {
      float[] scores = probe.score(ROW, 1);
      return agree(scores, ProbeGraph.expected(ROW))
          ? Optional.empty()
          : Optional.of("it calculates wrongly: " + Arrays.toString(scores));
    } catch (ModelRefusedException | ScoringException | RuntimeException | LinkageError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean agree(float[] scores, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (Math.abs(scores[i] - expected[i]) > 1e-2) {
        return false;
      }
    }
    return true;
  }
}
