package io.edgeflow.lab.torn;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.lab.core.LogFile;
import io.edgeflow.wire.frame.EventRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Damages a small data directory place after place, and starts an edge on each copy. One thread.
 */
public final class Torn {
  private static final long TELL_SECONDS = 5;

  /** Of a file this short every byte is damaged, whatever the stride. */
  private static final int SMALL_FILE = 256;

  /**
   * How much is damaged.
   *
   * @param stride one place in so many bytes; 0 to choose it by {@code wounds}
   * @param wounds about how many places, if nobody says a stride
   * @param buffered messages that come while the link is down; see {@link SmallEdge#build}
   * @param settings {@code key=value}, what the damaged edge is started with instead
   */
  public record Extent(int stride, int wounds, int buffered, List<String> settings) {
    public Extent {
      settings = List.copyOf(settings);
    }
  }

  /**
   * What came of it all.
   *
   * @param wounds how many places were damaged
   * @param untouched what an undamaged copy delivered
   * @param said how often each kind of event was told, and how often nothing was
   * @param missing readings that were gone, of all copies together
   * @param unknowable cuts that no start can tell from a kill
   * @param faults each wound that was not survived as promised
   */
  public record Report(
      int wounds,
      Untouched untouched,
      SortedMap<String, Integer> said,
      long missing,
      int unknowable,
      List<String> faults) {}

  private final SmallEdge edge;
  private final GatewayConfig config;
  private final Naming naming;
  private final Consumer<String> progress;
  private final SortedMap<String, Integer> said = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private long missing;
  private int unknowable;

  private Torn(SmallEdge edge, GatewayConfig config, Consumer<String> progress) throws IOException {
    this.edge = edge;
    this.config = config;
    this.progress = progress;
    this.naming = new Naming(Layout.of(edge.disk().copy(), edge.dataDir()));
  }

  /**
   * @param home an empty folder, for a log and for the name of the data directory
   */
  public static Report play(Extent extent, Path home, long seed, Consumer<String> progress)
      throws Exception {
    try (LogFile _ = LogFile.open(home.resolve("edge.log"))) {
      progress.accept("making a small data directory");
      SmallEdge edge = SmallEdge.build(home, seed, extent.buffered());
      GatewayConfig config = SmallEdge.config(home, extent.settings());
      return new Torn(edge, config, progress).play(extent, new SplittableRandom(seed));
    }
  }

  private Report play(Extent extent, SplittableRandom random) throws Exception {
    int stride = extent.stride() > 0 ? extent.stride() : Wounds.strideFor(edge, extent.wounds());
    List<Wound> wounds = Wounds.of(edge, stride, SMALL_FILE, random);
    long bytes = edge.files().stream().mapToLong(f -> edge.disk().bytes(f).length).sum();
    progress.accept(
        "%d files of %d bytes with %d readings, %d of them delivered; stride %d, %d wounds"
            .formatted(
                edge.files().size(),
                bytes,
                edge.readings(),
                edge.shelf().readings().values().stream().mapToLong(n -> n).sum(),
                stride,
                wounds.size()));
    Untouched untouched = untouched();
    long told = System.nanoTime();
    for (int i = 0; i < wounds.size(); i++) {
      suffer(wounds.get(i));
      if (System.nanoTime() - told > TimeUnit.SECONDS.toNanos(TELL_SECONDS)) {
        told = System.nanoTime();
        progress.accept(
            "%d of %d wounds, %d of them not as promised"
                .formatted(i + 1, wounds.size(), faults.size()));
      }
    }
    return new Report(wounds.size(), untouched, said, missing, unknowable, List.copyOf(faults));
  }

  private Untouched untouched() throws Exception {
    Trial.Outcome outcome = Trial.run(edge, config, edge.disk().copy());
    if (outcome.missing() > 0 || !outcome.said().isEmpty()) {
      faults.add("the undamaged directory: missing " + outcome.missing());
    }
    return Untouched.of(edge, outcome);
  }

  private void suffer(Wound wound) throws InterruptedException {
    try {
      Trial.Outcome outcome = Trial.run(edge, config, wound.inflict(edge.disk()));
      missing += outcome.missing();
      unknowable += naming.isUnknowable(wound) ? 1 : 0;
      outcome.said().forEach(event -> said.merge(event.type(), 1, Integer::sum));
      if (outcome.said().isEmpty()) {
        said.merge("nothing", 1, Integer::sum);
      }
      for (String fault : naming.faults(wound, outcome)) {
        faults.add("%s: %s; said: %s".formatted(wound, fault, words(outcome.said())));
      }
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception refused) {
      faults.add(wound + ": it does not start: " + refused);
    }
  }

  private static List<String> words(List<EventRow> said) {
    return said.stream().map(event -> event.type() + event.detail()).toList();
  }
}
