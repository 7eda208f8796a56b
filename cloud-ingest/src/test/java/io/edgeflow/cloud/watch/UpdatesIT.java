package io.edgeflow.cloud.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.config.UpdateConfig;
import io.edgeflow.cloud.deploy.Deployments;
import io.edgeflow.cloud.deploy.SampleRollout;
import io.edgeflow.cloud.postgres.TestDatabase;
import io.edgeflow.cloud.registry.PublishedBundle;
import io.edgeflow.cloud.registry.Registry;
import io.edgeflow.cloud.store.Migrations;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.settings.SettingsLoader;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.wire.document.PayloadKind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is announced, published and rolled out, with a database and a repository that are real. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UpdatesIT {
  private static final String SOURCE = "git here";

  private HikariDataSource database = new HikariDataSource();

  /** Of each test its own, so that they share a database. */
  private String program = "";

  private Bundles registry = new Bundles();
  private Rollouts rollouts = new Rollouts();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeAll
  void open() throws Exception {
    database.close();
    database = Pool.open(TestDatabase.fresh(), "updates", 2);
    new Migrations(database).run();
  }

  @AfterAll
  void close() {
    database.close();
  }

  @BeforeEach
  void begin(TestInfo test) {
    program = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
    registry = new Bundles();
    rollouts = new Rollouts();
  }

  /** What was published: versions of programs. */
  private static final class Bundles implements Registry {
    final Set<String> versions = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<PublishedBundle> bundle(String digest) {
      return Optional.empty();
    }

    @Override
    public Optional<PublishedBundle> version(String model, String version) {
      return versions.contains(version)
          ? Optional.of(
              new PublishedBundle(PayloadKind.APPLICATION, model, version, 1, "a".repeat(64), 1))
          : Optional.empty();
    }

    @Override
    public int newestKeys() {
      return 0;
    }

    @Override
    public Optional<KeyDocument> newestKeyDocument() {
      return Optional.empty();
    }
  }

  /** Keeps what was started, as the table of rollouts does. */
  private static final class Rollouts implements RolloutStarter {
    final BlockingQueue<String> specs = new LinkedBlockingQueue<>();
    final Map<String, String> ids = new ConcurrentHashMap<>();
    final List<String> notes = new CopyOnWriteArrayList<>();
    Optional<RuntimeException> refusal = Optional.empty();
    boolean dies;

    @Override
    public String start(byte[] spec, String who, String why) {
      refusal.ifPresent(
          refused -> {
            throw refused;
          });
      String id = "r" + (ids.size() + 1);
      ids.put(who + why, id);
      specs.add(new String(spec, UTF_8));
      if (dies) {
        throw new StackOverflowError("killed");
      }
      return id;
    }

    @Override
    public Optional<String> started(String who, String why) {
      return Optional.ofNullable(ids.get(who + why));
    }

    @Override
    public void note(String program, String who, String what, String detail) {
      notes.add(what);
    }
  }

  @Test
  void rollsOutTheNewestPublishedVersionOnce() throws Exception {
    registry.versions.addAll(Set.of("1.1.0", "1.2.0", "1.3.0"));
    tell("v1.2.0", "v1.1.0", "not-a-version", "w9.9.9", "v1.3.0-rc.1");
    settle();
    assertEquals(List.of("version: 1.2.0"), List.copyOf(rollouts.specs));
    tell("v1.2.0", "v1.1.0", "1.2.0");
    settle();
    tell("v1.3.0");
    settle();
    settle();
    assertEquals(List.of("version: 1.2.0", "version: 1.3.0"), List.copyOf(rollouts.specs));
  }

  @Test
  void saysOnceThatNoBundleIsPublishedAndGoesOnWhenOneIs() throws Exception {
    tell("v1.1.0");
    settle();
    settle();
    assertEquals(List.of("update-without-bundle"), rollouts.notes);
    assertTrue(rollouts.specs.isEmpty());
    registry.versions.add("1.1.0");
    settle();
    assertEquals(List.of("version: 1.1.0"), List.copyOf(rollouts.specs));
  }

  @Test
  void triesAgainWhatWasRefusedAndSaysSoOnce() throws Exception {
    registry.versions.add("1.1.0");
    rollouts.refusal = Optional.of(new IllegalStateException("another one runs"));
    tell("v1.1.0");
    settle();
    settle();
    assertEquals(List.of("update-not-started"), rollouts.notes);
    rollouts.refusal = Optional.empty();
    settle();
    assertEquals(1, rollouts.specs.size());
  }

  @Test
  void neverStartsTwiceWhatItDiedOver() throws Exception {
    registry.versions.add("1.1.0");
    tell("v1.1.0");
    rollouts.dies = true;
    assertThrows(StackOverflowError.class, this::settle);
    rollouts.dies = false;
    settle();
    now = now.plusSeconds(600);
    settle();
    settle();
    assertEquals(1, rollouts.specs.size());
    tell("v1.1.0", "v1.0.0");
    settle();
    assertEquals(1, rollouts.specs.size());
  }

  /** By just this it is known, after a death, whether a rollout was started. */
  @Test
  void findsTheRolloutThatItStartedByItsReason() throws Exception {
    String spec =
        """
        name: wear 1.0
        slot: health
        model: wear
        version: "1.0"
        selector: {edges: ["*"]}
        """;
    try (Deployments real = SampleRollout.deployments(database, InstantSource.system())) {
      String why = "version v1.0.0 of " + program;
      assertEquals(Optional.empty(), real.rolled("update watch", why));
      String id = real.roll(spec.getBytes(UTF_8), "update watch", why);
      assertEquals(Optional.of(id), real.rolled("update watch", why));
      assertEquals(Optional.empty(), real.rolled("ada", why));
      byte[] nonsense = "nonsense: 1".getBytes(UTF_8);
      assertThrows(HttpRefusal.class, () -> real.roll(nonsense, "update watch", why));
    }
  }

  @Test
  void keepsNoMoreThanSomeOfWhatStrangersTell() throws Exception {
    for (int i = 0; i < UpdateBook.MOST_WAITING + 20; i++) {
      now = now.plusSeconds(1);
      tell("v1." + i + ".0");
    }
    assertEquals(UpdateBook.MOST_WAITING, new UpdateBook(database).waiting(program).size());
  }

  @Test
  void watchesARepositoryAndHearsWhatOthersTell(@TempDir Path repository) throws Exception {
    registry.versions.addAll(Set.of("1.0.0", "1.4.2", "1.5.0"));
    TestRepository.at(repository).commit().tag("v1.0.0");
    var away = config("source=git", "url=" + repository.resolve("nowhere"), "every=1s");
    var here = config("source=git", "url=" + repository, "every=1s");
    try (UpdateWatch watch =
        UpdateWatch.start(List.of(away, here), database, registry, rollouts, () -> now)) {
      assertEquals("version: 1.0.0", rollouts.specs.poll(30, TimeUnit.SECONDS));
      TestRepository.at(repository).tag("v1.4.2");
      assertEquals("version: 1.4.2", rollouts.specs.poll(30, TimeUnit.SECONDS));
      watch.requested("v1.4.1", "kafka");
      watch.requested("v1.5.0", "kafka");
      assertEquals("version: 1.5.0", rollouts.specs.poll(30, TimeUnit.SECONDS));
    }
    assertTrue(rollouts.specs.isEmpty());
  }

  private UpdateConfig config(String... more) throws Exception {
    List<String> options = new java.util.ArrayList<>(List.of("program=" + program));
    options.add("spec=version: {version}");
    options.addAll(List.of(more));
    return new SettingsLoader(Map.of(), Path.of(""))
        .load(UpdateConfig.class, Optional.empty(), options)
        .value();
  }

  private UpdateDesk desk() {
    return new UpdateDesk(new UpdateBook(database), registry, rollouts, () -> now);
  }

  private void tell(String... tags) throws Exception {
    for (String tag : tags) {
      desk().announced(config("source=git", "url=/x"), tag, SOURCE);
    }
  }

  private void settle() throws SQLException {
    try {
      desk().settle(config("source=git", "url=/x"), tag -> Optional.empty());
    } catch (SQLException failed) {
      throw failed;
    } catch (Exception wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
