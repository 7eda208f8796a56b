package io.edgeflow.inference.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DJL over ONNX Runtime, on what this machine can really do. Thread-safe. Open it before anything
 * else in the process touches ONNX Runtime; its environment lives as long as the process.
 */
public final class ScoringRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringRuntime.class);

  private static final String COMPILED = ".engine";

  private final SessionFactory sessions;
  private final RuntimeSettings settings;
  private final List<ProviderAttempt> attempts;

  private ScoringRuntime(
      SessionFactory sessions, RuntimeSettings settings, List<ProviderAttempt> attempts) {
    this.sessions = sessions;
    this.settings = settings;
    this.attempts = attempts;
  }

  /**
   * Tries the providers; takes up to seconds.
   *
   * @throws RuntimeUnavailableException if not even the processor can do it here
   */
  public static ScoringRuntime open(RuntimeSettings settings) throws RuntimeUnavailableException {
    var choice = new ProviderChoice(SharedEnvironment.get(settings.libraries()), settings);
    SessionFactory sessions = choice.choose();
    var runtime = new ScoringRuntime(sessions, settings, choice.attempts());
    LOG.info("{}", runtime);
    return runtime;
  }

  /** What does the arithmetic of every model of this runtime. */
  public ExecutionProvider provider() {
    return sessions.provider();
  }

  /** What was tried, in order, the chosen one last; for status and metrics. */
  public List<ProviderAttempt> attempts() {
    return attempts;
  }

  public ThreadBudget threads() {
    return settings.threads();
  }

  /** Of ONNX Runtime. */
  public String version() {
    return sessions.environment().getVersion();
  }

  /**
   * Loads a graph, or what TensorRT compiled of one, holds it against its description and runs a
   * row of zeros.
   *
   * @throws IOException if the file cannot be read
   * @throws ModelRefusedException if it is not what the description says, or too large
   */
  public Scorer load(Path graph, ModelSpec spec) throws IOException, ModelRefusedException {
    long size = Files.size(graph);
    if (size > spec.limits().memoryBytes()) {
      throw new ModelRefusedException(
          "the graph has %d bytes, its memory limit is %d"
              .formatted(size, spec.limits().memoryBytes()));
    }
    if (graph.toString().endsWith(COMPILED)) {
      return compiled(graph, spec);
    }
    if (size > Integer.MAX_VALUE) {
      throw new ModelRefusedException("the graph has %d bytes, more than 2 GiB".formatted(size));
    }
    // From bytes: data in files beside the graph would be in no digest. Outside of the heap, which
    // is small on a gateway and ended with a graph of half its size.
    try (Arena outside = Arena.ofConfined()) {
      ByteBuffer bytes = outside.allocate(size).asByteBuffer();
      read(graph, bytes);
      return new ModelLoader(sessions, false).load(bytes.flip(), spec);
    }
  }

  private static void read(Path graph, ByteBuffer all) throws IOException {
    try (FileChannel file = FileChannel.open(graph)) {
      while (all.hasRemaining() && file.read(all) >= 0) {}
    }
  }

  private static Scorer compiled(Path file, ModelSpec spec)
      throws IOException, ModelRefusedException {
    Optional<String> refusal = TensorRtEngine.refusal();
    if (refusal.isPresent()) {
      throw new ModelRefusedException(refusal.get());
    }
    return EngineModel.load(TensorRtEngine.NAME, file, spec);
  }

  @Override
  public String toString() {
    String refused =
        attempts.stream()
            .filter(attempt -> attempt.refusal().isPresent())
            .map(ProviderAttempt::toString)
            .collect(Collectors.joining("; "));
    return "Scoring on %s with %d threads a call, ONNX Runtime %s%s"
        .formatted(
            provider(),
            settings.threads().perCall(),
            version(),
            refused.isEmpty() ? "" : " (not taken: " + refused + ")");
  }
}
