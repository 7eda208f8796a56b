package io.edgeflow.process.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DocumentsTest {
  sealed interface Shape {}

  record Circle(@Range(min = "0") double radius) implements Shape {}

  record LongBox(@Default("2") int width, Duration age) implements Shape {}

  enum Colour {
    RED,
    BLUE
  }

  record Drawing(
      String name,
      Shape main,
      List<Shape> others,
      Map<String, Double> weights,
      Optional<Colour> colour,
      @Default("false") boolean framed,
      @Default("1MiB") ByteSize room) {}

  @Test
  void readsSealedTypesByTheirKind() {
    Drawing drawing =
        good(
            """
            {"name": "d", "main": {"kind": "circle", "radius": 1.5},
             "others": [{"kind": "long-box", "age": "5ms"}], "weights": {"a": 1e-3},
             "colour": null, "framed": true}
            """);
    assertEquals(
        new Drawing(
            "d",
            new Circle(1.5),
            List.of(new LongBox(2, Duration.ofMillis(5))),
            Map.of("a", 1e-3),
            Optional.empty(),
            true,
            new ByteSize(1 << 20)),
        drawing);
  }

  @Test
  void writesWhatReadsAsTheSame() {
    var drawing =
        new Drawing(
            "\"quoted\"\nname",
            new LongBox(7, Duration.ofSeconds(90)),
            List.of(new Circle(0.1), new Circle(1e300)),
            Map.of("x", -0.25),
            Optional.of(Colour.BLUE),
            true,
            new ByteSize(12345));
    assertEquals(drawing, good(Documents.write(drawing)));
  }

  @Test
  void reportsEveryFaultAtOnceWithItsLine() {
    assertEquals(
        List.of(
            "nam: is no setting; did you mean name? (d.json:2)",
            "name: is required",
            "main.radius = -1: must be at least 0 (d.json:3)",
            "others[0].kind = square: must be one of circle, long-box (d.json:4)",
            "others[1].kind: must be one of circle, long-box (d.json:4)",
            "others[2] = 5: must be a group with the key kind (d.json:4)",
            "colour = GREEN: must be one of red, blue (d.json:5)"),
        faults(
            """
            {
             "nam": "d",
             "main": {"kind": "circle", "radius": -1},
             "others": [{"kind": "square"}, {}, 5],
             "colour": "GREEN"}
            """));
    assertEquals(List.of("name: is set twice (d.json:1)"), faults("{\"name\":1,\"name\":2}"));
  }

  @Test
  void answersGarbageWithAFault() {
    for (String garbage :
        List.of(
            "", " ", "null", "7", "[]", "{", "{\"name\":", "{} {}", "\u0000", "NaN", "{'a':1}")) {
      assertEquals(1, faults(garbage).size(), garbage);
    }
    assertEquals(1, faults("{\"a\":".repeat(100_000)).size());
    assertEquals(1, faults("{\"name\":\"" + "x".repeat(100_000) + "\"}").size());
    assertEquals(1, faults("{\"" + "x".repeat(100_000) + "\":1}").size());
    assertEquals(1, faults("{\"name\":" + "1".repeat(100_000) + "}").size());
    assertEquals(
        List.of("holds too many values (d.json)"), faults("{\"a\":[" + "1,".repeat(5000) + "1]}"));
  }

  @Test
  void refusesTextThatIsNone() {
    for (String broken : List.of("\\ud800", "\\u0000", "\\u001b[2J", "\\u009b")) {
      assertEquals(
          List.of("name: holds characters that are no text (d.json:1)"),
          faults(
              "{\"name\":\"%s\",\"main\":{\"kind\":\"circle\",\"radius\":1}}".formatted(broken)));
      assertEquals(1, faults("{\"%s\":1}".formatted(broken)).size());
    }
  }

  @Test
  void listsNoMoreFaultsThanSomebodyReads() {
    var text = new StringBuilder("{\"weights\":{");
    for (int i = 0; i < 500; i++) {
      text.append("\"w%d\":\"x\",".formatted(i));
    }
    List<String> faults = faults(text + "\"z\":1}}");
    assertEquals(101, faults.size());
    assertTrue(faults.getLast().endsWith("faults more"), faults.getLast());
  }

  @Test
  void showsHostileNamesAndValuesOnOneShortLine() {
    String fault =
        faults("{\"name\":\"n\",\"main\":{\"kind\":\"a\\nb%s\"}}".formatted("x".repeat(500)))
            .getFirst();
    assertTrue(fault.startsWith("main.kind = a?bxxx") && fault.length() < 200, fault);
    assertTrue(faults("{\"a\\nb\":1}").getFirst().startsWith("a?b: is no setting"));
  }

  private static Drawing good(String json) {
    return switch (Documents.read(Drawing.class, json.getBytes(UTF_8), "d.json", 1000)) {
      case Document.Good<Drawing>(Drawing drawing) -> drawing;
      case Document.Faulty<Drawing> faulty -> throw new AssertionError(faulty.toString());
    };
  }

  private static List<String> faults(String json) {
    var read = Documents.read(Drawing.class, json.getBytes(UTF_8), "d.json", 1000);
    return read instanceof Document.Faulty<Drawing>(List<Fault> faults)
        ? faults.stream().map(Fault::toString).toList()
        : List.of();
  }
}
