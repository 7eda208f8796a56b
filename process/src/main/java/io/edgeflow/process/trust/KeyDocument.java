package io.edgeflow.process.trust;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.util.List;
import java.util.Map;

/**
 * Whose signatures count from now on: one link of a {@link KeyChain}.
 *
 * @param number 1 for the first, then rising by 1
 * @param roots who may sign the next such document
 * @param publishers who may sign bundles, by a name for people
 * @param controllers who may tell edges what to run: clouds, by a name for people
 */
public record KeyDocument(
    @Range(min = "1", max = "1") int schema,
    @Range(min = "1", max = "1000") int number,
    List<VerifyingKey> roots,
    Map<String, Publisher> publishers,
    Map<String, Publisher> controllers) {
  static final String TYPE = "application/vnd.edgeflow.keys+json";
  static final int SCHEMA = 1;
  private static final int MOST_KEYS = 32;

  /**
   * @param notAfter milliseconds since the epoch, 0 for no end; what it signed counts no longer
   */
  public record Publisher(
      VerifyingKey key, @Default("0") @Range(min = "0", max = "253402300799000") long notAfter) {}

  public KeyDocument {
    roots = List.copyOf(roots);
    publishers = Map.copyOf(publishers);
    controllers = Map.copyOf(controllers);
    new Check()
        .that(!roots.isEmpty() && roots.size() <= MOST_KEYS, "roots", "must be 1 to 32 keys")
        .that(publishers.size() <= MOST_KEYS, "publishers", "must be 32 keys or fewer")
        .that(controllers.size() <= MOST_KEYS, "controllers", "must be 32 keys or fewer")
        .orRefuse();
  }
}
