package io.edgeflow.wire.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What edges and clouds of different versions say to each other. */
final class DocumentTest {
  private static final Map<String, byte[]> WRITTEN =
      Map.of(
          "hello.json", Documents.hello().toBytes(),
          "acknowledgement.json", Documents.acknowledgement().toBytes(),
          "presence.json", Documents.presence().toBytes(),
          "reported.json", Documents.reported().toBytes(),
          "node-status.json", Documents.nodeStatus().toBytes(),
          "desired.json", Documents.desired().text().getBytes(StandardCharsets.UTF_8),
          "mandate.json", Documents.mandate().text().getBytes(StandardCharsets.UTF_8),
          "deployed.json", Documents.deployed().toBytes(),
          "healthy.json", Documents.healthy().toBytes());

  @Test
  void readsAndWritesTheGoldenDocuments() throws IOException {
    assertEquals(new Parsed.Ok<>(Documents.hello()), Hello.parse(golden("hello.json")));
    assertEquals(
        new Parsed.Ok<>(Documents.acknowledgement()),
        Acknowledgement.parse(golden("acknowledgement.json")));
    assertEquals(new Parsed.Ok<>(Documents.presence()), Presence.parse(golden("presence.json")));
    assertEquals(new Parsed.Ok<>(Documents.reported()), Reported.parse(golden("reported.json")));
    assertEquals(
        new Parsed.Ok<>(Documents.nodeStatus()), NodeStatus.parse(golden("node-status.json")));
    assertEquals(new Parsed.Ok<>(Documents.desired()), Desired.parse(golden("desired.json")));
    assertEquals(new Parsed.Ok<>(Documents.mandate()), Mandate.parse(golden("mandate.json")));
    assertEquals(new Parsed.Ok<>(Documents.deployed()), Reported.parse(golden("deployed.json")));
    assertEquals(new Parsed.Ok<>(Documents.healthy()), Reported.parse(golden("healthy.json")));
    for (Map.Entry<String, byte[]> written : WRITTEN.entrySet()) {
      assertEquals(text(golden(written.getKey())), text(written.getValue()));
    }
  }

  @Test
  void ignoresFieldsOfALaterVersion() {
    byte[] later =
        text(Documents.acknowledgement().toBytes())
            .replace("{\"full\"", "{\"mood\":[{\"good\":null}],\"full\"")
            .replace("{\"lane\"", "{\"colour\":3,\"lane\"")
            .getBytes(StandardCharsets.UTF_8);
    assertEquals(new Parsed.Ok<>(Documents.acknowledgement()), Acknowledgement.parse(later));
  }

  @Test
  void leavesOutVerdictsThatItDoesNotKnow() {
    String later = text(Documents.acknowledgement().toBytes()).replace("conflict", "pondered");
    Parsed<Acknowledgement> parsed = Acknowledgement.parse(later.getBytes(StandardCharsets.UTF_8));
    Acknowledgement read =
        switch (parsed) {
          case Parsed.Ok<Acknowledgement> ok -> ok.document();
          case Parsed.Refused<Acknowledgement> refused -> throw new AssertionError(refused);
        };
    assertEquals(2, read.incarnations().getFirst().lanes().getFirst().ranges().size());
  }

  @Test
  void refusesAnAccountWithAFateThatItDoesNotKnow() {
    refused(Hello::parse, text(Documents.hello().toBytes()).replace("conflict", "pondered"));
  }

  @Test
  void refusesRangesThatAreNone() {
    String hello = text(Documents.hello().toBytes());
    refused(Hello::parse, hello.replace("\"from\":1,", "\"from\":0,"));
    refused(Hello::parse, hello.replace("\"from\":103", "\"from\":105"));
    refused(Hello::parse, hello.replace("\"to\":104", "\"to\":121"));
    refused(Hello::parse, hello.replace("\"to\":104", "\"to\":" + Long.MAX_VALUE));
    refused(Hello::parse, hello.replace("\"from\":101", "\"from\":100"));
    refused(Hello::parse, hello.replace("\"readings\":60}", "\"readings\":-60}"));
    refused(Hello::parse, hello.replace("\"page\":1", "\"page\":2"));
    refused(Hello::parse, hello.replace("\"page\":1", "\"page\":1.5"));
    refused(Hello::parse, hello.replace("\"lane\":\"window\"", "\"lane\":\"side\""));
    refused(Hello::parse, hello.replace("\"edge\":\"pi-7\"", "\"edge\":\"pi/7\""));
    refused(Hello::parse, hello.replace("f0e0d0c0b0a0", "f0e0d0c0b0"));
    String ack = text(Documents.acknowledgement().toBytes());
    refused(Acknowledgement::parse, ack.replace("\"from\":102", "\"from\":103"));
    refused(Acknowledgement::parse, ack.replace("262144", "-1"));
    refused(Acknowledgement::parse, ack.replace("262144", "1e99"));
    refused(Acknowledgement::parse, ack.replace("262144", "99999999999999999999"));
  }

  @Test
  void refusesWhatIsNoDocument() {
    List<String> others =
        List.of(
            "",
            " ",
            "null",
            "1",
            "[]",
            "{}",
            "{",
            "{\"edge\":1}",
            "[".repeat(100_000),
            "{\"a\":".repeat(10_000),
            "\"" + "x".repeat(100_000) + "\"",
            "{}{}");
    for (String other : others) {
      refused(Hello::parse, other);
      refused(Acknowledgement::parse, other);
      refused(Presence::parse, other);
      refused(Reported::parse, other);
      refused(NodeStatus::parse, other);
      refused((byte[] bytes) -> Desired.parse(bytes), other);
      refused((byte[] bytes) -> Mandate.parse(bytes), other);
    }
    refused(Hello::parse, " ".repeat(Json.MAX_BYTES + 1));
  }

  @Test
  void survivesAnyChangeToItsBytes() {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 30_000; i++) {
      byte[] hello = Documents.hello().toBytes();
      byte[] ack = Documents.acknowledgement().toBytes();
      byte[] reported = (i % 2 == 0 ? Documents.deployed() : Documents.healthy()).toBytes();
      byte[] desired = Documents.desired().text().getBytes(StandardCharsets.UTF_8);
      byte[] mandate = Documents.mandate().text().getBytes(StandardCharsets.UTF_8);
      byte[] node = Documents.nodeStatus().toBytes();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        hello[random.nextInt(hello.length)] = (byte) random.nextInt();
        ack[random.nextInt(ack.length)] = (byte) random.nextInt();
        reported[random.nextInt(reported.length)] = (byte) random.nextInt();
        node[random.nextInt(node.length)] = (byte) random.nextInt();
        desired[random.nextInt(desired.length)] = (byte) random.nextInt();
        mandate[random.nextInt(mandate.length)] = (byte) random.nextInt();
      }
      assertNotNull(Hello.parse(hello));
      assertNotNull(Acknowledgement.parse(ack));
      assertNotNull(Reported.parse(reported));
      assertNotNull(NodeStatus.parse(node));
      assertNotNull(Desired.parse(desired));
      assertNotNull(Mandate.parse(mandate));
    }
  }

  @Test
  void refusesOrdersThatCannotBe() {
    String desired = Documents.desired().text();
    refused(
        (byte[] bytes) -> Desired.parse(bytes), desired.replace("\"schema\":1", "\"schema\":2"));
    refused(
        (byte[] bytes) -> Desired.parse(bytes), desired.replace("\"number\":12", "\"number\":0"));
    refused(
        (byte[] bytes) -> Desired.parse(bytes),
        desired.replace("\"edge\":\"pi-7\"", "\"edge\":\"pi/7\""));
    refused(
        (byte[] bytes) -> Desired.parse(bytes),
        desired.replace("\"slot\":\"edgeflow-node\"", "\"slot\":\"health\""));
    refused(
        (byte[] bytes) -> Desired.parse(bytes),
        desired.replace("\"kind\":\"model\"", "\"kind\":\"virus\""));
    refused((byte[] bytes) -> Desired.parse(bytes), desired.replace("\"soak\":600", "\"soak\":-1"));
    refused(
        (byte[] bytes) -> Desired.parse(bytes),
        desired.replace("\"soak\":600", "\"soak\":9999999999999"));
    refused((byte[] bytes) -> Desired.parse(bytes), desired.replace(Documents.OTHER, "cd"));
    refused(
        (byte[] bytes) -> Desired.parse(bytes),
        desired.replace("\"keys\"", " ".repeat(5_000) + "\"keys\""));
    String mandate = Documents.mandate().text();
    refused(
        (byte[] bytes) -> Mandate.parse(bytes),
        mandate.replace("\"failuresAllowed\":1", "\"failuresAllowed\":-1"));
    refused(
        (byte[] bytes) -> Mandate.parse(bytes), mandate.replace("\"waves\":[[", "\"waves\":[7,["));
  }

  @Test
  void namesAnOrderByItsText() {
    assertEquals(Digests.of(Documents.desired().text()), Documents.desired().digest());
  }

  /** Writes files for documents that have none yet; never touches one that lies there. */
  @Test
  @EnabledIfSystemProperty(named = "edgeflow.golden", matches = "add")
  void addsMissingGoldenFiles() throws IOException {
    for (Map.Entry<String, byte[]> written : WRITTEN.entrySet()) {
      Path file = Path.of("src/test/resources/golden").resolve(written.getKey());
      if (Files.notExists(file)) {
        Files.write(file, written.getValue());
      }
    }
  }

  private static <T> void refused(Function<byte[], Parsed<T>> parse, String text) {
    Parsed<T> parsed = parse.apply(text.getBytes(StandardCharsets.UTF_8));
    assertInstanceOf(Parsed.Refused.class, parsed, text.substring(0, Math.min(80, text.length())));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] golden(String file) throws IOException {
    try (InputStream in = DocumentTest.class.getResourceAsStream("/golden/" + file)) {
      assertNotNull(in, file);
      return in.readAllBytes();
    }
  }
}
