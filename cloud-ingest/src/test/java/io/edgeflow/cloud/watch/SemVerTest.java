package io.edgeflow.cloud.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SemVerTest {
  /** The order that the specification gives, and a little more. */
  private static final List<String> RISING =
      List.of(
          "v0.9.9",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "v1.0.0",
          "1.0.9",
          "v1.0.10",
          "v1.9.0",
          "1.10.0",
          "10.0.0",
          "v99999999999.0.0");

  @Test
  void ordersAsTheSpecificationSays() {
    long seed = new Random().nextLong();
    List<SemVer> versions =
        new ArrayList<>(RISING.stream().map(tag -> SemVer.of(tag).orElseThrow()).toList());
    List<SemVer> sorted = List.copyOf(versions);
    Collections.shuffle(versions, new Random(seed));
    Collections.sort(versions);
    assertEquals(sorted, versions, "seed " + seed);
    assertEquals(
        0, SemVer.of("1.0.0+a").orElseThrow().compareTo(SemVer.of("v1.0.0+b").orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "1.2",
        "1.2.3.4",
        "01.2.3",
        "v1.2.3-",
        "V1.2.3",
        "1.2.x",
        "1.2.3 ",
        "1.0.0-01"
      })
  void isNoOtherText(String text) {
    assertTrue(SemVer.of(text).isEmpty());
  }
}
