package io.edgeflow.gateway.site.mandate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Desired.MandateName;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Mandate;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.frame.EventSeverity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub's mandate on the disk, with signatures, and a process that dies at any step. */
final class SiteDirectorTest {
  @TempDir private Path folder;
  private final byte[] signed =
      Papers.signed(Papers.mandate(0, List.of(List.of("a"), List.of("hub", "b"))));
  private final World world = new World();
  private final Heard heard = new Heard();
  private SiteDirector director;

  @BeforeEach
  void start() {
    director = director();
  }

  private SiteDirector director() {
    return new SiteDirector(
        world, heard, new SiteStore(folder), "edgeflow", "hub", Duration.ofMinutes(2));
  }

  private final class World implements SitePorts {
    private final List<String> told = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private long minute;
    private long number = 100;
    private boolean away;
    private int fetched;
    private int mayTell = Integer.MAX_VALUE;
    private byte[] offered = signed;

    @Override
    public Moment now() {
      return Papers.minute(minute);
    }

    @Override
    public long awayNanos() {
      return away ? Duration.ofMinutes(3).toNanos() : 0;
    }

    @Override
    public Optional<OrderCheck> check() {
      return Optional.of(Papers.check());
    }

    @Override
    public byte[] fetch(String digest) throws IOException {
      if (away) {
        throw new IOException("nobody there");
      }
      fetched++;
      return offered;
    }

    @Override
    public void tell(String edge, byte[] document) {
      if (mayTell-- <= 0) {
        throw new IllegalStateException("killed");
      }
      told.add(edge + " " + Papers.number(document));
    }

    @Override
    public void event(
        EventSeverity severity, String type, String message, SortedMap<String, String> detail) {
      events.add(type);
    }
  }

  private void named() {
    named(Optional.of(new MandateName(Papers.ROLLOUT, Digests.of(world.offered))));
  }

  /** The hub's own document, each with a higher number. */
  private void named(Optional<MandateName> mandate) {
    heard.offered(Papers.naming(++world.number, mandate));
  }

  private void reports(String edge, Deployment deployment) {
    heard.reported(
        edge,
        new Reported(edge, Reported.VERSION, 0, "test", List.of(), 0, Optional.of(deployment))
            .toBytes());
  }

  private SiteStatus look() throws Exception {
    director.look();
    director.look();
    return director.status().orElseThrow();
  }

  private void cutOff() throws Exception {
    named();
    look();
    world.away = true;
  }

  @Test
  void finishesARolloutWithTheCloudGone() throws Exception {
    cutOff();
    assertEquals(1, look().begun());
    assertEquals(List.of("a 10"), world.told);
    reports("a", Papers.proven("a"));
    assertEquals(List.of("b", "hub"), look().waitsFor().stream().sorted().toList());
    assertEquals(List.of("a 10", "hub 10", "b 10"), world.told);
    reports("b", Papers.proven("b"));
    reports("hub", Papers.proven("hub"));
    assertEquals("done", look().phase());
    assertEquals(
        List.of("site-mandate", "site-rollout-wave", "site-rollout-wave", "site-rollout-done"),
        world.events);
  }

  @Test
  void tellsNobodyAnythingWhileTheCloudIsThere() throws Exception {
    named();
    assertEquals(0, look().begun());
    assertEquals(List.of(), world.told);
    assertEquals(1, world.fetched);
  }

  @Test
  void takesUpWhereItWasKilled() throws Exception {
    cutOff();
    look();
    reports("a", Papers.proven("a"));
    world.mayTell = 1;
    // The wave is on the disk, and one of its two was told.
    assertThrows(IllegalStateException.class, this::look);
    director = director();
    world.mayTell = Integer.MAX_VALUE;
    world.told.clear();
    assertEquals(2, look().begun());
    assertEquals(List.of("a 10", "hub 10", "b 10"), world.told, "the same again, and no harm");
    reports("b", Papers.failed("b"));
    assertEquals("back", look().phase());
    director = director();
    world.told.clear();
    look();
    assertEquals(List.of("a 11", "hub 11", "b 11"), world.told);
  }

  @Test
  void saysNothingThatIsNotOnTheDisk() throws Exception {
    cutOff();
    Files.createDirectory(folder.resolve("rollout.json.tmp"));
    assertThrows(IOException.class, director::look);
    assertEquals(List.of(), world.told);
    Files.delete(folder.resolve("rollout.json.tmp"));
    assertEquals(1, look().begun());
  }

  @Test
  void gainsNoTimeByARestart() throws Exception {
    cutOff();
    look();
    reports("a", Papers.proven("a"));
    world.minute = 61;
    director = director();
    named();
    reports("a", Papers.proven("a"));
    SiteStatus late = look();
    assertEquals(1, late.begun());
    assertEquals(0, late.leftMillis());
  }

  @Test
  void fetchesAMandateThatItHadNotKeptOnceMore() throws Exception {
    named();
    look();
    Files.delete(folder.resolve("mandate.json"));
    world.minute = 5;
    director = director();
    look();
    assertEquals(2, world.fetched);
    assertEquals(Duration.ofMinutes(55).toMillis(), look().leftMillis());
  }

  @Test
  void refusesWhatIsNotForItOrNotSignedByWhoCounts() throws Exception {
    Mandate good = Papers.mandate(0, List.of(List.of("a")));
    byte[] forged =
        Envelope.around(Mandate.TYPE, good.text())
            .signedBy(SigningKey.generate())
            .text()
            .getBytes(UTF_8);
    byte[] others =
        Papers.signed(
            new Mandate(
                "edgeflow", "other", "r", 1, Papers.LASTS, good.waves(), 0, Papers.PATIENCE));
    Mandate.Member member = good.waves().getFirst().members().getFirst();
    byte[] swapped = Papers.signed(with(good, member.edge(), member.back(), member.forward()));
    byte[] misnamed = Papers.signed(with(good, "z", member.forward(), member.back()));
    for (byte[] bad : List.of(forged, others, swapped, misnamed)) {
      world.offered = bad;
      named();
      director.look();
      assertTrue(director.status().isEmpty());
      assertEquals("site-mandate-refused", world.events.getLast());
    }
    assertEquals(4, world.events.size());
  }

  /** That says nothing of the mandate: somebody on the way answered instead. */
  @Test
  void asksAgainForWhatWasGarbledOnTheWay() throws Exception {
    named();
    world.offered = "<html>".getBytes(UTF_8);
    director.look();
    director.look();
    assertTrue(director.status().isEmpty());
    world.offered = signed;
    assertEquals("held", look().phase());
    assertEquals(List.of("site-mandate"), world.events);
  }

  private static Mandate with(Mandate good, String edge, String forward, String back) {
    return new Mandate(
        good.audience(),
        good.edge(),
        good.rollout(),
        good.issuedMillis(),
        good.lasts(),
        List.of(new Mandate.Wave(List.of(new Mandate.Member(edge, forward, back)))),
        0,
        good.patience());
  }

  @Test
  void tellsNobodyWhatIsOlderThanTheCloudsWord() throws Exception {
    cutOff();
    heard.desired(
        "a",
        Papers.signed(Desired.TYPE, Papers.desired("a", 12, Papers.OLD).text()).getBytes(UTF_8));
    assertEquals("void", look().phase());
    assertEquals(List.of(), world.told);
  }

  @Test
  void stopsWhenTheCloudNoLongerNamesIt() throws Exception {
    cutOff();
    look();
    heard.offered(Papers.naming(1, Optional.empty()));
    look();
    assertEquals("held", look().phase(), "a stale document says nothing");
    named(Optional.empty());
    reports("a", Papers.proven("a"));
    assertEquals("void", look().phase());
    assertEquals(List.of("a 10"), world.told);
  }

  @Test
  void takesReportsOfTheEdgesThemselvesOnly() throws Exception {
    cutOff();
    look();
    heard.reported(
        "b",
        new Reported(
                "a",
                Reported.VERSION,
                0,
                "test",
                List.of(),
                0,
                Optional.of(Papers.report("a", 10, DeployState.ACTIVE, true)))
            .toBytes());
    assertEquals(1, look().begun());
  }
}
