package io.edgeflow.gateway.site.cache;

import io.edgeflow.gateway.bundles.BundleStore;
import io.edgeflow.gateway.deploy.BundleSource;
import io.edgeflow.gateway.deploy.FetchOutcome;
import io.edgeflow.gateway.deploy.FetchProgress;
import io.edgeflow.gateway.deploy.KeySource;
import io.edgeflow.process.trust.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's own store of bundles, out of which its members are served too: whoever asks first lets
 * it be fetched, everyone else waits for that. What members asked for last stays on the disk up to
 * a bound, over restarts, beside what the hub itself needs. Any thread.
 */
public final class BundleCache implements BundleSource, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BundleCache.class);

  /** Bundles that are fetched for members at the same time. */
  private static final int MOST_FETCHES = 4;

  private final BundleStore store;
  private final CacheList list;
  private final long mostBytes;
  private final ExecutorService fetches = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closed;

  // Guarded by this.
  private final Map<String, CompletableFuture<FetchOutcome>> underWay = new HashMap<>();
  private final Map<String, Statement> statements = new HashMap<>();
  private final List<String> latest;
  private Optional<Set<String>> own = Optional.empty();
  private CompletableFuture<Void> keyRefresh = CompletableFuture.completedFuture(null);

  /**
   * @param list where it is noted what is kept for members
   * @param mostBytes of what is kept for members; the last bundle stays whatever its size
   */
  public BundleCache(BundleStore store, Path list, long mostBytes) {
    this.store = store;
    this.list = new CacheList(list);
    this.mostBytes = mostBytes;
    this.latest = new ArrayList<>(this.list.read());
  }

  /** What became of asking for a bundle. */
  public sealed interface Asked {
    /** It is here and complete. */
    record Here(Statement statement) implements Asked {}

    /** It is being fetched, or nobody gives it now. */
    record NotYet(String why) implements Asked {}

    /** It is not to be had. */
    record Never(String why) implements Asked {}
  }

  /** For a member; waits for no longer than this. */
  public Asked ask(String digest, long waitMillis) throws InterruptedException {
    CompletableFuture<FetchOutcome> fetch;
    synchronized (this) {
      Statement known = statements.get(digest);
      if (known != null && store.folder(digest).isPresent()) {
        touch(digest);
        return new Asked.Here(known);
      }
      fetch = underWay.get(digest);
      if (fetch == null) {
        if (closed || underWay.size() >= MOST_FETCHES) {
          return new Asked.NotYet("other bundles are being fetched");
        }
        fetch = CompletableFuture.supplyAsync(() -> fetch(digest), fetches);
        underWay.put(digest, fetch);
      }
    }
    try {
      return answer(fetch.get(waitMillis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException longer) {
      return new Asked.NotYet("it is being fetched");
    } catch (ExecutionException failed) {
      log.warn("A bundle could not be fetched for a member, digest={}", digest, failed.getCause());
      return new Asked.NotYet("it could not be fetched");
    }
  }

  private static Asked answer(FetchOutcome outcome) {
    return switch (outcome) {
      case FetchOutcome.Fetched fetched -> new Asked.Here(fetched.statement());
      case FetchOutcome.Refused refused -> new Asked.Never(refused.refusal().toString());
      case FetchOutcome.Unreachable(String why) -> new Asked.NotYet(why);
      case FetchOutcome.Interrupted _ -> new Asked.NotYet("the hub stops");
    };
  }

  private FetchOutcome fetch(String digest) {
    try {
      FetchOutcome outcome = store.fetch(digest, _ -> 0, (_, _) -> {}, () -> closed);
      if (outcome instanceof FetchOutcome.Fetched fetched) {
        synchronized (this) {
          statements.put(digest, fetched.statement());
          touch(digest);
          sweep();
        }
      }
      return outcome;
    } finally {
      synchronized (this) {
        underWay.remove(digest);
      }
    }
  }

  /** It was asked for last. */
  private void touch(String digest) {
    latest.remove(digest);
    latest.addFirst(digest);
  }

  /** Lets go of what members asked for longest ago, when it is too much. */
  private void sweep() {
    List<String> kept = new ArrayList<>();
    long bytes = 0;
    for (String digest : latest) {
      Statement known = statements.get(digest);
      // What was not asked for since the start has a size that nobody has read yet.
      long size = known == null ? list.bytes(digest) : known.bytes();
      if (kept.isEmpty() || bytes + size <= mostBytes) {
        kept.add(digest);
        bytes += size;
      }
    }
    latest.retainAll(kept);
    statements.keySet().retainAll(kept);
    try {
      list.write(latest, digest -> Optional.ofNullable(statements.get(digest)));
    } catch (IOException failed) {
      log.warn("What is kept for members could not be noted", failed);
    }
    own.ifPresent(
        needed -> {
          Set<String> all = new HashSet<>(needed);
          all.addAll(latest);
          store.keepOnly(all);
        });
  }

  /**
   * The chain of keys, for a member: the longest that is here, after it was asked above whether
   * there is a longer one, for no longer than this.
   */
  Optional<byte[]> keyChain(long waitMillis) throws InterruptedException {
    CompletableFuture<Void> asked;
    synchronized (this) {
      if (keyRefresh.isDone() && !closed) {
        int longer = store.keys().number() + 1;
        keyRefresh = CompletableFuture.runAsync(() -> store.keys().refresh(longer), fetches);
      }
      asked = keyRefresh;
    }
    try {
      asked.get(waitMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException nobody) {
      log.debug("keys are handed on as they are", nobody);
    }
    return store.keys().document();
  }

  /**
   * A signed mandate, as whoever is above sends it. Blocks for seconds at most.
   *
   * @throws IOException if nobody gives it now
   */
  public byte[] mandate(String digest) throws IOException {
    return store.mandate(digest);
  }

  /** A bundle's folder, signatures and files are read by whoever serves it. */
  BundleStore store() {
    return store;
  }

  @Override
  public Optional<Path> folder(String digest) {
    return store.folder(digest);
  }

  @Override
  public FetchOutcome fetch(
      String digest, ToLongFunction<String> floor, FetchProgress progress, BooleanSupplier stop) {
    return store.fetch(digest, floor, progress, stop);
  }

  /** Of the hub itself; what is kept for members stays too. */
  @Override
  public synchronized void keepOnly(Set<String> digests) {
    own = Optional.of(Set.copyOf(digests));
    sweep();
  }

  @Override
  public KeySource keys() {
    return store.keys();
  }

  /** Ends what is fetched for members; what is there of it is gone on with later. */
  @Override
  public void close() {
    closed = true;
    fetches.close();
  }
}
