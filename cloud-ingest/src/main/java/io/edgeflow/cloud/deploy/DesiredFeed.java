package io.edgeflow.cloud.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.cloud.deploy.DesiredTable.Current;
import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what was written down for edges, and only then: it follows the revisions in the
 * database, those of other processes too, and starts with all there are, because what brokers
 * retain is a cache. Each edge that speaks is answered with its document if it follows another one
 * (R1). One thread; while the database is away it waits and forgets nothing that cannot be read
 * again.
 */
final class DesiredFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DesiredFeed.class);

  /** What an edge does not take is not told again at each word of it. */
  private static final Duration REPEAT = Duration.ofSeconds(30);

  private static final int PAGE = 200;
  private static final int MOST_SPOKEN = 20_000;

  private static final String NEWS =
      """
      select d.revision, e.name, d.signed from desired d join edge e on e.id = d.edge_id
      where d.revision > ? order by d.revision limit ?
      """;

  private static final String HEARD =
      """
      select h.number, h.digest, h.refusal from deploy_heard h
      join edge e on e.id = h.edge_id where e.name = ?
      """;

  private final Turns turns;
  private final DesiredDesk desk;
  private final List<DeployChannel> channels;
  private final ReentrantLock lock = new ReentrantLock();
  private final Worker worker =
      new Worker("desired", "documents for edges are held up", Duration.ZERO, _ -> work());

  // Guarded by the lock.
  private final Map<String, Boolean> spoken = new LinkedHashMap<>();

  // Of the thread.
  private final Map<String, Told> told = new HashMap<>();
  private long published;

  /** What an edge followed, and what it was told about that. */
  private record Told(long follows, String digest, String refusal, long told, long atNanos) {
    boolean covers(Told other) {
      return follows == other.follows
          && digest.equals(other.digest)
          && refusal.equals(other.refusal)
          && told == other.told
          && other.atNanos - atNanos < REPEAT.toNanos();
    }
  }

  private DesiredFeed(Turns turns, DesiredDesk desk, List<DeployChannel> channels) {
    this.turns = turns;
    this.desk = desk;
    this.channels = List.copyOf(channels);
  }

  static DesiredFeed start(Turns turns, DesiredDesk desk, List<DeployChannel> channels) {
    DesiredFeed feed = new DesiredFeed(turns, desk, channels);
    feed.wake();
    feed.worker.start();
    return feed;
  }

  /** Something was written down. Any thread; returns at once. */
  void wake() {
    worker.wake();
  }

  /**
   * An edge said something. Any thread; returns at once.
   *
   * @param greeted it is answered in any case
   */
  void spoke(String edge, boolean greeted) {
    lock.lock();
    try {
      if (spoken.size() < MOST_SPOKEN || spoken.containsKey(edge)) {
        spoken.merge(edge, greeted, Boolean::logicalOr);
      }
    } finally {
      lock.unlock();
    }
    worker.wake();
  }

  @Override
  public void close() {
    worker.close();
  }

  private void work() throws SQLException {
    publishNews();
    answer();
  }

  private record News(long revision, String edge, String signed) {}

  private void publishNews() throws SQLException {
    List<News> page;
    do {
      page = turns.look(this::news);
      for (News one : page) {
        publish(one.edge(), one.signed());
        published = one.revision();
      }
    } while (page.size() == PAGE);
  }

  private List<News> news(Connection connection) throws SQLException {
    long newest =
        Sql.first(
                connection, "select coalesce(max(revision), 0) from desired", row -> row.getLong(1))
            .orElseThrow();
    if (newest < published) {
      // Another database stands here now, an older one: all of it is news.
      published = 0;
    }
    return Sql.rows(
        connection,
        NEWS,
        row -> new News(row.getLong(1), row.getString(2), row.getString(3)),
        published,
        PAGE);
  }

  private void answer() throws SQLException {
    SequencedMap<String, Boolean> left = someOfThoseWhoSpoke();
    if (left.isEmpty()) {
      return;
    }
    try {
      while (!left.isEmpty()) {
        answerFirst(left);
      }
    } finally {
      // Each that spoke is answered (R1), though the database went away at one of them.
      left.forEach(this::spoke);
    }
    publishNews();
  }

  private void answerFirst(SequencedMap<String, Boolean> left) throws SQLException {
    Map.Entry<String, Boolean> first = left.pollFirstEntry();
    try {
      answer(first.getKey(), first.getValue());
    } catch (SQLException away) {
      // Behind the others: they must not wait for it, should it fail again.
      left.putLast(first.getKey(), first.getValue());
      throw away;
    }
  }

  private SequencedMap<String, Boolean> someOfThoseWhoSpoke() {
    lock.lock();
    try {
      SequencedMap<String, Boolean> some = new LinkedHashMap<>();
      var all = spoken.entrySet().iterator();
      while (all.hasNext() && some.size() < PAGE) {
        Map.Entry<String, Boolean> next = all.next();
        some.put(next.getKey(), next.getValue());
        all.remove();
      }
      if (!spoken.isEmpty()) {
        worker.wake();
      }
      return some;
    } finally {
      lock.unlock();
    }
  }

  private void answer(String edge, boolean greeted) throws SQLException {
    if (turns.look(connection -> desk.mustSpeak(connection, edge))) {
      turns.take(connection -> desk.answer(connection, edge));
    }
    Optional<Current> current = turns.look(connection -> DesiredTable.current(connection, edge));
    if (current.isPresent() && (greeted || isNew(edge, current.get()))) {
      publish(edge, current.get().signed());
    }
  }

  /** Whether the edge follows another document, and was not told so a moment ago. */
  private boolean isNew(String edge, Current current) throws SQLException {
    long now = System.nanoTime();
    Optional<Told> found =
        turns.look(
            connection ->
                Sql.first(
                    connection,
                    HEARD,
                    row ->
                        new Told(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            current.number(),
                            now),
                    edge));
    if (found.isEmpty()
        || (found.get().follows() == current.number()
            && found.get().digest().equals(current.digest()))) {
      told.remove(edge);
      return false;
    }
    Told before = told.get(edge);
    if (before != null && before.covers(found.get())) {
      return false;
    }
    told.put(edge, found.get());
    return true;
  }

  private void publish(String edge, String signed) {
    for (DeployChannel channel : channels) {
      try {
        channel.publish(edge, signed.getBytes(UTF_8));
      } catch (RuntimeException broken) {
        // The other ways must not wait for this one; the edge's next word brings it again.
        LOG.warn("a document was not published edge={} error={}", edge, broken.toString());
      }
    }
  }
}
