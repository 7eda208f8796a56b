package io.edgeflow.inference.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * R2: a model that kills the process is not tried for ever. An attempt is on the disk before it
 * begins and taken back when it was survived; what the next start finds was not. One process at a
 * time has the directory. Thread-safe; every change waits for the disk.
 */
public final class Attempts {
  public static final int DEFAULT_LIMIT = 2;

  /** Of models that nothing is held against, so many are remembered. */
  private static final int MOST_SURVIVED = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final String SUFFIX = ".attempts";
  private static final Pattern DIGEST = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,127}");
  private static final Pattern CONTENT =
      Pattern.compile("deaths (\\d{1,6})( trying)?( survived)?\n");

  /**
   * What one file says.
   *
   * @param survived whether it was survived once before
   */
  private record Entry(int deaths, boolean trying, boolean survived) {
    static final Entry NONE = new Entry(0, false, false);

    Entry deaths(int now) {
      return new Entry(now, trying, survived);
    }

    Entry trying(boolean now) {
      return new Entry(deaths, now, survived);
    }

    byte[] content() {
      return "deaths %d%s%s\n"
          .formatted(deaths, trying ? " trying" : "", survived ? " survived" : "")
          .getBytes(UTF_8);
    }
  }

  private final Path directory;
  private final int limit;
  private final Optional<Rests> rests;
  private final Map<String, Entry> entries = new TreeMap<>();

  private Attempts(Path directory, int limit, Optional<Rests> rests) {
    this.directory = directory;
    this.limit = limit;
    this.rests = rests;
  }

  /**
   * Counts what the process before did not survive.
   *
   * @param limit deaths at which a model is not tried again
   */
  public static Attempts open(Path directory, int limit) throws IOException {
    return open(directory, limit, Optional.empty());
  }

  /**
   * As the other one, but a model that did well before only rests at the limit: power that comes
   * and goes ends a process in the first seconds of a good model, too.
   */
  public static Attempts open(Path directory, int limit, Rests rests) throws IOException {
    return open(directory, limit, Optional.of(rests));
  }

  private static Attempts open(Path directory, int limit, Optional<Rests> rests)
      throws IOException {
    Files.createDirectories(directory);
    var attempts = new Attempts(directory, limit, rests);
    attempts.read();
    return attempts;
  }

  private synchronized void read() throws IOException {
    List<Path> latestFirst;
    try (Stream<Path> files = Files.list(directory)) {
      latestFirst =
          files
              .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
              .sorted(Comparator.comparingLong(Attempts::changed).reversed())
              .toList();
    }
    for (Path file : latestFirst) {
      String name = file.getFileName().toString();
      count(name.substring(0, name.length() - SUFFIX.length()), parse(file));
    }
    List<String> survived =
        latestFirst.stream()
            .map(file -> file.getFileName().toString().replace(SUFFIX, ""))
            .filter(digest -> new Entry(0, false, true).equals(entries.get(digest)))
            .toList();
    for (int i = MOST_SURVIVED; i < survived.size(); i++) {
      forget(survived.get(i));
    }
  }

  private static long changed(Path file) {
    return file.toFile().lastModified();
  }

  private void count(String digest, Entry found) throws IOException {
    if (!found.trying()) {
      entries.put(digest, found);
      return;
    }
    write(digest, found.deaths(found.deaths() + 1).trying(false));
    LOG.warn(
        "The process ended while it tried the model {}, {} times now", digest, found.deaths() + 1);
  }

  /** Any bytes are some text in this character set. */
  private Entry parse(Path file) throws IOException {
    Matcher content = CONTENT.matcher(Files.readString(file, ISO_8859_1));
    if (content.matches()) {
      return new Entry(
          Integer.parseInt(content.group(1)), content.group(2) != null, content.group(3) != null);
    }
    LOG.warn("{} is damaged: the model is not tried until it is forgiven", file);
    return new Entry(limit, false, false);
  }

  /**
   * To be called before the file of a model is given to the runtime, and again before it scores for
   * the first time if that is another attempt.
   *
   * @param digest of the bundle, in letters and digits
   * @throws IllegalStateException if it is being tried already
   * @throws IOException if it cannot be noted; then the model must not be tried
   */
  public synchronized Permission begin(String digest) throws IOException {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("no digest: " + digest);
    }
    Entry entry = entries.getOrDefault(digest, Entry.NONE);
    if (entry.trying()) {
      throw new IllegalStateException(digest + " is being tried already");
    }
    Duration rest = rest(digest, entry);
    if (rest.isPositive()) {
      return new Permission.Resting(digest, entry.deaths(), rest);
    }
    if (isRefused(digest, entry)) {
      return new Permission.Refused(digest, entry.deaths());
    }
    write(digest, entry.trying(true));
    return new Permission.Granted(new Attempt(this, digest));
  }

  /** Absent the right to rest, it is refused for good. */
  private boolean isRefused(String digest, Entry entry) {
    return entry.deaths() >= limit
        && rests.filter(all -> entry.survived() || all.deserves(digest)).isEmpty();
  }

  private Duration rest(String digest, Entry entry) {
    return entry.deaths() < limit || isRefused(digest, entry)
        ? Duration.ZERO
        : rests.map(all -> all.left(entry.deaths() - limit)).orElse(Duration.ZERO);
  }

  /** How long this model is not tried yet; zero if it may be, or never may. */
  public synchronized Duration rest(String digest) {
    return rest(digest, entries.getOrDefault(digest, Entry.NONE));
  }

  /** Whether this model is one that rests; also when that is over, until it is survived. */
  public synchronized boolean rests(String digest) {
    Entry entry = entries.getOrDefault(digest, Entry.NONE);
    return entry.deaths() >= limit && !isRefused(digest, entry);
  }

  synchronized void survived(String digest) throws IOException {
    if (rests.isPresent()) {
      write(digest, new Entry(0, false, true));
    } else {
      forget(digest);
    }
  }

  synchronized void withdrawn(String digest) throws IOException {
    leave(digest, entries.getOrDefault(digest, Entry.NONE).trying(false));
  }

  private void leave(String digest, Entry entry) throws IOException {
    if (entry.equals(Entry.NONE)) {
      forget(digest);
    } else {
      write(digest, entry);
    }
  }

  /**
   * A person wants it to be tried again.
   *
   * @return whether there was anything to forgive
   */
  public synchronized boolean forgive(String digest) throws IOException {
    Entry entry = entries.get(digest);
    if (entry == null || entry.deaths() == 0) {
      return false;
    }
    leave(digest, entry.deaths(0));
    return true;
  }

  /** How often the process ended while it tried this one, since it was last survived. */
  public synchronized int deaths(String digest) {
    Entry entry = entries.get(digest);
    return entry == null ? 0 : entry.deaths();
  }

  /** Those that are not tried before they are forgiven, and how often each killed the process. */
  public synchronized Map<String, Integer> refused() {
    var refused = new TreeMap<String, Integer>();
    entries.forEach(
        (digest, entry) -> {
          if (isRefused(digest, entry)) {
            refused.put(digest, entry.deaths());
          }
        });
    return refused;
  }

  private void write(String digest, Entry entry) throws IOException {
    SyncedFiles.replace(directory.resolve(digest + SUFFIX), entry.content());
    entries.put(digest, entry);
  }

  private void forget(String digest) throws IOException {
    SyncedFiles.delete(directory.resolve(digest + SUFFIX));
    entries.remove(digest);
  }
}
