package io.edgeflow.wire.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an edge runs, told within bounds. */
final class ReportedTest {
  @Test
  void readsWhatALaterVersionSays() {
    String later =
        text(Documents.reported().toBytes())
            .replace("{\"slot\"", "{\"gpu\":{\"watts\":[7]},\"slot\"")
            .replace("{\"edge\"", "{\"nodes\":3,\"edge\"")
            .replace("\"state\":\"serving\"", "\"state\":\"pondering\"");
    Reported read = read(later.getBytes(StandardCharsets.UTF_8));
    assertEquals("pondering", read.models().getFirst().state());
    assertEquals(Documents.reported().models().getLast(), read.models().getLast());
  }

  @Test
  void readsASlotOfWhichLittleIsSaid() {
    String little =
        "{\"edge\":\"pi-7\",\"version\":1,\"timeMicros\":5,\"models\":[{\"slot\":\"wear\"}]}";
    Reported read = read(little.getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(Documents.idle("wear", "", "")), read.models());
  }

  @Test
  void replacesWhatNoDatabaseTakes() {
    String odd = "a\0b\ud83dc";
    Reported said = new Reported("pi-7", 1, 5, odd, List.of(), 0);
    assertEquals("a b?c", read(said.toBytes()).software());
    String escaped = text(said.toBytes()).replace("a b?c", "a\\u0000b\\ud83dc");
    assertEquals("a b?c", read(escaped.getBytes(StandardCharsets.UTF_8)).software());
  }

  @Test
  void refusesWhatCannotBe() {
    refused("\"scored\":86400", "\"scored\":-1");
    refused("\"scored\":86400", "\"scored\":1.5");
    refused("\"p99Micros\":180.25", "\"p99Micros\":-180.25");
    refused("\"p99Micros\":180.25", "\"p99Micros\":1e999");
    refused("\"p99Micros\":180.25", "\"p99Micros\":\"quick\"");
    refused("\"slot\":\"wear\"", "\"slot\":\"\"");
    refused("\"slot\":\"wear\"", "\"slot\":\"" + "x".repeat(Reported.MAX_TEXT + 1) + "\"");
    refused("\"edge\":\"pi-7\"", "\"edge\":\"pi/7\"");
    refused("\"models\":[", "\"models\":7,\"others\":[");
    refused("\"omitted\":0", "\"omitted\":-1");
    refused("{", "{" + " ".repeat(Reported.MAX_BYTES));
  }

  @Test
  void saysNoMoreThanFits() {
    String detail = "\t".repeat(Reported.MAX_TEXT - 1) + "😀";
    List<ReportedModel> models =
        IntStream.range(0, 90)
            .mapToObj(i -> Documents.idle("slot-" + i, "failed", detail))
            .toList();
    Reported much = new Reported("pi-7", 1, 5, "edgeflow", models, 2);
    byte[] bytes = much.toBytes();
    assertTrue(bytes.length <= Reported.MAX_BYTES, bytes.length + " bytes");
    Reported read = read(bytes);
    assertTrue(read.models().size() >= 8, read.models().size() + " models");
    assertEquals(92, read.models().size() + read.omitted());
    assertEquals("\t".repeat(Reported.MAX_TEXT - 1), read.models().getFirst().detail());
  }

  private static void refused(String what, String by) {
    String text = text(Documents.reported().toBytes());
    assertTrue(text.contains(what), what);
    byte[] bytes = text.replaceFirst(Pattern.quote(what), by).getBytes(StandardCharsets.UTF_8);
    assertInstanceOf(Parsed.Refused.class, Reported.parse(bytes), by.strip());
  }

  private static Reported read(byte[] bytes) {
    return switch (Reported.parse(bytes)) {
      case Parsed.Ok<Reported>(Reported document) -> document;
      case Parsed.Refused<Reported>(String reason) -> throw new AssertionError(reason);
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
