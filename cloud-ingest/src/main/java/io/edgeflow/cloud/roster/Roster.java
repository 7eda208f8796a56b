package io.edgeflow.cloud.roster;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every two seconds that this process is there, and sees to the edges of those that are not:
 * nobody else would say that they are offline. One thread; while the database is away it tries on.
 */
public final class Roster implements AutoCloseable {
  /** So long a process is taken for alive after it was heard. */
  public static final Duration ALIVE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
  private static final Duration PACE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String BEAT =
      """
      insert into process (id, name, version, intake, started, partitions, lag)
      values (?, ?, ?, ?, ?, nullif(?, -1), nullif(?, -1))
      on conflict (id) do update set name = excluded.name, version = excluded.version,
        intake = excluded.intake, started = excluded.started, heard = now(),
        partitions = excluded.partitions, lag = excluded.lag
      """;

  /** In the order in which writers lock edges: those of another process may be at work. */
  private static final String ORPHANS =
      """
      with orphan as (
        select id from edge where online and (%s)
        order by name collate "C" for no key update %s
      )
      update edge e set online = false from orphan o where e.id = o.id returning e.name
      """;

  /** None that a writer has now: the next look comes. */
  private static final String OF_THE_DEAD =
      ORPHANS.formatted(
          "process not in (select id from process where heard > now() - ? * interval '1 second')",
          "skip locked");

  /** What was said before there were processes to tell apart is of the past, too. */
  private static final String OF_AN_EARLIER_START =
      ORPHANS.formatted("process is null or process = ?", "");

  private static final String FORGET = "delete from process where heard < now() - interval '1 day'";

  private static final String TAKEN_FOR_GONE =
      "select name from edge where process = ? and not online";

  private static final String LEAVE = "delete from process where id = ?";

  /**
   * What a process says of itself.
   *
   * @param name as its configuration calls it
   * @param intake {@code mqtt} or {@code kafka}
   */
  public record Self(UUID id, String name, String version, String intake, Instant started) {}

  /**
   * Its share of the frames that go over Kafka.
   *
   * @param lag empty while it is not known
   */
  public record Share(int partitions, OptionalLong lag) {}

  private final Transactions transactions;
  private final Self self;
  private final Supplier<Optional<Share>> share;
  private final Consumer<Set<String>> reassure;
  private final Thread thread = Thread.ofPlatform().daemon().name("roster").unstarted(this::work);

  private Roster(
      DataSource database,
      Self self,
      Supplier<Optional<Share>> share,
      Consumer<Set<String>> reassure) {
    this.transactions = new Transactions(database, PATIENCE);
    this.self = self;
    this.share = share;
    this.reassure = reassure;
  }

  /**
   * Takes note that nobody is connected to a process that has not started: what is said about it is
   * of the past; and says that it is there, before anybody connects. Blocks for the database.
   *
   * @return the edges of an earlier start
   */
  public static List<String> begin(DataSource database, Self self) throws SQLException {
    return new Transactions(database, PATIENCE)
        .writing(
            connection -> {
              say(connection, self, Optional.empty());
              return Sql.rows(connection, OF_AN_EARLIER_START, row -> row.getString(1), self.id());
            });
  }

  /**
   * @param share empty where frames do not go over Kafka; any thread, must not block
   * @param reassure hears which edges this process had that are said to be offline: where that is
   *     not so, they were taken for those of a dead one
   */
  public static Roster start(
      DataSource database,
      Self self,
      Supplier<Optional<Share>> share,
      Consumer<Set<String>> reassure) {
    Roster roster = new Roster(database, self, share, reassure);
    roster.thread.start();
    return roster;
  }

  /** Says that this process is gone. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
      transactions.writing(c -> Sql.run(c, LEAVE, self.id()));
    } catch (SQLException away) {
      LOG.debug("others find out that this process is gone error={}", away.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          reassure.accept(transactions.writing(this::beat));
        } catch (SQLException away) {
          LOG.debug("the roster cannot be written error={}", away.getMessage());
        } catch (RuntimeException fault) {
          LOG.error("the roster cannot be kept", fault);
        }
        Thread.sleep(PACE);
      }
    } catch (InterruptedException asked) {
      LOG.debug("no longer on the roster");
    }
  }

  private static void say(Connection connection, Self self, Optional<Share> share)
      throws SQLException {
    Sql.run(
        connection,
        BEAT,
        self.id(),
        self.name(),
        self.version(),
        self.intake(),
        self.started(),
        share.map(Share::partitions).orElse(-1),
        share.map(Share::lag).orElse(OptionalLong.empty()).orElse(-1));
  }

  /** Answers the edges of this process that are said to be offline. */
  private Set<String> beat(Connection connection) throws SQLException {
    say(connection, self, share.get());
    List<String> orphans =
        Sql.rows(connection, OF_THE_DEAD, row -> row.getString(1), ALIVE.toSeconds());
    if (!orphans.isEmpty()) {
      LOG.warn("a cloud process is gone, and {} edges with it", orphans.size());
    }
    Sql.run(connection, FORGET);
    return new HashSet<>(Sql.rows(connection, TAKEN_FOR_GONE, row -> row.getString(1), self.id()));
  }
}
