package io.edgeflow.models.cli;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.models.cloud.CloudPast;
import io.edgeflow.models.cloud.CloudSeries;
import io.edgeflow.models.cloud.NoSuchHistoryException;
import io.edgeflow.models.cloud.Span;
import io.edgeflow.models.history.CsvException;
import io.edgeflow.models.history.CsvHistory;
import io.edgeflow.models.history.History;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.models.history.Past;
import io.edgeflow.process.cli.CloudClient;
import io.edgeflow.process.cli.CloudLogin;
import io.edgeflow.process.cli.WebAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that name a plant's past: a file or a cloud, and which time of it. */
final class PastOptions {
  private static final String SINCE_OF_A_CLOUD = "30d";

  /** How fine what is read is. */
  enum Grain {
    /** Single readings where a cloud was sent all of them, else minutes. */
    AUTO,
    RAW,
    MINUTES
  }

  @Option(
      names = "--from",
      paramLabel = "FILE|URL",
      required = true,
      description =
          "Readings as CSV (series,time,value and, if there is one, quality; a time is ISO-8601 "
              + "or epoch milliseconds), or a cloud such as http://127.0.0.1:8080.")
  private String from = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only from then on: 2026-01-31T06:00:00Z, epoch milliseconds, or 30d before --until "
              + "(default: all of a file, 30d of a cloud).")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only before then: written like --since, 2d being two days ago (default: now).")
  private @Nullable String until;

  @Option(names = "--edge", description = "Of a cloud: only this edge's series.")
  private @Nullable String edge;

  @Option(
      names = "--grain",
      defaultValue = "auto",
      paramLabel = "auto|raw|minutes",
      description =
          "raw: single readings. minutes: what became of each minute, which a cloud has of every "
              + "series. auto: raw where the cloud was sent every reading, else minutes; of a "
              + "file raw.")
  private Grain grain = Grain.AUTO;

  @Mixin private CloudLogin login = new CloudLogin();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Whether these options can be followed; to be asked before anything that takes time. */
  void check() {
    span();
    if (!isCloud() && !Files.isRegularFile(Path.of(from))) {
      throw wrong(from + " is no file, and no cloud such as http://127.0.0.1:8080");
    }
    if (!isCloud() && edge != null) {
      throw wrong("--edge: a file tells of one edge only");
    }
  }

  Grain grain() {
    return grain;
  }

  /**
   * Blocks, and tells on the error stream how far it is.
   *
   * @param wanted of one of these
   * @param which also of these
   * @throws NoSuchHistoryException if there is nothing
   */
  Past read(Collection<Selector> wanted, Predicate<SeriesName> which, Grain fine)
      throws IOException, InterruptedException, CsvException, NoSuchHistoryException {
    Past past = isCloud() ? ofCloud(wanted, which, fine) : ofFile(wanted, which, fine);
    if (past.isEmpty()) {
      throw new NoSuchHistoryException(
          "%s has no %s of %s%s"
              .formatted(
                  from,
                  past instanceof Minutes ? "minutes" : "readings",
                  words(wanted),
                  span().map(one -> " from " + one).orElse("")));
    }
    return past;
  }

  private static String words(Collection<Selector> wanted) {
    return String.join(", ", wanted.stream().map(Selector::toString).toList());
  }

  private Past ofFile(Collection<Selector> wanted, Predicate<SeriesName> which, Grain fine)
      throws IOException, CsvException {
    History all =
        CsvHistory.read(
            Path.of(from),
            name -> wanted.stream().anyMatch(one -> one.matches(name)) && which.test(name));
    History history = span().map(one -> all.between(one.fromMicros(), one.toMicros())).orElse(all);
    return fine == Grain.MINUTES ? Minutes.of(history) : history;
  }

  private Past ofCloud(Collection<Selector> wanted, Predicate<SeriesName> which, Grain fine)
      throws IOException, InterruptedException, NoSuchHistoryException {
    Span span = span().orElseThrow();
    try (CloudClient client = login.open(URI.create(from))) {
      var cloud = new CloudPast(client, new Told(spec.commandLine().getErr()));
      List<CloudSeries> series =
          cloud.series(wanted, Optional.ofNullable(edge)).stream()
              .filter(one -> which.test(one.name()))
              .toList();
      if (series.isEmpty()) {
        throw new NoSuchHistoryException("--series leaves none of " + words(wanted));
      }
      if (fine == Grain.RAW) {
        return cloud.readings(series, span);
      }
      Minutes minutes = cloud.minutes(series, span);
      return fine == Grain.AUTO && cloud.hasReadings(series, minutes)
          ? cloud.readings(series, span)
          : minutes;
    }
  }

  /** Whether a cloud is asked. */
  boolean isCloud() {
    if (!from.matches("(?i)[a-z]+://.*")) {
      return false;
    }
    try {
      new WebAddress().convert(from);
      return true;
    } catch (TypeConversionException broken) {
      throw wrong("--from: " + broken.getMessage());
    }
  }

  /** Empty: all there is. */
  Optional<Span> span() {
    String begin = since == null && isCloud() ? SINCE_OF_A_CLOUD : since;
    if (begin == null && until == null) {
      return Optional.empty();
    }
    try {
      long to = Times.micros(until == null ? "0s" : until, Instant.now());
      long from = begin == null ? 0 : Times.micros(begin, Times.instant(to));
      return Optional.of(new Span(from, to));
    } catch (IllegalArgumentException broken) {
      throw wrong("--since, --until: " + broken.getMessage());
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
