package io.edgeflow.gateway.site.mandate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.settings.Document;
import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Desired.MandateName;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Evidence;
import io.edgeflow.wire.document.Mandate;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.PayloadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Documents as a cloud signs them, and reports on them. */
public final class Papers {
  static final String NEW = "a".repeat(64);
  static final String OLD = "b".repeat(64);
  static final String ROLLOUT = "r-1";
  public static final long FORWARD = 10;
  static final long BACK = 11;
  static final Duration LASTS = Duration.ofHours(1);
  static final Duration PATIENCE = Duration.ofMinutes(20);

  private static final SigningKey ROOT = SigningKey.generate();
  private static final SigningKey CONTROLLER = SigningKey.generate();

  private Papers() {}

  static OrderCheck check() {
    return new OrderCheck(keyDocument(1), Optional.empty());
  }

  private static KeyDocument keyDocument(int number) {
    return new KeyDocument(
        1,
        number,
        List.of(ROOT.verifying()),
        Map.of(),
        Map.of("cloud", new KeyDocument.Publisher(CONTROLLER.verifying(), 0)));
  }

  /** As a cloud serves them. */
  public static byte[] keys() {
    return KeyChain.begin(ROOT).then(keyDocument(2), ROOT).text().getBytes(UTF_8);
  }

  /** What is pinned. */
  public static String root() {
    return ROOT.verifying().text();
  }

  /** The hub's own document, which names a mandate. */
  public static byte[] naming(long number, byte[] mandate) {
    return naming(number, Optional.of(new MandateName(ROLLOUT, Digests.of(mandate))));
  }

  static byte[] naming(long number, Optional<MandateName> mandate) {
    Desired empty = Desired.empty("edgeflow", "hub", number, 1_000);
    Desired own =
        new Desired(
            empty.audience(),
            "hub",
            number,
            empty.issuedMillis(),
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            mandate);
    return signed(Desired.TYPE, own.text()).getBytes(UTF_8);
  }

  /** Of a signed document. */
  public static long number(byte[] signed) {
    return Envelope.read(signed, "it") instanceof Document.Good<Envelope>(Envelope envelope)
            && Desired.parse(envelope.content()) instanceof Parsed.Ok<Desired>(Desired desired)
        ? desired.number()
        : -1;
  }

  static String signed(String type, String text) {
    return Envelope.around(type, text).signedBy(CONTROLLER).text();
  }

  static Desired desired(String edge, long number, String digest) {
    Desired empty = Desired.empty("edgeflow", edge, number, 1_000);
    return new Desired(
        empty.audience(),
        edge,
        number,
        empty.issuedMillis(),
        0,
        List.of(
            new DesiredSlot(
                PayloadKind.MODEL, "wear", "", "", digest, ROLLOUT, Duration.ZERO, Duration.ZERO)),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  public static Mandate mandate(int failuresAllowed, List<List<String>> waves) {
    return new Mandate(
        "edgeflow",
        "hub",
        ROLLOUT,
        1_000,
        LASTS,
        waves.stream()
            .map(wave -> new Mandate.Wave(wave.stream().map(Papers::member).toList()))
            .toList(),
        failuresAllowed,
        PATIENCE);
  }

  private static Mandate.Member member(String edge) {
    return new Mandate.Member(
        edge,
        signed(Desired.TYPE, desired(edge, FORWARD, NEW).text()),
        signed(Desired.TYPE, desired(edge, BACK, OLD).text()));
  }

  public static byte[] signed(Mandate mandate) {
    return signed(Mandate.TYPE, mandate.text()).getBytes(UTF_8);
  }

  /** Without signatures: what a reader would make of it. */
  static Plan plan(int failuresAllowed, List<List<String>> waves) {
    List<List<Plan.Seat>> seats = new ArrayList<>();
    for (List<String> wave : waves) {
      seats.add(
          wave.stream()
              .map(edge -> new Plan.Seat(edge, order(edge, FORWARD, NEW), order(edge, BACK, OLD)))
              .toList());
    }
    return new Plan("c".repeat(64), ROLLOUT, 1_000_000, LASTS, PATIENCE, failuresAllowed, seats);
  }

  private static Plan.Order order(String edge, long number, String digest) {
    Desired desired = desired(edge, number, digest);
    return new Plan.Order(number, desired.digest(), desired.text(), desired.slots());
  }

  static Deployment report(String edge, long number, DeployState state, boolean proven) {
    String digest = number == BACK ? OLD : NEW;
    return new Deployment(
        "start",
        number,
        desired(edge, number, digest).digest(),
        0,
        "",
        List.of(
            new DeployedSlot(
                PayloadKind.MODEL,
                "wear",
                "",
                "",
                digest,
                ROLLOUT,
                state,
                proven,
                "",
                "",
                0,
                0,
                0,
                Evidence.NONE)),
        List.of(),
        Map.of(),
        List.of());
  }

  public static Deployment proven(String edge) {
    return report(edge, FORWARD, DeployState.ACTIVE, true);
  }

  static Deployment failed(String edge) {
    return report(edge, FORWARD, DeployState.ROLLED_BACK, false);
  }

  static Moment minute(long minutes) {
    return new Moment("boot", Duration.ofMinutes(minutes).toNanos(), OptionalLong.empty());
  }
}
