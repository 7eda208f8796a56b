package io.edgeflow.inference.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final String SUFFIX = ".attempts";
  private static final Pattern DIGEST = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,127}");
  private static final Pattern CONTENT = Pattern.compile("deaths (\\d{1,6})( trying)?\n");

  /** What one file says. */
  private record Entry(int deaths, boolean trying) {
    byte[] content() {
      return "deaths %d%s\n".formatted(deaths, trying ? " trying" : "").getBytes(UTF_8);
    }
  }

  private final Path directory;
  private final int limit;
  private final Map<String, Entry> entries = new TreeMap<>();

  private Attempts(Path directory, int limit) {
    this.directory = directory;
    this.limit = limit;
  }

  /**
   * Counts what the process before did not survive.
   *
   * @param limit deaths at which a model is not tried again
   */
  public static Attempts open(Path directory, int limit) throws IOException {
    Files.createDirectories(directory);
    var attempts = new Attempts(directory, limit);
    attempts.read();
    return attempts;
  }

  private synchronized void read() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          String digest = name.substring(0, name.length() - SUFFIX.length());
          count(digest, parse(file));
        }
      }
    }
  }

  private void count(String digest, Entry found) throws IOException {
    if (!found.trying()) {
      entries.put(digest, found);
      return;
    }
    write(digest, new Entry(found.deaths() + 1, false));
    LOG.warn(
        "The process ended while it tried the model {}, {} times now", digest, found.deaths() + 1);
  }

  /** Any bytes are some text in this character set. */
  private Entry parse(Path file) throws IOException {
    Matcher content = CONTENT.matcher(Files.readString(file, ISO_8859_1));
    if (content.matches()) {
      return new Entry(Integer.parseInt(content.group(1)), content.group(2) != null);
    }
    LOG.warn("{} is damaged: the model is not tried until it is forgiven", file);
    return new Entry(limit, false);
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
    Entry entry = entries.getOrDefault(digest, new Entry(0, false));
    if (entry.trying()) {
      throw new IllegalStateException(digest + " is being tried already");
    }
    if (entry.deaths() >= limit) {
      return new Permission.Refused(digest, entry.deaths());
    }
    write(digest, new Entry(entry.deaths(), true));
    return new Permission.Granted(new Attempt(this, digest));
  }

  synchronized void survived(String digest) throws IOException {
    forget(digest);
  }

  synchronized void withdrawn(String digest) throws IOException {
    Entry entry = entries.get(digest);
    if (entry == null || entry.deaths() == 0) {
      forget(digest);
    } else {
      write(digest, new Entry(entry.deaths(), false));
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
    if (entry.trying()) {
      write(digest, new Entry(0, true));
    } else {
      forget(digest);
    }
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
          if (entry.deaths() >= limit) {
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
