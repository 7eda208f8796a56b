package io.edgeflow.gateway.learn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.MappingConfig;
import io.edgeflow.process.settings.SettingsLoader;
import io.edgeflow.wire.payload.ParsedMessage;
import io.edgeflow.wire.payload.PayloadLimits;
import io.edgeflow.wire.payload.PayloadParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is suggested must be a mapping, and must take the sample that it was made from. */
final class MappingGuessTest {
  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plant/4/press/flow|21.5|auto|press/flow=21.5",
        "home/lamp|on|value|home/lamp=1.0",
        "flow|7|auto|flow/value=7.0",
        "zigbee2mqtt/0x0015/state|closed|value|0x0015/state=closed",
        "plant/4/press/flow|{\"value\":21.5,\"ts\":1763672400000}|auto|press/flow=21.5@1763672400000000",
        "plant/4/press|{\"values\":{\"a\":1,\"b\":2},\"ts\":1763672400000}|auto|press/a=1.0@1763672400000000"
            + " press/b=2.0@1763672400000000",
        "plant/4/press/data|{\"sensors\":{\"flow\":{\"value\":21.5},\"temp\":{\"value\":61}},\"ts\":1763672400}|json|press/flow=21.5@1763672400000000"
            + " press/temp=61.0@1763672400000000",
        "tele/tasmota/SENSOR|{\"Time\":\"2025-11-20T21:00:00\",\"AM2301\":{\"Temperature\":21.5,\"Humidity\":40},\"TempUnit\":\"C\"}|json|tasmota/Temperature=21.5@1763672400000000"
            + " tasmota/Humidity=40.0@1763672400000000",
        "gw/9/up|[{\"n\":\"flow\",\"v\":1,\"t\":1763672400},{\"n\":\"temp\",\"v\":2,\"t\":1763672401}]|json|9/flow=1.0@1763672400000000"
            + " 9/temp=2.0@1763672401000000",
        "gw/9|{\"id\":\"a\",\"rows\":[{\"x\":1,\"y\":true},{\"x\":2,\"y\":false}],\"ts\":1763672400000}|json|9/x=1.0@1763672400000000"
            + " 9/y=1.0@1763672400000000 9/x=2.0@1763672400000000 9/y=0.0@1763672400000000",
        "acc/x1|{\"axis\":[1,2,3],\"battery\":3.1}|json|x1/axis/0=1.0 x1/axis/1=2.0 x1/axis/2=3.0"
            + " x1/battery=3.1",
        "a b/c|{\"Flow Rate\":1,\"p/q\":2,\"*\":3}|json|c/Flow Rate=1.0 c/p-q=2.0 c/-=3.0",
        "influx/in|cpu,host=pi idle=97.5,user=1i"
            + " 1763672400000000000|influx|cpu/pi/idle=97.5@1763672400000000"
            + " cpu/pi/user=1.0@1763672400000000",
        "log/press|ts;flow;temp\\n"
            + "1763672400;21,5;61\\n"
            + "|csv|press/flow=21.5@1763672400000000 press/temp=61.0@1763672400000000",
        "log/press|1763672400,21.5,61|csv|press/c2=21.5@1763672400000000"
            + " press/c3=61.0@1763672400000000"
      })
  void suggestsAMappingThatTakesTheSample(
      String topic, String payload, String format, String readings) throws Exception {
    byte[] sample = payload.replace("\\n", "\n").getBytes(UTF_8);
    MappingGuess guess = MappingGuess.of(topic, sample, true);
    assertEquals(format, guess.format(), guess::toString);
    assertEquals(readings, read(guess.yaml(), topic, sample), guess::yaml);
  }

  @Test
  void makesTheMostOfAPayloadThatIsCut() throws Exception {
    String payload =
        "{\"ts\":1763672400,\"flow\":1,\"temp\":2,\"text\":\"" + "x".repeat(500) + "\",\"late\":3}";
    byte[] sample = Arrays.copyOf(payload.getBytes(UTF_8), UnmappedTopics.SAMPLE_BYTES);
    MappingGuess guess = MappingGuess.of("a/b/c", sample, false);
    assertTrue(guess.note().contains("first bytes"), guess::toString);
    assertEquals(
        "c/flow=1.0@1763672400000000 c/temp=2.0@1763672400000000",
        read(guess.yaml(), "a/b/c", payload.getBytes(UTF_8)));
  }

  @Test
  void takesAllWhereThereIsMuch() throws Exception {
    String many =
        String.join(",", IntStream.range(0, 15).mapToObj(i -> "\"p" + i + "\":1").toList());
    MappingGuess guess = MappingGuess.of("a/b/c", ("{" + many + "}").getBytes(UTF_8), true);
    assertFalse(guess.yaml().contains("points"), guess::yaml);
    assertEquals(
        15, read(guess.yaml(), "a/b/c", ("{" + many + "}").getBytes(UTF_8)).split(" ").length);
  }

  @Test
  void suggestsNothingForWhatIsNoText() {
    assertEquals("", MappingGuess.of("a/b", new byte[] {8, 1, 0, 17, -1, 5, 7, 9}, true).yaml());
    assertEquals("", MappingGuess.of("a/b", new byte[0], true).yaml());
    assertEquals("", MappingGuess.of("a/<b>", new byte[] {'1'}, true).yaml());
  }

  /** Whoever publishes must not break the page, nor make a mapping that cannot be loaded. */
  @Test
  void suggestsOnlyWhatCanBeLoaded() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] words = {
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\"a\"",
      "\"ts\"",
      "\"*\"",
      "\"a b\"",
      "1",
      "1763672400",
      "true",
      "\n",
      ";",
      "x=1",
      " ",
      "'",
      "\"",
      "#",
      "é"
    };
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(25); n > 0; n--) {
        text.append(words[random.nextInt(words.length)]);
      }
      String topic = List.of("a", "a/b", "/", "a//b", "x/y/data", " ", "a\"b/c: d").get(i % 7);
      MappingGuess guess =
          MappingGuess.of(topic, text.toString().getBytes(UTF_8), random.nextBoolean());
      try {
        if (!guess.yaml().isEmpty()) {
          mappings(guess.yaml());
        }
      } catch (Exception e) {
        throw new AssertionError(
            "seed " + seed + " of " + topic + " " + text + "\n" + guess.yaml(), e);
      }
    }
  }

  private String read(String yaml, String topic, byte[] payload) throws Exception {
    PayloadParser parser =
        new PayloadParser(
            MappingConfig.mappings(mappings(yaml), ZoneId.of("UTC")), PayloadLimits.STANDARD);
    ParsedMessage message = parser.parse(topic, payload);
    return message.outcome() == ParsedMessage.Outcome.READINGS
        ? String.join(
            " ", IntStream.range(0, message.size()).mapToObj(i -> line(message, i)).toList())
        : message.reason() + " " + message.detail();
  }

  private static String line(ParsedMessage message, int i) {
    return message.series(i)
        + "="
        + (message.isText(i) ? message.text(i) : message.number(i))
        + (message.stamped(i) ? "@" + message.stampMicros(i) : "")
        + (message.fault(i) == null ? "" : message.faultDetail(i));
  }

  private List<MappingConfig> mappings(String yaml) throws Exception {
    Path file = home.resolve("gateway.yaml");
    Files.writeString(file, "edge: pi-7\nmappings:\n" + yaml);
    return new SettingsLoader(Map.of(), home)
        .load(GatewayConfig.class, Optional.of(file), List.of())
        .value()
        .mappings();
  }
}
