package io.edgeflow.aggregator.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.aggregator.Seeded;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of names. */
final class SeriesNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pump-7/flow",
        "a/b",
        "1/2/3/4/5/6/7/8/9/10",
        "Kessel 3/Füllstand °C",
        "плант/泵/流量",
        "d/x_y.z:1@[2](3)%~=",
        "d/a$b",
        "d/...",
        "d/.hidden"
      })
  void acceptsWhatAPlantCallsThings(String path) {
    assertNull(SeriesName.fault(path));
    assertEquals(path, new SeriesName(path).path());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "pump",
        "/pump/flow",
        "pump/flow/",
        "pump//flow",
        "1/2/3/4/5/6/7/8/9/10/11",
        "pump/*",
        "pump/+",
        "pump/#",
        "pump/a,b",
        "pump/a\"b",
        "pump/a\\b",
        "pump/a'b",
        "pump/<b>",
        "pump/a&b",
        "pump/a?b",
        "pump/a;b",
        "pump/a{b}",
        "pump/a|b",
        "$SYS/a",
        "pump/$a",
        " pump/a",
        "pump /a",
        "pump/a ",
        "pump/ ",
        "./a",
        "pump/..",
        "../..",
        "pump/a\u0000b",
        "pump/a\tb",
        "pump/a\nb",
        "pump/a\u007Fb",
        "pump/a\u0085b",
        "pump/a\u00A0b",
        "pump/a\u00ADb",
        "pump/a\u200Bb",
        "pump/a\u202Eb",
        "pump/a\u2028b",
        "pump/a\u2066b",
        "pump/a\uFEFFb",
        "pump/e\u0301",
        "pump/\u3164",
        "pump/\u115F",
        "pump/a\uFFFFb",
        "pump/\uE000",
        "pump/\uD83D\uDE00",
        "pump/\uD83D",
        "pump/\uDE00a"
      })
  void refusesHostileNames(String path) {
    String fault = SeriesName.fault(path);
    assertNotNull(fault);
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> new SeriesName(path));
    assertEquals("series name " + fault, thrown.getMessage());
  }

  @Test
  void limitsALevelToSixtyFourCharacters() {
    assertNull(SeriesName.fault("d/" + "a".repeat(64)));
    assertNotNull(SeriesName.fault("d/" + "a".repeat(65)));
    // Outside the basic plane a character is two chars and four bytes.
    assertNull(SeriesName.fault("d/" + "\uD800\uDF30".repeat(49)));
    assertNotNull(SeriesName.fault("d/" + "\uD800\uDF30".repeat(50)));
  }

  @Test
  void limitsTheWholeToTwoHundredBytes() {
    String level = "/" + "ä".repeat(30);
    assertNull(SeriesName.fault("d" + level + level + level + "/" + "a".repeat(15)));
    assertNotNull(SeriesName.fault("d" + level + level + level + "/" + "a".repeat(16)));
  }

  @Test
  void neverRepeatsAHostileNameInItsComplaint() {
    String fault = SeriesName.fault("pump/\u202Eevil");
    assertEquals("has a character that is not allowed (U+202E)", fault);
  }

  @Test
  void splitsIntoDeviceAndPoint() {
    SeriesName name = new SeriesName("pump-7/motor/current");
    assertEquals("pump-7", name.device());
    assertEquals("motor/current", name.point());
  }

  @Test
  void holdsEveryNameItAcceptsToItsLimits() {
    String alphabet = "ab/ä泵 .$-\u0000\uD83D\uDE00°\uD800\uDF30";
    int[] accepted = new int[1];
    Seeded.run(
        20_000,
        random -> {
          StringBuilder path = new StringBuilder();
          int length = random.nextInt(12);
          for (int i = 0; i < length; i++) {
            path.append(alphabet.charAt(random.nextInt(alphabet.length())));
          }
          String name = path.toString();
          if (SeriesName.fault(name) == null) {
            accepted[0]++;
            assertFalse(name.contains("//") || name.contains("\u0000"));
            assertEquals(name, roundTrip(name));
            assertEquals(name, name.strip());
          }
        });
    assertFalse(accepted[0] == 0, "no random name was accepted");
  }

  /** Unpaired surrogates would not survive. */
  private static String roundTrip(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
