package io.edgeflow.gateway.bundles;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.bundles.TestCloud.Asked;
import io.edgeflow.gateway.bundles.TestCloud.Liar;
import io.edgeflow.gateway.bundles.TestPublisher.Published;
import io.edgeflow.gateway.deploy.FetchOutcome;
import io.edgeflow.process.settings.Secret;
import io.edgeflow.process.trust.Statement;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines that break, and others at their end than should be there. */
final class BadLineTest extends StoreTest {
  private Published bundle;

  @BeforeEach
  void open() throws IOException {
    bundle = rig.publisher.application("1", 1, TestPublisher.random(1, 9 * CHUNK + 77));
    rig.cloud.serve(bundle);
  }

  @Test
  void goesOnWhereTheLineBrokeWhateverTheByte() throws IOException {
    rig.fetched(bundle);
    int head = head();
    for (int at :
        List.of(
            1,
            head - 1,
            head,
            head + 1,
            head + CHUNK - 1,
            head + CHUNK,
            head + CHUNK + 1,
            head + 3 * CHUNK + 9,
            head + 4 * CHUNK - 1)) {
      Published next =
          rig.publisher.application("at" + at, 2, TestPublisher.random(1_000 + at, 9 * CHUNK));
      rig.cloud.serve(next);
      rig.cloud.rangeBytes.set(0);
      rig.cloud.asked.clear();
      rig.cloud.liar =
          (asked, _) -> {
            if (asked.ranged() && rig.cloud.askedFor("node.tar.gz") == 1) {
              rig.cloud.dropAfter(at);
            }
            return Optional.empty();
          };
      rig.fetched(next);
      assertEquals(next.bytes(), rig.cloud.rangeBytes.get(), "bytes came twice, cut at " + at);
    }
  }

  /** Bytes before the body of the first answer to a range. */
  private static int head() {
    int length = 9 * CHUNK;
    return TestCloud.answer(
                "206 Partial Content",
                "Content-Range: bytes 0-16383/%d\r\n".formatted(length),
                new byte[4 * CHUNK])
            .length
        - 4 * CHUNK;
  }

  @Test
  void bringsFiftyMegabytesOverALineThatBreaksAllTheTime() throws IOException {
    Published large =
        rig.publisher.application(
            "9", 9, TestPublisher.random(9, 50_000_000), Statement.CHUNK_BYTES);
    rig.cloud.serve(large);
    rig.requestBytes = 4 << 20;
    rig.cloud.dropEvery(1_500_000);
    var done = new AtomicLong();
    for (int starts = 1; starts <= 3; starts++) {
      long until = starts * 12_000_000L;
      try (BundleStore store = rig.open()) {
        store.fetch(large.digest(), _ -> 0, (at, _) -> done.set(at), () -> done.get() > until);
      }
    }
    rig.fetched(large);
    assertTrue(rig.cloud.sentBytes.get() <= 55_000_000, "sent " + rig.cloud.sentBytes);
  }

  @Test
  void endsWhereNobodyAnswers() throws IOException {
    rig.cloud.close();
    String why = rig.unreachable(bundle);
    assertTrue(why.contains("no keys") || why.contains("nobody answers"), why);
  }

  private String told(Liar liar) throws IOException {
    rig.cloud.liar = liar;
    String why = rig.unreachable(bundle);
    rig.cloud.liar = (_, _) -> Optional.empty();
    rig.fetched(bundle);
    return why;
  }

  /** Instead of any part of a file. */
  private static Liar parts(Liar liar) {
    return (asked, right) -> asked.ranged() ? liar.answer(asked, right) : Optional.empty();
  }

  private static void assertSays(String words, String why) {
    assertTrue(why.contains(words), why);
  }

  @Test
  void namesWrongBytes() throws IOException {
    assertSays(
        "other bytes than were signed",
        told(
            parts(
                (_, right) -> {
                  right[right.length - 1]++;
                  return Optional.of(right);
                })));
  }

  @Test
  void takesNothingFromOneWhoGivesWrongBytesForEver() throws IOException {
    var random = new Random(5);
    rig.cloud.liar =
        parts(
            (asked, _) -> {
              byte[] body = new byte[asked.end() - asked.from()];
              random.nextBytes(body);
              return asked.path().endsWith("node.tar.gz")
                  ? Optional.of(range(asked, bundle, body))
                  : Optional.empty();
            });
    assertSays("other bytes", rig.unreachable(bundle));
  }

  private static byte[] range(Asked asked, Published bundle, byte[] body) {
    String name = asked.path().substring(asked.path().lastIndexOf('/') + 1);
    byte[] file = bundle.file(name);
    return TestCloud.answer(
        "206 Partial Content",
        "Content-Range: bytes %d-%d/%d\r\n".formatted(asked.from(), asked.end() - 1, file.length),
        body);
  }

  @Test
  void namesAWholeFileInsteadOfAPart() throws IOException {
    rig.requestBytes = CHUNK;
    assertSays(
        "whole file (200)",
        told(
            parts(
                (asked, _) ->
                    asked.path().endsWith("node.tar.gz")
                        ? Optional.of(TestCloud.answer("200 OK", "", bundle.file("node.tar.gz")))
                        : Optional.empty())));
  }

  @Test
  void namesAnotherPart() throws IOException {
    assertSays(
        "another part",
        told(
            parts(
                (asked, right) ->
                    Optional.of(
                        TestCloud.answer(
                            "206 Partial Content",
                            "Content-Range: bytes %d-%d/99\r\n"
                                .formatted(asked.from() + 1, asked.end()),
                            Arrays.copyOf(right, 10))))));
  }

  @Test
  void namesOtherAnswers() throws IOException {
    rig.attempts = 1;
    assertSays("elsewhere (302)", says("302 Found", "Location: http://127.0.0.1:1/\r\n"));
    assertSays("answers 500", says("500 Oh", ""));
    assertSays("who we are (401)", says("401 Who", ""));
    rig.cloud.liar = parts((_, _) -> Optional.of("SSH-2.0-OpenSSH_9.9\r\n\r\n".getBytes(UTF_8)));
    assertSays("the connection broke", rig.unreachable(bundle));
  }

  private String says(String status, String headers) throws IOException {
    rig.cloud.liar = parts((_, _) -> Optional.of(TestCloud.answer(status, headers, new byte[0])));
    return rig.unreachable(bundle);
  }

  @Test
  void namesSignaturesThatAreNotThereOrHaveNoEnd() throws IOException {
    rig.attempts = 1;
    rig.cloud.liar = signatures("404 No", new byte[0]);
    assertSays("does not have it (404)", rig.unreachable(bundle));
    rig.cloud.liar = signatures("200 OK", new byte[(1 << 20) + 1]);
    assertSays("sends more than", rig.unreachable(bundle));
  }

  private static Liar signatures(String status, byte[] body) {
    return (asked, _) ->
        asked.path().endsWith("signatures.json")
            ? Optional.of(TestCloud.answer(status, "", body))
            : Optional.empty();
  }

  @Test
  void takesNoMoreThanItAskedFor() throws IOException {
    rig.cloud.liar =
        parts(
            (asked, right) ->
                Optional.of(
                    TestCloud.joined(
                        new String(right, 0, right.length, ISO_8859_1)
                            .replaceFirst("Content-Length: \\d+", "Connection: close")
                            .getBytes(ISO_8859_1),
                        new byte[1 << 20])));
    rig.fetched(bundle);
  }

  @Test
  void givesUpOnOneWhoSendsTooSlowly() throws IOException {
    rig.patience = Duration.ofSeconds(1);
    rig.attempts = 2;
    var served = new AtomicBoolean();
    rig.cloud.liar =
        parts(
            (asked, right) -> {
              served.set(true);
              return Optional.of(Arrays.copyOf(right, right.length - 1));
            });
    assertSays("too slow", rig.unreachable(bundle));
    assertTrue(served.get());
    rig.patience = Duration.ofSeconds(20);
    rig.cloud.liar = (_, _) -> Optional.empty();
    rig.fetched(bundle);
  }

  @Test
  void stopsWhileNobodyAnswers() throws IOException {
    var waits = new AtomicBoolean();
    rig.cloud.liar =
        parts(
            (_, right) -> {
              waits.set(true);
              return Optional.of(Arrays.copyOf(right, 20));
            });
    try (BundleStore store = rig.open()) {
      assertInstanceOf(
          FetchOutcome.Interrupted.class,
          store.fetch(bundle.digest(), _ -> 0, (_, _) -> {}, waits::get));
    }
  }

  /** What nobody reads stays with the sender, or it would stand before telemetry in the line. */
  @Test
  void leavesWhatItDoesNotReadWithTheSender() throws Exception {
    Published large = rig.publisher.application("8", 8, TestPublisher.random(8, 4 << 20));
    rig.cloud.serve(large);
    try (var source =
            new HttpSource(
                DownloadSettings.of(rig.cloud.url(), Optional.empty(), Long.MAX_VALUE, 0));
        Body body = source.range(large.digest(), "node.tar.gz", 0, 4 << 20, 4 << 20, () -> false)) {
      assertTrue(body.next() != null);
      long before = -1;
      for (long sent = 0; sent != before; sent = rig.cloud.sentBytes.get()) {
        before = sent;
        TimeUnit.MILLISECONDS.sleep(300);
      }
      assertTrue(before < 256 * 1024, before + " bytes sent, one buffer read");
    }
  }

  @Test
  void saysWhoItIsOnlyWhereItIsToldTo() throws IOException {
    rig.attempts = 1;
    rig.fetched(bundle);
    assertTrue(
        rig.cloud.asked.stream().noneMatch(one -> one.headers().containsKey("authorization")));
    rig.login = Optional.of(new DownloadSettings.Login("edge", new Secret("pass")));
    rig.cloud.asked.clear();
    Published next = rig.publisher.application("2", 2, new byte[CHUNK]);
    rig.cloud.serve(next);
    rig.fetched(next);
    assertTrue(
        rig.cloud.asked.stream()
            .allMatch(one -> "Basic ZWRnZTpwYXNz".equals(one.headers().get("authorization"))));
  }
}
