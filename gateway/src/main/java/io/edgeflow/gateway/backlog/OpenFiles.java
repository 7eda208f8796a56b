package io.edgeflow.gateway.backlog;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that are open, the least recently used first: {@value #MOST} at most, and none that
 * nobody read for {@value #IDLE_SECONDS} s. Not thread-safe.
 */
final class OpenFiles {
  static final int MOST = 4;
  static final int IDLE_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  private final Opener opener;
  private final LongSupplier nanos;
  private final Map<Long, Used> open = new LinkedHashMap<>(2 * MOST, 0.75f, true);

  OpenFiles(Opener opener, LongSupplier nanos) {
    this.opener = opener;
    this.nanos = nanos;
  }

  /** How a file is opened. */
  interface Opener {
    OpenFile open(FileInfo info) throws IOException;
  }

  /** What is done with an open file. */
  interface Use<T> {
    T with(OpenFile file) throws IOException;
  }

  private static final class Used {
    final OpenFile file;
    long lastNanos;

    Used(OpenFile file) {
      this.file = file;
    }
  }

  /** A file that refused is closed: opened anew it may answer, also after an interrupt. */
  <T> T use(FileInfo info, Use<T> use) throws IOException {
    closeIdle();
    boolean keep = false;
    try {
      T result = use.with(get(info));
      keep = true;
      return result;
    } catch (FrameLost certain) {
      keep = true;
      throw certain;
    } finally {
      if (!keep) {
        close(info.id());
      }
    }
  }

  private OpenFile get(FileInfo info) throws IOException {
    Used used = open.get(info.id());
    if (used == null) {
      if (open.size() >= MOST) {
        close(open.keySet().iterator().next());
      }
      used = new Used(opener.open(info));
      open.put(info.id(), used);
    }
    used.lastNanos = nanos.getAsLong();
    return used.file;
  }

  void closeIdle() {
    long now = nanos.getAsLong();
    Iterator<Used> all = open.values().iterator();
    while (all.hasNext()) {
      Used used = all.next();
      if (now - used.lastNanos > TimeUnit.SECONDS.toNanos(IDLE_SECONDS)) {
        all.remove();
        close(used);
      }
    }
  }

  void close(long id) {
    Used used = open.remove(id);
    if (used != null) {
      close(used);
    }
  }

  void closeAll() {
    open.values().forEach(OpenFiles::close);
    open.clear();
  }

  private static void close(Used used) {
    try {
      used.file.close();
    } catch (IOException e) {
      LOG.warn("a sealed file was not closed orderly: error={}", e.toString());
    }
  }

  int count() {
    return open.size();
  }
}
